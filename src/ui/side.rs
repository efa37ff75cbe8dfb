//! The panel beside the picture.

use leptos::prelude::*;

use crate::app::Message;
use crate::app::panel::Details;
use crate::web::focus::in_tree_of;
use crate::words::Label;

use super::details::{facts, peers, responses};
use super::flow::flow;
use super::icon::{Icon, picture};
use super::live::{on, when};
use super::models::Part;
use super::store::Store;

/// Details and byte flows of what is selected.
pub(super) fn side(store: Store) -> AnyView {
    let is_selected = move || store.model(Part::Selection, |models| models.selection.is_some());
    let text = move |read: fn(&Details) -> String| {
        store.model(Part::Details, |models| models.details.as_ref().map(read)).unwrap_or_default()
    };
    let missing = move || text(|details| details.why_none.clone());
    let known = move || view! { {flow(store)} <h3>{store.said(Label::Details)}</h3> {facts(store)} }.into_any();
    let close = move |event: leptos::ev::MouseEvent| {
        in_tree_of(event.current_target(), ".graph, .tables button");
        store.send(Message::Select(None));
    };
    let content = move || {
        view! {
            <header class="side-head">
                <div>
                    <h2 data-part="title">{move || text(|details| details.title.clone())}</h2>
                    <p class="muted" data-part="caption">{move || text(|details| details.caption.clone())}</p>
                </div>
                <button
                    type="button"
                    class="button"
                    aria-label=store.said(Label::Close)
                    title=store.said(Label::Close)
                    on:click=on(close)
                >
                    {picture(Icon::Close)}
                </button>
            </header>
            {when(move || !missing().is_empty(), move || view! { <p class="why" data-part="missing">{missing}</p> }.into_any())}
            {when(move || missing().is_empty(), known)}
            {responses(store)}
            {peers(store, Label::Legs, |details| details.legs.clone())}
            {peers(store, Label::Carries, |details| details.carries.clone())}
            {peers(store, Label::Calls, |details| details.calls.clone())}
            {peers(store, Label::CalledBy, |details| details.called_by.clone())}
        }
        .into_any()
    };
    view! {
        <aside class="side" class:open=move || is_selected() data-part="side" aria-label=store.said(Label::Details)>
            {when(is_selected, content)}
        </aside>
    }
    .into_any()
}
