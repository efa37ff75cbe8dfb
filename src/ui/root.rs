//! The whole widget.

use leptos::prelude::*;

use crate::app::{Message, Pane, Theme};
use crate::web::location::observe_navigation;
use crate::web::visibility::observe_visibility;
use crate::words::Label;

use super::banner::{banner, status_line};
use super::live::{hold, when};
use super::models::Part;
use super::side::side;
use super::stage::{Picture, stage};
use super::store::Store;
use super::tables::tables;
use super::toolbar::toolbar;

/// Everything inside the custom element. `owns_address` says whether the view lives in the page's address.
pub fn root(store: Store, owns_address: bool) -> AnyView {
    let drawn = Picture::new();
    hold(observe_visibility(move |hidden| store.send(Message::Hidden(hidden))));
    if owns_address {
        hold(observe_navigation(move |address| store.send(Message::Navigated(address.query))));
    }
    // After the first rendering, so that the page is there before the first answers are.
    Effect::new(move |_| untrack(|| store.send(Message::Started)));
    let theme = move || store.model(Part::Theme, |models| models.theme).map(Theme::as_str);
    let shows = move |pane| store.model(Part::Pane, |models| models.pane) == pane;
    view! {
        <div class="wayscope" data-theme=move || theme() lang=move || store.language().tag()>
            {toolbar(store, drawn)}
            {banner(store)}
            <main class="main">
                {when(move || shows(Pane::Graph), move || stage(store, drawn))}
                {when(move || shows(Pane::Table), move || tables(store))}
                {side(store)}
            </main>
            {status_line(store)}
        </div>
    }
    .into_any()
}

/// Texts for a widget that has stopped; said while it still can.
pub(crate) fn stopped_words(store: Store) -> [&'static str; 3] {
    untrack(|| [Label::StoppedTitle, Label::StoppedText, Label::Restart].map(|label| store.label(label)))
}
