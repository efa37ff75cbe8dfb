//! The panel beside the picture.

use leptos::prelude::*;

use crate::app::Message;
use crate::app::panel::details;
use crate::words::Label;

use super::details::{Facts, Peers, Responses};
use super::flow::Flow;
use super::icon::{Icon, Picture};
use super::store::Store;

/// Details and byte flows of what is selected.
#[component]
pub(super) fn Side(store: Store) -> impl IntoView {
    let model = Memo::new(move |_| {
        store.speak(|app, voice| {
            let (selection, shown) = (app.view.selection.as_ref()?, app.graph.shown()?);
            details(selection, &shown.topology, voice)
        })
    });
    let is_selected = move || store.read(|app| app.view.selection.is_some());
    let title = move || model.get().map(|details| details.title).unwrap_or_default();
    let caption = move || model.get().map(|details| details.caption).unwrap_or_default();
    let facts = Signal::derive(move || model.get().map(|details| details.facts).unwrap_or_default());
    let calls = Signal::derive(move || model.get().map(|details| details.calls).unwrap_or_default());
    let called_by = Signal::derive(move || model.get().map(|details| details.called_by).unwrap_or_default());
    view! {
        <aside class="side" class:open=is_selected data-part="side" aria-label=store.said(Label::Details)>
            <Show when=is_selected>
                <header class="side-head">
                    <div>
                        <h2 data-part="title">{title}</h2>
                        <p class="muted" data-part="caption">{caption}</p>
                    </div>
                    <button
                        type="button"
                        class="button"
                        aria-label=store.said(Label::Close)
                        title=store.said(Label::Close)
                        on:click=move |_| store.send(Message::Select(None))
                    >
                        <Picture icon=Icon::Close/>
                    </button>
                </header>
                <Flow store/>
                <h3>{store.said(Label::Details)}</h3>
                <Facts facts/>
                <Responses store details=Signal::derive(move || model.get())/>
                <Peers store heading=Label::Calls peers=calls/>
                <Peers store heading=Label::CalledBy peers=called_by/>
            </Show>
        </aside>
    }
}
