//! Widths of text, from the browser.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;
use web_sys::CanvasRenderingContext2d;

use super::font::Face;
use crate::scene::{Measure, Weight};
use crate::web::canvas::Surface;

/// [`Measure`] by a canvas of its own, in one font family. Make a new one when the family changes or its font has
/// finished loading. Where no canvas is to be had, a letter counts as 0.6 of the font's size.
#[derive(Debug)]
pub struct CanvasMeasure {
    context: Option<CanvasRenderingContext2d>,
    family: String,
    face: Cell<Option<Face>>,
    known: RefCell<Known>,
}

#[derive(Debug, Default)]
struct Known {
    widths: FxHashMap<Face, FxHashMap<Box<str>, f64>>,
    count: usize,
}

/// About 2 MB of names. Then all is forgotten: what is still on the screen comes back with the next layout.
const MOST: usize = 20_000;

impl CanvasMeasure {
    /// For a CSS list of families, such as [`Palette::family`](super::Palette::family).
    pub fn new(family: &str) -> Self {
        Self {
            context: Surface::detached().map(|surface| surface.context().clone()),
            family: family.to_owned(),
            face: Cell::new(None),
            known: RefCell::default(),
        }
    }

    fn ask(&self, text: &str, size: f64, face: Face) -> f64 {
        let guess = || text.chars().count() as f64 * size * 0.6;
        let Some(context) = &self.context else { return guess() };
        if self.face.replace(Some(face)) != Some(face) {
            context.set_font(&face.css(&self.family));
        }
        context.measure_text(text).map_or_else(|_| guess(), |metrics| metrics.width())
    }
}

impl Measure for CanvasMeasure {
    fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let face = Face::new(size, weight);
        let mut known = self.known.borrow_mut();
        if let Some(width) = known.widths.get(&face).and_then(|widths| widths.get(text)) {
            return *width;
        }
        let width = self.ask(text, size, face);
        if known.count >= MOST {
            *known = Known::default();
        }
        known.count += 1;
        known.widths.entry(face).or_default().insert(text.into(), width);
        width
    }
}
