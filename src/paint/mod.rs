//! Interprets a display list on a canvas.
//!
//! *Invariants.* Nothing is decided here: what is drawn, in which order and how it looks stands in the scene, what the
//! colours are stands in the style sheet. Drawing changes nothing but pixels.

mod batch;
mod extent;
mod font;
mod measure;
mod moving;
mod painter;
mod palette;
mod pen;
mod trace;

pub use measure::CanvasMeasure;
pub use moving::MovingPicture;
pub use painter::Painter;
pub use palette::Palette;
