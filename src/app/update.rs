//! The state and how it changes.

mod asking;

use std::sync::Arc;

use crate::backend::BackendError;
use crate::quantity::Instant;
use crate::words::Language;

use super::config::{BackEnd, Config};
use super::effect::{Alarm, Effect};
use super::fetches::{Arrival, Fetches, Purpose};
use super::flows::FlowState;
use super::graph::GraphState;
use super::latency::LatencyState;
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
    /// The response times of what is selected.
    pub latency: LatencyState,
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
            latency: LatencyState::default(),
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
        self.graph.is_old()
    }

    /// Why the graph has to be waited for: the back end asked to be asked again later.
    pub fn put_off(&self) -> Option<&BackendError> {
        self.fetches.put_off(|purpose| matches!(purpose, Purpose::Graph { .. }))
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
            Message::Refresh => self.refresh(now, &mut effects),
            Message::Woke(Alarm::Refresh) => {
                if self.refreshes_itself() && !self.graph.is_loading() {
                    self.refresh(now, &mut effects);
                }
            }
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

    fn select(&mut self, selection: Option<Selection>, effects: &mut Vec<Effect>) {
        if self.view.selection == selection {
            return;
        }
        self.view.selection = selection;
        self.announce_selection(effects);
        self.look_for_flows(effects);
        self.show_address(true, effects);
    }

    fn announce_selection(&self, effects: &mut Vec<Effect>) {
        let id = match &self.view.selection {
            Some(Selection::Node(id) | Selection::Edge(id)) => Some(id.clone()),
            None => None,
        };
        effects.push(Effect::AnnounceSelection(id));
    }

    /// Begins with another back end: nothing that is shown or under way belongs to it.
    fn start_over(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        effects.extend(self.fetches.give_up(|_| true));
        self.graph.clear();
        self.flow = None;
        self.latency.clear();
        self.scrape = self.config.scrape_interval.map_or(ScrapeInterval::Assumed, ScrapeInterval::Configured);
        self.start(now, effects);
    }

    fn change(&mut self, change: Change, now: Instant, effects: &mut Vec<Effect>) {
        let is_step = matches!(change, Change::BackEnd(_) | Change::Window(_) | Change::Pane(_));
        match change {
            Change::BackEnd(name) if name != self.view.back_end && self.config.back_end(&name).is_some() => {
                self.view.back_end = name;
                if self.view.selection.take().is_some() {
                    self.announce_selection(effects);
                }
                self.start_over(now, effects);
            }
            Change::BackEnd(_) => return,
            Change::Window(window) => {
                self.view.window = window;
                self.refresh(now, effects);
            }
            Change::Refresh(every) => {
                self.view.refresh = every;
                self.reschedule(now, effects);
            }
            Change::Namespaces(namespaces) => self.view.namespaces = namespaces,
            Change::Choices(choices) => {
                self.view.choices = choices;
                self.regroup(now, effects);
            }
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
        self.show_address(is_step, effects);
    }

    /// Draws what came as the reader wants it now, and looks for the flows of what is selected in that. What did not come
    /// for it is asked for.
    fn regroup(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        let was_there = self.selection_is_there();
        if self.graph.regroup(self.view.choices, &self.config) {
            // Of what is not in a graph of this type nothing can be told; the reader named something else.
            if was_there && !self.selection_is_there() {
                self.view.selection = None;
                self.announce_selection(effects);
            }
            self.look_for_flows(effects);
        }
        if self.view.choices.grouping().operations && !self.graph.asks_operations() {
            self.refresh(now, effects);
        }
    }

    fn selection_is_there(&self) -> bool {
        let (Some(selection), Some(shown)) = (&self.view.selection, self.graph.shown()) else { return false };
        let topology = &shown.topology;
        selection.node_place(topology).is_some() || selection.edge_place(topology).is_some()
    }

    /// The reader wants another pace.
    fn navigate(&mut self, query: &str, now: Instant, effects: &mut Vec<Effect>) {
        let before = self.view.clone();
        (self.view, self.url_problems) = View::from_query(query, &self.config);
        if before.selection != self.view.selection {
            self.announce_selection(effects);
        }
        if before.back_end != self.view.back_end {
            self.start_over(now, effects);
            return;
        }
        if before.window != self.view.window {
            self.refresh(now, effects);
        } else if before.refresh != self.view.refresh {
            self.reschedule(now, effects);
        }
        if before.choices != self.view.choices {
            self.regroup(now, effects);
        } else if before.selection != self.view.selection {
            self.look_for_flows(effects);
        }
    }

    fn configure(&mut self, config: Config, now: Instant, effects: &mut Vec<Effect>) {
        if config == self.config {
            return;
        }
        let (query, back_end) = (self.view.to_query(&self.config), self.back_end());
        let before = std::mem::replace(&mut self.config, config);
        (self.view, self.url_problems) = View::from_query(&query, &self.config);
        self.language = preferred(self.language, before.language, self.config.language);
        self.theme = preferred(self.theme, before.theme, self.config.theme);
        if self.back_end() != back_end || self.config.scope != before.scope {
            self.start_over(now, effects);
            return;
        }
        effects.extend(self.fetches.give_up(|purpose| purpose == Purpose::ScrapeInterval));
        if self.config.scrape_interval != before.scrape_interval {
            self.scrape = self.config.scrape_interval.map_or(ScrapeInterval::Assumed, ScrapeInterval::Configured);
        }
        self.regroup(now, effects);
        self.start(now, effects);
    }

    fn show_address(&self, push: bool, effects: &mut Vec<Effect>) {
        effects.push(Effect::Address { query: self.view.to_query(&self.config), push });
    }
}

/// What the reader chose, unless the configuration changed its mind since.
fn preferred<T: Copy + PartialEq>(chosen: Option<T>, before: Option<T>, configured: Option<T>) -> Option<T> {
    if configured == before || configured.is_none() && chosen != before { chosen } else { configured }
}
