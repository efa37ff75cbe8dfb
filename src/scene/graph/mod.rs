//! The mesh as a picture: what the layout must know of it, and what is drawn once everything has its place.
//!
//! ```text
//! topology ─ request ─┬─ LayoutRequest ─ layout ─┐
//!                     └─ GraphParts ─────────────┴─ compose ─ Scene
//! ```
//!
//! *Invariants.* Sizes asked of the layout depend on which texts are shown, hardly on what numbers they say: new rates
//! do not move the map. Every state that a colour tells is also told by a dash, a glyph or a text.

mod arrow;
mod boxes;
mod bundles;
mod card;
mod compose;
mod edge;
mod edge_look;
mod focus;
mod glyph;
mod groups;
mod hit;
mod legend;
mod parts;
mod request;
mod sight;
mod view;

pub use compose::{GraphScene, compose};
pub use glyph::Glyph;
pub use hit::{HitIndex, Target};
pub use legend::{LegendEntry, LegendWord, legend};
pub use parts::{EdgePart, GraphParts, GroupKind, GroupPart, LabelLine, NodePart};
pub use request::request;
pub use sight::{Detail, Sight};
pub use view::{Boxes, EdgeLabels, Emphasis, GraphView, GraphWords};

#[cfg(test)]
mod sample;
