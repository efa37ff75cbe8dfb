//! Traffic between two nodes.

use std::sync::Arc;

use crate::quantity::{BytesPerSec, PerSec, Ratio};

use super::health::{Health, Tolerances};
use super::hop::HopKind;
use super::key::NodeKey;
use super::name::{Host, Identity, Operation};
use super::protocol::Protocol;
use super::reporter::{Emitter, Reporter};
use super::security::Security;
use super::told::Told;

/// What tells one edge from another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EdgeKey {
    /// Where it begins.
    pub source: NodeKey,
    /// Where it ends.
    pub target: NodeKey,
    /// What is spoken.
    pub protocol: Protocol,
    /// Whether it is the end-to-end view of a waypoint rather than a hop of the wire.
    pub logical: bool,
}

/// The requests of an edge, all from one reporter.
#[derive(Clone, PartialEq, Debug)]
pub struct Requests {
    /// How many a second.
    pub rate: PerSec,
    /// How many of them fail: HTTP 5xx, gRPC codes other than 0, no response at all.
    pub failures: PerSec,
    /// How many of them end in HTTP 4xx.
    pub client_errors: PerSec,
    /// By response code (`200`, `503`; for gRPC the gRPC status; `-` for no response) and response flags (`-` for
    /// none), most frequent first.
    pub responses: Vec<(Arc<str>, Arc<str>, PerSec)>,
    /// Who counted.
    pub reporter: Reporter,
    /// What is measured of them besides; none when nobody does.
    pub measured: Option<Measured>,
}

/// Requests by what they are about; of none, those of which that is not known.
pub type Operations = Vec<(Option<Operation>, Requests)>;

/// What a proxy measures of an edge's requests besides their number, all by one reporter. Pairs are from the edge's
/// source to its target, and back.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measured {
    /// How many requests a second were measured.
    pub requests: PerSec,
    /// Time from their first bytes to their responses' last, in seconds, added up over a second; none when nobody measures
    /// it.
    pub took_secs: Option<f64>,
    /// Bytes of requests and of responses, with their headers.
    pub sizes: [Option<BytesPerSec>; 2],
    /// gRPC messages.
    pub messages: [Option<PerSec>; 2],
    /// Who measured.
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

/// Which of the two ways of an edge's bytes or messages is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Ways {
    /// Both, added.
    #[default]
    Both,
    /// From the edge's source to its target.
    Sent,
    /// From the edge's target back to its source.
    Received,
}

/// The TCP connections of an edge, all from one reporter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Connections {
    /// Opened a second.
    pub opened: PerSec,
    /// Closed a second, whatever the reason; none when nobody counts that.
    pub closed: Option<PerSec>,
    /// Of these, those with a response flag that tells of a failure.
    pub failed: PerSec,
    /// How many are open at the end of the window: those opened less those closed since the proxy's start. None when
    /// nobody counts those opened.
    pub active: Option<f64>,
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
    /// Whether it is the end-to-end view of a waypoint: its bytes and requests pass over other edges.
    pub logical: bool,
    /// The waypoint that a logical edge runs through, where it is known.
    pub via: Option<NodeKey>,
    /// How much of its traffic a logical edge tells of; [`TopologyBuilder::finish`](super::TopologyBuilder::finish) sets
    /// it.
    pub told: Told,
    /// Its requests; none when nobody counts requests here.
    pub requests: Option<Requests>,
    /// Its requests by what they are about, without what is measured of them. Empty where that is known of none, and
    /// only told between workloads.
    pub operations: Operations,
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

impl Requests {
    /// The share of failures and client errors together; none when there are no requests.
    pub fn error_share(&self) -> Option<Ratio> {
        Ratio::of(self.failures.0 + self.client_errors.0, self.rate.0)
    }

    fn health(&self, tolerances: Tolerances) -> Option<Health> {
        let failures = Ratio::of(self.failures.0, self.rate.0)?;
        let client_errors = Ratio::of(self.client_errors.0, self.rate.0)?;
        Some(tolerances.failures.judge(failures).max(tolerances.client_errors.judge(client_errors)))
    }
}

impl Measured {
    /// Mean time from a request's first byte to its response's last, in seconds; none without requests.
    pub fn mean_secs(&self) -> Option<f64> {
        self.took_secs.filter(|_| self.requests.is_flowing()).map(|secs| secs / self.requests.0)
    }

    /// gRPC messages of these ways; none when nobody counts them. Of both, what only one of them counts is what is known.
    pub fn messages_of(&self, ways: Ways) -> Option<PerSec> {
        let [sent, received] = self.messages;
        match ways {
            Ways::Both => sent.into_iter().chain(received).reduce(|one, other| one + other),
            Ways::Sent => sent,
            Ways::Received => received,
        }
    }
}

impl Connections {
    /// The share of connections that fail; none when none were opened or failed. Some proxies count a failure without
    /// counting that it was opened.
    pub fn failed_share(&self) -> Option<Ratio> {
        Ratio::of(self.failed.0, self.opened.0.max(self.failed.0))
    }
}

impl Edge {
    /// The share of requests that fail; none when there are no requests.
    pub fn error_share(&self) -> Option<Ratio> {
        self.requests.as_ref().and_then(Requests::error_share)
    }

    /// Bytes both ways; zero when nobody counts them.
    pub fn byte_rate(&self) -> BytesPerSec {
        self.bytes_of(Ways::Both)
    }

    /// Bytes of these ways; zero when nobody counts them.
    pub fn bytes_of(&self, ways: Ways) -> BytesPerSec {
        self.bytes.map_or(BytesPerSec::default(), |bytes| match ways {
            Ways::Both => bytes.sent + bytes.received,
            Ways::Sent => bytes.sent,
            Ways::Received => bytes.received,
        })
    }

    /// How well it goes: requests are judged by their errors, streams by their failed connections.
    pub fn health(&self, tolerances: Tolerances) -> Health {
        let requests = self.requests.as_ref().and_then(|requests| requests.health(tolerances));
        let failed = self.connections.and_then(|connections| connections.failed_share());
        let streams = failed.map(|share| tolerances.failures.judge(share)).filter(|health| *health > Health::Healthy);
        let opened = self.connections.is_some_and(|connections| connections.opened.is_flowing());
        let flowing = (self.byte_rate().is_flowing() || opened).then_some(Health::Streams);
        requests.max(streams).or(flowing).unwrap_or(Health::Idle)
    }
}
