//! Kinds of hop in English.

use crate::words::Hop;

pub(in crate::words) fn hop(hop: Hop) -> &'static str {
    match hop {
        Hop::Requests => "Requests between two proxies",
        Hop::Streams => "TCP between two sidecars",
        Hop::Ambient => "TCP between two ztunnels",
        Hop::ClientToWaypoint => "Client to waypoint",
        Hop::GatewayToWaypoint => "Gateway to waypoint",
        Hop::WaypointToWorkload => "Waypoint to workload",
        Hop::WaypointToSidecar => "Waypoint to a workload with a sidecar",
        Hop::LogicalRequests => "Requests end to end, seen by a waypoint",
        Hop::LogicalStreams => "TCP end to end, seen by a waypoint",
        Hop::Transit => "Transit through an east-west gateway",
        Hop::GatewayToAmbient => "Gateway to an ambient workload",
        Hop::Mixed => "Between a sidecar and ambient",
        Hop::PlaintextToAmbient => "Plaintext client to an ambient workload",
        Hop::AmbientToPlain => "Ambient workload to one outside the mesh",
        Hop::AmbientPassthrough => "Passed to an address that the mesh does not know",
        Hop::Passthrough => "Passed to a host that the mesh does not know",
        Hop::Blocked => "Forbidden by the outbound traffic policy",
        Hop::InboundPassthrough => "To a port that no service owns",
        Hop::Egress => "To an external service",
        Hop::NoBackend => "Failed before a workload was picked",
        Hop::Infrastructure => "Traffic of the mesh itself",
        Hop::UnknownClient => "From a client that telemetry does not know",
        Hop::Unclassified => "Not classified: please report it",
    }
}
