//! Kinds of hop in English.

use crate::mesh::HopKind;

pub(in crate::words) fn hop(hop: HopKind) -> &'static str {
    match hop {
        HopKind::Requests => "Requests between two proxies",
        HopKind::Streams => "TCP between two sidecars",
        HopKind::Ambient => "TCP between two ztunnels",
        HopKind::ClientToWaypoint => "Client to waypoint",
        HopKind::GatewayToWaypoint => "Gateway to waypoint",
        HopKind::WaypointToWorkload => "Waypoint to workload",
        HopKind::WaypointToSidecar => "Waypoint to a workload with a sidecar",
        HopKind::LogicalRequests => "Requests end to end, seen by a waypoint",
        HopKind::LogicalStreams => "TCP end to end, seen by a waypoint",
        HopKind::Transit => "Transit through an east-west gateway",
        HopKind::GatewayToAmbient => "Gateway to an ambient workload",
        HopKind::Mixed => "Between a sidecar and ambient",
        HopKind::PlaintextToAmbient => "Plaintext client to an ambient workload",
        HopKind::AmbientToPlain => "Ambient workload to one outside the mesh",
        HopKind::AmbientPassthrough => "Passed to an address that the mesh does not know",
        HopKind::Passthrough => "Passed to a host that the mesh does not know",
        HopKind::Blocked => "Forbidden by the outbound traffic policy",
        HopKind::InboundPassthrough => "To a port that no service owns",
        HopKind::Egress => "To an external service",
        HopKind::NoBackend => "Failed before a workload was picked",
        HopKind::Infrastructure => "Traffic of the mesh itself",
        HopKind::UnknownClient => "From a client that telemetry does not know",
        HopKind::Unclassified => "Not classified: please report it",
    }
}
