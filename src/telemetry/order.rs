//! Whose word is taken where several proxies count the same traffic.

use crate::mesh::{HopKind, Reporter};

/// For requests: the waypoint saw every one of them; a server saw what arrived; a client says what it tried.
pub(super) const REQUEST_ORDER: [Reporter; 3] = [Reporter::Waypoint, Reporter::Destination, Reporter::Source];

/// For bytes and connections. Both ends of a hop count the same bytes; the server's side knows who authenticated. Towards
/// a waypoint, and out of the mesh, there is no server's side.
pub(super) fn byte_order(kind: HopKind) -> [Reporter; 3] {
    match kind {
        HopKind::LogicalStreams | HopKind::Transit => [Reporter::Waypoint, Reporter::Destination, Reporter::Source],
        HopKind::ClientToWaypoint
        | HopKind::GatewayToWaypoint
        | HopKind::AmbientToPlain
        | HopKind::AmbientPassthrough
        | HopKind::Passthrough
        | HopKind::Blocked
        | HopKind::NoBackend
        | HopKind::Egress => [Reporter::Source, Reporter::Waypoint, Reporter::Destination],
        _ => [Reporter::Destination, Reporter::Source, Reporter::Waypoint],
    }
}
