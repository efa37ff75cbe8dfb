//! Plays the browser, the clock and the back end.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::app::config::{BackEnd, Config};
use crate::app::panel::{FlowPanel, Status, Voice, flow_panel, status};
use crate::app::{Alarm, App, Effect, FetchId, Message, Selection};
use crate::backend::prometheus::Call;
use crate::backend::{BackendError, HttpAnswer};
use crate::demo::DemoMesh;
use crate::quantity::{Duration, Instant, Plain};
use crate::words::Language;

/// The page's origin.
pub const ORIGIN: &str = "https://mesh.example";

/// A morning on which the demo mesh has traffic.
pub const START: i64 = 1_700_000_000_250;

pub type Reply = Result<HttpAnswer, BackendError>;

type Answerer = dyn Fn(&Call) -> Reply;

/// The demo mesh, made once for all tests.
pub static DEMO: LazyLock<DemoMesh> = LazyLock::new(DemoMesh::new);

#[expect(clippy::unnecessary_wraps, reason = "others do fail")]
pub fn demo(call: &Call) -> Reply {
    Ok(DEMO.answer(call))
}

/// A request that waits for its answer.
#[derive(Clone, Debug)]
pub struct Open {
    pub back_end: String,
    pub call: Call,
}

/// The application with everything round it.
pub struct Player {
    pub app: App,
    pub now: Instant,
    /// How the back end answers.
    pub reply: Box<Answerer>,
    pub open: BTreeMap<FetchId, Open>,
    pub alarms: BTreeMap<Alarm, Instant>,
    /// Every request that was ever begun, with when.
    pub asked: Vec<(Instant, Call)>,
    pub aborted: Vec<FetchId>,
    pub addresses: Vec<(String, bool)>,
    pub remembered: Vec<(&'static str, &'static str)>,
    pub announced: Vec<Option<String>>,
    pub most_open: usize,
}

/// Two back ends, whose headers hold a secret.
pub fn config() -> Value {
    serde_json::json!({ "backends": [
        { "name": "a", "url": "/a", "headers": { "Authorization": "Bearer s3cr3t" } },
        { "name": "b", "url": "/b", "tenant": "s3cr3t" },
    ] })
}

impl Player {
    /// An application that has not started, before a back end that answers as the demo mesh does.
    pub fn new(config: &Value, query: &str) -> Self {
        Self {
            app: App::new(Config::from_layers([config], super::compile_names), query),
            now: Instant::from_unix_millis(START),
            reply: Box::new(demo),
            open: BTreeMap::new(),
            alarms: BTreeMap::new(),
            asked: Vec::new(),
            aborted: Vec::new(),
            addresses: Vec::new(),
            remembered: Vec::new(),
            announced: Vec::new(),
            most_open: 0,
        }
    }

    /// An application that shows the first graph.
    pub fn started(query: &str) -> Self {
        let mut player = Self::new(&config(), query);
        player.send(Message::Started);
        player.settle();
        player
    }

    pub fn send(&mut self, message: Message) {
        for effect in self.app.update(message, self.now) {
            self.perform(effect);
        }
        self.most_open = self.most_open.max(self.open.len());
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Fetch { id, back_end, call } => {
                self.asked.push((self.now, call.clone()));
                let open = Open { back_end: back_end.name.clone(), call };
                assert!(self.open.insert(id, open).is_none(), "{id:?} is asked twice at once");
            }
            Effect::Abort(id) => {
                assert!(self.open.remove(&id).is_some(), "{id:?} is not under way");
                self.aborted.push(id);
            }
            Effect::Wake { alarm, after } => {
                assert!(after >= Duration::ZERO);
                self.alarms.insert(alarm, self.now + after);
            }
            Effect::Cancel(alarm) => _ = self.alarms.remove(&alarm),
            Effect::Address { query, push } => self.addresses.push((query, push)),
            Effect::Remember { key, value } => self.remembered.push((key, value)),
            Effect::AnnounceSelection(id) => self.announced.push(id),
        }
    }

    /// Answers the oldest request; whether there was one.
    pub fn answer_one(&mut self) -> bool {
        let Some((id, open)) = self.open.pop_first() else { return false };
        let result = (self.reply)(&open.call);
        self.send(Message::Answered { id, result });
        true
    }

    /// Lets everything happen that needs no waiting.
    pub fn settle(&mut self) {
        while self.answer_one() || self.ring(self.now) {}
    }

    /// Lets the next timer go off that is due by then; whether there was one.
    fn ring(&mut self, by: Instant) -> bool {
        let next = self.alarms.iter().filter(|(_, due)| **due <= by).min_by_key(|(_, due)| **due);
        let Some((alarm, due)) = next.map(|(alarm, due)| (*alarm, *due)) else { return false };
        self.alarms.remove(&alarm);
        self.now = self.now.max(due);
        self.send(Message::Woke(alarm));
        true
    }

    /// Lets time pass, with all that happens in it.
    pub fn wait(&mut self, length: Duration) {
        let until = self.now + length;
        while self.answer_one() || self.ring(until) {}
        self.now = until;
    }

    /// The back end answers otherwise from now on.
    pub fn answers(&mut self, reply: impl Fn(&Call) -> Reply + 'static) {
        self.reply = Box::new(reply);
    }

    /// How long until the next refresh.
    pub fn next_refresh(&self) -> Option<Duration> {
        self.alarms.get(&Alarm::Refresh).map(|due| *due - self.now)
    }

    pub fn status(&self, language: Language) -> Status {
        status(&self.app, ORIGIN, Voice { language, format: &Plain })
    }

    pub fn panel(&self) -> FlowPanel {
        let flow = self.app.flow.as_ref().expect("an element with flows is selected");
        flow_panel(flow, &self.app.back_end().name, ORIGIN, english())
    }

    /// Selects the first edge of the graph that fits.
    pub fn select_edge(&mut self, fits: impl Fn(&crate::mesh::Edge, &str) -> bool) -> String {
        let topology = &self.app.graph.shown().expect("a graph").topology;
        let id = |edge| topology.edge_key(edge).map(|key| crate::app::edge_id(&key)).unwrap();
        let edge = topology.edges.iter().find(|edge| fits(edge, &id(edge))).expect("such an edge");
        let id = id(edge);
        self.send(Message::Select(Some(Selection::Edge(id.clone()))));
        id
    }

    /// Instant queries asked from the `from`th request on.
    pub fn instants(&self, from: usize) -> Vec<Instant> {
        let time = |call: &Call| if let Call::Instant { time, .. } = call { Some(*time) } else { None };
        self.asked[from..].iter().filter_map(|(_, call)| time(call)).collect()
    }

    /// Texts of the range queries asked from the `from`th request on.
    pub fn ranges(&self, from: usize) -> Vec<String> {
        let text = |call: &Call| if let Call::Range { query, .. } = call { Some(query.to_string()) } else { None };
        self.asked[from..].iter().filter_map(|(_, call)| text(call)).collect()
    }
}

pub fn english() -> Voice<'static> {
    Voice { language: Language::English, format: &Plain }
}

pub fn secs(secs: i64) -> Duration {
    Duration::from_secs(secs)
}

/// "Come back in so long."
pub fn busy(retry_after: Option<Duration>) -> HttpAnswer {
    HttpAnswer { status: 503, retry_after, ..HttpAnswer::default() }
}

/// The back end of that name, as configured.
pub fn back_end(player: &Player, name: &str) -> BackEnd {
    player.app.config.back_end(name).expect("a configured back end").clone()
}
