//! The classification table: which kind of hop one series speaks of.

use crate::mesh::{Emitter, HopKind, Protocol, Reporter, Role};

use super::observation::{Observation, Peer, Policy};
use super::roles::Roles;
use super::service_kind::ServiceKind;

/// What the table looks at: a few small enums per series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Facts {
    emitter: Emitter,
    reporter: Reporter,
    source: End,
    destination: End,
    service: ServiceKind,
    policy: Policy,
    requests: bool,
    /// A waypoint's or ambient east-west gateway's word: on a client and a server, never on itself.
    logical: bool,
    transit: bool,
}

/// One end of a hop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    Unknown,
    Known(Role),
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
    pub fn of(peer: &Peer, roles: &Roles) -> Self {
        if peer.is_known() { Self::Known(roles.of(peer)) } else { Self::Unknown }
    }

    fn is(self, role: Role) -> bool {
        self == Self::Known(role)
    }

    fn is_unknown(self) -> bool {
        self == Self::Unknown
    }

    fn is_gateway(self) -> bool {
        self.is(Role::Gateway) || self.is(Role::EastWestGateway)
    }
}

impl Facts {
    /// What is said of a series whose ends are these and whose pod's workload has the role `speaker`.
    pub fn of(seen: &Observation, source: End, destination: End, speaker: Option<Role>) -> Self {
        Self {
            emitter: seen.emitter,
            reporter: seen.reporter,
            source,
            destination,
            service: ServiceKind::of(seen),
            policy: seen.policy,
            requests: seen.protocol != Protocol::Tcp,
            logical: is_by_another(seen, speaker),
            transit: speaker == Some(Role::EastWestGateway),
        }
    }

    /// A number for each combination.
    pub fn code(self) -> u64 {
        let end = |end: End| match end {
            End::Unknown => 0,
            End::Known(role) => 1 + role as u64,
        };
        let facts = [
            self.emitter as u64,
            self.reporter as u64,
            end(self.source),
            end(self.destination),
            self.service as u64,
            self.policy as u64,
            u64::from(self.requests) << 2 | u64::from(self.logical) << 1 | u64::from(self.transit),
        ];
        let mut code = 0;
        for fact in facts {
            code = code << 8 | fact;
        }
        code
    }

    /// The kind that the table names.
    pub fn kind(self) -> HopKind {
        TABLE.iter().find(|row| (row.applies)(self)).map_or(HopKind::Unclassified, |row| row.kind)
    }

    fn by(self, emitter: Emitter, reporter: Reporter) -> bool {
        self.emitter == emitter && self.reporter == reporter
    }

    /// A ztunnel's `unknown` is plaintext.
    fn plaintext_by(self, reporter: Reporter) -> bool {
        self.by(Emitter::Ztunnel, reporter) && self.policy != Policy::MutualTls
    }

    fn ztunnel(self) -> bool {
        self.emitter == Emitter::Ztunnel
    }

    fn ends(self, one: Role, other: Role) -> bool {
        self.source.is(one) && self.destination.is(other) || self.source.is(other) && self.destination.is(one)
    }
}

/// Most specific first. The number of each row is that at [`HopKind`]. Row 22, a hop between clusters, is no kind of its
/// own: the ends tell it.
static TABLE: [Row; 26] = [
    // Rows 16, 17, 18: Envoy names no service but what stands for none.
    row(HopKind::Passthrough, |f| f.service == ServiceKind::Passthrough),
    row(HopKind::Blocked, |f| f.service == ServiceKind::BlackHole),
    row(HopKind::InboundPassthrough, |f| f.service == ServiceKind::InboundPassthrough),
    // Row 21.
    row(HopKind::Infrastructure, |f| f.destination.is(Role::Ztunnel)),
    // Row 10.
    row(HopKind::Transit, |f| f.logical && f.transit),
    // Rows 19, 20 by a waypoint: no server of the mesh was picked.
    row(HopKind::Egress, |f| f.logical && f.destination.is_unknown() && f.service == ServiceKind::External),
    row(HopKind::NoBackend, |f| f.logical && f.destination.is_unknown() && f.service == ServiceKind::InMesh),
    // Rows 8, 9.
    row(HopKind::LogicalRequests, |f| f.logical && f.requests),
    row(HopKind::LogicalStreams, |f| f.logical),
    // Rows 5, 4, 7, 6: legs. A waypoint that is itself captured ("sandwich") has both reporters on each leg.
    row(HopKind::GatewayToWaypoint, |f| f.destination.is(Role::Waypoint) && f.by(Emitter::Envoy, Reporter::Source)),
    row(HopKind::ClientToWaypoint, |f| f.destination.is(Role::Waypoint) && f.ztunnel()),
    row(HopKind::WaypointToSidecar, |f| f.source.is(Role::Waypoint) && f.by(Emitter::Envoy, Reporter::Destination)),
    row(HopKind::WaypointToWorkload, |f| f.source.is(Role::Waypoint) && f.ztunnel()),
    // Row 19 directly. A ztunnel takes the `ServiceEntry` for the workload.
    row(HopKind::Egress, |f| f.service == ServiceKind::External && f.destination.is_unknown()),
    row(HopKind::Egress, |f| {
        f.service == ServiceKind::External && f.plaintext_by(Reporter::Source) && !f.destination.is_gateway()
    }),
    // Row 20. A gateway whose routes know no such host names no service at all.
    row(HopKind::NoBackend, |f| {
        f.destination.is_unknown() && (f.service == ServiceKind::InMesh || f.by(Emitter::Envoy, Reporter::Source))
    }),
    // Row 15.
    row(HopKind::AmbientPassthrough, |f| f.by(Emitter::Ztunnel, Reporter::Source) && f.destination.is_unknown()),
    // Rows 11, 12: in plaintext too, where the Envoy does not speak HBONE.
    row(HopKind::GatewayToAmbient, |f| f.source.is_gateway() && f.destination.is(Role::Captured)),
    row(HopKind::Mixed, |f| f.ends(Role::Sidecar, Role::Captured)),
    // Rows 13, 14.
    row(HopKind::PlaintextToAmbient, |f| f.plaintext_by(Reporter::Destination) && !f.destination.is_unknown()),
    row(HopKind::AmbientToPlain, |f| f.plaintext_by(Reporter::Source)),
    // Row 23.
    row(HopKind::UnknownClient, |f| f.source.is_unknown() && !f.destination.is_unknown()),
    // Row 24, and from here on both ends are known.
    row(HopKind::Unclassified, |f| f.source.is_unknown() || f.destination.is_unknown()),
    // Row 3.
    row(HopKind::Ambient, Facts::ztunnel),
    // Row 1.
    row(HopKind::Requests, |f| f.requests),
    // Row 2.
    row(HopKind::Streams, |f| !f.requests),
];

/// The kind of hop that a series speaks of. Never fails: what no row fits is [`HopKind::Unclassified`].
pub fn classify(seen: &Observation, roles: &Roles) -> HopKind {
    let [source, destination] = [&seen.source, &seen.destination].map(|peer| End::of(peer, roles));
    Facts::of(seen, source, destination, roles.of_pod(&seen.emitter_pod)).kind()
}

/// Whether a series is the word of a proxy that stands between the two ends.
pub(super) fn is_logical(seen: &Observation, roles: &Roles) -> bool {
    is_by_another(seen, roles.of_pod(&seen.emitter_pod))
}

/// The same where the role of the pod's workload is `speaker`. Until Istio 1.21 a waypoint says `destination`, which only
/// its pod tells from the server's own word.
pub(super) fn is_by_another(seen: &Observation, speaker: Option<Role>) -> bool {
    match seen.reporter {
        Reporter::Waypoint => true,
        Reporter::Destination => {
            speaker == Some(Role::Waypoint)
                && seen.emitter == Emitter::Envoy
                && seen.emitter_pod.workload != seen.destination.workload
        }
        Reporter::Source => false,
    }
}

/// For requests: the waypoint saw every one of them; a server saw what arrived; a client says what it tried.
pub(super) const REQUEST_ORDER: [Reporter; 3] = [Reporter::Waypoint, Reporter::Destination, Reporter::Source];

/// For bytes and connections. Both ends of a hop count the same bytes; the server's side knows who authenticated. Towards
/// a waypoint, and out of the mesh, there is no server's side.
pub(super) fn byte_order(kind: HopKind) -> [Reporter; 3] {
    match kind {
        HopKind::LogicalRequests | HopKind::LogicalStreams | HopKind::Transit => {
            [Reporter::Waypoint, Reporter::Destination, Reporter::Source]
        }
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
