//! All that was observed between two nodes, kept apart by who reported it.

use std::collections::{BTreeMap, BTreeSet};

use crate::mesh::{Emitter, HopKind, Host, Identity, NodeKey, Protocol, Reporter};

use super::observation::{Observation, Policy};
use super::outcome::{Outcome, never_left_client};
use super::plan::Question;

/// What makes two series speak of the same edge, whoever wrote them.
///
/// The service is not part of it: the two ztunnels of a hop may name different services for one connection, because
/// the server's side guesses it from the port (istio/ztunnel `src/proxy.rs`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Lane {
    pub source: NodeKey,
    pub target: NodeKey,
    pub protocol: Protocol,
    pub logical: bool,
}

/// What one reporter says of a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub requests: f64,
    pub failures: f64,
    pub client_errors: f64,
    pub responses: BTreeMap<(String, String), f64>,
    /// Requests that failed before they left the client: no server or waypoint can have counted them.
    pub unsent: BTreeMap<(String, String), f64>,
    pub bytes_sent: Option<f64>,
    pub bytes_received: Option<f64>,
    pub opened: Option<f64>,
    pub closed_failed: f64,
    pub emitters: BTreeSet<Emitter>,
    pub kinds: BTreeSet<HopKind>,
}

/// A lane with all its reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    pub reports: BTreeMap<Reporter, Report>,
    /// Weights for and against mutual TLS.
    pub mutual: f64,
    pub plaintext: f64,
    pub identities: BTreeSet<Identity>,
    pub services: BTreeSet<Host>,
    /// Workloads of the waypoint pods that reported, by node.
    pub via: BTreeSet<NodeKey>,
}

/// A series at rate zero still says whether its hop is encrypted.
const IDLE_WEIGHT: f64 = 1e-9;

impl Evidence {
    /// Adds what one series says.
    pub fn add(&mut self, seen: &Observation, kind: HopKind) {
        let report = self.reports.entry(seen.reporter).or_default();
        report.kinds.insert(kind);
        report.emitters.insert(seen.emitter);
        report.add(seen);
        if seen.identity.is_known() {
            self.identities.insert(seen.identity.clone());
        }
        if seen.service.host.is_known() {
            self.services.insert(seen.service.host.clone());
        }
        let weight = seen.rate + IDLE_WEIGHT;
        match secured(seen) {
            Some(true) => self.mutual += weight,
            Some(false) => self.plaintext += weight,
            None => {}
        }
    }

    /// The first reporter in `order` that `says` something other than zero; else the first that says anything.
    pub fn choose(&self, order: [Reporter; 3], says: impl Fn(&Report) -> Option<f64>) -> Option<(Reporter, &Report)> {
        let told = || {
            order.into_iter().filter_map(|reporter| {
                let report = self.reports.get(&reporter)?;
                says(report).map(|value| (reporter, report, value))
            })
        };
        let found = told().find(|(_, _, value)| *value > 0.0).or_else(|| told().next());
        found.map(|(reporter, report, _)| (reporter, report))
    }
}

impl Report {
    fn add(&mut self, seen: &Observation) {
        let add = |total: &mut Option<f64>| *total = Some(total.unwrap_or_default() + seen.rate);
        match seen.question {
            Question::Requests => self.add_requests(seen),
            Question::BytesSent => add(&mut self.bytes_sent),
            Question::BytesReceived => add(&mut self.bytes_received),
            Question::Opened => add(&mut self.opened),
            Question::Closed if seen.flags != "-" => self.closed_failed += seen.rate,
            Question::Closed | Question::Declared | Question::Builds => {}
        }
    }

    fn add_requests(&mut self, seen: &Observation) {
        self.requests += seen.rate;
        match Outcome::of(&seen.code, seen.grpc_status.as_deref()) {
            Outcome::Failure => self.failures += seen.rate,
            Outcome::ClientError => self.client_errors += seen.rate,
            Outcome::Success | Outcome::Unknown => {}
        }
        let shown = seen.grpc_status.clone().unwrap_or_else(|| seen.code.clone());
        let response = (shown, seen.flags.clone());
        if seen.reporter == Reporter::Source && never_left_client(&seen.flags) {
            *self.unsent.entry(response.clone()).or_default() += seen.rate;
        }
        *self.responses.entry(response).or_default() += seen.rate;
    }

    /// Bytes both ways, when either way is counted.
    pub fn bytes(&self) -> Option<f64> {
        match (self.bytes_sent, self.bytes_received) {
            (None, None) => None,
            (sent, received) => Some(sent.unwrap_or_default() + received.unwrap_or_default()),
        }
    }
}

/// Whether a series proves mutual TLS or plaintext.
///
/// An Envoy client always writes `unknown`; a ztunnel writes `unknown` for plaintext and never `none`. The server's
/// identity proves nothing: ztunnel fills it in for plaintext hops too.
fn secured(seen: &Observation) -> Option<bool> {
    match (seen.emitter, seen.reporter, seen.policy) {
        (_, _, Policy::MutualTls) => Some(true),
        (Emitter::Ztunnel, _, Policy::Unknown) | (_, _, Policy::None) => Some(false),
        (_, _, Policy::Unknown) => None,
    }
}
