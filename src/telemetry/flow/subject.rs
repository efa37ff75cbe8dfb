//! Whose bytes are asked for.

use crate::mesh::{Edge, EdgeKey, HopKind, Host, NodeKey, Protocol, Reporter};

use super::super::classify::byte_order;
use super::basis::Basis;

/// A way between two workloads (or what stands for one), with what the graph knows of it.
#[derive(Clone, PartialEq, Debug)]
pub struct FlowLane {
    /// Its ends and its protocol.
    pub key: EdgeKey,
    /// What kind of hop it is; decides where to look, and whom to believe.
    pub kind: HopKind,
    /// The services dialled over it, for a target that is not a workload.
    pub services: Vec<Host>,
    /// Who speaks of it.
    pub reporters: Vec<Reporter>,
    /// The waypoint that a logical edge runs through.
    pub via: Option<NodeKey>,
    /// Whether the hop from its client to its waypoint leads to nothing else for these services.
    pub alone: bool,
    /// Whether TCP bytes belong to it: those between the ends of an edge of requests may be another edge's.
    pub streams: bool,
}

/// An edge or a node of the graph.
#[derive(Clone, PartialEq, Debug)]
pub enum FlowSubject {
    /// What flows over an edge.
    Edge {
        /// Which edge.
        key: EdgeKey,
        /// What it is made of; one lane where the graph is one of workloads.
        lanes: Vec<FlowLane>,
    },
    /// What flows into and out of a node.
    Node {
        /// Which node.
        key: NodeKey,
        /// What it is made of; the node itself where the graph is one of workloads.
        members: Vec<NodeKey>,
    },
}

impl FlowLane {
    /// The lane of an edge between workloads; that it is [`alone`](Self::alone) is for others to tell.
    pub fn of(key: EdgeKey, edge: &Edge) -> Self {
        Self {
            streams: key.protocol == Protocol::Tcp || edge.bytes.is_some(),
            key,
            kind: edge.kind,
            services: edge.services.clone(),
            reporters: edge.reporters.clone(),
            via: edge.via.clone(),
            alone: false,
        }
    }

    /// The pod's owner and the reporter of a waypoint whose word a logical lane is, where its pod must be named: when it
    /// reports as `destination`, as until Istio 1.21, and when it names no server.
    pub(super) fn speaker(&self) -> Option<(&NodeKey, Reporter)> {
        let via = self.via.as_ref().filter(|_| self.key.logical)?;
        if !self.reporters.is_empty() && !self.reporters.contains(&Reporter::Waypoint) {
            return Some((via, Reporter::Destination));
        }
        (*via == self.key.target).then_some((via, Reporter::Waypoint))
    }
}

impl FlowSubject {
    /// An edge between workloads.
    pub fn edge(lane: FlowLane) -> Self {
        Self::Edge { key: lane.key.clone(), lanes: vec![lane] }
    }

    /// A node of a graph of workloads.
    pub fn node(key: NodeKey) -> Self {
        Self::Node { members: vec![key.clone()], key }
    }

    /// Whose count is preferred, best first, on the lane at that place. A node's peers are as a hop between workloads.
    pub fn order(&self, lane: usize) -> [Reporter; 3] {
        let kind = match self {
            Self::Edge { lanes, .. } => lanes.get(lane).map(|lane| lane.kind),
            Self::Node { .. } => None,
        };
        byte_order(kind.unwrap_or(HopKind::Ambient))
    }
}

/// Where to look, in order. HTTP alone is counted in requests, never as TCP.
pub fn bases(subject: &FlowSubject) -> &'static [Basis] {
    use Basis::{Connections, Http, HttpAtWaypoint, Tcp, TcpAtWaypoint, TcpOfLeg};
    let FlowSubject::Edge { lanes, .. } = subject else { return &[Tcp, Http] };
    let Some(lane) = lanes.first() else { return &[] };
    match lane.kind {
        HopKind::ClientToWaypoint | HopKind::WaypointToWorkload => &[Tcp, TcpAtWaypoint, HttpAtWaypoint, Connections],
        HopKind::WaypointToSidecar if !lane.streams => &[Http, HttpAtWaypoint],
        HopKind::GatewayToWaypoint | HopKind::WaypointToSidecar => {
            &[Tcp, Http, TcpAtWaypoint, HttpAtWaypoint, Connections]
        }
        HopKind::Requests | HopKind::LogicalRequests => &[Http],
        // Whoever counts what is asked for comes before an estimate of it.
        HopKind::LogicalStreams if lane.alone => &[Tcp, Http, TcpOfLeg, Connections],
        // TCP between the same ends is an edge of its own.
        _ if !lane.streams => &[Http],
        _ => &[Tcp, Http, Connections],
    }
}
