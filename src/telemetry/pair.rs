//! All that was observed between two nodes, kept apart by who reported it.

use std::sync::Arc;

use crate::mesh::{Emitter, HopKind, Host, Identity, NodeKey, Operation, Protocol, Reporter, Security};
use crate::order::Set;

use super::classify::REQUEST_ORDER;
use super::observation::{Ending, Observation};
use super::outcome::Outcome;
use super::plan::Question;
use super::proof::Proof;
use super::verdict::{Told, Verdict, verdicts};

/// What makes two series speak of the same edge, whoever wrote them: between two nodes, by their numbers.
///
/// The service is not part of it: the two ztunnels of a hop may name different services for one connection, because
/// the server's side guesses it from the port (istio/ztunnel `src/proxy.rs`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Lane {
    pub source: usize,
    pub target: usize,
    pub protocol: Protocol,
    pub logical: bool,
}

/// Requests, counted by how they ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally<'a> {
    pub requests: f64,
    pub failures: f64,
    pub client_errors: f64,
    /// None twice with the same words.
    pub responses: Vec<(&'a Arc<Ending>, f64)>,
}

/// What goes from the client to the server, and what goes back; none where nobody counts it.
pub(super) type BothWays = [Option<f64>; 2];

/// What one reporter says of a lane.
#[derive(Clone, Debug)]
pub(super) struct Report<'a> {
    pub reporter: Reporter,
    /// The server that scraped it: replicas of a server are alternatives as reporters are.
    replica: &'a str,
    pub requests: Tally<'a>,
    /// Of them, those that failed before they left the client: no server or waypoint can have counted them.
    pub unsent: Tally<'a>,
    /// The requests by what they are about; filled where that is known of any in the mesh.
    pub operations: Tallies<'a>,
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
    /// The last in order of those that wrote it.
    pub emitter: Emitter,
    /// Whether a ztunnel is among them.
    pub by_ztunnel: bool,
    /// By kind, how much of anything was counted.
    pub kinds: Vec<(HopKind, f64)>,
    pub proof: Proof,
}

/// A lane with all its reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence<'a> {
    /// In the order of reporters, and of the servers that scraped.
    pub reports: Vec<Report<'a>>,
    pub identities: Set<&'a Identity>,
    pub services: Set<&'a Host>,
    /// The waypoints whose pods reported.
    pub via: Set<NodeKey>,
}

impl<'a> Evidence<'a> {
    fn place(&self, seen: &'a Observation) -> Result<usize, usize> {
        let of = (seen.reporter, seen.emitter_pod.replica.as_str());
        match self.reports.iter().position(|report| (report.reporter, report.replica) >= of) {
            Some(place) if self.reports.get(place).is_some_and(|one| (one.reporter, one.replica) == of) => Ok(place),
            place => Err(place.unwrap_or(self.reports.len())),
        }
    }

    fn report(&mut self, seen: &'a Observation) -> Option<&mut Report<'a>> {
        self.place(seen).ok().and_then(|place| self.reports.get_mut(place))
    }

    /// Adds what one series says of traffic that others told of; nothing where its reporter did not.
    pub fn measure(&mut self, seen: &'a Observation) {
        if let Some(report) = self.report(seen) {
            report.add(seen);
        }
    }

    /// Tells the requests of a series that was added apart by what they are about.
    pub fn add_operation(&mut self, seen: &'a Observation) {
        if let Some(tally) =
            self.report(seen).and_then(|report| tally_of(&mut report.operations, seen.operation.as_ref()))
        {
            tally.add(seen);
        }
    }

    /// Adds what one series says.
    pub fn add(&mut self, seen: &'a Observation, kind: HopKind) {
        let place = self.place(seen).unwrap_or_else(|place| {
            self.reports.insert(place, Report::by(seen));
            place
        });
        if let Some(report) = self.reports.get_mut(place) {
            report.proof.add(seen);
            match report.kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, amount)) => *amount += seen.rate,
                None => report.kinds.push((kind, seen.rate)),
            }
            report.emitter = report.emitter.max(seen.emitter);
            report.by_ztunnel |= seen.emitter == Emitter::Ztunnel;
            report.add(seen);
        }
        if seen.identity.is_known() {
            self.identities.insert(&seen.identity);
        }
        if seen.service.host.is_known() {
            self.services.insert(&seen.service.host);
        }
    }

    /// Whom to believe of what a report `says` (see [`verdicts`]); nobody when none says anything. Of `streams`, a ztunnel
    /// counts all and an Envoy perhaps a part.
    pub fn choose(
        &self,
        order: [Reporter; 3],
        streams: bool,
        says: &dyn Fn(&Report) -> Option<f64>,
    ) -> Option<&Report<'a>> {
        if let [only] = self.reports.as_slice() {
            return says(only).map(|_| only);
        }
        let told = |report: &Report| Told {
            reporter: report.reporter,
            by_ztunnel: streams && report.by_ztunnel,
            amount: says(report),
        };
        let told: Vec<Told> = self.reports.iter().map(told).collect();
        let place = verdicts(order, &told).iter().position(|verdict| *verdict == Verdict::Believed)?;
        self.reports.get(place)
    }

    /// Whether a ztunnel reports anything of it.
    pub fn is_carried_by_ztunnel(&self) -> bool {
        self.reports.iter().any(|report| report.by_ztunnel)
    }

    /// What the best informed reporter proves.
    pub fn security(&self) -> Security {
        let told = self.choose(REQUEST_ORDER, false, &|report| report.proof.weight());
        told.map_or(Security::Unknown, |report| report.proof.security())
    }
}

/// Requests by what they are about, sorted by that.
pub(super) type Tallies<'a> = Vec<(Option<&'a Operation>, Tally<'a>)>;

/// Of these the requests that are about this; always there.
pub(super) fn tally_of<'t, 'a>(
    all: &'t mut Tallies<'a>,
    operation: Option<&'a Operation>,
) -> Option<&'t mut Tally<'a>> {
    let (Ok(place) | Err(place)) = all.binary_search_by(|(one, _)| one.cmp(&operation));
    if all.get(place).is_none_or(|(one, _)| *one != operation) {
        all.insert(place, (operation, Tally::default()));
    }
    all.get_mut(place).map(|(_, tally)| tally)
}

impl<'a> Report<'a> {
    /// Nothing yet, by the reporter of this series.
    fn by(seen: &'a Observation) -> Self {
        Self {
            reporter: seen.reporter,
            replica: &seen.emitter_pod.replica,
            requests: Tally::default(),
            unsent: Tally::default(),
            operations: Vec::new(),
            bytes_sent: None,
            bytes_received: None,
            opened: None,
            closed: None,
            closed_failed: 0.0,
            active: None,
            duration: None,
            sizes: [None; 2],
            messages: [None; 2],
            emitter: seen.emitter,
            by_ztunnel: false,
            kinds: Vec::new(),
            proof: Proof::default(),
        }
    }

    fn add(&mut self, seen: &'a Observation) {
        let add = |total: &mut Option<f64>| *total = Some(total.unwrap_or_default() + seen.rate);
        match seen.question {
            Question::Requests => self.add_requests(seen),
            Question::BytesSent => add(&mut self.bytes_sent),
            Question::BytesReceived => add(&mut self.bytes_received),
            Question::Opened => add(&mut self.opened),
            Question::Closed => {
                add(&mut self.closed);
                if &*seen.ending.flags != "-" {
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

    fn add_requests(&mut self, seen: &'a Observation) {
        self.requests.add(seen);
        if seen.reporter == Reporter::Source && seen.ending.is_unsent {
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

impl<'a> Tally<'a> {
    fn add(&mut self, seen: &'a Observation) {
        self.requests += seen.rate;
        match seen.ending.outcome {
            Outcome::Failure => self.failures += seen.rate,
            Outcome::ClientError => self.client_errors += seen.rate,
            Outcome::Success | Outcome::Unknown => {}
        }
        self.add_response(&seen.ending, seen.rate);
    }

    fn add_response(&mut self, ending: &'a Arc<Ending>, rate: f64) {
        let is = |known: &Arc<Ending>| {
            Arc::ptr_eq(known, ending) || known.code == ending.code && known.flags == ending.flags
        };
        match self.responses.iter_mut().find(|(known, _)| is(known)) {
            Some((_, sum)) => *sum += rate,
            None => self.responses.push((ending, rate)),
        }
    }

    /// Adds another one.
    pub fn absorb(&mut self, other: &Self) {
        self.requests += other.requests;
        self.failures += other.failures;
        self.client_errors += other.client_errors;
        for (ending, rate) in &other.responses {
            self.add_response(ending, *rate);
        }
    }
}
