//! The kinds of hop that an Istio mesh has.

/// What one series says about the way between two endpoints. The numbers are the rows of the classification table in
/// `telemetry`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HopKind {
    /// Row 1: requests between two proxies (sidecar or gateway to sidecar).
    Requests,
    /// Row 2: TCP between two Envoys.
    Streams,
    /// Row 3: TCP between two ztunnels, mutual TLS.
    Ambient,
    /// Row 4: the client's ztunnel to a waypoint.
    ClientToWaypoint,
    /// Row 5: a gateway to a waypoint.
    GatewayToWaypoint,
    /// Row 6: a waypoint to the server's ztunnel.
    WaypointToWorkload,
    /// Row 7: a waypoint to a workload with a sidecar.
    WaypointToSidecar,
    /// Row 8: requests of a client to a server, seen by the waypoint between them.
    LogicalRequests,
    /// Row 9: a TCP stream of a client to a server, seen by the waypoint between them.
    LogicalStreams,
    /// Row 10: through an ambient east-west gateway.
    Transit,
    /// Row 11: a gateway to a captured workload.
    GatewayToAmbient,
    /// Row 12: one end has a sidecar, the other a ztunnel.
    Mixed,
    /// Row 13: a plaintext client to a captured workload.
    PlaintextToAmbient,
    /// Row 14: a captured workload to one outside the mesh, in plaintext.
    AmbientToPlain,
    /// Row 15: a captured workload to an address nobody knows.
    AmbientPassthrough,
    /// Row 16: a sidecar lets an unknown destination pass.
    Passthrough,
    /// Row 17: `REGISTRY_ONLY` forbids the destination.
    Blocked,
    /// Row 18: an inbound port that no service owns.
    InboundPassthrough,
    /// Row 19: to a host outside the mesh that a `ServiceEntry` declares.
    Egress,
    /// Row 20: failed before a workload was picked.
    NoBackend,
    /// Row 21: to a ztunnel itself, or another part of the infrastructure.
    Infrastructure,
    /// Row 23: from a client that telemetry does not know.
    UnknownClient,
    /// Row 24: none of the above; shown with a warning.
    Unclassified,
}

/// On which layer a series counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// Bytes between two neighbours on the wire's way.
    L4,
    /// A TCP stream end to end across a waypoint; its bytes are the legs' bytes once more.
    L4Logical,
    /// Requests.
    L7,
}

/// How an edge relates to others in the graph.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Shown {
    /// A connection of two endpoints without a proxy of the mesh standing between them as a node.
    Direct,
    /// End to end across a waypoint; its bytes and requests are those of its legs.
    Logical,
    /// A leg to or from a waypoint.
    Leg,
    /// Traffic of the infrastructure itself, or seen a third time in passing; counted nowhere.
    Infrastructure,
}

impl HopKind {
    /// Every kind, in the order of the table.
    pub const ALL: [Self; 23] = [
        Self::Requests,
        Self::Streams,
        Self::Ambient,
        Self::ClientToWaypoint,
        Self::GatewayToWaypoint,
        Self::WaypointToWorkload,
        Self::WaypointToSidecar,
        Self::LogicalRequests,
        Self::LogicalStreams,
        Self::Transit,
        Self::GatewayToAmbient,
        Self::Mixed,
        Self::PlaintextToAmbient,
        Self::AmbientToPlain,
        Self::AmbientPassthrough,
        Self::Passthrough,
        Self::Blocked,
        Self::InboundPassthrough,
        Self::Egress,
        Self::NoBackend,
        Self::Infrastructure,
        Self::UnknownClient,
        Self::Unclassified,
    ];

    /// How an edge of this kind relates to others.
    pub fn shown(self) -> Shown {
        match self {
            Self::LogicalRequests | Self::LogicalStreams => Shown::Logical,
            Self::ClientToWaypoint | Self::GatewayToWaypoint | Self::WaypointToWorkload | Self::WaypointToSidecar => {
                Shown::Leg
            }
            Self::Transit | Self::Infrastructure => Shown::Infrastructure,
            _ => Shown::Direct,
        }
    }

    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Streams => "streams",
            Self::Ambient => "ambient",
            Self::ClientToWaypoint => "clientToWaypoint",
            Self::GatewayToWaypoint => "gatewayToWaypoint",
            Self::WaypointToWorkload => "waypointToWorkload",
            Self::WaypointToSidecar => "waypointToSidecar",
            Self::LogicalRequests => "logicalRequests",
            Self::LogicalStreams => "logicalStreams",
            Self::Transit => "transit",
            Self::GatewayToAmbient => "gatewayToAmbient",
            Self::Mixed => "mixed",
            Self::PlaintextToAmbient => "plaintextToAmbient",
            Self::AmbientToPlain => "ambientToPlain",
            Self::AmbientPassthrough => "ambientPassthrough",
            Self::Passthrough => "passthrough",
            Self::Blocked => "blocked",
            Self::InboundPassthrough => "inboundPassthrough",
            Self::Egress => "egress",
            Self::NoBackend => "noBackend",
            Self::Infrastructure => "infrastructure",
            Self::UnknownClient => "unknownClient",
            Self::Unclassified => "unclassified",
        }
    }
}
