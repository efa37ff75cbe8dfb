//! What an edge is, by its kind of hop.

/// One for each kind of hop of the classification.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each is named after the kind of hop it describes")]
pub enum Hop {
    Requests,
    Streams,
    Ambient,
    ClientToWaypoint,
    GatewayToWaypoint,
    WaypointToWorkload,
    WaypointToSidecar,
    LogicalRequests,
    LogicalStreams,
    Transit,
    GatewayToAmbient,
    Mixed,
    PlaintextToAmbient,
    AmbientToPlain,
    AmbientPassthrough,
    Passthrough,
    Blocked,
    InboundPassthrough,
    Egress,
    NoBackend,
    Infrastructure,
    UnknownClient,
    Unclassified,
}
