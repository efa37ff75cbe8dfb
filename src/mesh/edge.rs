//! Traffic between two nodes.

use crate::quantity::{BytesPerSec, PerSec, Ratio};

use super::health::{Health, Tolerances};
use super::hop::HopKind;
use super::key::NodeKey;
use super::name::{Host, Identity};
use super::protocol::Protocol;
use super::reporter::{Emitter, Reporter};
use super::security::Security;

/// What tells one edge from another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EdgeKey {
    /// Where it begins.
    pub source: NodeKey,
    /// Where it ends.
    pub target: NodeKey,
    /// What is spoken.
    pub protocol: Protocol,
}

/// The requests of an edge, all from one reporter.
#[derive(Clone, PartialEq, Debug)]
pub struct Requests {
    /// How many a second.
    pub rate: PerSec,
    /// How many of them fail: HTTP 4xx and 5xx, gRPC codes other than 0, no response at all.
    pub errors: PerSec,
    /// By response code (`200`, `503`; for gRPC the gRPC status; `-` for no response) and response flags (`-` for
    /// none), most frequent first.
    pub responses: Vec<(String, String, PerSec)>,
    /// Who counted.
    pub reporter: Reporter,
}

/// The bytes of an edge, all from one reporter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bytes {
    /// From the edge's source to its target.
    pub sent: BytesPerSec,
    /// From the edge's target back to its source.
    pub received: BytesPerSec,
    /// Who counted.
    pub reporter: Reporter,
    /// What kind of proxy counted.
    pub emitter: Emitter,
}

/// The TCP connections of an edge, all from one reporter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Connections {
    /// Opened a second.
    pub opened: PerSec,
    /// Closed a second with a response flag that tells of a failure.
    pub failed: PerSec,
    /// Who counted.
    pub reporter: Reporter,
}

/// An edge of the graph. Source and target are places in [`Topology::nodes`](super::Topology::nodes).
#[derive(Clone, PartialEq, Debug)]
pub struct Edge {
    /// Place of the node where it begins.
    pub source: usize,
    /// Place of the node where it ends.
    pub target: usize,
    /// What is spoken.
    pub protocol: Protocol,
    /// What kind of hop it is.
    pub kind: HopKind,
    /// The waypoint that a logical edge runs through.
    pub via: Option<NodeKey>,
    /// Its requests; none when nobody counts requests here.
    pub requests: Option<Requests>,
    /// Its bytes; none when nobody counts TCP bytes here.
    pub bytes: Option<Bytes>,
    /// Its connections; none when nobody counts connections here.
    pub connections: Option<Connections>,
    /// Whether it is encrypted.
    pub security: Security,
    /// The authenticated client identities seen, sorted.
    pub identities: Vec<Identity>,
    /// The services dialled, sorted.
    pub services: Vec<Host>,
    /// The reporters that said anything about this edge, sorted.
    pub reporters: Vec<Reporter>,
}

impl Edge {
    /// The share of requests that fail; none when there are no requests.
    pub fn error_share(&self) -> Option<Ratio> {
        let requests = self.requests.as_ref()?;
        Ratio::of(requests.errors.0, requests.rate.0)
    }

    /// The share of connections that fail; none when none were opened.
    pub fn failed_connection_share(&self) -> Option<Ratio> {
        let connections = self.connections?;
        Ratio::of(connections.failed.0, connections.opened.0)
    }

    /// Bytes both ways; zero when nobody counts them.
    pub fn byte_rate(&self) -> BytesPerSec {
        self.bytes.map_or(BytesPerSec::default(), |bytes| bytes.sent + bytes.received)
    }

    /// How well it goes: requests are judged by their errors, streams by their failed connections.
    pub fn health(&self, tolerances: Tolerances) -> Health {
        let failing = |share: Ratio| Health::of_errors(share, tolerances);
        let streams = self.failed_connection_share().filter(|share| share.value() > 0.0).map(failing);
        match (self.error_share().map(failing), streams) {
            (Some(requests), Some(streams)) => requests.max(streams),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) if self.byte_rate().is_flowing() => Health::Streams,
            (None, None) if self.connections.is_some_and(|connections| connections.opened.is_flowing()) => {
                Health::Streams
            }
            (None, None) => Health::Idle,
        }
    }
}
