//! Which answer to believe.

use crate::mesh::Reporter;
use crate::order::Map;
use crate::quantity::{Instant, PerSec};

use super::basis::Basis;
use super::query::Question;
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

/// One series of an answer: B/s over time (connections a second for [`Basis::Connections`]).
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// Which way.
    pub question: Question,
    /// As what the subject takes part.
    pub side: Side,
    /// Who counted.
    pub reporter: Reporter,
    /// The other end, for a node's flows; empty for an edge's.
    pub peer: String,
    /// The samples, oldest first. Holes are left out.
    pub points: Vec<(Instant, f64)>,
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
    /// How many peers are summed in it.
    pub peers: usize,
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
    /// The mean over all samples, both ways together: B/s, or connections a second.
    pub mean: f64,
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

/// The flow told by the readings of one basis; nothing when no reporter has a series.
///
/// For each side and peer one reporter is chosen for the whole range: the first of the subject's order with a sample
/// other than zero, else the first with any series.
pub fn judge(subject: &FlowSubject, basis: Basis, readings: &[Reading]) -> Option<Flow> {
    if readings.is_empty() || basis == Basis::Connections {
        return None;
    }
    let order = subject.order();
    let rank = |reporter: Reporter| order.iter().position(|one| *one == reporter).unwrap_or(order.len());
    let mut chosen: Map<(Side, &str), (bool, usize, Reporter)> = Map::default();
    for reading in readings {
        let candidate = (!flows(reading), rank(reading.reporter), reading.reporter);
        let best = chosen.entry((reading.side, &reading.peer)).or_insert(candidate);
        *best = (*best).min(candidate);
    }
    let mut lines: Map<(bool, Question, Side, usize), FlowLine> = Map::default();
    for reading in readings {
        let is_chosen =
            chosen.get(&(reading.side, reading.peer.as_str())).is_some_and(|best| best.2 == reading.reporter);
        let key = (!is_chosen, reading.question, reading.side, rank(reading.reporter));
        match lines.get_mut(&key) {
            Some(line) => line.add(reading),
            None => {
                lines.insert(key, FlowLine::new(reading, is_chosen));
            }
        }
    }
    let lines: Vec<FlowLine> = lines.into_values().filter(|line| line.chosen || line.side == Side::Edge).collect();
    let idle = lines.iter().filter(|line| line.chosen).all(|line| line.points.iter().all(|(_, value)| *value == 0.0));
    let disagreement = disagreement(subject, readings);
    Some(Flow { basis, lines, idle, disagreement })
}

fn flows(reading: &Reading) -> bool {
    reading.points.iter().any(|(_, value)| *value != 0.0)
}

impl FlowLine {
    fn new(reading: &Reading, chosen: bool) -> Self {
        Self {
            question: reading.question,
            side: reading.side,
            reporter: reading.reporter,
            chosen,
            peers: 1,
            points: reading.points.clone(),
        }
    }

    /// Adds another peer's samples; an instant that only one of the two has keeps its value.
    fn add(&mut self, reading: &Reading) {
        self.peers += 1;
        let mut sums = Map::of(self.points.drain(..));
        for (at, value) in &reading.points {
            *sums.entry(*at).or_default() += value;
        }
        self.points = sums.into_iter().collect();
    }
}

impl Tried {
    /// What each reporter said on that basis.
    pub fn new(basis: Basis, readings: &[Reading]) -> Self {
        let mut sums: Map<Reporter, f64> = Map::default();
        for reading in readings {
            *sums.entry(reading.reporter).or_default() += mean(&reading.points);
        }
        Self { basis, heard: sums.into_iter().map(|(reporter, mean)| Heard { reporter, mean }).collect() }
    }
}

fn mean(points: &[(Instant, f64)]) -> f64 {
    let finite = || points.iter().map(|(_, value)| *value).filter(|value| value.is_finite());
    let count = finite().count();
    if count == 0 { 0.0 } else { finite().sum::<f64>() / count as f64 }
}

/// The preferred reporter with data against the one that differs most, on an edge.
fn disagreement(subject: &FlowSubject, readings: &[Reading]) -> Option<[(Reporter, f64); 2]> {
    let FlowSubject::Edge { .. } = subject else { return None };
    let heard = Tried::new(Basis::Tcp, readings).heard;
    let mut ordered = subject.order().into_iter().filter_map(|one| heard.iter().find(|heard| heard.reporter == one));
    let first = ordered.find(|heard| heard.mean > 0.0)?;
    let gap = |other: &&Heard| (other.mean - first.mean).abs() / first.mean.max(other.mean);
    let farthest = heard
        .iter()
        .filter(|other| other.reporter != first.reporter)
        .max_by(|one, other| gap(one).total_cmp(&gap(other)))?;
    (gap(&farthest) > AGREEMENT).then_some([(first.reporter, first.mean), (farthest.reporter, farthest.mean)])
}

/// Why nothing can be charted, from what was tried and what the graph knows of the subject.
pub fn why_none(subject: &FlowSubject, tried: &[Tried], requests: PerSec, heard: &[Reporter]) -> NoFlow {
    let expected = subject.order()[0];
    let connections =
        tried.iter().any(|one| one.basis == Basis::Connections && one.heard.iter().any(|heard| heard.mean > 0.0));
    if connections {
        NoFlow::OnlyConnections
    } else if requests.is_flowing() {
        NoFlow::OnlyRequests(requests)
    } else if !heard.is_empty() && !heard.contains(&expected) {
        NoFlow::Silent { expected, heard: heard.to_vec() }
    } else {
        NoFlow::NoSeries
    }
}

#[cfg(test)]
mod tests;
