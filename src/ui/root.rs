//! The whole widget.

use leptos::prelude::*;

use crate::app::{Message, Pane, Theme};
use crate::web::location::observe_navigation;
use crate::web::visibility::observe_visibility;
use crate::words::Label;

use super::banner::{Banner, StatusLine};
use super::side::Side;
use super::stage::Stage;
use super::store::Store;
use super::tables::Tables;
use super::toolbar::Toolbar;

/// Everything inside the custom element.
#[component]
pub fn Root(
    /// The state.
    store: Store,
    /// Whether the view lives in the page's address.
    owns_address: bool,
) -> impl IntoView {
    let drawing = StoredValue::new_local(None);
    let svg = Callback::new(move |()| {
        drawing.with_value(|drawing: &Option<super::stage::Shared>| drawing.as_ref()?.borrow().svg())
    });
    let hidden = observe_visibility(move |hidden| store.send(Message::Hidden(hidden)));
    let navigated =
        owns_address.then(|| observe_navigation(move |address| store.send(Message::Navigated(address.query))));
    let kept = StoredValue::new_local(Some((hidden, navigated)));
    on_cleanup(move || kept.set_value(None));
    // After the first rendering, so that the page is there before the first answers are.
    Effect::new(move |_| untrack(|| store.send(Message::Started)));
    let theme = move || store.read(|app| app.theme.map(Theme::as_str));
    let language = move || store.language().tag();
    let shows_table = move || store.read(|app| app.view.pane) == Pane::Table;
    view! {
        <div class="wayscope" data-theme=theme lang=language>
            <Toolbar store svg/>
            <Banner store/>
            <main class="main">
                <Show when=shows_table fallback=move || view! { <Stage store drawing/> }>
                    <Tables store/>
                </Show>
                <Side store/>
            </main>
            <StatusLine store/>
        </div>
    }
}

/// Texts for a widget that has stopped; said while it still can.
pub(crate) fn stopped_words(store: Store) -> [&'static str; 3] {
    untrack(|| [Label::StoppedTitle, Label::StoppedText, Label::Restart].map(|label| store.label(label)))
}
