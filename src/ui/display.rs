//! What is drawn.

use leptos::prelude::*;

use crate::app::{Change, EdgeLabel, Message, Paths};
use crate::words::Label;

use super::choices::{Choice, Switch};
use super::icon::Icon;
use super::menu::Menu;
use super::store::Store;

const PATHS: [(&str, Paths, Label); 3] = [
    ("all", Paths::All, Label::PathsAll),
    ("logical", Paths::Logical, Label::PathsLogical),
    ("hops", Paths::Hops, Label::PathsHops),
];

/// The display menu.
#[component]
pub(super) fn Display(store: Store) -> impl IntoView {
    let change = move |change| store.send(Message::Change(change));
    let paths = move || PATHS.map(|(value, _, label)| (value.to_owned(), store.label(label).to_owned())).to_vec();
    let path = move || {
        let shown = store.read(|app| app.view.paths);
        PATHS.iter().find(|(_, one, _)| *one == shown).map(|(value, ..)| (*value).to_owned()).unwrap_or_default()
    };
    let choose_path = move |value: String| {
        if let Some((_, paths, _)) = PATHS.iter().find(|(one, ..)| *one == value) {
            change(Change::Paths(*paths));
        }
    };
    let labels = [
        (EdgeLabel::Requests, Label::RequestsAndErrors, "label-requests"),
        (EdgeLabel::Bytes, Label::Bytes, "label-bytes"),
    ];
    view! {
        <Menu name=store.text(Label::Display) text=store.text(Label::Display) icon=Icon::Eye part="display">
            <Choice
                name=store.text(Label::WaypointPaths)
                options=Signal::derive(paths)
                value=Signal::derive(path)
                chosen=choose_path
                part="paths"
            />
            <fieldset>
                <legend>{store.said(Label::EdgeLabels)}</legend>
                {labels.map(|(label, name, part)| view! {
                    <Switch
                        name=store.text(name)
                        value=Signal::derive(move || store.read(|app| app.view.labels.contains(&label)))
                        changed=move |on| change(Change::Label(label, on))
                        part
                    />
                })}
            </fieldset>
            <Switch
                name=store.text(Label::ShowIdle)
                value=Signal::derive(move || store.read(|app| app.view.idle))
                changed=move |on| change(Change::Idle(on))
                part="idle"
            />
            <Switch
                name=store.text(Label::ShowInfrastructure)
                value=Signal::derive(move || store.read(|app| app.view.infrastructure))
                changed=move |on| change(Change::Infrastructure(on))
                part="infrastructure"
            />
        </Menu>
    }
}
