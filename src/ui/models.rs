//! What the parts of the page show, kept so that each is put on the page again only when it differs.

use std::sync::Arc;

use crate::app::panel::{
    Details, FlowPanel, Status, Tone, Voice, balance, details, flow_panel, latency_facts, problems, status,
};
use crate::app::{App, EdgeLabel, Pane, Selection, Shown, Theme, View};
use crate::mesh::{Namespace, Topology};
use crate::order::Set;
use crate::scene::{EdgeLabels, GraphView};
use crate::telemetry::Ambient;
use crate::words::{Language, Sentence};

/// A part of the page, or something that many parts read.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// [`Models::problems`].
    Problems,
    /// [`Models::details`].
    Details,
    /// [`Models::flow`].
    Flow,
    /// [`Models::visible`].
    Visible,
    /// [`Models::selection`].
    Selection,
    /// [`Models::pane`].
    Pane,
    /// [`Models::theme`].
    Theme,
    /// [`Models::language`].
    Language,
    /// [`Models::look`].
    Look,
    /// [`Models::why_empty`].
    WhyEmpty,
    /// [`Models::namespaces`].
    Namespaces,
    /// [`Models::status`].
    Status,
}

/// Why there is no picture, where there is none.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum WhyEmpty {
    /// Nothing has come yet.
    Loading,
    /// The mesh has no traffic.
    NoTraffic,
    /// It has, but none of what the view shows.
    NothingShown,
}

impl Part {
    /// How many there are: [`Status`](Self::Status) is the last.
    pub const COUNT: usize = Self::Status as usize + 1;
}

/// What is shown now.
#[derive(Default)]
pub(super) struct Models {
    /// The line at the bottom.
    pub status: Option<Status>,
    /// What is wrong, worst first.
    pub problems: Vec<(String, Tone)>,
    /// What is known of what is selected.
    pub details: Option<Details>,
    /// Its byte flows.
    pub flow: Option<FlowPanel>,
    /// The part of the mesh that the view shows.
    pub visible: Option<Arc<Topology>>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// Graph or table.
    pub pane: Pane,
    /// The theme, when one was chosen.
    pub theme: Option<Theme>,
    /// The reader's language.
    pub language: Option<Language>,
    /// How the picture is drawn.
    pub look: GraphView,
    /// Why there is no picture, where there is none.
    pub why_empty: Option<WhyEmpty>,
    /// The namespaces of the mesh, and those that were chosen, sorted.
    pub namespaces: Vec<Namespace>,
    /// What [`visible`](Self::visible) was made from.
    cut: Option<(Arc<Shown>, View)>,
}

impl Models {
    /// Makes all of them anew, and tells of each [`Part`] whether it differs.
    pub fn renew(
        &mut self,
        app: &App,
        config_error: &str,
        origin: &str,
        voice: Voice<'_>,
    ) -> [(Part, bool); Part::COUNT] {
        let status = status(app, origin, voice);
        let selected = app.view.selection.as_ref().zip(app.graph.shown());
        let details = selected.map(|(selection, shown)| {
            let mut model = details(selection, &shown.topology, voice).with_hops(selection, shown, voice);
            model.facts.extend(balance(selection, shown, voice));
            model.facts.extend(app.latency.found().into_iter().flat_map(|latency| latency_facts(latency, voice)));
            model
        });
        let flow = app.flow.as_ref().map(|flow| flow_panel(flow, &app.view.back_end, origin, voice));
        [
            (Part::Problems, put(&mut self.problems, all_problems(app, &status, config_error, voice))),
            (Part::Details, put(&mut self.details, details)),
            (Part::Flow, put(&mut self.flow, flow)),
            (Part::Visible, self.cut(app)),
            (Part::Selection, put(&mut self.selection, app.view.selection.clone())),
            (Part::Pane, put(&mut self.pane, app.view.pane)),
            (Part::Theme, put(&mut self.theme, app.theme)),
            (Part::Language, put(&mut self.language, Some(voice.language))),
            (Part::Look, put(&mut self.look, look(app))),
            (Part::WhyEmpty, put(&mut self.why_empty, why_empty(app, self.visible.as_deref()))),
            (Part::Namespaces, put(&mut self.namespaces, namespaces(app))),
            (Part::Status, put(&mut self.status, Some(status))),
        ]
    }

    /// Cuts what is shown out of the mesh, where the mesh or what cuts it has changed.
    fn cut(&mut self, app: &App) -> bool {
        let Some(shown) = app.graph.shown() else {
            self.cut = None;
            return self.visible.take().is_some();
        };
        // The pane says nothing of what is shown of the mesh, and no selection does but that of an edge.
        let selection = app.view.selection.clone().filter(|selection| matches!(selection, Selection::Edge(_)));
        let view = View { selection, pane: Pane::default(), ..app.view.clone() };
        if self.cut.as_ref().is_some_and(|(from, by)| Arc::ptr_eq(from, shown) && *by == view) {
            return false;
        }
        let visible = Some(Arc::new(view.visible(&shown.topology)));
        self.cut = Some((Arc::clone(shown), view));
        put(&mut self.visible, visible)
    }
}

fn put<T: PartialEq>(place: &mut T, now: T) -> bool {
    let differs = *place != now;
    if differs {
        *place = now;
    }
    differs
}

/// Errors, then what in the configuration and the address was not understood.
fn all_problems(app: &App, status: &Status, config_error: &str, voice: Voice<'_>) -> Vec<(String, Tone)> {
    let unreadable =
        (!config_error.is_empty()).then(|| voice.say(&Sentence::ConfigUnreadable { reason: config_error }));
    let errors = status.error.iter().cloned().chain(unreadable).map(|text| (text, Tone::Bad));
    errors.chain(problems(app, voice).into_iter().map(|text| (text, Tone::Warning))).collect()
}

fn look(app: &App) -> GraphView {
    let shown = |label| app.view.labels.contains(&label);
    GraphView {
        labels: EdgeLabels { requests: shown(EdgeLabel::Requests), bytes: shown(EdgeLabel::Bytes), plaintext: true },
        ways: app.view.choices.bytes().unwrap_or_default(),
        messages: app.view.choices.messages(),
        bundles: app.view.choices.bundles(),
        tolerances: app.config.tolerances,
        ..GraphView::default()
    }
}

fn why_empty(app: &App, visible: Option<&Topology>) -> Option<WhyEmpty> {
    let is_empty = |topology: &Topology| topology.edges.is_empty();
    match app.graph.shown().map(|shown| is_empty(&shown.topology)) {
        None if app.graph.failure().is_some() => None,
        None => Some(WhyEmpty::Loading),
        Some(true) if app.view.choices.ambient() != Ambient::All => Some(WhyEmpty::NothingShown),
        Some(true) => Some(WhyEmpty::NoTraffic),
        Some(false) => visible.is_some_and(is_empty).then_some(WhyEmpty::NothingShown),
    }
}

fn namespaces(app: &App) -> Vec<Namespace> {
    let nodes = app.graph.shown().into_iter().flat_map(|shown| &shown.topology.nodes);
    let seen = nodes.filter_map(|node| node.key.namespace()).filter(|name| name.is_known());
    Set::of(seen.chain(app.view.namespaces.iter()).cloned()).into_vec()
}
