//! What is drawn.

use leptos::prelude::*;

use crate::app::{App, CHOICES, Change, Choice, EdgeLabel, Message, Paths};
use crate::words::Label;

use super::choices::{choice, switch};
use super::icon::Icon;
use super::menu::{MenuButton, menu};
use super::store::Store;

const PATHS: [(&str, Paths, Label); 3] = [
    ("all", Paths::All, Label::PathsAll),
    ("logical", Paths::Logical, Label::PathsLogical),
    ("hops", Paths::Hops, Label::PathsHops),
];

/// The display menu.
pub(super) fn display(store: Store) -> AnyView {
    let button = MenuButton {
        name: store.text(Label::Display),
        text: store.text(Label::Display),
        icon: Icon::Eye,
        part: "display",
    };
    let labels = move || {
        view! {
            <fieldset>
                <legend>{store.said(Label::EdgeLabels)}</legend>
                {edge_label(store, EdgeLabel::Requests, Label::RequestsAndErrors, "label-requests")}
                {edge_label(store, EdgeLabel::Bytes, Label::Bytes, "label-bytes")}
            </fieldset>
        }
        .into_any()
    };
    menu(button, move || {
        let mut parts: Vec<AnyView> = CHOICES.iter().zip(0..).map(|(one, place)| word(store, one, place)).collect();
        parts.extend([
            paths(store),
            labels(),
            toggle(store, "idle", Label::ShowIdle, |app| app.view.idle, Change::Idle),
            toggle(
                store,
                "infrastructure",
                Label::ShowInfrastructure,
                |app| app.view.infrastructure,
                Change::Infrastructure,
            ),
        ]);
        parts
    })
}

/// One of the words of a choice, the one at that place.
fn word(store: Store, one: &'static Choice, place: usize) -> AnyView {
    let options =
        move || one.words.iter().map(|(word, label)| ((*word).to_owned(), store.label(*label).to_owned())).collect();
    let value = move || store.read(|app| app.view.choices.word(place)).to_owned();
    let chosen = move |word: String| {
        let mut choices = store.read(|app| app.view.choices);
        if choices.choose(one.name, &word).is_ok() {
            store.send(Message::Change(Change::Choices(choices)));
        }
    };
    choice(one.name, store.text(one.label), options, value, chosen)
}

fn paths(store: Store) -> AnyView {
    let options = move || PATHS.map(|(value, _, label)| (value.to_owned(), store.label(label).to_owned())).to_vec();
    let value = move || {
        let shown = store.read(|app| app.view.paths);
        PATHS.iter().find(|(_, one, _)| *one == shown).map(|(value, ..)| (*value).to_owned()).unwrap_or_default()
    };
    let chosen = move |value: String| {
        if let Some((_, paths, _)) = PATHS.iter().find(|(one, ..)| *one == value) {
            store.send(Message::Change(Change::Paths(*paths)));
        }
    };
    choice("paths", store.text(Label::WaypointPaths), options, value, chosen)
}

fn edge_label(store: Store, label: EdgeLabel, name: Label, part: &'static str) -> AnyView {
    let is_on = move || store.read(|app| app.view.labels.contains(&label));
    switch(part, store.text(name), is_on, move |on| store.send(Message::Change(Change::Label(label, on))))
}

fn toggle(
    store: Store,
    part: &'static str,
    name: Label,
    is_on: fn(&App) -> bool,
    change: fn(bool) -> Change,
) -> AnyView {
    let is_on = move || store.read(is_on);
    switch(part, store.text(name), is_on, move |on| store.send(Message::Change(change(on))))
}
