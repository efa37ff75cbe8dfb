//! The neighbours of a node, and the hops of an end-to-end edge.

use std::borrow::Cow;

use crate::mesh::{Edge, EdgeKey, Health, Node, NodeKey, Role, Topology};
use crate::order::{Map, Set};
use crate::words::Label;

use super::super::graph::Shown;
use super::super::view::{Selection, edge_id};
use super::names::{self, edge_title, node_title};
use super::voice::Voice;

/// An edge, to go to.
#[derive(Clone, PartialEq, Debug)]
pub struct Peer {
    /// The neighbour's name, or those of both ends.
    pub title: String,
    /// Protocol and traffic.
    pub text: String,
    /// The edge between.
    pub edge: Selection,
    /// That edge's health.
    pub health: Health,
}

/// Whom the node at a place calls, or who calls it. An end-to-end edge stands for its hops; at a waypoint, which it passes
/// by, the hops stand for themselves. Neighbours of the same name are told apart by their namespaces.
pub(super) fn neighbours(place: usize, outbound: bool, topology: &Topology, voice: Voice<'_>) -> Vec<Peer> {
    let is_waypoint = topology.nodes.get(place).is_some_and(|node| node.role.role == Role::Waypoint);
    let own = |edge: &&Edge| place == if outbound { edge.source } else { edge.target };
    let shown = |edge| if is_waypoint { Some(Cow::Borrowed(edge)) } else { Edge::untold(edge) };
    let near = |edge: Cow<'_, Edge>| {
        let other = topology.nodes.get(if outbound { edge.target } else { edge.source })?;
        Some((other, peer(&edge, other, topology, voice)?))
    };
    let found: Vec<(&Node, Peer)> = topology.edges.iter().filter(own).filter_map(shown).filter_map(near).collect();
    let mut namesakes: Map<String, Set<&NodeKey>> = Map::default();
    for (other, peer) in &found {
        namesakes.entry(peer.title.clone()).or_default().insert(&other.key);
    }
    let told_apart = |(other, peer): (&Node, Peer)| {
        let is_alone = namesakes.get(&peer.title).is_none_or(|keys| keys.len() < 2);
        match other.key.namespace() {
            Some(namespace) if !is_alone => Peer { title: format!("{namespace}/{}", peer.title), ..peer },
            _ => peer,
        }
    };
    found.into_iter().map(told_apart).collect()
}

/// Whether a selected edge is an end-to-end one, and the hops that it is made of; else the end-to-end edges that pass over
/// it. Which of them belong to it is told between workloads, whatever the graph is one of.
pub(super) fn hops(selection: &Selection, shown: &Shown, voice: Voice<'_>) -> Option<(bool, Vec<Peer>)> {
    let topology = &shown.topology;
    let key = topology.edge_key(topology.edges.get(selection.edge_place(topology)?)?)?;
    let peer = |key: EdgeKey| {
        let other = topology.edges.get(topology.edge_place(&key)?)?;
        let (source, target) = edge_title(other, topology, voice);
        let node = topology.nodes.get(other.target)?;
        Some(Peer { title: format!("{source} → {target}"), ..peer(other, node, topology, voice)? })
    };
    let belonging = shown.workloads.hops_of(shown.choices.grouping(), &key);
    Some((key.logical, belonging.into_iter().filter_map(peer).collect()))
}

fn peer(edge: &Edge, other: &Node, topology: &Topology, voice: Voice<'_>) -> Option<Peer> {
    Some(Peer {
        title: node_title(&other.key, voice),
        text: edge_text(edge, voice),
        edge: Selection::Edge(edge_id(&topology.edge_key(edge)?)),
        health: edge.health(topology.tolerances),
    })
}

/// Protocol and traffic of an edge in one line.
fn edge_text(edge: &Edge, voice: Voice<'_>) -> String {
    let mut parts = vec![names::protocol(edge.protocol).to_owned()];
    if let Some(requests) = &edge.requests {
        parts.push(voice.per_sec(requests.rate));
    }
    if let Some(share) = edge.error_share().filter(|share| share.value() > 0.0) {
        parts.push(format!("{} {}", voice.share(share), voice.label(Label::Errors)));
    }
    if edge.bytes.is_some() {
        parts.push(voice.bytes(edge.byte_rate()));
    }
    if let Some(via) = &edge.via {
        parts.push(format!("{} {}", voice.label(Label::Via), node_title(via, voice)));
    }
    parts.join(" · ")
}
