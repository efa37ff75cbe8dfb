//! What is shown: everything that a link must carry to show the same again.

use std::borrow::Cow;

use crate::mesh::{Edge, EdgeKey, Namespace, NodeKey, Protocol, Topology};
use crate::order::Set;
use crate::quantity::{Duration, TimeWindow};

use super::choices::Choices;

/// Whether paths through waypoints are drawn end to end or hop by hop.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Paths {
    /// Both: the logical edge and its legs.
    All,
    /// One edge from client to server; a leg is hidden when a logical edge tells of what passes over it.
    #[default]
    Logical,
    /// The legs; logical edges are hidden.
    Hops,
}

/// What edge labels say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EdgeLabel {
    /// Requests a second, and the share of them that fails.
    Requests,
    /// Bytes a second, both ways.
    Bytes,
}

/// What fills the main area.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Pane {
    /// The picture.
    #[default]
    Graph,
    /// Nodes and edges as tables.
    Table,
}

/// A selected element, by its stable identifier, so that it stays selected while data change.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Selection {
    /// A node's identifier ([`NodeKey`]'s text).
    Node(String),
    /// An edge's identifier: see [`edge_id`].
    Edge(String),
}

/// What is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    /// The name of the back end.
    pub back_end: String,
    /// The stretch of time.
    pub window: TimeWindow,
    /// How often to ask again; none is never.
    pub refresh: Option<Duration>,
    /// The namespaces shown; empty is all.
    pub namespaces: Set<Namespace>,
    /// What the graph is made of.
    pub choices: Choices,
    /// Waypoint paths.
    pub paths: Paths,
    /// Whether edges without traffic are shown.
    pub idle: bool,
    /// Whether traffic of the infrastructure itself is shown.
    pub infrastructure: bool,
    /// What edge labels say.
    pub labels: Set<EdgeLabel>,
    /// Graph or table.
    pub pane: Pane,
    /// What is selected.
    pub selection: Option<Selection>,
    /// Parameters of the URL that are not ours; kept as they are.
    pub foreign: Vec<(String, String)>,
}

/// An edge's stable identifier: its ends, its protocol, and `logical` where it is a waypoint's end-to-end view.
pub fn edge_id(key: &EdgeKey) -> String {
    let logical = if key.logical { "+logical" } else { "" };
    format!("{}>{}>{}{logical}", key.source, key.target, key.protocol.as_str())
}

impl Selection {
    /// The place of the selected node.
    pub fn node_place(&self, topology: &Topology) -> Option<usize> {
        let Self::Node(id) = self else { return None };
        topology.nodes.iter().position(|node| node.key.to_string() == *id)
    }

    /// The place of the selected edge.
    pub fn edge_place(&self, topology: &Topology) -> Option<usize> {
        let Self::Edge(id) = self else { return None };
        topology.edges.iter().position(|edge| topology.edge_key(edge).is_some_and(|key| edge_id(&key) == *id))
    }

    /// Selects a node.
    pub fn node(key: &NodeKey) -> Self {
        Self::Node(key.to_string())
    }

    /// Selects an edge.
    pub fn edge(key: &EdgeKey) -> Self {
        Self::Edge(edge_id(key))
    }
}

impl View {
    /// The part of the mesh that this view shows.
    pub fn visible(&self, topology: &Topology) -> Topology {
        use crate::mesh::{Health, Shown};
        let in_namespaces = |place: usize| {
            let namespace = topology.nodes.get(place).and_then(|node| node.key.namespace());
            namespace.is_some_and(|namespace| self.namespaces.contains(namespace))
        };
        // A leg that the reader went to is drawn whatever the paths.
        let selected = |topology: &Topology| self.selection.as_ref().and_then(|one| one.edge_place(topology));
        let at = |edge: &Edge| (edge.source, edge.target, edge.protocol, edge.logical);
        let chosen = selected(topology).and_then(|place| topology.edges.get(place)).map(at);
        let choices = self.choices;
        let draws_requests = |edge: &Edge| match edge.protocol {
            Protocol::Http => choices.draws_http(),
            Protocol::Grpc => choices.draws_grpc(),
            Protocol::Tcp => false,
        };
        let draws_bytes = choices.bytes().is_some();
        let mut visible = topology.filtered(|edge| {
            let is_chosen = chosen == Some(at(edge));
            let Some(edge) = self.path(edge, is_chosen) else { return false };
            let edge = &*edge;
            let shown = edge.kind.shown();
            let near = self.namespaces.is_empty() || in_namespaces(edge.source) || in_namespaces(edge.target);
            let busy = self.idle || edge.health(topology.tolerances) != Health::Idle;
            let has_streams = edge.bytes.is_some() || edge.protocol == Protocol::Tcp;
            let drawn = draws_requests(edge) || draws_bytes && has_streams;
            drawn && near && busy && (self.infrastructure || shown != Shown::Infrastructure)
        });
        let chosen = selected(&visible);
        for (place, edge) in visible.edges.iter_mut().enumerate() {
            if let Some(Cow::Owned(rest)) = self.path(edge, chosen == Some(place)) {
                *edge = rest;
            }
            if !draws_requests(edge) {
                edge.requests = None;
            }
            if !draws_bytes {
                (edge.bytes, edge.connections) = (None, None);
            }
        }
        visible
    }

    /// What of an edge belongs to the paths that are shown; of a leg, in logical paths, what no logical edge tells of.
    fn path<'a>(&self, edge: &'a Edge, is_chosen: bool) -> Option<Cow<'a, Edge>> {
        match self.paths {
            Paths::Logical if !is_chosen => edge.untold(),
            Paths::Hops if !is_chosen && edge.logical => None,
            _ => Some(Cow::Borrowed(edge)),
        }
    }
}
