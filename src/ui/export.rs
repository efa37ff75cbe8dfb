//! Taking the graph away.

use leptos::prelude::*;

use crate::app::export::export;
use crate::web::clock::{Timer, after};
use crate::web::download::{Download, save};
use crate::words::Label;

use super::icon::Icon;
use super::menu::Menu;
use super::store::Store;

/// The graph on the screen as JSON text; nothing before there is one.
pub(super) fn graph_json(store: Store) -> Option<String> {
    let visible = store.visible()?;
    let value = store.read(|app| app.graph.shown().map(|shown| export(shown, &visible)))?;
    serde_json::to_string_pretty(&value).ok()
}

/// Downloads of the graph.
#[component]
pub(super) fn Export(store: Store, svg: Callback<(), Option<String>>) -> impl IntoView {
    // A download's bytes must outlive the click that starts it.
    let kept = StoredValue::new_local(None::<(Download, Timer)>);
    let offer = move |name: &str, media_type: &str, text: Option<String>| {
        let download = text.and_then(|text| save(name, media_type, text.as_bytes()));
        let release = after(crate::quantity::Duration::from_mins(1), move || kept.set_value(None));
        kept.set_value(download.map(|download| (download, release)));
    };
    let json = move |_| offer("wayscope-graph.json", "application/json", untrack(|| graph_json(store)));
    let picture = move |_| offer("wayscope-graph.svg", "image/svg+xml", svg.run(()));
    view! {
        <Menu name=store.text(Label::Export) text=Signal::derive(String::new) icon=Icon::Download part="export">
            <button type="button" class="button" data-part="export-json" on:click=json>
                {store.said(Label::ExportJson)}
            </button>
            <button type="button" class="button" data-part="export-svg" on:click=picture>
                {store.said(Label::ExportSvg)}
            </button>
        </Menu>
    }
}
