//! What of each edge counts in the totals of the nodes at its ends.
//!
//! A byte counts where it physically passes: on the legs to and from a waypoint, not on the logical edge across it. A
//! request counts where it is meant to go: on the logical edge, not on the legs. Where telemetry has only the other of
//! the two, that one stands in.

use crate::quantity::BytesPerSec;

use super::edge::Edge;
use super::hop::{HopKind, Shown};
use super::key::NodeKey;
use super::node::{Node, Traffic};

/// What counts as asked by an edge's source, and as served by its target.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Counted {
    pub at_source: Traffic,
    pub at_target: Traffic,
}

/// For each edge in turn.
pub(super) fn counted(nodes: &[Node], edges: &[Edge]) -> Vec<Counted> {
    let across: Vec<Across> = edges.iter().filter(|edge| edge.logical).map(|edge| Across::new(nodes, edge)).collect();
    let legs: Vec<&Edge> = edges.iter().filter(|edge| edge.kind.shown() == Shown::Leg).collect();
    let count = |edge: &Edge| match edge.kind.shown() {
        Shown::Infrastructure => Counted::default(),
        Shown::Leg => of_leg(edge, &across),
        _ if edge.logical => of_logical(&Across::new(nodes, edge), &legs),
        _ => Counted { at_source: requests(edge) + bytes(edge), at_target: requests(edge) + bytes(edge) },
    };
    edges.iter().map(count).collect()
}

/// A logical edge with the place of its waypoint.
struct Across<'a> {
    edge: &'a Edge,
    waypoint: Option<usize>,
}

impl<'a> Across<'a> {
    fn new(nodes: &[Node], edge: &'a Edge) -> Self {
        let place = |key: &NodeKey| nodes.binary_search_by(|node| node.key.cmp(key)).ok();
        Self { edge, waypoint: edge.via.as_ref().and_then(place) }
    }

    /// Whether the edge runs over a leg between one of its ends and a waypoint.
    fn runs_over(&self, leg: &Edge, waypoint: usize) -> bool {
        self.waypoint
            .map_or_else(|| leg.services.iter().any(|host| self.edge.services.contains(host)), |at| at == waypoint)
    }
}

fn of_leg(leg: &Edge, across: &[Across]) -> Counted {
    let counts = |one: &&Across| one.edge.requests.is_some();
    let to = across.iter().filter(counts).any(|one| one.edge.source == leg.source && one.runs_over(leg, leg.target));
    let from = across.iter().filter(counts).any(|one| one.edge.target == leg.target && one.runs_over(leg, leg.source));
    let (mut at_source, mut at_target) = (bytes(leg), bytes(leg));
    if leg.kind == HopKind::GatewayToWaypoint && !to {
        at_source += requests(leg);
    }
    if leg.kind == HopKind::WaypointToSidecar && !from {
        at_target += requests(leg);
    }
    Counted { at_source, at_target }
}

fn of_logical(across: &Across, legs: &[&Edge]) -> Counted {
    let edge = across.edge;
    let counts = |leg: &&&Edge| leg.bytes.is_some();
    let to = legs.iter().filter(counts).any(|leg| leg.source == edge.source && across.runs_over(leg, leg.target));
    let from = legs.iter().filter(counts).any(|leg| leg.target == edge.target && across.runs_over(leg, leg.source));
    let (mut at_source, mut at_target) = (requests(edge), requests(edge));
    if !to {
        at_source += bytes(edge);
    }
    // A service that stands for a server nobody named is no place where bytes arrive.
    if !from && edge.kind != HopKind::NoBackend {
        at_target += bytes(edge);
    }
    Counted { at_source, at_target }
}

/// What of that counts for a part of an edge: its requests where those of the edge count, and the bytes where it has them.
pub(super) fn of_part(whole: Traffic, part: &Edge) -> Traffic {
    let of_requests = if whole.requests.is_flowing() { requests(part) } else { Traffic::default() };
    let of_bytes = if part.bytes.is_some() { whole.bytes } else { BytesPerSec::default() };
    Traffic { bytes: of_bytes, ..of_requests }
}

fn requests(edge: &Edge) -> Traffic {
    edge.requests.as_ref().map_or(Traffic::default(), |requests| Traffic {
        requests: requests.rate,
        errors: requests.failures + requests.client_errors,
        bytes: BytesPerSec(0.0),
    })
}

fn bytes(edge: &Edge) -> Traffic {
    Traffic { bytes: edge.byte_rate(), ..Traffic::default() }
}
