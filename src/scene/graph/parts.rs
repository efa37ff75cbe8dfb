//! What a graph is drawn from, apart from places.

use crate::geometry::Size;

use super::super::ink::{Ink, Stroke};
use super::glyph::Glyph;

/// The parts of a graph, in the order of its topology and of the layout request made with them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GraphParts {
    /// One for each node of the topology.
    pub nodes: Vec<NodePart>,
    /// The boxes, clusters before namespaces.
    pub groups: Vec<GroupPart>,
    /// One for each edge of the topology.
    pub edges: Vec<EdgePart>,
}

/// A node's card.
#[derive(Clone, PartialEq, Debug)]
pub struct NodePart {
    /// Its name in full, cleaned for showing.
    pub name: String,
    /// Its name as it fits the card, and how wide that is.
    pub title: (String, f64),
    /// The second line as it fits; may be empty.
    pub caption: String,
    /// What part it plays.
    pub glyph: Glyph,
    /// The colour of its health.
    pub ink: Ink,
    /// The innermost box that it stands in.
    pub group: Option<usize>,
}

/// What a box holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupKind {
    /// A cluster.
    Cluster,
    /// A namespace.
    Namespace,
    /// The versions of an app.
    App,
}

/// A box.
#[derive(Clone, PartialEq, Debug)]
pub struct GroupPart {
    /// What it holds.
    pub kind: GroupKind,
    /// Its name in full, cleaned for showing.
    pub name: String,
    /// Its name as it fits the header, and how wide that is.
    pub title: (String, f64),
    /// The box round it.
    pub parent: Option<usize>,
}

/// A line of an edge's label.
#[derive(Clone, PartialEq, Debug)]
pub struct LabelLine {
    /// Pieces from left to right: text, colour and width.
    pub pieces: Vec<(String, Ink, f64)>,
}

/// An edge.
#[derive(Clone, PartialEq, Debug)]
pub struct EdgePart {
    /// Places of the nodes where it begins and ends.
    pub ends: (usize, usize),
    /// How its line looks.
    pub stroke: Stroke,
    /// The label; empty when nothing flows or nothing is asked for.
    pub lines: Vec<LabelLine>,
    /// Room that the layout keeps for the label.
    pub label: Size,
    /// Whether an open lock is shown.
    pub plaintext: bool,
}

impl LabelLine {
    /// Width of all pieces.
    pub fn width(&self) -> f64 {
        self.pieces.iter().map(|(_, _, width)| width).sum()
    }
}

impl GraphParts {
    /// Whether the box is `group` or lies in it.
    pub(super) fn within(&self, mut inner: Option<usize>, group: usize) -> bool {
        // Parents come before children, so this ends.
        while let Some(place) = inner {
            if place == group {
                return true;
            }
            inner = self.groups.get(place).and_then(|part| part.parent).filter(|parent| *parent < place);
        }
        false
    }
}
