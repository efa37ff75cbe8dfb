//! What shapes and colours mean, drawn with the picture's own shapes.

use leptos::html;
use leptos::prelude::*;

use crate::app::panel::legend_text;
use crate::geometry::{Camera, Point, Size};
use crate::paint::{Painter, Palette};
use crate::scene::{LegendEntry, legend};
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::theme::observe_theme;
use crate::words::Label;

use super::live::{folded, hold, on, watch, when};
use super::store::Store;

/// The legend, folded until asked for.
pub(super) fn legend_button(store: Store) -> AnyView {
    let (is_open, set_open) = signal(false);
    let toggle = move |_: leptos::ev::Event| set_open.update(|open| *open = !*open);
    let list = move || {
        let entries = legend().into_iter().map(|one| entry(store, one)).collect::<Vec<AnyView>>();
        view! { <ul>{entries}</ul> }.into_any()
    };
    view! {
        <details class="legend" data-part="legend" on:toggle=on(toggle) on:keydown=folded()>
            <summary class="button">{store.said(Label::Legend)}</summary>
            {when(move || is_open.get(), list)}
        </details>
    }
    .into_any()
}

fn entry(store: Store, entry: LegendEntry) -> AnyView {
    let canvas = NodeRef::<html::Canvas>::new();
    let LegendEntry { glyph, word } = entry;
    watch(move || {
        let Some(element) = canvas.get() else { return };
        let Some(surface) = Surface::new(element.clone()) else { return };
        let (painter, glyph) = (Painter::new(surface), glyph.clone());
        let size = Size::new(glyph.bounds.width(), glyph.bounds.height());
        let camera = Camera { zoom: 1.0, shift: -(glyph.bounds.min - Point::default()) };
        let draw =
            move || painter.paint(&glyph, camera, size, pixel_ratio(), &Palette::read(painter.surface().canvas()));
        draw();
        hold(observe_theme(&element, draw));
    });
    view! {
        <li>
            <canvas node_ref=canvas class="legend-glyph" aria-hidden="true"></canvas>
            <span>{move || store.say(|voice| legend_text(word, voice))}</span>
        </li>
    }
    .into_any()
}
