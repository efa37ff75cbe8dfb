//! What shapes and colours mean, drawn with the picture's own shapes.

use leptos::html;
use leptos::prelude::*;

use crate::app::panel::legend_text;
use crate::geometry::{Camera, Size};
use crate::paint::{Painter, Palette};
use crate::scene::{LegendEntry, legend};
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::theme::observe_theme;
use crate::words::Label;

use super::store::Store;

/// The legend, folded until asked for.
#[component]
pub(super) fn Legend(store: Store) -> impl IntoView {
    let (is_open, set_open) = signal(false);
    view! {
        <details class="legend" data-part="legend" on:toggle=move |_| set_open.update(|open| *open = !*open)>
            <summary class="button">{store.said(Label::Legend)}</summary>
            <Show when=move || is_open.get()>
                <ul>
                    {legend().into_iter().map(|entry| view! { <Entry store entry/> }).collect_view()}
                </ul>
            </Show>
        </details>
    }
}

#[component]
fn Entry(store: Store, entry: LegendEntry) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let kept = StoredValue::new_local(None);
    let LegendEntry { glyph, word } = entry;
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let Some(surface) = Surface::new(element.clone()) else { return };
        let (painter, glyph) = (Painter::new(surface), glyph.clone());
        let size = Size::new(glyph.bounds.width(), glyph.bounds.height());
        let camera = Camera { zoom: 1.0, shift: -(glyph.bounds.min - crate::geometry::Point::default()) };
        let draw =
            move || painter.paint(&glyph, camera, size, pixel_ratio(), &Palette::read(painter.surface().canvas()));
        draw();
        kept.set_value(Some(observe_theme(&element, draw)));
    });
    view! {
        <li>
            <canvas node_ref=canvas class="legend-glyph" aria-hidden="true"></canvas>
            <span>{move || store.speak(|_, voice| legend_text(word, voice))}</span>
        </li>
    }
}
