//! Where the bytes of an edge may have been counted.

/// A place to look for the bytes of an edge or node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// TCP byte counters whose labels name both ends.
    Tcp,
    /// TCP byte counters of the waypoint at one end, for the other end as its client or server: what passed through the
    /// waypoint is what passed over its leg.
    TcpAtWaypoint,
    /// TCP byte counters of the hop from an end-to-end edge's client to its waypoint, where that leads to no other server
    /// for the same service: an estimate.
    TcpOfLeg,
    /// Sizes of HTTP requests and responses whose labels name both ends.
    Http,
    /// Sizes of HTTP requests and responses counted by the waypoint at one end.
    HttpAtWaypoint,
    /// No bytes at all, but connections: proof of activity only.
    Connections,
}

impl Basis {
    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::TcpAtWaypoint => "tcpAtWaypoint",
            Self::TcpOfLeg => "tcpOfLeg",
            Self::Http => "http",
            Self::HttpAtWaypoint => "httpAtWaypoint",
            Self::Connections => "connections",
        }
    }
}
