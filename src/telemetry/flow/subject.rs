//! Whose bytes are asked for.

use crate::mesh::{EdgeKey, HopKind, Host, NodeKey, Reporter};

use super::super::classify::byte_order;
use super::basis::Basis;

/// An edge or a node of the graph.
#[derive(Clone, PartialEq, Debug)]
pub enum FlowSubject {
    /// What flows over an edge.
    Edge {
        /// Which edge.
        key: EdgeKey,
        /// What kind of hop it is; decides where to look.
        kind: HopKind,
        /// The services dialled over it, for a target that is not a workload.
        services: Vec<Host>,
    },
    /// What flows into and out of a node.
    Node(NodeKey),
}

impl FlowSubject {
    /// Whose count is preferred, best first.
    pub fn order(&self) -> [Reporter; 3] {
        match self {
            Self::Edge { key, kind, .. } if !key.logical => byte_order(*kind),
            Self::Edge { .. } => [Reporter::Waypoint, Reporter::Destination, Reporter::Source],
            Self::Node(_) => [Reporter::Destination, Reporter::Source, Reporter::Waypoint],
        }
    }
}

/// Where to look, in order.
pub fn bases(subject: &FlowSubject) -> &'static [Basis] {
    let FlowSubject::Edge { kind, .. } = subject else { return &[Basis::Tcp, Basis::Http] };
    match kind {
        HopKind::ClientToWaypoint | HopKind::WaypointToWorkload => {
            &[Basis::Tcp, Basis::TcpAtWaypoint, Basis::HttpAtWaypoint, Basis::Connections]
        }
        HopKind::GatewayToWaypoint | HopKind::WaypointToSidecar => {
            &[Basis::Tcp, Basis::Http, Basis::TcpAtWaypoint, Basis::HttpAtWaypoint, Basis::Connections]
        }
        _ => &[Basis::Tcp, Basis::Http, Basis::Connections],
    }
}
