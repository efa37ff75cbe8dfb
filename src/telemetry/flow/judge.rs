//! Which answer to believe.

use crate::mesh::Reporter;
use crate::order::{self, Map};
use crate::quantity::{Instant, PerSec};

use super::super::verdict::{Told, Verdict, verdicts};
use super::basis::Basis;
use super::query::Question;
use super::reading::Reading;
use super::subject::FlowSubject;

/// As what the subject takes part in a flow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The subject is an edge.
    Edge,
    /// The subject is a node, here as a client.
    Client,
    /// The subject is a node, here as a server.
    Server,
}

/// A line of a chart.
#[derive(Clone, PartialEq, Debug)]
pub struct FlowLine {
    /// Which way.
    pub question: Question,
    /// As what the subject takes part.
    pub side: Side,
    /// Who counted.
    pub reporter: Reporter,
    /// Whether this line is the answer; else it is another reporter's count of the same bytes, shown beside it.
    pub chosen: bool,
    /// Whose flows are summed in it: for a node the two ends of each, `own>other`, as [`Reading::peer`] has them.
    pub peers: Vec<String>,
    /// The samples, oldest first.
    pub points: Vec<(Instant, f64)>,
}

/// The byte flows of a subject.
#[derive(Clone, PartialEq, Debug)]
pub struct Flow {
    /// Where they were counted.
    pub basis: Basis,
    /// The lines, chosen ones first.
    pub lines: Vec<FlowLine>,
    /// Whether all samples of the chosen lines are zero.
    pub idle: bool,
    /// Two reporters that disagree by more than a twentieth over the range, with their mean B/s both ways together.
    pub disagreement: Option<[(Reporter, f64); 2]>,
}

/// What one reporter said on one basis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Heard {
    /// Who.
    pub reporter: Reporter,
    /// The mean over the range, both ways and all peers together: B/s, or connections a second.
    pub mean: f64,
    /// What becomes of it: the best of the peers' verdicts.
    pub verdict: Verdict,
}

/// One basis that was asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// Where it was looked.
    pub basis: Basis,
    /// Who answered; nobody when empty.
    pub heard: Vec<Heard>,
}

/// Why a chart is empty.
#[derive(Clone, PartialEq, Debug)]
pub enum NoFlow {
    /// No proxy has any series for the subject in this range.
    NoSeries,
    /// Proxies count its requests and nobody counts its bytes.
    OnlyRequests(PerSec),
    /// Connections are counted and no bytes, though the proxy that counts them should count both.
    OnlyConnections,
    /// The reporter that should count it is silent, though others speak of the subject.
    Silent {
        /// Who should.
        expected: Reporter,
        /// Who did say something of it in the graph.
        heard: Vec<Reporter>,
    },
}

/// Reporters that differ by more are both shown with their totals.
const AGREEMENT: f64 = 0.05;

/// What one reporter says of the bytes between two ends; of replicas of a server the one that saw most.
struct Count<'a> {
    side: Side,
    lane: usize,
    peer: &'a str,
    reporter: Reporter,
    readings: Vec<&'a Reading>,
    by_ztunnel: bool,
    /// The sum of all samples, both ways.
    amount: f64,
    verdict: Verdict,
}

/// Whose flow a reading is about.
fn about(reading: &Reading) -> (Side, usize, &str) {
    (reading.side, reading.lane, &reading.peer)
}

impl<'a> Count<'a> {
    /// What readings of one replica's reporter say together.
    fn of(readings: &[&'a Reading]) -> Option<Self> {
        let first = *readings.first()?;
        let (side, lane, peer) = about(first);
        let samples = readings.iter().flat_map(|reading| &reading.points).map(|(_, value)| value);
        Some(Self {
            side,
            lane,
            peer,
            reporter: first.reporter,
            readings: readings.to_vec(),
            by_ztunnel: readings.iter().any(|reading| reading.by_ztunnel),
            amount: samples.filter(|value| value.is_finite()).sum(),
            verdict: Verdict::Later,
        })
    }

    fn about(&self) -> (Side, usize, &str) {
        (self.side, self.lane, self.peer)
    }
}

/// Who says what, and what becomes of it: for each side, lane and peer one reporter is believed, for the whole range and
/// by the rule of the graph ([`verdicts`]).
fn counts<'a>(subject: &FlowSubject, basis: Basis, readings: &'a [Reading]) -> Vec<Count<'a>> {
    let teller = |one: &&'a Reading| (about(one), one.reporter, one.replica.as_str());
    let mut sorted: Vec<&Reading> = readings.iter().collect();
    order::sort_by(&mut sorted, |one, other| teller(one).cmp(&teller(other)));
    let mut counts: Vec<Count<'a>> =
        sorted.chunk_by(|one, other| teller(one) == teller(other)).filter_map(Count::of).collect();
    // Of one reporter's replicas the greatest comes first, and the others go.
    order::sort_by(&mut counts, |one, other| {
        let who = one.about().cmp(&other.about()).then(one.reporter.cmp(&other.reporter));
        who.then(other.amount.total_cmp(&one.amount))
    });
    counts.dedup_by(|one, kept| one.about() == kept.about() && one.reporter == kept.reporter);
    for group in counts.chunk_by_mut(|one, other| one.about() == other.about()) {
        pass_verdicts(subject, basis, group);
    }
    counts
}

/// A waypoint's word on two ends is another edge's, unless nobody else says anything.
fn pass_verdicts(subject: &FlowSubject, basis: Basis, group: &mut [Count<'_>]) {
    let Some(lane) = group.first().map(|count| count.lane) else { return };
    let is_logical = match subject {
        FlowSubject::Edge { lanes, .. } => lanes.get(lane).is_some_and(|lane| lane.key.logical),
        FlowSubject::Node { .. } => false,
    };
    let others = group.iter().any(|count| count.reporter != Reporter::Waypoint);
    let is_elsewhere = |count: &Count<'_>| !is_logical && others && count.reporter == Reporter::Waypoint;
    let streams = matches!(basis, Basis::Tcp | Basis::TcpOfLeg);
    let told = |count: &Count<'_>| Told {
        reporter: count.reporter,
        by_ztunnel: streams && count.by_ztunnel,
        amount: Some(count.amount).filter(|_| !is_elsewhere(count)),
    };
    let told: Vec<Told> = group.iter().map(told).collect();
    for (count, verdict) in group.iter_mut().zip(verdicts(subject.order(lane), &told)) {
        count.verdict = if is_elsewhere(count) { Verdict::OtherPath } else { verdict };
    }
}

/// The flow told by the readings of one basis; nothing when no reporter has a series.
pub fn judge(subject: &FlowSubject, basis: Basis, readings: &[Reading]) -> Option<Flow> {
    if readings.is_empty() || basis == Basis::Connections {
        return None;
    }
    let counts = counts(subject, basis, readings);
    let mut lines: Map<(bool, Question, Side, usize), FlowLine> = Map::default();
    for count in &counts {
        let chosen = count.verdict == Verdict::Believed;
        if !chosen && count.side != Side::Edge {
            continue;
        }
        let order = subject.order(0);
        let rank = order.iter().position(|one| *one == count.reporter).unwrap_or(order.len());
        for question in [Question::Sent, Question::Received] {
            let mut own = count.readings.iter().filter(|reading| reading.question == question).peekable();
            if own.peek().is_none() {
                continue;
            }
            let (side, reporter) = (count.side, count.reporter);
            let empty = FlowLine { question, side, reporter, chosen, peers: Vec::new(), points: Vec::new() };
            let line = lines.entry((!chosen, question, side, rank)).or_insert(empty);
            line.peers.push(count.peer.to_owned());
            own.for_each(|reading| line.add(reading));
        }
    }
    let lines: Vec<FlowLine> = lines.into_values().collect();
    let idle = lines.iter().filter(|line| line.chosen).all(|line| line.points.iter().all(|(_, value)| *value == 0.0));
    let disagreement = disagreement(subject, &counts, instants(readings));
    Some(Flow { basis, lines, idle, disagreement })
}

/// How many instants were answered for.
fn instants(readings: &[Reading]) -> f64 {
    readings.iter().map(|reading| reading.points.len()).max().unwrap_or_default().max(1) as f64
}

impl FlowLine {
    /// Adds samples; an instant that only one of the two has keeps its value.
    fn add(&mut self, reading: &Reading) {
        if self.points.is_empty() {
            self.points.clone_from(&reading.points);
            return;
        }
        let mut sums = Map::of(self.points.drain(..));
        for (at, value) in &reading.points {
            *sums.entry(*at).or_default() += value;
        }
        self.points = sums.into_entries();
    }
}

impl Tried {
    /// What each reporter said on that basis.
    pub fn new(subject: &FlowSubject, basis: Basis, readings: &[Reading]) -> Self {
        let (counts, instants) = (counts(subject, basis, readings), instants(readings));
        let heard = Reporter::ALL.into_iter().filter_map(|reporter| {
            let own = || counts.iter().filter(|count| count.reporter == reporter);
            let verdict = own().map(|count| count.verdict).min()?;
            Some(Heard { reporter, mean: own().map(|count| count.amount).sum::<f64>() / instants, verdict })
        });
        Self { basis, heard: heard.collect() }
    }
}

/// The reporter that is believed against the one that differs most, on an edge of one lane.
fn disagreement(subject: &FlowSubject, counts: &[Count<'_>], instants: f64) -> Option<[(Reporter, f64); 2]> {
    let FlowSubject::Edge { lanes, .. } = subject else { return None };
    let first = counts.iter().find(|count| count.verdict == Verdict::Believed && lanes.len() == 1)?;
    let gap = |other: &Count<'_>| (other.amount - first.amount).abs() / first.amount.max(other.amount);
    let same = |other: &&Count<'_>| other.reporter != first.reporter && other.verdict != Verdict::OtherPath;
    let farthest = counts.iter().filter(same).max_by(|one, other| gap(one).total_cmp(&gap(other)))?;
    let told = |count: &Count<'_>| (count.reporter, count.amount / instants);
    (gap(farthest) > AGREEMENT).then(|| [told(first), told(farthest)])
}

/// Why nothing can be charted, from what was tried and what the graph knows of the subject.
pub fn why_none(subject: &FlowSubject, tried: &[Tried], requests: PerSec, heard: &[Reporter]) -> NoFlow {
    let [expected, ..] = subject.order(0);
    let connections =
        tried.iter().any(|one| one.basis == Basis::Connections && one.heard.iter().any(|heard| heard.mean > 0.0));
    // What an operation passes on has no bytes of its own.
    let has_none = match subject {
        FlowSubject::Edge { lanes, .. } => lanes.is_empty(),
        FlowSubject::Node { members, .. } => members.is_empty(),
    };
    if connections {
        NoFlow::OnlyConnections
    } else if requests.is_flowing() || has_none {
        NoFlow::OnlyRequests(requests)
    } else if !heard.is_empty() && !heard.contains(&expected) {
        NoFlow::Silent { expected, heard: heard.to_vec() }
    } else {
        NoFlow::NoSeries
    }
}

#[cfg(test)]
mod tests;
