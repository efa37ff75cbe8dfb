//! The state and how it changes.

use std::sync::Arc;

use crate::backend::prometheus::{Call, decode_scrape_interval};
use crate::backend::{BackendError, HttpAnswer};
use crate::quantity::{Duration, Instant};
use crate::words::Language;

use super::config::{BackEnd, Config, Kind};
use super::effect::{Alarm, Effect};
use super::fetches::{Arrival, Fetches, Purpose};
use super::flows::FlowState;
use super::graph::GraphState;
use super::message::{Change, Message};
use super::scrape::ScrapeInterval;
use super::settings::Theme;
use super::url::UrlProblem;
use super::view::{Selection, View};

/// The application.
#[derive(Clone, Debug)]
pub struct App {
    /// What the operator set.
    pub config: Config,
    /// What is shown.
    pub view: View,
    /// What in the address was not understood.
    pub url_problems: Vec<UrlProblem>,
    /// The graph.
    pub graph: GraphState,
    /// The flows of what is selected.
    pub flow: Option<FlowState>,
    /// How often proxies are scraped.
    pub scrape: ScrapeInterval,
    /// The reader's language; nothing is the browser's.
    pub language: Option<Language>,
    /// The reader's theme; nothing is the system's.
    pub theme: Option<Theme>,
    hidden: bool,
    fetches: Fetches,
    flow_runs: u64,
}

/// A graph that is older than this when the tab comes back is asked for at once.
const STALE: Duration = Duration::from_secs(5);

/// After a refresh that failed the next one waits at least so long.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

impl App {
    /// The application as configured, showing what the query string says.
    pub fn new(config: Config, query: &str) -> Self {
        let (view, url_problems) = View::from_query(query, &config);
        let scrape = config.scrape_interval.map_or(ScrapeInterval::Assumed, ScrapeInterval::Configured);
        Self {
            language: config.language,
            theme: config.theme,
            config,
            view,
            url_problems,
            graph: GraphState::default(),
            flow: None,
            scrape,
            hidden: false,
            fetches: Fetches::default(),
            flow_runs: 0,
        }
    }

    /// The back end that is asked.
    pub fn back_end(&self) -> Arc<BackEnd> {
        let configured = self.config.back_end(&self.view.back_end).or(self.config.back_ends.first());
        Arc::new(configured.cloned().unwrap_or_else(BackEnd::demo))
    }

    /// Whether what is shown is older than the last attempt to renew it.
    pub fn is_old(&self) -> bool {
        self.graph.failure().is_some() && self.graph.shown().is_some_and(|shown| shown.failed.is_empty())
    }

    /// What happened, and what shall be done about it.
    pub fn update(&mut self, message: Message, now: Instant) -> Vec<Effect> {
        let mut effects = Vec::new();
        match message {
            Message::Started => self.start(now, &mut effects),
            Message::Answered { id, result } => {
                if let Arrival::For(purpose, result) = self.fetches.arrived(id, result, now, &mut effects) {
                    self.answered(purpose, result, now, &mut effects);
                }
            }
            Message::Woke(Alarm::Refresh) | Message::Refresh => self.refresh(now, &mut effects),
            Message::Woke(Alarm::Classify) => self.classify(now, &mut effects),
            Message::Woke(Alarm::Retry(id)) => self.fetches.due(id),
            Message::Change(change) => self.change(change, now, &mut effects),
            Message::Select(selection) => self.select(selection, &mut effects),
            Message::Navigated(query) => self.navigate(&query, now, &mut effects),
            Message::Hidden(hidden) => self.set_hidden(hidden, now, &mut effects),
            Message::Configured(config) => self.configure(*config, now, &mut effects),
            Message::Language(language) => {
                self.language = language;
                let value = language.map_or("", Language::tag);
                effects.push(Effect::Remember { key: "language", value });
            }
            Message::Theme(theme) => {
                self.theme = theme;
                effects.push(Effect::Remember { key: "theme", value: theme.map_or("", Theme::as_str) });
            }
        }
        effects.extend(self.fetches.begin());
        effects
    }

    /// Asks for the scrape interval first: what comes later can use it.
    fn start(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        let back_end = self.back_end();
        if self.scrape == ScrapeInterval::Assumed && back_end.kind == Kind::Prometheus {
            self.fetches.ask(Purpose::ScrapeInterval, &back_end, Call::Config);
        }
        self.refresh(now, effects);
    }

    fn answered(
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
            Purpose::ScrapeInterval => {
                // A server that does not show its configuration is nothing to complain about.
                let learned = result.and_then(|answer| decode_scrape_interval(&answer));
                if let Ok(Some(length)) = learned
                    && self.scrape.length() != length
                {
                    self.scrape = ScrapeInterval::Learned(length);
                    self.refresh(now, effects);
                } else if let Ok(Some(length)) = learned {
                    self.scrape = ScrapeInterval::Learned(length);
                }
            }
        }
    }

    /// Asks for the graph, giving up what is under way.
    fn refresh(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        effects.extend(self.fetches.give_up(|purpose| matches!(purpose, Purpose::Graph { .. })));
        effects.push(Effect::Cancel(Alarm::Refresh));
        effects.push(Effect::Cancel(Alarm::Classify));
        // Whole seconds: a link's answer can come from a cache.
        let now = now.floor_to(Duration::from_secs(1));
        let (range, back_end) = (self.view.window.resolve(now), self.back_end());
        self.graph.ask(range, self.scrape.length(), &back_end, &self.config, &mut self.fetches);
    }

    fn classify(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        self.graph.classify(&self.config);
        self.look_for_flows(effects);
        self.schedule(now, effects);
    }

    fn schedule(&mut self, _now: Instant, effects: &mut Vec<Effect>) {
        let Some(every) = self.view.refresh.filter(|_| self.view.window.is_live() && !self.hidden) else { return };
        let after = if self.graph.failure().is_some() { every.max(AFTER_FAILURE) } else { every };
        effects.push(Effect::Wake { alarm: Alarm::Refresh, after });
    }

    /// Looks for the bytes of what is selected; what was found before stays until then.
    fn look_for_flows(&mut self, effects: &mut Vec<Effect>) {
        effects.extend(self.fetches.give_up(|purpose| matches!(purpose, Purpose::Flow { .. })));
        let (Some(selection), Some(shown)) = (&self.view.selection, self.graph.shown()) else {
            self.flow = None;
            return;
        };
        self.flow_runs += 1;
        let scrape = self.scrape.length();
        let next = FlowState::begin(self.flow_runs, selection, &shown.topology, shown.range, scrape);
        let (back_end, before) = (self.back_end(), self.flow.take());
        self.flow = next.map(|mut next| {
            next.ask(&back_end, &self.config, &mut self.fetches);
            next.outcome = before.filter(|before| before.subject == next.subject).and_then(|before| before.outcome);
            next
        });
    }

    fn select(&mut self, selection: Option<Selection>, effects: &mut Vec<Effect>) {
        if self.view.selection == selection {
            return;
        }
        let id = match &selection {
            Some(Selection::Node(id) | Selection::Edge(id)) => Some(id.clone()),
            None => None,
        };
        self.view.selection = selection;
        effects.push(Effect::AnnounceSelection(id));
        self.look_for_flows(effects);
        self.show_address(true, effects);
    }

    fn change(&mut self, change: Change, now: Instant, effects: &mut Vec<Effect>) {
        let asks_again = matches!(change, Change::BackEnd(_) | Change::Window(_));
        let is_step = matches!(change, Change::BackEnd(_) | Change::Window(_) | Change::Pane(_));
        match change {
            Change::BackEnd(name) if self.config.back_end(&name).is_some() => {
                self.view.back_end = name;
                self.view.selection = None;
                self.flow = None;
                self.graph.clear();
                self.scrape = self.config.scrape_interval.map_or(ScrapeInterval::Assumed, ScrapeInterval::Configured);
                self.start(now, effects);
            }
            Change::BackEnd(_) => return,
            Change::Window(window) => self.view.window = window,
            Change::Refresh(every) => {
                self.view.refresh = every;
                effects.push(Effect::Cancel(Alarm::Refresh));
                if !self.graph.is_loading() {
                    self.schedule(now, effects);
                }
            }
            Change::Namespaces(namespaces) => self.view.namespaces = namespaces,
            Change::Paths(paths) => self.view.paths = paths,
            Change::Idle(shown) => self.view.idle = shown,
            Change::Infrastructure(shown) => self.view.infrastructure = shown,
            Change::Label(label, true) => {
                self.view.labels.insert(label);
            }
            Change::Label(label, false) => {
                self.view.labels.remove(&label);
            }
            Change::Pane(pane) => self.view.pane = pane,
        }
        if asks_again {
            self.refresh(now, effects);
        }
        self.show_address(is_step, effects);
    }

    fn navigate(&mut self, query: &str, now: Instant, effects: &mut Vec<Effect>) {
        let before = self.view.clone();
        (self.view, self.url_problems) = View::from_query(query, &self.config);
        if before.back_end != self.view.back_end {
            self.graph.clear();
            self.flow = None;
            self.start(now, effects);
        } else if before.window != self.view.window {
            self.refresh(now, effects);
        } else if before.selection != self.view.selection {
            self.look_for_flows(effects);
        }
    }

    /// Out of sight nothing is refreshed; back in sight, what is old is.
    fn set_hidden(&mut self, hidden: bool, now: Instant, effects: &mut Vec<Effect>) {
        self.hidden = hidden;
        if hidden {
            effects.push(Effect::Cancel(Alarm::Refresh));
        } else if self.view.window.is_live() && !self.graph.is_loading() {
            let is_stale =
                self.graph.shown_at().is_none_or(|at| now - at > self.view.refresh.unwrap_or(STALE).max(STALE));
            if is_stale && self.view.refresh.is_some() {
                self.refresh(now, effects);
            } else {
                self.schedule(now, effects);
            }
        }
    }

    fn configure(&mut self, config: Config, now: Instant, effects: &mut Vec<Effect>) {
        if config == self.config {
            return;
        }
        let query = self.view.to_query(&self.config);
        effects.extend(self.fetches.give_up(|_| true));
        (self.view, self.url_problems) = View::from_query(&query, &config);
        self.scrape = config.scrape_interval.map_or(ScrapeInterval::Assumed, ScrapeInterval::Configured);
        (self.language, self.theme) = (config.language.or(self.language), config.theme.or(self.theme));
        if config.back_ends != self.config.back_ends {
            self.graph.clear();
            self.flow = None;
        }
        self.config = config;
        self.start(now, effects);
    }

    fn show_address(&self, push: bool, effects: &mut Vec<Effect>) {
        effects.push(Effect::Address { query: self.view.to_query(&self.config), push });
    }
}
