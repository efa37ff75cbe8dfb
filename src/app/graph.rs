//! The graph: asked for, gathered, shown, and kept when the next one fails.

use std::sync::Arc;

use crate::backend::prometheus::{Call, Vector, decode_vector};
use crate::backend::{BackendError, HttpAnswer, Notice};
use crate::mesh::{Namespace, Topology, Workload};
use crate::order::Map;
use crate::promql::Label;
use crate::quantity::{Duration, Instant, TimeRange, rate_window};
use crate::telemetry::{
    Ambient, Declaration, LABELS, Observation, Plan, Question, Roles, Rows, STEPS, lumps, parts, topology,
};

use super::choices::Choices;
use super::config::{BackEnd, Config};
use super::fetches::{Fetches, Part, Purpose};

/// A graph that can be looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// The mesh, its nodes as they were chosen.
    pub topology: Topology,
    /// The mesh as a graph of workloads.
    pub workloads: Topology,
    /// What nodes are, and who was heard.
    pub choices: Choices,
    /// The workloads whose Envoys count bytes when connections open and close only, as those of Istio 1.29.0 do.
    pub lumps: Vec<(Namespace, Workload)>,
    /// Whether it was asked which operations requests are about, and whether that is known of any.
    pub operations: (bool, bool),
    /// What was read, to be heard and grouped otherwise.
    seen: Arc<(Vec<Observation>, Roles)>,
    /// The stretch of time that its rates are taken over; its end is the instant of all queries.
    pub range: TimeRange,
    /// The window of the rates: at least four scrapes long.
    pub rate_window: Duration,
    /// The back end it came from, by name.
    pub back_end: String,
    /// How many series were read.
    pub series: usize,
    /// What the back end remarked.
    pub notices: Vec<(Question, Notice)>,
    /// Questions that were not answered, and why; the rest is shown.
    pub failed: Vec<(Question, BackendError)>,
    /// The queries, as asked; one that was too much is asked in parts, and stands here as a whole.
    pub queries: Vec<(Question, String)>,
}

/// A refresh on its way.
#[derive(Clone, Debug)]
struct Run {
    number: u64,
    range: TimeRange,
    rate_window: Duration,
    back_end: String,
    open: usize,
    queries: Vec<(Question, String)>,
    observations: Vec<Observation>,
    declarations: Vec<Declaration>,
    lumps: Vec<(Namespace, Workload)>,
    operations: bool,
    series: usize,
    notices: Vec<(Question, Notice)>,
    failed: Map<Question, BackendError>,
}

/// The graph and its refresh.
#[derive(Clone, Debug, Default)]
pub struct GraphState {
    run: Option<Run>,
    runs: u64,
    /// What is shown.
    shown: Option<Arc<Shown>>,
    /// Why the last refresh brought less than was asked for.
    failure: Option<BackendError>,
    /// Whether the last refresh brought nothing better than what was there before.
    is_old: bool,
    /// Until when the back end asked to be left alone.
    busy_until: Option<Instant>,
    /// Questions that were too much at once, and how often each is divided before it is asked; of rates over that window.
    divided: (Duration, Vec<(Question, u8)>),
}

/// A complete graph is preferred to a piece of one that is newer by so little.
const KEPT: Duration = Duration::from_mins(5);

impl GraphState {
    /// The newest graph there is.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref()
    }

    /// Why the last refresh brought nothing, or not all of the traffic.
    pub fn failure(&self) -> Option<&BackendError> {
        self.failure.as_ref()
    }

    /// Whether what is shown is older than the last attempt to renew it.
    pub fn is_old(&self) -> bool {
        self.is_old
    }

    /// Until when the back end asked to be left alone, when it did.
    pub(super) fn busy_until(&self) -> Option<Instant> {
        self.busy_until
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.run.is_some()
    }

    /// Whether it was asked which operations requests are about, or is being asked.
    pub(super) fn asks_operations(&self) -> bool {
        let of_shown = || self.shown.as_ref().is_some_and(|shown| shown.operations.0);
        self.run.as_ref().map_or_else(of_shown, |run| run.operations)
    }

    /// Forgets everything: it belonged to another back end.
    pub(super) fn clear(&mut self) {
        *self = Self { runs: self.runs, ..Self::default() };
    }

    /// Asks for the graph at one instant for all questions. A run that is under way is superseded.
    pub(super) fn ask(
        &mut self,
        range: TimeRange,
        scrape: Duration,
        choices: Choices,
        (back_end, config): (&Arc<BackEnd>, &Config),
        fetches: &mut Fetches,
    ) {
        self.runs += 1;
        let rate_window = rate_window(range.length(), scrape);
        let operations = choices.grouping().operations;
        let plan = Plan::new(rate_window, &config.scope, operations);
        let queries = plan.queries.iter().map(|(question, query)| (*question, query.to_string())).collect();
        self.run = Some(Run {
            number: self.runs,
            range,
            rate_window,
            back_end: back_end.name.clone(),
            open: 0,
            queries,
            observations: Vec::new(),
            declarations: Vec::new(),
            lumps: Vec::new(),
            operations,
            series: 0,
            notices: Vec::new(),
            failed: Map::default(),
        });
        if self.divided.0 != rate_window {
            self.divided = (rate_window, Vec::new());
        }
        let mut open = 0;
        for (question, query) in plan.queries {
            let divided = self.divided.1.iter().find(|(one, _)| *one == question).map_or(0, |(_, divided)| *divided);
            let whole = vec![query];
            for query in (0..divided).fold(whole, |all, step| all.iter().flat_map(|one| parts(one, step)).collect()) {
                let call = Call::Instant { query, time: range.to, timeout: back_end.timeout };
                let question = Part { question, divided, pieces: 0 };
                fetches.ask(Purpose::Graph { run: self.runs, question }, back_end, call);
                open += 1;
            }
        }
        if let Some(run) = &mut self.run {
            run.open = open;
        }
    }

    /// Remembers to ask in smaller parts.
    fn divide(&mut self, part: Part) {
        let divided = (part.divided + 1).min(STEPS);
        let known = self.divided.1.iter_mut().find(|(question, _)| *question == part.question);
        match known {
            Some((_, known)) => *known = divided.max(*known),
            None => self.divided.1.push((part.question, divided)),
        }
    }

    /// Takes an answer; whether it was the last one.
    pub(super) fn answered(&mut self, run: u64, part: Part, result: Result<HttpAnswer, BackendError>) -> bool {
        let Some(current) = self.run.as_mut().filter(|current| current.number == run) else { return false };
        let question = part.question;
        let mut too_much = part.pieces > 0;
        match result.and_then(|answer| decode_vector(&answer)) {
            _ if too_much => current.open += part.pieces,
            Ok(answer) => {
                too_much = answer.notices.iter().any(Notice::is_of_a_limit);
                current.notices.extend(answer.notices.into_iter().map(|notice| (question, notice)));
                current.read(question, &answer.rows);
            }
            Err(error) => {
                too_much = error.is_too_much();
                current.failed.insert(question, error);
            }
        }
        current.open = current.open.saturating_sub(1);
        let is_last = current.open == 0;
        if too_much && question.is_about_ends() {
            self.divide(part);
        }
        is_last
    }

    /// Builds the graph from what came; whether all had come. When no question about traffic was answered, or clearly
    /// fewer than for what is shown, that stays.
    pub(super) fn classify(&mut self, config: &Config, choices: Choices, now: Instant) -> bool {
        let Some(run) = self.run.take_if(|run| run.open == 0) else { return false };
        let first_failure = run.failed.iter().find(|(question, _)| question.is_about_traffic());
        self.failure = first_failure.map(|(_, error)| error.clone());
        self.busy_until = run.failed.values().filter_map(BackendError::retry_after).max().map(|wait| now + wait);
        let brings_nothing = unanswered(run.failed.keys()) == unanswered(Question::ALL.iter());
        let stays = brings_nothing || self.shown.as_ref().is_some_and(|shown| run.is_worse_than(shown));
        self.is_old = stays && self.shown.is_some();
        if stays {
            return true;
        }
        let roles = Roles::decide(run.declarations, &run.observations, &config.roles);
        let operations = (run.operations, run.observations.iter().any(|one| one.operation.is_some()));
        let seen = Arc::new((run.observations, roles));
        let workloads = heard(&seen, choices, config);
        self.shown = Some(Arc::new(Shown {
            topology: workloads.grouped(choices.grouping()),
            workloads,
            choices,
            lumps: run.lumps,
            operations,
            seen,
            range: run.range,
            rate_window: run.rate_window,
            back_end: run.back_end,
            series: run.series,
            notices: run.notices,
            failed: run.failed.into_iter().collect(),
            queries: run.queries,
        }));
        true
    }

    /// Hears and groups what is shown otherwise; whether that makes a difference.
    pub(super) fn regroup(&mut self, choices: Choices, config: &Config) -> bool {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.choices != choices) else { return false };
        let shown = Arc::make_mut(shown);
        if shown.choices.ambient() != choices.ambient() {
            shown.workloads = heard(&shown.seen, choices, config);
        }
        shown.topology = shown.workloads.grouped(choices.grouping());
        shown.choices = choices;
        true
    }

    /// The instant for which what is shown was asked.
    pub fn shown_at(&self) -> Option<Instant> {
        self.shown.as_ref().map(|shown| shown.range.to)
    }
}

/// The graph of workloads, from the word of those that are to be heard.
fn heard((seen, roles): &(Vec<Observation>, Roles), choices: Choices, config: &Config) -> Topology {
    let ambient = choices.ambient();
    if ambient == Ambient::All {
        return topology(seen, roles, config.tolerances);
    }
    let heard: Vec<Observation> = seen.iter().filter(|one| ambient.hears(one, roles)).cloned().collect();
    topology(&heard, roles, config.tolerances)
}

fn unanswered<'a>(failed: impl Iterator<Item = &'a Question>) -> usize {
    failed.filter(|question| question.is_about_traffic()).count()
}

impl Run {
    /// Whether it knows less of the traffic than a graph of about the same stretch of time.
    fn is_worse_than(&self, shown: &Shown) -> bool {
        let apart = (self.range.to - shown.range.to).millis().abs();
        let is_comparable = self.range.length() == shown.range.length() && apart <= KEPT.millis();
        let before = unanswered(shown.failed.iter().map(|(question, _)| question));
        is_comparable && before < unanswered(self.failed.keys())
    }

    fn read(&mut self, question: Question, rows: &Vector) {
        self.series += rows.len();
        if question.is_about_ends() {
            let columns = rows.columns(&LABELS.each_ref().map(Label::as_str));
            let mut read = Rows::new(question, columns.texts());
            self.observations.reserve_exact(rows.len());
            return rows.each(&columns, &mut |row, rate| self.observations.extend(read.read(row, rate)));
        }
        for sample in rows.samples() {
            let get = |label: &Label| sample.labels.get(label.as_str());
            if question == Question::Builds {
                self.lumps.extend(lumps(&get));
            } else {
                self.declarations.extend(Declaration::read(&get));
            }
        }
    }
}
