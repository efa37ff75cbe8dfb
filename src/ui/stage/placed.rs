//! A topology with its layout, and how it is first looked at.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::app::Selection;
use crate::geometry::{Camera, Point, Size, Vector};
use crate::layout::{Direction, Layout, LayoutRequest};
use crate::mesh::Topology;
use crate::scene::{GraphParts, HitIndex, Target};

/// A topology on its way to a layout.
pub(super) struct Draft {
    pub topology: Arc<Topology>,
    pub request: LayoutRequest,
    pub parts: GraphParts,
}

/// A topology with its layout.
pub(super) struct Placed {
    pub topology: Arc<Topology>,
    pub request: LayoutRequest,
    pub layout: Layout,
    pub parts: GraphParts,
    index: OnceCell<HitIndex>,
}

/// Free room round a fitted graph, in pixels.
pub(super) const MARGIN: f64 = 32.0;
/// A small graph is not blown up further than that.
pub(super) const LARGEST_FIT: f64 = 1.25;
/// A graph that would be smaller than that when it is first seen is shown from its beginning instead: names can be read.
const LEAST_FIRST: f64 = 0.4;
/// A graph of more nodes is shown whole all the same: an overview is what its reader needs first.
const MOST_FIRST: usize = 150;

impl Draft {
    /// Whether the layout of that request serves this topology too. An equal request with other nodes would put a name on
    /// another's place.
    pub fn is_like(&self, request: &LayoutRequest, topology: &Topology) -> bool {
        let (nodes, other) = (&self.topology.nodes, &topology.nodes);
        let same_nodes =
            || nodes.len() == other.len() && nodes.iter().zip(other).all(|(one, other)| one.key == other.key);
        self.request == *request && same_nodes()
    }
}

impl Placed {
    /// The draft with its layout.
    pub fn new(Draft { topology, request, parts }: Draft, layout: Layout) -> Self {
        Self { topology, request, layout, parts, index: OnceCell::new() }
    }

    /// Where what lies. Made when it is first asked for: a picture may be seen and never pointed at.
    pub fn index(&self) -> &HitIndex {
        self.index.get_or_init(|| HitIndex::new(&self.layout, &self.parts))
    }

    /// What it was made from.
    pub fn draft(&self) -> Draft {
        Draft { topology: Arc::clone(&self.topology), request: self.request.clone(), parts: self.parts.clone() }
    }

    /// What of the mesh lies there; nothing for a box.
    pub fn selection(&self, target: Target) -> Option<Selection> {
        let topology = &self.topology;
        match target {
            Target::Node(place) => topology.nodes.get(place).map(|node| Selection::node(&node.key)),
            Target::Edge(place) => topology.edge_key(topology.edges.get(place)?).map(|key| Selection::edge(&key)),
            Target::Group(_) => None,
        }
    }

    /// Where in the picture that is.
    pub fn target(&self, selection: &Selection) -> Option<Target> {
        let node = selection.node_place(&self.topology).map(Target::Node);
        node.or_else(|| selection.edge_place(&self.topology).map(Target::Edge))
    }

    /// All of it when it can be read so; else as much as can be read, beginning where traffic comes in.
    pub fn first_look(&self, size: Size) -> Camera {
        let bounds = self.layout.bounds;
        let whole = Camera::fit(bounds, size, MARGIN, LARGEST_FIT);
        if whole.zoom >= LEAST_FIRST || self.layout.nodes.len() > MOST_FIRST {
            return whole;
        }
        let zoom = LEAST_FIRST;
        let entry = self.entry().unwrap_or(bounds.min);
        // The entry stands in the first quarter of the way, and no room beyond the graph is shown in vain.
        let along = |least: f64, most: f64, window: f64, entry: f64, share: f64| {
            let free = window - (most - least) * zoom;
            let wanted = window * share - entry * zoom;
            if free >= 2.0 * MARGIN {
                free / 2.0 - least * zoom
            } else {
                wanted.clamp(window - MARGIN - most * zoom, MARGIN - least * zoom)
            }
        };
        let (x_share, y_share) = match self.request.options.direction {
            Direction::LeftToRight => (0.25, 0.5),
            Direction::TopToBottom => (0.5, 0.25),
        };
        let x = along(bounds.min.x, bounds.max.x, size.width, entry.x, x_share);
        let y = along(bounds.min.y, bounds.max.y, size.height, entry.y, y_share);
        Camera { zoom, shift: Vector::new(x, y) }
    }

    /// Where traffic comes in: the middle of the node that serves nobody and asks most.
    fn entry(&self) -> Option<Point> {
        let nodes = self.topology.nodes.iter().zip(&self.layout.nodes);
        let askers = nodes.filter(|(node, _)| !node.inbound.requests.is_flowing() && !node.inbound.bytes.is_flowing());
        let busiest =
            askers.max_by(|(one, _), (other, _)| one.outbound.requests.0.total_cmp(&other.outbound.requests.0));
        busiest.map(|(_, rect)| rect.centre())
    }
}
