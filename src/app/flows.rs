//! The byte-flow charts of what is selected.

use std::sync::Arc;

use crate::backend::prometheus::{Call, Matrix, decode_matrix};
use crate::backend::{BackendError, HttpAnswer, Notice};
use crate::mesh::{Edge, Health, NodeKey, Reporter, Topology};
use crate::order::{Map, Set, sort_unique};
use crate::promql::Label;
use crate::quantity::{Duration, PerSec};
use crate::telemetry::Ambient;
use crate::telemetry::flow::{
    Basis, Flow, FlowLane, FlowLine, FlowSubject, FlowWindow, NoFlow, Question, Reading, Side, Tried, bases, judge,
    queries, why_none,
};

use super::config::{BackEnd, Config};
use super::fetches::{Fetches, Purpose};
use super::graph::Shown;
use super::view::Selection;

/// What came of looking for bytes.
#[derive(Clone, PartialEq, Debug)]
pub enum FlowOutcome {
    /// Lines to chart.
    Found(Flow),
    /// Nothing to chart, and why.
    Nothing(NoFlow),
    /// The back end failed.
    Failed(BackendError),
}

/// A query as it was asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// Where it looks.
    pub basis: Basis,
    /// Which way.
    pub question: Question,
    /// As what the subject takes part.
    pub side: Side,
    /// The PromQL text.
    pub text: String,
}

/// The flows of one selected edge or node.
#[derive(Clone, PartialEq, Debug)]
pub struct FlowState {
    run: u64,
    ambient: Ambient,
    /// Whose flows.
    pub subject: FlowSubject,
    /// Which instants are asked for.
    pub window: FlowWindow,
    /// Which instants the outcome is about.
    pub outcome_window: FlowWindow,
    /// What was asked so far, in order.
    pub asked: Vec<Asked>,
    /// What each basis that was asked said.
    pub tried: Vec<Tried>,
    /// What is to be shown; nothing before the first answer. While a refresh is under way, the last one.
    pub outcome: Option<FlowOutcome>,
    /// Why the last search brought less than was asked for; then the outcome is old, or half of it is missing.
    pub failure: Option<BackendError>,
    /// Remarks of the back end.
    pub notices: Vec<Notice>,
    /// What the graph knows of the subject: requests a second, and who speaks of it.
    requests: PerSec,
    heard: Vec<Reporter>,
    /// For a hop between the node and a waypoint (as what, and [`Reading::peer`]): the flows that it carries.
    carried: Map<(Side, String), Vec<String>>,
    left: &'static [Basis],
    open: usize,
    readings: Vec<Reading>,
    idle: Option<Flow>,
    failed: Option<BackendError>,
}

/// About one point for two pixels of a chart in a side panel.
const POINTS: i64 = 240;

impl FlowState {
    /// Begins to look for the bytes of what is selected; nothing when it is not in the graph.
    pub(super) fn begin(run: u64, selection: &Selection, shown: &Shown, scrape: Duration) -> Option<Self> {
        let (subject, requests, heard) = subject(selection, shown)?;
        let left = bases(&subject);
        let carried = match &subject {
            FlowSubject::Edge { .. } => Map::default(),
            FlowSubject::Node { members, .. } => carried(members, &shown.workloads),
        };
        let window = FlowWindow::new(shown.range, POINTS, scrape);
        Some(Self {
            run,
            ambient: shown.choices.ambient(),
            window,
            outcome_window: window,
            subject,
            asked: Vec::new(),
            tried: Vec::new(),
            outcome: None,
            failure: None,
            notices: Vec::new(),
            requests,
            heard,
            carried,
            left,
            open: 0,
            readings: Vec::new(),
            idle: None,
            failed: None,
        })
    }

    /// Shows what an earlier search found of the same element until there is something newer.
    pub(super) fn continue_from(&mut self, before: Self) {
        let is_same = match (&self.subject, &before.subject) {
            (FlowSubject::Edge { key, .. }, FlowSubject::Edge { key: other, .. }) => key == other,
            (FlowSubject::Node { key, .. }, FlowSubject::Node { key: other, .. }) => key == other,
            _ => false,
        };
        if is_same {
            (self.outcome, self.outcome_window) = (before.outcome, before.outcome_window);
            self.failure = before.failure;
        }
    }

    /// With how many others a node exchanges what a line shows: a hop to or from a waypoint counts for those behind it.
    pub fn peers(&self, line: &FlowLine) -> usize {
        let behind = |peer: &String| self.carried.get(&(line.side, peer.clone()));
        Set::of(line.peers.iter().flat_map(|peer| behind(peer).map_or(std::slice::from_ref(peer), Vec::as_slice))).len()
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.open > 0
    }

    /// Asks the next basis that has queries; whether there was one.
    pub(super) fn ask(&mut self, back_end: &Arc<BackEnd>, config: &Config, fetches: &mut Fetches) -> bool {
        self.readings.clear();
        while let Some((basis, left)) = self.left.split_first() {
            self.left = left;
            // What stands still was counted; an estimate is no better.
            if *basis == Basis::TcpOfLeg && self.idle.is_some() {
                continue;
            }
            let queries = queries(&self.subject, *basis, self.window.rate_window, &config.scope);
            for query in queries {
                self.open += 1;
                let (question, side) = (query.question, query.side);
                self.asked.push(Asked { basis: *basis, question, side, text: query.expr.to_string() });
                let (range, step, timeout) = (self.window.range, self.window.step, back_end.timeout);
                let call = Call::Range { query: query.expr, range, step, timeout };
                fetches.ask(Purpose::Flow { run: self.run, question, side }, back_end, call);
            }
            if self.open > 0 {
                return true;
            }
        }
        false
    }

    /// Takes an answer; whether the basis is complete and nothing was decided yet, so that the next one is to be asked.
    pub(super) fn answered(
        &mut self,
        run: u64,
        question: Question,
        side: Side,
        result: Result<HttpAnswer, BackendError>,
    ) -> bool {
        if run != self.run || self.open == 0 {
            return false;
        }
        self.open -= 1;
        match result.and_then(|answer| decode_matrix(&answer)) {
            Ok(answer) => {
                self.notices.extend(answer.notices);
                self.read(question, side, &answer.rows);
            }
            Err(error) => {
                self.failed.get_or_insert(error);
            }
        }
        self.open == 0 && !self.decide()
    }

    /// Whether the search is over. After a failure it is: what was not answered may be anything.
    fn decide(&mut self) -> bool {
        let Some(basis) = self.asked.last().map(|asked| asked.basis) else { return true };
        if self.failed.is_none() {
            self.tried.push(Tried::new(&self.subject, basis, &self.readings));
        }
        match judge(&self.subject, basis, &self.readings) {
            Some(flow) if !flow.idle => self.finish(Some(flow)),
            flow => {
                self.idle = self.idle.take().or(flow);
                if self.failed.is_none() {
                    return false;
                }
                self.give_up();
            }
        }
        true
    }

    /// No basis is left: an idle flow is still a flow, and nothing has a reason.
    pub(super) fn give_up(&mut self) {
        let idle = self.idle.take();
        self.finish(idle);
    }

    /// Ends the search. A chart that is there is not given up for half a one, or for none because of a failure.
    fn finish(&mut self, flow: Option<Flow>) {
        self.failure = self.failed.take();
        if self.failure.is_some() && matches!(self.outcome, Some(FlowOutcome::Found(_))) {
            return;
        }
        self.outcome_window = self.window;
        self.outcome = Some(match (flow, &self.failure) {
            (Some(flow), _) => FlowOutcome::Found(flow),
            (None, Some(error)) => FlowOutcome::Failed(error.clone()),
            (None, None) => FlowOutcome::Nothing(why_none(&self.subject, &self.tried, self.requests, &self.heard)),
        });
    }

    /// What is no number leaves a hole.
    fn read(&mut self, question: Question, side: Side, rows: &Matrix) {
        let Some(basis) = self.asked.last().map(|asked| asked.basis) else { return };
        for series in rows.series() {
            let get = |label: &Label| series.labels.get(label.as_str());
            let points: Vec<_> = series.points.iter().copied().filter(|(_, value)| value.is_finite()).collect();
            if !points.is_empty() {
                let reading = Reading::read(&self.subject, basis, (question, side), &get, points);
                let is_logical = |place: usize| match &self.subject {
                    FlowSubject::Edge { lanes, .. } => {
                        basis != Basis::TcpOfLeg && lanes.get(place).is_some_and(|lane| lane.key.logical)
                    }
                    FlowSubject::Node { .. } => false,
                };
                let ambient = self.ambient;
                self.readings.extend(reading.filter(|one| ambient.hears_reading(one, is_logical(one.lane))));
            }
        }
    }
}

/// What flows end to end over the hops between these workloads and waypoints.
fn carried(members: &[NodeKey], workloads: &Topology) -> Map<(Side, String), Vec<String>> {
    let mut carried: Map<(Side, String), Vec<String>> = Map::default();
    for edge in workloads.edges.iter().filter(|edge| edge.logical && edge.health(workloads.tolerances) != Health::Idle)
    {
        let node = |place: usize| workloads.nodes.get(place).map(|node| &node.key);
        let (Some(client), Some(server), Some(via)) = (node(edge.source), node(edge.target), &edge.via) else {
            continue;
        };
        for (side, own, other) in [(Side::Client, client, server), (Side::Server, server, client)] {
            if members.contains(own) {
                carried.entry((side, format!("{own}>{via}"))).or_default().push(format!("{own}>{other}"));
            }
        }
    }
    carried
}

/// What is selected, by the workloads that it is made of.
fn subject(selection: &Selection, shown: &Shown) -> Option<(FlowSubject, PerSec, Vec<Reporter>)> {
    let (topology, workloads, grouping) = (&shown.topology, &shown.workloads, shown.choices.grouping());
    let requests = |edge: &Edge| edge.requests.as_ref().map_or(PerSec(0.0), |requests| requests.rate);
    if let Some(place) = selection.edge_place(topology) {
        let edge = topology.edges.get(place)?;
        let key = topology.edge_key(edge)?;
        let lane = |place: usize| {
            let edge = workloads.edges.get(place)?;
            let lane = FlowLane::of(workloads.edge_key(edge)?, edge);
            Some(FlowLane { alone: workloads.has_leg_alone(edge), ..lane })
        };
        // Bytes are counted whatever a request is about.
        let is_operation = |key: &NodeKey| matches!(key, NodeKey::Operation { .. });
        let is_of_bytes = !is_operation(&key.source) && !is_operation(&key.target);
        let lanes = workloads.lanes_of(grouping, &key).into_iter().filter(|_| is_of_bytes).filter_map(lane).collect();
        return Some((FlowSubject::Edge { key, lanes }, requests(edge), edge.reporters.clone()));
    }
    let place = selection.node_place(topology)?;
    let key = topology.nodes.get(place)?.key.clone();
    let touching = || topology.edges.iter().filter(|edge| edge.source == place || edge.target == place);
    let mut heard: Vec<Reporter> = touching().flat_map(|edge| edge.reporters.iter().copied()).collect();
    sort_unique(&mut heard);
    let members = workloads.members_of(grouping, &key);
    // What passes an operation comes in and goes out.
    let requests = touching().filter(|edge| !members.is_empty() || edge.target == place).map(requests).sum();
    Some((FlowSubject::Node { key, members }, requests, heard))
}
