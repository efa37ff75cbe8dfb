//! One series of an answer, read.

use crate::mesh::{Emitter, NodeKey, Reporter};
use crate::promql::Label;
use crate::quantity::Instant;

use super::super::observation::{Observation, Policy};
use super::super::plan;
use super::basis::Basis;
use super::judge::Side;
use super::query::Question;
use super::subject::{FlowLane, FlowSubject};

/// One series of an answer: B/s over time (connections a second for [`Basis::Connections`]).
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// Which way.
    pub question: Question,
    /// As what the subject takes part.
    pub side: Side,
    /// Who counted.
    pub reporter: Reporter,
    /// Whether a ztunnel did.
    pub by_ztunnel: bool,
    /// Which of several equal servers scraped it; empty when nothing tells them apart.
    pub replica: String,
    /// The place of the edge's lane; zero for a node.
    pub lane: usize,
    /// The two ends, for a node's flows; empty for an edge's.
    pub peer: String,
    /// The samples, oldest first. Holes are left out.
    pub points: Vec<(Instant, f64)>,
}

impl Reading {
    /// Reads one series of the answer to a query of `basis`, its labels looked up by `get`. Nothing for a series that no
    /// known reporter wrote, or that speaks of something else than the subject. Reporters, emitters, clusters and replicas
    /// are told as they are for the graph.
    pub fn read<'a>(
        subject: &FlowSubject,
        basis: Basis,
        (question, side): (Question, Side),
        get: &dyn Fn(&Label) -> Option<&'a str>,
        points: Vec<(Instant, f64)>,
    ) -> Option<Self> {
        let counted = match basis {
            Basis::Http | Basis::HttpAtWaypoint => plan::Question::Requests,
            _ => plan::Question::BytesSent,
        };
        let seen = Observation::read(counted, get, 0.0)?;
        let (by_ztunnel, replica) = (seen.emitter == Emitter::Ztunnel, seen.emitter_pod.replica.clone());
        let (lane, peer) = match subject {
            FlowSubject::Edge { lanes, .. } => (place(lanes, basis, &seen)?, String::new()),
            FlowSubject::Node { members, .. } => (0, peer(members, side, &seen)?),
        };
        Some(Self { question, side, reporter: seen.reporter, by_ztunnel, replica, lane, peer, points })
    }
}

/// Which of the lanes a series speaks of. The conditions of the query have told all but which pair of workloads is meant,
/// and that a `ServiceEntry`'s host may be dialled through a waypoint too.
fn place(lanes: &[FlowLane], basis: Basis, seen: &Observation) -> Option<usize> {
    let is = |key: &NodeKey, peer: &super::super::observation::Peer| match key {
        NodeKey::Workload { .. } => peer.key() == *key,
        NodeKey::ServiceEntry { .. } => !peer.is_known() || seen.policy != Policy::MutualTls,
        _ => true,
    };
    match lanes {
        [lane] if !matches!(lane.key.target, NodeKey::ServiceEntry { .. }) => Some(0),
        [_] if matches!(basis, Basis::TcpAtWaypoint | Basis::HttpAtWaypoint) => Some(0),
        _ => {
            lanes.iter().position(|lane| is(&lane.key.source, &seen.source) && is(&lane.key.target, &seen.destination))
        }
    }
}

/// Both ends of a node's flow.
fn peer(members: &[NodeKey], side: Side, seen: &Observation) -> Option<String> {
    let (own, other) =
        if side == Side::Client { (&seen.source, &seen.destination) } else { (&seen.destination, &seen.source) };
    let is_member = match members {
        [NodeKey::ServiceEntry { .. }] => !own.is_known() || seen.policy != Policy::MutualTls,
        [_] => true,
        _ => members.contains(&own.key()),
    };
    is_member.then(|| format!("{}>{}", own.key(), other.key()))
}
