//! What a layout is asked for.

use crate::geometry::Size;

/// A graph to be drawn. Nodes, groups and edges are named by their index.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LayoutRequest {
    /// The nodes.
    pub nodes: Vec<NodeSpec>,
    /// The boxes around nodes and other boxes.
    pub groups: Vec<GroupSpec>,
    /// The edges; parallel ones and self-loops are welcome.
    pub edges: Vec<EdgeSpec>,
    /// How to draw it.
    pub options: Options,
}

/// A node: a rectangle that nothing else may cover.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct NodeSpec {
    /// Width and height in pixels at zoom 1.
    pub size: Size,
    /// The innermost box it stands in, if any.
    pub group: Option<usize>,
}

impl NodeSpec {
    /// A node of that size in no box.
    pub const fn new(size: Size) -> Self {
        Self { size, group: None }
    }

    /// A node of that size in that box.
    pub const fn within(size: Size, group: usize) -> Self {
        Self { size, group: Some(group) }
    }
}

/// A box around its nodes and around the boxes that name it as parent.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct GroupSpec {
    /// The box around this box, if any.
    pub parent: Option<usize>,
    /// Room for the title along the top of the box, in pixels at zoom 1.
    pub header: Size,
}

impl GroupSpec {
    /// An outermost box with room for a title of that size.
    pub const fn new(header: Size) -> Self {
        Self { parent: None, header }
    }

    /// A box inside another one.
    pub const fn within(header: Size, parent: usize) -> Self {
        Self { parent: Some(parent), header }
    }
}

/// A directed edge.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct EdgeSpec {
    /// Index of the node where it begins.
    pub source: usize,
    /// Index of the node where it ends.
    pub target: usize,
    /// Room for a label on the edge; 0 × 0 for none.
    pub label: Size,
}

impl EdgeSpec {
    /// An edge without a label.
    pub const fn new(source: usize, target: usize) -> Self {
        Self { source, target, label: Size::new(0.0, 0.0) }
    }
}

/// Where edges tend to point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    /// Callers at the left, callees at the right.
    #[default]
    LeftToRight,
    /// Callers at the top, callees at the bottom.
    TopToBottom,
}

/// Free room between things, in pixels at zoom 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spacing {
    /// Between two nodes or boxes of one layer.
    pub node: f64,
    /// Between two successive layers, at least.
    pub layer: f64,
    /// Between two edges that run side by side, at most; crowded drawings use less.
    pub edge: f64,
    /// Between the border of a box and what it contains.
    pub padding: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self { node: 24.0, layer: 60.0, edge: 8.0, padding: 16.0 }
    }
}

/// How to draw.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// Where edges tend to point.
    pub direction: Direction,
    /// Wanted width divided by height, clamped to 0.2…5; small graphs take the shape they have.
    pub aspect: f64,
    /// Start of the pseudo-random sequence that the search for a good arrangement uses.
    pub seed: u64,
    /// Free room between things.
    pub spacing: Spacing,
}

impl Default for Options {
    fn default() -> Self {
        Self { direction: Direction::LeftToRight, aspect: 1.5, seed: 1, spacing: Spacing::default() }
    }
}
