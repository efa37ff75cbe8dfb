//! What of a leg's traffic a logical edge tells of as well.
//!
//! Legs are marked between workloads; a leg of a graph of apps or services gathers the marks of those that it adds up.
//! So what the logical edges leave untold is the same in every type of graph.

use std::borrow::Cow;

use crate::order::Set;

use super::edge::{Bytes, Connections, Edge, Requests};
use super::hop::Shown;
use super::topology::Topology;

/// How much of an edge's traffic some logical edge tells of.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Told {
    /// None of it: the edge is no leg, or no logical edge runs over it.
    #[default]
    Nothing,
    /// A part: it adds up legs over which logical edges run and others. This is the others' traffic.
    Part(Box<Untold>),
    /// All of it.
    All,
}

/// The traffic of an edge that no logical edge tells of.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Untold {
    /// Its requests.
    pub requests: Option<Requests>,
    /// Its bytes.
    pub bytes: Option<Bytes>,
    /// Its connections.
    pub connections: Option<Connections>,
}

impl Edge {
    /// The edge with the traffic of which no logical edge tells; none for a leg that is told of altogether.
    pub fn untold(&self) -> Option<Cow<'_, Self>> {
        match &self.told {
            Told::Nothing => Some(Cow::Borrowed(self)),
            Told::All => None,
            Told::Part(rest) => {
                let Untold { requests, bytes, connections } = (**rest).clone();
                Some(Cow::Owned(Self { requests, bytes, connections, ..self.clone() }))
            }
        }
    }
}

impl Topology {
    /// The ends of the legs that a logical edge runs over: from its client to its waypoint, and on to its server. Nothing
    /// for another edge, and where the waypoint is not known.
    pub fn leg_ends(&self, edge: &Edge) -> Option<[(usize, usize); 2]> {
        let via = self.node_place(edge.via.as_ref().filter(|_| edge.logical)?)?;
        Some([(edge.source, via), (via, edge.target)])
    }

    /// Whether the hop from a logical edge's client to its waypoint leads to no other server for the same service, so far as
    /// other logical edges tell.
    pub fn has_leg_alone(&self, edge: &Edge) -> bool {
        let shares = |other: &&Edge| {
            let any = [edge, *other].into_iter().any(|one| one.services.is_empty());
            any || other.services.iter().any(|host| edge.services.contains(host))
        };
        let beside = |other: &&Edge| other.logical && other.source == edge.source && other.via == edge.via;
        let is_known = edge.logical && edge.via.is_some();
        is_known && self.edges.iter().filter(beside).filter(shares).take(2).count() == 1
    }

    /// Marks the legs that a logical edge runs over.
    pub(super) fn mark_told_legs(&mut self) {
        let told: Set<(usize, usize)> = Set::of(self.edges.iter().filter_map(|edge| self.leg_ends(edge)).flatten());
        for edge in self.edges.iter_mut().filter(|edge| edge.kind.shown() == Shown::Leg) {
            if told.contains(&(edge.source, edge.target)) {
                edge.told = Told::All;
            }
        }
    }
}
