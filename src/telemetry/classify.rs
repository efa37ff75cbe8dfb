//! The classification table: which kind of hop one series speaks of.

use crate::mesh::{Emitter, HopKind, Protocol, Reporter, Role};

use super::observation::{Observation, Policy};
use super::roles::Roles;

/// What the table looks at: a few small enums per series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Facts {
    emitter: Emitter,
    reporter: Reporter,
    source: End,
    destination: End,
    service: ServiceKind,
    policy: Policy,
    requests: bool,
    transit: bool,
}

/// One end of a hop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Unknown,
    Known(Role),
}

/// What the service label stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ServiceKind {
    /// No service is named.
    None,
    /// A Kubernetes service.
    InMesh,
    /// A host outside, declared by a `ServiceEntry`.
    External,
    /// `PassthroughCluster`.
    Passthrough,
    /// `BlackHoleCluster`.
    BlackHole,
    /// `InboundPassthroughCluster…`.
    InboundPassthrough,
}

/// A row: a kind and when it applies. The first row that applies decides.
struct Row {
    kind: HopKind,
    applies: fn(Facts) -> bool,
}

const fn row(kind: HopKind, applies: fn(Facts) -> bool) -> Row {
    Row { kind, applies }
}

impl End {
    fn is(self, role: Role) -> bool {
        self == Self::Known(role)
    }

    fn is_unknown(self) -> bool {
        self == Self::Unknown
    }
}

impl Facts {
    fn by(self, emitter: Emitter, reporter: Reporter) -> bool {
        self.emitter == emitter && self.reporter == reporter
    }

    fn ztunnel(self) -> bool {
        self.emitter == Emitter::Ztunnel
    }

    fn ends(self, one: Role, other: Role) -> bool {
        self.source.is(one) && self.destination.is(other) || self.source.is(other) && self.destination.is(one)
    }
}

/// Most specific first. The words of each row are Istio's; its number in the reference table stands at [`HopKind`].
static TABLE: [Row; 27] = [
    row(HopKind::Passthrough, |f| f.service == ServiceKind::Passthrough),
    row(HopKind::Blocked, |f| f.service == ServiceKind::BlackHole),
    row(HopKind::InboundPassthrough, |f| f.service == ServiceKind::InboundPassthrough),
    row(HopKind::Infrastructure, |f| f.destination.is(Role::Ztunnel)),
    // The waypoint speaks of a client and a server, never of itself.
    row(HopKind::Transit, |f| f.reporter == Reporter::Waypoint && f.transit),
    row(HopKind::Egress, |f| {
        f.reporter == Reporter::Waypoint && f.destination.is_unknown() && f.service == ServiceKind::External
    }),
    row(HopKind::NoBackend, |f| {
        f.reporter == Reporter::Waypoint && f.destination.is_unknown() && f.service == ServiceKind::InMesh
    }),
    row(HopKind::LogicalRequests, |f| f.reporter == Reporter::Waypoint && f.requests && !f.destination.is_unknown()),
    row(HopKind::LogicalStreams, |f| f.reporter == Reporter::Waypoint && !f.requests && !f.destination.is_unknown()),
    // Legs. A waypoint that is itself captured ("sandwich") has both reporters on each leg.
    row(HopKind::GatewayToWaypoint, |f| f.destination.is(Role::Waypoint) && f.by(Emitter::Envoy, Reporter::Source)),
    row(HopKind::ClientToWaypoint, |f| f.destination.is(Role::Waypoint) && f.ztunnel()),
    row(HopKind::WaypointToSidecar, |f| f.source.is(Role::Waypoint) && f.by(Emitter::Envoy, Reporter::Destination)),
    row(HopKind::WaypointToWorkload, |f| f.source.is(Role::Waypoint) && f.ztunnel()),
    // Beyond what the mesh knows. A ztunnel names the `ServiceEntry` as the workload.
    row(HopKind::Egress, |f| f.service == ServiceKind::External && f.destination.is_unknown()),
    row(HopKind::Egress, |f| {
        f.service == ServiceKind::External && f.by(Emitter::Ztunnel, Reporter::Source) && f.policy != Policy::MutualTls
    }),
    row(HopKind::NoBackend, |f| f.service == ServiceKind::InMesh && f.destination.is_unknown()),
    row(HopKind::AmbientPassthrough, |f| f.by(Emitter::Ztunnel, Reporter::Source) && f.destination.is_unknown()),
    row(HopKind::PlaintextToAmbient, |f| {
        f.by(Emitter::Ztunnel, Reporter::Destination) && f.policy != Policy::MutualTls && !f.destination.is_unknown()
    }),
    row(HopKind::AmbientToPlain, |f| f.by(Emitter::Ztunnel, Reporter::Source) && f.policy != Policy::MutualTls),
    row(HopKind::UnknownClient, |f| f.source.is_unknown() && !f.destination.is_unknown()),
    row(HopKind::Unclassified, |f| f.source.is_unknown() || f.destination.is_unknown()),
    // Both ends are known workloads from here on.
    row(HopKind::GatewayToAmbient, |f| {
        matches!(f.source, End::Known(Role::Gateway | Role::EastWestGateway)) && f.destination.is(Role::Captured)
    }),
    row(HopKind::Mixed, |f| f.ends(Role::Sidecar, Role::Captured)),
    row(HopKind::Ambient, Facts::ztunnel),
    row(HopKind::Requests, |f| f.requests),
    row(HopKind::Streams, |f| !f.requests),
    row(HopKind::Unclassified, |_| true),
];

/// The kind of hop that a series speaks of. Never fails: what no row fits is [`HopKind::Unclassified`].
pub fn classify(seen: &Observation, roles: &Roles) -> HopKind {
    let end = |peer: &super::observation::Peer| {
        if peer.is_known() { End::Known(roles.of(peer)) } else { End::Unknown }
    };
    let pod = &seen.emitter_pod;
    let facts = Facts {
        emitter: seen.emitter,
        reporter: seen.reporter,
        source: end(&seen.source),
        destination: end(&seen.destination),
        service: service_kind(seen),
        policy: seen.policy,
        requests: seen.protocol != Protocol::Tcp,
        transit: roles.of_emitter(&pod.namespace, &pod.workload) == Some(Role::EastWestGateway),
    };
    TABLE.iter().find(|row| (row.applies)(facts)).map_or(HopKind::Unclassified, |row| row.kind)
}

fn service_kind(seen: &Observation) -> ServiceKind {
    match seen.service.name.as_str() {
        "PassthroughCluster" => ServiceKind::Passthrough,
        "BlackHoleCluster" => ServiceKind::BlackHole,
        name if name.starts_with("InboundPassthroughCluster") => ServiceKind::InboundPassthrough,
        _ if !seen.service.host.is_known() => ServiceKind::None,
        _ if is_cluster_host(seen.service.host.as_str()) => ServiceKind::InMesh,
        // A short name or `name:port` is what a sidecar copies from the Host header of a request inside the mesh.
        _ if !seen.service.host.as_str().contains('.') => ServiceKind::InMesh,
        _ => ServiceKind::External,
    }
}

/// Whether the host is of the form `<service>.<namespace>.svc[.<domain>]`, with or without a port.
fn is_cluster_host(host: &str) -> bool {
    host.split(':').next().is_some_and(|host| host.split('.').nth(2) == Some("svc"))
}

/// For requests: whose count is taken when several count the same edge. The waypoint saw every one of them; a server saw
/// what arrived; a client says what it tried.
pub(super) const REQUEST_ORDER: [Reporter; 3] = [Reporter::Waypoint, Reporter::Destination, Reporter::Source];

/// For bytes and connections: whose count is taken. Both ends of a hop count the same bytes; the server's side knows who
/// authenticated.
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
