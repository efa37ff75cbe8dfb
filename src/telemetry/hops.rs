//! The hops that series speak of: classified once for equal facts, their ends as numbers.

use crate::mesh::{HopKind, NodeKey, Reporter, Shown};

use super::classify::{End, Facts, is_by_another};
use super::ends;
use super::nodes::{Nodes, Numbers};
use super::observation::{EmitterPod, Observation};
use super::passthrough::FrequentHosts;
use super::roles::Roles;
use crate::mesh::Role;

/// Classifies one series after the other.
pub(super) struct Hops<'a> {
    roles: &'a Roles,
    frequent: FrequentHosts,
    nodes: Nodes<'a>,
    /// By the numbers of peers.
    ends: Vec<End>,
    pods: Numbers<'a, EmitterPod>,
    speakers: Vec<Option<Role>>,
    kinds: Vec<(u64, HopKind)>,
}

/// The hop of a series.
#[derive(Clone, Copy)]
pub(super) struct Hop {
    pub source: usize,
    pub target: usize,
    pub kind: HopKind,
    pub logical: bool,
}

impl<'a> Hops<'a> {
    /// Of these series.
    pub fn among(seen: &'a [Observation], roles: &'a Roles) -> Self {
        Self {
            roles,
            frequent: FrequentHosts::among(seen),
            nodes: Nodes::default(),
            ends: Vec::new(),
            pods: Numbers::default(),
            speakers: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// The hop of one of them.
    pub fn of(&mut self, one: &'a Observation) -> Hop {
        let peers = [&one.source, &one.destination].map(|peer| {
            let (number, node) = self.nodes.of_peer(peer);
            if number == self.ends.len() {
                self.ends.push(End::of(peer, self.roles));
            }
            (self.ends.get(number).copied().unwrap_or(End::Unknown), node)
        });
        let [(source_end, source), (target_end, target)] = peers;
        let (pod, is_new) = self.pods.number(&one.emitter_pod);
        if is_new {
            self.speakers.push(self.roles.of_pod(&one.emitter_pod));
        }
        let speaker = self.speakers.get(pod).copied().flatten();
        let logical = is_by_another(one, speaker);
        let kind = self.kind(Facts::of(one, source_end, target_end, speaker));
        let source = if source_end == End::Unknown { self.nodes.of_key(ends::source(one)) } else { source };
        let is_server = match kind {
            HopKind::Passthrough | HopKind::Blocked | HopKind::Egress | HopKind::NoBackend => false,
            // An old waypoint tells of servers what is not true.
            _ if one.reporter == Reporter::Destination
                && (kind.shown() == Shown::Logical || kind == HopKind::Transit) =>
            {
                false
            }
            _ => target_end != End::Unknown,
        };
        let target = if is_server { target } else { self.nodes.of_key(self.frequent.node(ends::target(one, kind))) };
        Hop { source, target, kind, logical }
    }

    fn kind(&mut self, facts: Facts) -> HopKind {
        let code = facts.code();
        if let Some((_, kind)) = self.kinds.iter().find(|(known, _)| *known == code) {
            return *kind;
        }
        let kind = facts.kind();
        self.kinds.push((code, kind));
        kind
    }

    /// The keys of the ends by their numbers.
    pub fn keys(&self) -> &[NodeKey] {
        self.nodes.keys()
    }
}
