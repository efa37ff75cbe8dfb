//! Sizes and adjacency in, positions and routes out.
//!
//! [`place`] draws a directed graph whose nodes stand in nested boxes: left to right (or top to bottom) in layers, box
//! by box, edges as smooth curves that keep clear of the nodes they do not belong to.
//!
//! *Invariants.* Nothing here knows names, colours, text or time; sizes come in measured. A result depends on its
//! request alone: equal requests give equal layouts, on every platform that rounds `f64` the same way.

mod layered;
mod request;
mod result;
mod wire;

pub use request::{Direction, EdgeSpec, GroupSpec, LayoutRequest, NodeSpec, Options, Spacing};
pub use result::{Layout, Route};
pub use wire::{read_layout, read_request, write_layout, write_request};

/// Places every node and group and routes every edge.
///
/// Never fails. Sizes that are negative or not finite count as zero; an index of a group or node that does not exist,
/// and group parents that run in a circle, are ignored (such an edge gets an empty path at the origin). An empty
/// request gives an empty layout. The upper left corner of the drawing is the origin.
pub fn place(request: &LayoutRequest) -> Layout {
    layered::place(request)
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
