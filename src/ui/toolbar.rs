//! The bar at the top.

use leptos::prelude::*;

use crate::app::{Change, Message, Pane};
use crate::words::Label;

use super::choices::choice;
use super::display::display;
use super::export::export_menu;
use super::icon::{Icon, picture};
use super::live::{pressed, when, yes_no};
use super::models::Part;
use super::namespaces::namespaces;
use super::range::time_controls;
use super::settings::settings;
use super::stage::Picture;
use super::store::Store;

/// Everything that says what is shown. The picture can be taken away.
pub(super) fn toolbar(store: Store, drawn: Picture) -> AnyView {
    let names = move || store.read(|app| app.config.back_ends.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
    let options = move || names().into_iter().map(|name| (name.clone(), name)).collect();
    let value = move || store.read(|app| app.view.back_end.clone());
    let chosen = move |name| store.send(Message::Change(Change::BackEnd(name)));
    let back_ends = move || choice("back-end", store.text(Label::BackEnd), options, value, chosen);
    view! {
        <header class="toolbar">
            <span class={"brand"}>"Wayscope"</span>
            {when(move || names().len() > 1, back_ends)}
            {namespaces(store)}
            {time_controls(store)}
            {display(store)}
            <span class={"gap"}></span>
            <div class="segments" role="group" aria-label=store.said(Label::Display)>
                {pane_button(store, Pane::Graph, Label::Graph, Icon::Network, "pane-graph")}
                {pane_button(store, Pane::Table, Label::Table, Icon::Table, "pane-table")}
            </div>
            {export_menu(store, drawn)}
            {settings(store)}
        </header>
    }
    .into_any()
}

fn pane_button(store: Store, pane: Pane, label: Label, icon: Icon, part: &'static str) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-part=part
            aria-pressed=move || yes_no(store.model(Part::Pane, |models| models.pane) == pane)
            title=store.said(label)
            on:click=pressed(move || store.send(Message::Change(Change::Pane(pane))))
        >
            {picture(icon)}
            <span class="button-text">{store.said(label)}</span>
        </button>
    }
    .into_any()
}
