//! All that was observed between two nodes, kept apart by who reported it.

use crate::mesh::{Emitter, HopKind, Host, Identity, NodeKey, Operation, Protocol, Reporter, Security};
use crate::order::{Map, Set};

use super::classify::REQUEST_ORDER;
use super::observation::Observation;
use super::outcome::{Outcome, never_left_client};
use super::plan::Question;
use super::proof::Proof;
use super::verdict::{Told, Verdict, verdicts};

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

/// Requests, counted by how they ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub requests: f64,
    pub failures: f64,
    pub client_errors: f64,
    pub responses: Map<(String, String), f64>,
}

/// What goes from the client to the server, and what goes back; none where nobody counts it.
pub(super) type BothWays = [Option<f64>; 2];

/// What one reporter says of a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub requests: Tally,
    /// Of them, those that failed before they left the client: no server or waypoint can have counted them.
    pub unsent: Tally,
    /// The requests by what they are about; filled where that is known of any in the mesh.
    pub operations: Tallies,
    pub bytes_sent: Option<f64>,
    pub bytes_received: Option<f64>,
    pub opened: Option<f64>,
    pub closed: Option<f64>,
    pub closed_failed: f64,
    pub active: Option<f64>,
    /// Milliseconds that requests took, a second.
    pub duration: Option<f64>,
    pub sizes: BothWays,
    pub messages: BothWays,
    pub emitters: Set<Emitter>,
    /// By kind, how much of anything was counted.
    pub kinds: Map<HopKind, f64>,
    pub proof: Proof,
}

/// A lane with all its reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// By reporter, and by the server that scraped it: replicas of a server are alternatives as reporters are.
    pub reports: Map<(Reporter, String), Report>,
    pub identities: Set<Identity>,
    pub services: Set<Host>,
    /// The waypoints whose pods reported.
    pub via: Set<NodeKey>,
}

impl Evidence {
    /// Adds what one series says of traffic that others told of; nothing where its reporter did not.
    pub fn measure(&mut self, seen: &Observation) {
        if let Some(report) = self.reports.get_mut(&(seen.reporter, seen.replica.clone())) {
            report.add(seen);
        }
    }

    /// Tells the requests of a series that was added apart by what they are about.
    pub fn add_operation(&mut self, seen: &Observation) {
        if let Some(report) = self.reports.get_mut(&(seen.reporter, seen.replica.clone()))
            && let Some(tally) = tally_of(&mut report.operations, seen.operation.as_ref())
        {
            tally.add(seen);
        }
    }

    /// Adds what one series says.
    pub fn add(&mut self, seen: &Observation, kind: HopKind) {
        let report = self.reports.entry((seen.reporter, seen.replica.clone())).or_default();
        report.proof.add(seen);
        *report.kinds.entry(kind).or_default() += seen.rate;
        report.emitters.insert(seen.emitter);
        report.add(seen);
        if seen.identity.is_known() {
            self.identities.insert(seen.identity.clone());
        }
        if seen.service.host.is_known() {
            self.services.insert(seen.service.host.clone());
        }
    }

    /// Whom to believe of what a report `says` (see [`verdicts`]); nobody when none says anything. Of `streams`, a ztunnel
    /// counts all and an Envoy perhaps a part.
    pub fn choose(
        &self,
        order: [Reporter; 3],
        streams: bool,
        says: &dyn Fn(Reporter, &Report) -> Option<f64>,
    ) -> Option<(Reporter, &Report)> {
        let told = |((reporter, _), report): (&(Reporter, String), &Report)| Told {
            reporter: *reporter,
            by_ztunnel: streams && report.emitters.contains(&Emitter::Ztunnel),
            amount: says(*reporter, report),
        };
        let told: Vec<Told> = self.reports.iter().map(told).collect();
        let place = verdicts(order, &told).iter().position(|verdict| *verdict == Verdict::Believed)?;
        self.reports.iter().nth(place).map(|((reporter, _), report)| (*reporter, report))
    }

    /// Whether a ztunnel reports anything of it.
    pub fn is_carried_by_ztunnel(&self) -> bool {
        self.reports.values().any(|report| report.emitters.contains(&Emitter::Ztunnel))
    }

    /// What the best informed reporter proves.
    pub fn security(&self) -> Security {
        let told = self.choose(REQUEST_ORDER, false, &|_, report| report.proof.weight());
        told.map_or(Security::Unknown, |(_, report)| report.proof.security())
    }
}

/// Requests by what they are about, sorted by that.
pub(super) type Tallies = Vec<(Option<Operation>, Tally)>;

/// Of these the requests that are about this; always there.
pub(super) fn tally_of<'a>(all: &'a mut Tallies, operation: Option<&Operation>) -> Option<&'a mut Tally> {
    let (Ok(place) | Err(place)) = all.binary_search_by(|(one, _)| one.as_ref().cmp(&operation));
    if all.get(place).is_none_or(|(one, _)| one.as_ref() != operation) {
        all.insert(place, (operation.cloned(), Tally::default()));
    }
    all.get_mut(place).map(|(_, tally)| tally)
}

impl Report {
    fn add(&mut self, seen: &Observation) {
        let add = |total: &mut Option<f64>| *total = Some(total.unwrap_or_default() + seen.rate);
        match seen.question {
            Question::Requests => self.add_requests(seen),
            Question::BytesSent => add(&mut self.bytes_sent),
            Question::BytesReceived => add(&mut self.bytes_received),
            Question::Opened => add(&mut self.opened),
            Question::Closed => {
                add(&mut self.closed);
                if seen.flags != "-" {
                    self.closed_failed += seen.rate;
                }
            }
            Question::Durations => add(&mut self.duration),
            Question::Sizes => add(seen.of_way(&mut self.sizes)),
            Question::Messages => add(seen.of_way(&mut self.messages)),
            Question::Active => add(&mut self.active),
            Question::Declared | Question::States | Question::Builds => {}
        }
    }

    fn add_requests(&mut self, seen: &Observation) {
        self.requests.add(seen);
        if seen.reporter == Reporter::Source && never_left_client(&seen.flags) {
            self.unsent.add(seen);
        }
    }

    /// Whether it measures more of requests than their number.
    pub fn measures(&self) -> bool {
        self.duration.is_some() || self.sizes != [None; 2] || self.messages != [None; 2]
    }

    /// Bytes both ways, when either way is counted.
    pub fn bytes(&self) -> Option<f64> {
        match (self.bytes_sent, self.bytes_received) {
            (None, None) => None,
            (sent, received) => Some(sent.unwrap_or_default() + received.unwrap_or_default()),
        }
    }
}

impl Tally {
    fn add(&mut self, seen: &Observation) {
        self.requests += seen.rate;
        match Outcome::of(&seen.code, seen.grpc_status.as_deref()) {
            Outcome::Failure => self.failures += seen.rate,
            Outcome::ClientError => self.client_errors += seen.rate,
            Outcome::Success | Outcome::Unknown => {}
        }
        let shown = seen.grpc_status.clone().unwrap_or_else(|| seen.code.clone());
        *self.responses.entry((shown, seen.flags.clone())).or_default() += seen.rate;
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.requests += other.requests;
        self.failures += other.failures;
        self.client_errors += other.client_errors;
        for (response, rate) in other.responses.iter() {
            *self.responses.entry(response.clone()).or_default() += rate;
        }
        self
    }
}
