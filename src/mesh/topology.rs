//! The graph of the mesh at one instant.

use crate::order::Map;

use super::edge::{Edge, EdgeKey};
use super::health::{Health, Tolerances};
use super::key::NodeKey;
use super::node::Node;
use super::totals::{self, Counted};

/// Nodes and edges. Nodes are sorted by key, edges by (source, target, protocol, logical): equal facts give an equal topology.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Topology {
    /// The endpoints.
    pub nodes: Vec<Node>,
    /// The traffic between them.
    pub edges: Vec<Edge>,
    /// By what their health is judged.
    pub tolerances: Tolerances,
}

/// Collects nodes and edges in any order and puts them in theirs.
#[derive(Debug, Default)]
pub struct TopologyBuilder {
    nodes: Map<NodeKey, Node>,
    edges: Map<EdgeKey, Edge>,
}

impl TopologyBuilder {
    /// Adds a node; one that is there already stays as it is.
    pub fn node(&mut self, node: Node) {
        self.nodes.entry(node.key.clone()).or_insert(node);
    }

    /// Adds an edge, replacing one of the same key; its `source` and `target` are set by [`finish`](Self::finish). An
    /// edge whose ends were not added as nodes is dropped there.
    pub fn edge(&mut self, key: EdgeKey, edge: Edge) {
        self.edges.insert(key, edge);
    }

    /// Adds an edge to one of the same key, and what of it counts to the nodes at its ends.
    pub(super) fn add(&mut self, key: EdgeKey, edge: &Edge, counted: Counted) {
        if let Some(node) = self.nodes.get_mut(&key.source) {
            node.outbound += counted.at_source;
        }
        if let Some(node) = self.nodes.get_mut(&key.target) {
            node.inbound += counted.at_target;
        }
        match self.edges.get_mut(&key) {
            Some(known) => known.absorb(edge),
            None => drop(self.edges.insert(key, edge.clone())),
        }
    }

    /// The topology, with each node's traffic and health filled in, and the legs marked that logical edges tell of.
    pub fn finish(self, tolerances: Tolerances) -> Topology {
        self.placed(tolerances).counted()
    }

    /// The topology of nodes whose traffic was [added](Self::add), with each node's health filled in.
    pub(super) fn placed(self, tolerances: Tolerances) -> Topology {
        let places: Map<NodeKey, usize> = Map::of(self.nodes.keys().cloned().zip(0..));
        let nodes: Vec<Node> = self.nodes.into_values().collect();
        let place_of = |key: &NodeKey| places.get(key).copied();
        let edges: Vec<Edge> = self
            .edges
            .into_iter()
            .filter_map(|(key, edge)| {
                let (source, target) = (place_of(&key.source)?, place_of(&key.target)?);
                Some(Edge { source, target, protocol: key.protocol, logical: key.logical, ..edge })
            })
            .collect();
        Topology { nodes, edges, tolerances }.judged()
    }
}

impl Topology {
    /// The topology of nodes in the order of their keys and of edges between their places, in the order of source, target,
    /// protocol, logical; with each node's traffic and health filled in, and the legs marked that logical edges tell of.
    pub fn of(nodes: Vec<Node>, edges: Vec<Edge>, tolerances: Tolerances) -> Self {
        Self { nodes, edges, tolerances }.judged().counted()
    }

    fn judged(mut self) -> Self {
        for edge in &self.edges {
            let health = edge.health(self.tolerances);
            for end in [edge.source, edge.target] {
                if let Some(node) = self.nodes.get_mut(end) {
                    node.health = node.health.max(health);
                }
            }
        }
        self
    }

    fn counted(mut self) -> Self {
        self.mark_told_legs();
        for (edge, counted) in self.edges.iter().zip(totals::counted(&self.nodes, &self.edges)) {
            if let Some(node) = self.nodes.get_mut(edge.source) {
                node.outbound += counted.at_source;
            }
            if let Some(node) = self.nodes.get_mut(edge.target) {
                node.inbound += counted.at_target;
            }
        }
        self
    }

    /// The place of the node with that key.
    pub fn node_place(&self, key: &NodeKey) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.key.cmp(key)).ok()
    }

    /// The key of an edge of this topology; nothing for one of another.
    pub fn edge_key(&self, edge: &Edge) -> Option<EdgeKey> {
        let key = |place: usize| self.nodes.get(place).map(|node| node.key.clone());
        Some(EdgeKey {
            source: key(edge.source)?,
            target: key(edge.target)?,
            protocol: edge.protocol,
            logical: edge.logical,
        })
    }

    /// The place of the edge with that key.
    pub fn edge_place(&self, key: &EdgeKey) -> Option<usize> {
        let (source, target) = (self.node_place(&key.source)?, self.node_place(&key.target)?);
        let wanted = (source, target, key.protocol, key.logical);
        self.edges.binary_search_by(|edge| (edge.source, edge.target, edge.protocol, edge.logical).cmp(&wanted)).ok()
    }

    /// A new topology of the edges that `keep` keeps, and of the nodes at their ends (with their totals as they were).
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Edge) -> bool) -> Self {
        let kept: Vec<&Edge> = self.edges.iter().filter(|edge| keep(edge)).collect();
        let mut places = vec![None; self.nodes.len()];
        for edge in &kept {
            for end in [edge.source, edge.target] {
                if let Some(place) = places.get_mut(end) {
                    *place = Some(0);
                }
            }
        }
        let mut nodes = Vec::new();
        for (place, node) in places.iter_mut().zip(&self.nodes) {
            if place.is_some() {
                *place = Some(nodes.len());
                nodes.push(node.clone());
            }
        }
        let moved = |place: usize| places.get(place).copied().flatten();
        let edges = kept
            .into_iter()
            .filter_map(|edge| {
                let (source, target) = (moved(edge.source)?, moved(edge.target)?);
                Some(Edge { source, target, ..edge.clone() })
            })
            .collect();
        Self { nodes, edges, tolerances: self.tolerances }
    }

    /// The worst health of all nodes; idle when there is none.
    pub fn health(&self) -> Health {
        self.nodes.iter().map(|node| node.health).max().unwrap_or(Health::Idle)
    }
}
