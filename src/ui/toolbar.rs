//! The bar at the top.

use leptos::prelude::*;

use crate::app::{Change, Message, Pane};
use crate::words::Label;

use super::choices::Choice;
use super::display::Display;
use super::export::Export;
use super::icon::{Icon, Picture};
use super::namespaces::Namespaces;
use super::range::TimeControls;
use super::settings::Settings;
use super::store::Store;

/// Everything that says what is shown.
#[component]
pub(super) fn Toolbar(store: Store, svg: Callback<(), Option<String>>) -> impl IntoView {
    let back_ends = Memo::new(move |_| {
        store
            .read(|app| app.config.back_ends.iter().map(|one| (one.name.clone(), one.name.clone())).collect::<Vec<_>>())
    });
    view! {
        <header class="toolbar">
            <span class={"brand"}>"Wayscope"</span>
            <Show when=move || { back_ends.read().len() > 1 }>
                <Choice
                    name=store.text(Label::BackEnd)
                    options=back_ends
                    value=Signal::derive(move || store.read(|app| app.view.back_end.clone()))
                    chosen=move |name| store.send(Message::Change(Change::BackEnd(name)))
                    part="back-end"
                />
            </Show>
            <Namespaces store/>
            <TimeControls store/>
            <Display store/>
            <span class={"gap"}></span>
            <Panes store/>
            <Export store svg/>
            <Settings store/>
        </header>
    }
}

#[component]
fn Panes(store: Store) -> impl IntoView {
    let button = move |pane, label, icon, part: &'static str| {
        let is_shown = move || store.read(|app| app.view.pane) == pane;
        view! {
            <button
                type="button"
                class="button"
                data-part=part
                aria-pressed=move || if is_shown() { "true" } else { "false" }
                title=store.said(label)
                on:click=move |_| store.send(Message::Change(Change::Pane(pane)))
            >
                <Picture icon/>
                <span class="button-text">{store.said(label)}</span>
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=store.said(Label::Display)>
            {button(Pane::Graph, Label::Graph, Icon::Network, "pane-graph")}
            {button(Pane::Table, Label::Table, Icon::Table, "pane-table")}
        </div>
    }
}
