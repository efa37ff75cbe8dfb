//! The response times of what is selected.

use std::sync::Arc;

use crate::backend::prometheus::{Call, decode_vector};
use crate::backend::{BackendError, HttpAnswer};
use crate::mesh::Reporter;
use crate::promql::Label;
use crate::telemetry::flow::FlowSubject;
use crate::telemetry::{Ambient, Latency, label, latency_query};

use super::config::{BackEnd, Config};
use super::fetches::{Fetches, Purpose};
use super::graph::Shown;
use super::view::Selection;

/// Response times, asked for when something is selected and with each refresh of the graph.
#[derive(Clone, Debug, Default)]
pub struct LatencyState {
    run: u64,
    of: Option<Selection>,
    preferred: Option<Reporter>,
    ambient: Ambient,
    found: Option<Latency>,
}

impl LatencyState {
    /// What was found; while a refresh is under way, the last one. Nothing where no requests are told.
    pub fn found(&self) -> Option<&Latency> {
        self.found.as_ref()
    }

    /// Forgets what is selected no more.
    pub(super) fn clear(&mut self) {
        *self = Self { run: self.run, ..Self::default() };
    }

    /// Asks for the instant and the window of the graph.
    pub(super) fn ask(
        &mut self,
        selection: &Selection,
        subject: &FlowSubject,
        shown: &Shown,
        (back_end, config): (&Arc<BackEnd>, &Config),
        fetches: &mut Fetches,
    ) {
        self.run += 1;
        if self.of.as_ref() != Some(selection) {
            (self.of, self.found) = (Some(selection.clone()), None);
        }
        let edge = selection.edge_place(&shown.topology).and_then(|place| shown.topology.edges.get(place));
        self.ambient = shown.choices.ambient();
        self.preferred = edge.and_then(|edge| edge.requests.as_ref()).map(|requests| requests.reporter);
        let is_silent = edge.is_some() && self.preferred.is_none();
        let query = latency_query(subject, shown.rate_window, &config.scope).filter(|_| !is_silent);
        if let Some(query) = query {
            let call = Call::Instant { query, time: shown.range.to, timeout: back_end.timeout };
            fetches.ask(Purpose::Latency { run: self.run }, back_end, call);
        } else {
            self.found = None;
        }
    }

    /// Takes the answer. One that failed leaves what was there: the byte flows beside it say what is wrong.
    pub(super) fn answered(&mut self, run: u64, result: Result<HttpAnswer, BackendError>) {
        let Some(Ok(answer)) = (run == self.run).then(|| result.and_then(|answer| decode_vector(&answer))) else {
            return;
        };
        let rows = answer.rows.samples().map(|row| {
            let get = |label: Label| row.labels.get(label.as_str()).unwrap_or_default();
            (get(label::REPORTER), get(label::QUANTILE), row.value)
        });
        let heard = |reporter: &str| Reporter::parse(reporter).is_some_and(|one| self.ambient.hears_requests(one));
        self.found = Latency::read(rows.filter(|(reporter, ..)| heard(reporter)), self.preferred);
    }
}
