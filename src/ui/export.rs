//! Taking the graph away.

use leptos::prelude::*;

use crate::quantity::Duration;
use crate::web::clock::after;
use crate::web::download::save;
use crate::words::Label;

use super::icon::Icon;
use super::live::{Slot, Text, pressed};
use super::menu::{MenuButton, menu};
use super::stage::Picture;
use super::store::Store;

/// A file to be had.
#[derive(Clone, Copy)]
enum File {
    Json,
    Svg,
}

impl File {
    /// Its name, its media type and its text; nothing before there is a graph.
    fn make(self, store: Store, picture: Picture) -> (&'static str, &'static str, Option<String>) {
        match self {
            Self::Json => ("wayscope-graph.json", "application/json", store.export().map(|graph| format!("{graph:#}"))),
            Self::Svg => ("wayscope-graph.svg", "image/svg+xml", picture.svg()),
        }
    }
}

/// Downloads of the graph.
pub(super) fn export_menu(store: Store, picture: Picture) -> AnyView {
    // A download's bytes must outlive the click that starts it.
    let kept = Slot::new();
    let offer = move |file: File| {
        let (name, media_type, text) = untrack(|| file.make(store, picture));
        let download = text.and_then(|text| save(name, media_type, text.as_bytes()));
        kept.put((download, after(Duration::from_mins(1), move || kept.put(()))));
    };
    let item = move |file, label, part: &'static str| {
        view! {
            <button type="button" class="button" data-part=part on:click=pressed(move || offer(file))>
                {store.said(label)}
            </button>
        }
        .into_any()
    };
    let button = MenuButton {
        name: store.text(Label::Export),
        text: Text::new(String::new),
        icon: Icon::Download,
        part: "export",
    };
    menu(button, move || {
        vec![item(File::Json, Label::ExportJson, "export-json"), item(File::Svg, Label::ExportSvg, "export-svg")]
    })
}
