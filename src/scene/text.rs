//! How text looks, and how wide it is.

use super::ink::Ink;

/// Which point of a line of text its place means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Anchor {
    /// The left end.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// Stroke weight of the letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Weight {
    /// Running text.
    #[default]
    Normal,
    /// Titles and selected things.
    Bold,
}

/// The look of one line of text. Vertically the place is the middle of the letters' height.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TextStyle {
    /// Font size in world units.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour role.
    pub ink: Ink,
    /// Horizontal anchor.
    pub anchor: Anchor,
    /// A border of that colour round the letters, so that lines behind don't disturb reading.
    pub halo: Option<Ink>,
}

impl TextStyle {
    /// Normal weight, anchored at its start, no halo.
    pub const fn new(size: f64, ink: Ink) -> Self {
        Self { size, weight: Weight::Normal, ink, anchor: Anchor::Start, halo: None }
    }
}

/// How wide a text is drawn. The rim asks the browser; tests use a fixed table.
pub trait Measure {
    /// Width in world units at that size and weight.
    fn width(&self, text: &str, size: f64, weight: Weight) -> f64;
}
