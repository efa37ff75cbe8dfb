//! Whether what flows into a proxy flows out of it again.

use super::edge::Edge;
use super::health::Health;
use super::hop::Shown;
use super::key::NodeKey;
use super::name::{Namespace, Workload};
use super::reporter::Emitter;
use super::role::Role;
use super::topology::Topology;
use crate::quantity::BytesPerSec;

/// Bytes that enter a waypoint or gateway and do not leave it, or the other way round.
#[derive(Clone, PartialEq, Debug)]
pub struct Imbalance {
    /// Between its clients and it, both ways.
    pub inbound: BytesPerSec,
    /// Between it and its servers, both ways.
    pub outbound: BytesPerSec,
    /// Why, most likely.
    pub cause: ImbalanceCause,
}

/// Why less is counted on one side.
#[derive(Clone, PartialEq, Debug)]
pub enum ImbalanceCause {
    /// Nobody counts the bytes between it and these workloads, although requests or streams pass there: their ztunnels are
    /// not scraped.
    Unscraped(Vec<NodeKey>),
    /// Between it and these workloads Envoys count requests, and no bytes.
    OnlyRequests(Vec<NodeKey>),
    /// It talks to these outside the mesh, where no proxy counts.
    Outside(Vec<NodeKey>),
    /// Envoys of Istio 1.29.0 count a connection's bytes when it opens and closes only
    /// (<https://github.com/istio/istio/issues/59183>): its own or those of these neighbours; somewhere in the mesh where
    /// none is named, as the scrape does not tell which.
    Lumps(Vec<NodeKey>),
    /// Nothing of this is seen: some of a side's proxies may not be scraped, or connections began long ago.
    Unexplained,
}

/// What both sides may differ by. A waypoint that reads requests adds headers to them.
const AGREEMENT: f64 = 0.05;

impl Topology {
    /// What of the bytes of a waypoint or gateway is counted on one side only. Nothing for other nodes, where both sides
    /// agree, and where one side has no proxy that could count: clients from outside do not report. `lumps` are
    /// the workloads with Envoys of Istio 1.29.0, an unknown one where it is not known which.
    ///
    /// This is to be asked of the graph of workloads: one of apps hides which of an app's workloads nobody counts.
    pub fn imbalance(&self, place: usize, lumps: &[(Namespace, Workload)]) -> Option<Imbalance> {
        let node = self.nodes.get(place)?;
        if !matches!(node.role.role, Role::Waypoint | Role::Gateway | Role::EastWestGateway) {
            return None;
        }
        let sides = [false, true].map(|outbound| self.side(place, outbound));
        let [inbound, outbound] = sides.map(|side| side.bytes);
        let less = usize::from(outbound < inbound);
        let gap = (inbound.0 - outbound.0).abs() / inbound.0.max(outbound.0);
        let is_counted = |side: &Side| side.edges > 0;
        // Nothing against nothing is no number.
        if gap.is_nan() || gap <= AGREEMENT || !sides.iter().all(is_counted) {
            return None;
        }
        let [unscraped, requests, outside] = self.uncounted(place, less == 1);
        let by_envoy = sides.iter().any(|side| side.by_envoy);
        let lumps = self.in_lumps(place, lumps).filter(|_| by_envoy);
        let cause = match (unscraped, requests, outside) {
            (keys, ..) if !keys.is_empty() => ImbalanceCause::Unscraped(keys),
            (_, keys, _) if !keys.is_empty() => ImbalanceCause::OnlyRequests(keys),
            (.., keys) if !keys.is_empty() => ImbalanceCause::Outside(keys),
            _ => lumps.map_or(ImbalanceCause::Unexplained, ImbalanceCause::Lumps),
        };
        Some(Imbalance { inbound, outbound, cause })
    }

    /// Which of those that count a node's bytes do so in lumps: itself, and the ends of its edges that Envoys count. None of
    /// them where it is not known who does; nothing where all are known and none is concerned.
    fn in_lumps(&self, place: usize, lumps: &[(Namespace, Workload)]) -> Option<Vec<NodeKey>> {
        let counts = |edge: &&Edge| edge.bytes.is_some_and(|bytes| bytes.emitter == Emitter::Envoy);
        let own = |edge: &&Edge| !edge.logical && (edge.source == place || edge.target == place);
        let ends = self.edges.iter().filter(own).filter(counts).flat_map(|edge| [edge.source, edge.target]);
        let is_concerned = |key: &NodeKey| {
            let NodeKey::Workload { namespace, workload, .. } = key else { return false };
            lumps.iter().any(|(one, other)| one == namespace && other == workload)
        };
        let mut found: Vec<NodeKey> =
            ends.filter_map(|end| Some(self.nodes.get(end)?.key.clone())).filter(is_concerned).collect();
        crate::order::sort_unique(&mut found);
        let is_unknown = || lumps.iter().any(|(_, workload)| !workload.is_known());
        (!found.is_empty() || is_unknown()).then_some(found)
    }

    /// What is counted on one side of a node. A logical edge tells that there must be something.
    fn side(&self, place: usize, outbound: bool) -> Side {
        let mut side = Side { bytes: BytesPerSec::default(), edges: 0, by_envoy: false };
        for edge in self.edges.iter().filter(|edge| edge.kind.shown() != Shown::Infrastructure) {
            let is_own = if outbound { edge.source == place } else { edge.target == place };
            if is_own && !edge.logical {
                side.bytes += edge.byte_rate();
                side.edges += 1;
                side.by_envoy |= edge.bytes.is_some_and(|bytes| bytes.emitter == Emitter::Envoy);
            } else if self.runs_through(edge, place) {
                side.edges += 1;
            }
        }
        side
    }

    /// On one side of a node: whom no bytes are counted with though something passes, whom requests are counted with
    /// instead, and who is out of the mesh.
    fn uncounted(&self, place: usize, outbound: bool) -> [Vec<NodeKey>; 3] {
        let other = |edge: &Edge| if outbound { edge.target } else { edge.source };
        let own = |edge: &&Edge| !edge.logical && if outbound { edge.source == place } else { edge.target == place };
        let mut found: [Vec<NodeKey>; 3] = Default::default();
        let legs: Vec<&Edge> = self.edges.iter().filter(own).collect();
        let [unscraped, requests, outside] = &mut found;
        let flows = |edge: &&Edge| edge.health(self.tolerances) != Health::Idle;
        for edge in self.edges.iter().filter(flows).filter(|edge| own(edge) || self.runs_through(edge, place)) {
            let Some(key) = self.nodes.get(other(edge)).map(|node| &node.key) else { continue };
            let legs = || legs.iter().filter(|leg| other(leg) == other(edge));
            if legs().any(|leg| leg.byte_rate().is_flowing()) || other(edge) == place {
                continue;
            }
            match key {
                NodeKey::Workload { .. } if legs().any(|leg| leg.requests.is_some()) => requests.push(key.clone()),
                NodeKey::Workload { .. } => unscraped.push(key.clone()),
                _ => outside.push(key.clone()),
            }
        }
        found.iter_mut().for_each(crate::order::sort_unique);
        found
    }

    fn runs_through(&self, edge: &Edge, place: usize) -> bool {
        edge.logical && edge.via.is_some() && edge.via.as_ref() == self.nodes.get(place).map(|node| &node.key)
    }
}

/// What is counted on one side.
#[derive(Clone, Copy)]
struct Side {
    bytes: BytesPerSec,
    edges: usize,
    by_envoy: bool,
}
