//! When the back end is asked, and what becomes of its answers.

use crate::backend::prometheus::{Call, decode_scrape_interval};
use crate::backend::{BackendError, HttpAnswer};
use crate::quantity::{Duration, Instant, rate_window};

use super::super::config::Kind;
use super::super::effect::{Alarm, Effect};
use super::super::fetches::Purpose;
use super::super::flows::FlowState;
use super::super::scrape::ScrapeInterval;
use super::App;

/// A graph that is older than this when the tab comes back is asked for at once.
const STALE: Duration = Duration::from_secs(5);

/// After a refresh that failed the next one waits at least so long.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// However often the reader, a link or the configuration wants it: the back end is left alone for so long.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

impl App {
    /// Asks for the scrape interval first: what comes later can use it.
    pub(super) fn start(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        let back_end = self.back_end();
        if self.scrape == ScrapeInterval::Assumed && back_end.kind == Kind::Prometheus {
            self.fetches.ask(Purpose::ScrapeInterval, &back_end, Call::Config);
        }
        self.refresh(now, effects);
    }

    pub(super) fn answered(
        &mut self,
        purpose: Purpose,
        result: Result<HttpAnswer, BackendError>,
        now: Instant,
        effects: &mut Vec<Effect>,
    ) {
        match purpose {
            Purpose::Graph { run, question } => {
                if self.graph.answered(run, question, result) {
                    effects.push(Effect::Wake { alarm: Alarm::Classify, after: Duration::ZERO });
                }
            }
            Purpose::Flow { run, question, side } => {
                let (back_end, Some(flow)) = (self.back_end(), self.flow.as_mut()) else { return };
                if flow.answered(run, question, side, result) && !flow.ask(&back_end, &self.config, &mut self.fetches) {
                    flow.give_up();
                }
            }
            Purpose::Latency { run } => self.latency.answered(run, result),
            Purpose::ScrapeInterval => {
                // A server that does not show its configuration is nothing to complain about.
                if let Ok(Some(length)) = result.and_then(|answer| decode_scrape_interval(&answer)) {
                    self.learn(length, now, effects);
                }
            }
        }
    }

    /// Takes the back end's scrape interval, and asks again for what depends on it.
    pub(super) fn learn(&mut self, scrape: Duration, now: Instant, effects: &mut Vec<Effect>) {
        let (before, window) = (self.scrape.length(), self.view.window.length());
        self.scrape = ScrapeInterval::Learned(scrape);
        if rate_window(window, before) != rate_window(window, scrape) {
            self.refresh(now, effects);
        } else if before != scrape && self.flow.is_some() {
            self.look_for_flows(effects);
        }
    }

    /// Asks for the graph, giving up what is under way.
    pub(super) fn refresh(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        effects.extend(self.fetches.give_up(|purpose| matches!(purpose, Purpose::Graph { .. })));
        effects.push(Effect::Cancel(Alarm::Refresh));
        effects.push(Effect::Cancel(Alarm::Classify));
        // Whole seconds: a link's answer can come from a cache.
        let now = now.floor_to(Duration::from_secs(1));
        let (range, back_end) = (self.view.window.resolve(now), self.back_end());
        let asker = (&back_end, &self.config);
        self.graph.ask(range, self.scrape.length(), self.view.choices, asker, &mut self.fetches);
    }

    pub(super) fn classify(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        if !self.graph.classify(&self.config, self.view.choices, now) {
            return;
        }
        if !self.graph.is_old() {
            self.look_for_flows(effects);
        }
        self.schedule(Duration::ZERO, now, effects);
    }

    /// Whether a timer may ask again: not out of sight, and not for a stretch of time that is over.
    pub(super) fn refreshes_itself(&self) -> bool {
        self.view.refresh.is_some() && self.view.window.is_live() && !self.hidden
    }

    /// Sets the timer of the next refresh, `elapsed` after the last one. A back end that asked to be left alone is.
    pub(super) fn schedule(&self, elapsed: Duration, now: Instant, effects: &mut Vec<Effect>) {
        let Some(every) = self.view.refresh.filter(|_| self.refreshes_itself()) else { return };
        let pause = if self.graph.failure().is_some() { AFTER_FAILURE } else { SHORTEST_PAUSE };
        let asked = self.graph.busy_until().map_or(Duration::ZERO, |until| until - now);
        let after = (every.max(pause) - elapsed).max(asked).max(Duration::ZERO);
        effects.push(Effect::Wake { alarm: Alarm::Refresh, after });
    }

    /// Looks for the bytes of what is selected; what was found before stays until then.
    pub(super) fn look_for_flows(&mut self, effects: &mut Vec<Effect>) {
        effects
            .extend(self.fetches.give_up(|purpose| matches!(purpose, Purpose::Flow { .. } | Purpose::Latency { .. })));
        let (Some(selection), Some(shown)) = (&self.view.selection, self.graph.shown()) else {
            self.flow = None;
            self.latency.clear();
            return;
        };
        self.flow_runs += 1;
        let scrape = self.scrape.length();
        let next = FlowState::begin(self.flow_runs, selection, shown, scrape);
        let (back_end, before) = (self.back_end(), self.flow.take());
        self.flow = next.map(|mut next| {
            if let Some(before) = before {
                next.continue_from(before);
            }
            if !next.ask(&back_end, &self.config, &mut self.fetches) {
                next.give_up();
            }
            next
        });
        match &self.flow {
            Some(flow) => {
                let asker = (&back_end, &self.config);
                self.latency.ask(selection, &flow.subject, shown, asker, &mut self.fetches);
            }
            None => self.latency.clear(),
        }
    }

    pub(super) fn reschedule(&self, now: Instant, effects: &mut Vec<Effect>) {
        effects.push(Effect::Cancel(Alarm::Refresh));
        if !self.graph.is_loading() {
            self.schedule(Duration::ZERO, now, effects);
        }
    }

    /// Out of sight nothing is refreshed; back in sight, what is old is.
    pub(super) fn set_hidden(&mut self, hidden: bool, now: Instant, effects: &mut Vec<Effect>) {
        if hidden == self.hidden {
            return;
        }
        self.hidden = hidden;
        let Some(every) = self.view.refresh.filter(|_| self.refreshes_itself()) else {
            effects.push(Effect::Cancel(Alarm::Refresh));
            return;
        };
        if self.graph.is_loading() {
            return;
        }
        let age = self.graph.shown_at().map(|at| now - at).filter(|age| *age <= every.max(STALE));
        let is_busy = self.graph.busy_until().is_some_and(|until| until > now);
        match age {
            None if !is_busy => self.refresh(now, effects),
            age => self.schedule(age.unwrap_or(every), now, effects),
        }
    }
}
