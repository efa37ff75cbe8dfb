//! What a layout answers.

use crate::geometry::{Path, Point, Rect};

/// A drawing; each list is as long as the request's and in its order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layout {
    /// Where each node stands.
    pub nodes: Vec<Rect>,
    /// Each box, header and padding included; an empty box is as large as its header.
    pub groups: Vec<Rect>,
    /// How each edge runs.
    pub edges: Vec<Route>,
    /// The least rectangle around nodes, boxes, curves and labels; its upper left corner is the origin.
    pub bounds: Rect,
}

/// The way of one edge.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Route {
    /// From the border of the source to the border of the target.
    pub path: Path,
    /// Centre of the label: on the path, or beside it where other labels leave no room.
    pub label: Point,
}
