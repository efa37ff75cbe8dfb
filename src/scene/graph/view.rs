//! What the reader chose to see, and what the reader points at.

use crate::mesh::{Node, Tolerances, Ways};

use super::hit::Target;

/// Which lines an edge's label has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EdgeLabels {
    /// Requests a second, and the share that fails when any does.
    pub requests: bool,
    /// Bytes a second.
    pub bytes: bool,
    /// An open lock on edges that carry plaintext.
    pub plaintext: bool,
}

/// Which boxes are drawn round nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Boxes {
    /// Round each cluster; only when there is more than one.
    pub clusters: bool,
    /// Round each namespace.
    pub namespaces: bool,
}

/// What the graph shows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct GraphView {
    /// The labels of edges.
    pub labels: EdgeLabels,
    /// Which bytes labels tell.
    pub ways: Ways,
    /// Which messages labels tell of gRPC calls in place of their number, if any.
    pub messages: Option<Ways>,
    /// The boxes.
    pub boxes: Boxes,
    /// Whether many edges may be drawn as few from afar.
    pub bundles: bool,
    /// From when on errors count.
    pub tolerances: Tolerances,
}

/// Everything is shown.
impl Default for GraphView {
    fn default() -> Self {
        Self {
            labels: EdgeLabels { requests: true, bytes: true, plaintext: true },
            ways: Ways::Both,
            messages: None,
            boxes: Boxes { clusters: true, namespaces: true },
            bundles: true,
            tolerances: Tolerances::default(),
        }
    }
}

/// The texts of a node, which depend on the reader's language.
pub trait GraphWords {
    /// The node's name: its own, or what stands for a client or destination that has none.
    fn node_title(&self, node: &Node) -> String;

    /// What else tells it from others: version, application or kind. May be empty.
    fn node_caption(&self, node: &Node) -> String;
}

/// Where the reader's attention is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Emphasis {
    /// What was chosen: it and its direct neighbourhood stay strong, the rest fades.
    pub selected: Option<Target>,
    /// What the pointer is on; fades the rest when nothing is selected and it is a node or an edge.
    pub hovered: Option<Target>,
    /// What a search found: ringed.
    pub found: Vec<Target>,
}
