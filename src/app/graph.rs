//! The graph: asked for, gathered, shown, and kept when the next one fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::backend::prometheus::{Call, Vector, decode_vector};
use crate::backend::{BackendError, HttpAnswer, Notice};
use crate::mesh::Topology;
use crate::quantity::{Duration, Instant, TimeRange, rate_window};
use crate::telemetry::{Declaration, Observation, Plan, Question, Roles, topology};

use super::config::{BackEnd, Config};
use super::fetches::{Fetches, Purpose};

/// A graph that can be looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// The mesh.
    pub topology: Topology,
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
    /// The queries, as asked.
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
    series: usize,
    notices: Vec<(Question, Notice)>,
    failed: BTreeMap<Question, BackendError>,
}

/// The graph and its refresh.
#[derive(Clone, Debug, Default)]
pub struct GraphState {
    run: Option<Run>,
    runs: u64,
    /// What is shown.
    shown: Option<Arc<Shown>>,
    /// Why the last refresh brought nothing; then what is shown is old.
    failure: Option<BackendError>,
}

impl GraphState {
    /// The newest graph there is.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref()
    }

    /// Why the last refresh brought nothing.
    pub fn failure(&self) -> Option<&BackendError> {
        self.failure.as_ref()
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.run.is_some()
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
        back_end: &Arc<BackEnd>,
        config: &Config,
        fetches: &mut Fetches,
    ) {
        self.runs += 1;
        let rate_window = rate_window(range.length(), scrape);
        let plan = Plan::new(rate_window, &config.scope);
        let queries = plan.queries.iter().map(|(question, query)| (*question, query.to_string())).collect();
        self.run = Some(Run {
            number: self.runs,
            range,
            rate_window,
            back_end: back_end.name.clone(),
            open: plan.queries.len(),
            queries,
            observations: Vec::new(),
            declarations: Vec::new(),
            series: 0,
            notices: Vec::new(),
            failed: BTreeMap::new(),
        });
        for (question, query) in plan.queries {
            let call = Call::Instant { query, time: range.to, timeout: back_end.timeout };
            fetches.ask(Purpose::Graph { run: self.runs, question }, back_end, call);
        }
    }

    /// Takes an answer; whether it was the last one.
    pub(super) fn answered(&mut self, run: u64, question: Question, result: Result<HttpAnswer, BackendError>) -> bool {
        let Some(current) = self.run.as_mut().filter(|current| current.number == run) else { return false };
        match result.and_then(|answer| decode_vector(&answer)) {
            Ok(answer) => {
                current.notices.extend(answer.notices.into_iter().map(|notice| (question, notice)));
                current.read(question, &answer.rows);
            }
            Err(error) => {
                current.failed.insert(question, error);
            }
        }
        current.open = current.open.saturating_sub(1);
        current.open == 0
    }

    /// Builds the graph from what came. When no question about traffic was answered, the old graph stays.
    pub(super) fn classify(&mut self, config: &Config) {
        let Some(run) = self.run.take_if(|run| run.open == 0) else { return };
        let about_traffic = |question: &&Question| question.counter().is_some();
        let unanswered = run.failed.keys().filter(about_traffic).count();
        let traffic_questions = Question::ALL.iter().filter(about_traffic).count();
        let first_failure = run.failed.iter().find(|(question, _)| question.counter().is_some());
        self.failure = first_failure.map(|(_, error)| error.clone());
        let is_worse = unanswered > 0 && self.shown.as_ref().is_some_and(|shown| shown.failed.len() < unanswered);
        if unanswered == traffic_questions || is_worse {
            return;
        }
        let roles = Roles::decide(run.declarations, &run.observations, &config.roles);
        self.shown = Some(Arc::new(Shown {
            topology: topology(&run.observations, &roles, config.tolerances),
            range: run.range,
            rate_window: run.rate_window,
            back_end: run.back_end,
            series: run.series,
            notices: run.notices,
            failed: run.failed.into_iter().collect(),
            queries: run.queries,
        }));
    }

    /// The instant for which what is shown was asked.
    pub fn shown_at(&self) -> Option<Instant> {
        self.shown.as_ref().map(|shown| shown.range.to)
    }
}

impl Run {
    fn read(&mut self, question: Question, rows: &Vector) {
        self.series += rows.len();
        for sample in rows.samples() {
            let get = |label: &crate::promql::Label| sample.labels.get(label.as_str());
            match question {
                Question::Declared => self.declarations.extend(Declaration::read(&get)),
                Question::Builds => {}
                _ => self.observations.extend(Observation::read(question, &get, sample.value)),
            }
        }
    }
}
