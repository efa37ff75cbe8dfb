//! Display lists: what is seen, as data, before any pixel.
//!
//! A scene is made from a topology and its layout, from a chart, or from a trace. An interpreter draws it on a canvas;
//! another one writes it as SVG, which is the export and the test oracle at once.
//!
//! *Invariants.* Colours are roles ([`Ink`]), never values; text is measured through [`Measure`], never guessed from
//! the language; nothing here knows a browser.

mod graph;
mod ink;
mod label;
mod plot;
mod shape;
mod svg;
mod text;

pub use graph::{
    Boxes, Detail, EdgeLabels, EdgePart, Emphasis, Glyph, GraphParts, GraphScene, GraphView, GraphWords, GroupKind,
    GroupPart, HitIndex, LabelLine, LegendEntry, LegendWord, NodePart, Sight, Target, compose, legend, request,
};
pub use ink::{Fill, Ink, SERIES_INKS, Stroke};
pub use plot::{Plot, PlotLine, PlotRequest};
pub use shape::{Item, Scene, Shape};
pub use svg::{Theme, svg};
pub use text::{Anchor, Measure, TextStyle, Weight};
