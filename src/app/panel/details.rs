//! All that is known of a node or an edge.

use std::sync::Arc;

use crate::mesh::{Connections, Edge, Health, Measured, Node, NodeKey, Requests, Told, Topology, Traffic};
use crate::quantity::{BytesPerSec, PerSec, Ratio};
use crate::telemetry::Latency;
use crate::words::{Label, Sentence};

use super::super::graph::Shown;
use super::super::view::Selection;
use super::names::{self, edge_title, node_caption, node_kind, node_title};
use super::peers::{Peer, hops, neighbours};
use super::voice::Voice;

/// How a text is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tone {
    /// A fact.
    Plain,
    /// All is well.
    Good,
    /// Something to look at.
    Warning,
    /// Something is wrong.
    Bad,
}

/// A value with its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// How much or which.
    pub value: String,
    /// How that is known, or who says so; may be empty.
    pub source: String,
    /// How it is meant.
    pub tone: Tone,
}

/// One kind of response.
#[derive(Clone, PartialEq, Debug)]
pub struct Response {
    /// Its code.
    pub code: String,
    /// Its flags.
    pub flags: String,
    /// How many a second.
    pub rate: String,
    /// Its share of all.
    pub share: String,
}

/// All that is known of what is selected.
#[derive(Clone, PartialEq, Debug)]
pub struct Details {
    /// Its name.
    pub title: String,
    /// What it is.
    pub caption: String,
    /// Why nothing is known of it; empty when it is in the graph.
    pub why_none: String,
    /// Its health.
    pub health: Health,
    /// Facts, most telling first.
    pub facts: Vec<Fact>,
    /// For an edge with requests: how they end.
    pub responses: Vec<Response>,
    /// For an end-to-end edge: the hops that it is made of.
    pub legs: Vec<Peer>,
    /// For a hop to or from a waypoint: the end-to-end edges that pass over it.
    pub carries: Vec<Peer>,
    /// For a node: whom it calls.
    pub calls: Vec<Peer>,
    /// For a node: who calls it.
    pub called_by: Vec<Peer>,
}

impl From<Health> for Tone {
    fn from(health: Health) -> Self {
        match health {
            Health::Idle | Health::Streams => Self::Plain,
            Health::Healthy => Self::Good,
            Health::Degraded => Self::Warning,
            Health::Failing => Self::Bad,
        }
    }
}

/// Gathers facts, leaving out empty values.
struct Facts<'a> {
    voice: Voice<'a>,
    facts: Vec<Fact>,
}

impl Facts<'_> {
    fn add(&mut self, name: Label, value: impl Into<String>) {
        self.add_from(name, value, String::new(), Tone::Plain);
    }

    fn add_from(&mut self, name: Label, value: impl Into<String>, source: String, tone: Tone) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.push(Fact { name: self.voice.label(name), value, source, tone });
        }
    }

    fn add_known(&mut self, name: Label, is_known: bool, value: &str) {
        if is_known {
            self.add(name, value);
        }
    }
}

/// What is known of the selected element, but [which hops](Details::with_hops) belong to it; that nothing is known when it is
/// not in this topology.
pub fn details(selection: &Selection, topology: &Topology, voice: Voice<'_>) -> Details {
    let edge = || topology.edges.get(selection.edge_place(topology)?);
    let node = || selection.node_place(topology).and_then(|place| Some((place, topology.nodes.get(place)?)));
    match (edge(), node()) {
        (Some(edge), _) => edge_details(edge, topology, voice),
        (_, Some((place, node))) => node_details(place, node, topology, voice),
        (None, None) => missing(selection, voice),
    }
}

impl Details {
    /// With the hops of a selected end-to-end edge, or the end-to-end edges over a selected hop.
    #[must_use]
    pub fn with_hops(mut self, selection: &Selection, shown: &Shown, voice: Voice<'_>) -> Self {
        if let Some((is_logical, hops)) = hops(selection, shown, voice) {
            *(if is_logical { &mut self.legs } else { &mut self.carries }) = hops;
        }
        self
    }
}

/// A link may be older than the traffic that it points to.
fn missing(selection: &Selection, voice: Voice<'_>) -> Details {
    let (Selection::Node(id) | Selection::Edge(id)) = selection;
    Details {
        title: voice.label(Label::NotInGraph),
        caption: String::new(),
        why_none: voice.say(&Sentence::NotInGraph { id }),
        health: Health::Idle,
        facts: Vec::new(),
        responses: Vec::new(),
        legs: Vec::new(),
        carries: Vec::new(),
        calls: Vec::new(),
        called_by: Vec::new(),
    }
}

fn edge_details(edge: &Edge, topology: &Topology, voice: Voice<'_>) -> Details {
    let health = edge.health(topology.tolerances);
    let mut facts = Facts { voice, facts: Vec::new() };
    facts.add(Label::Protocol, names::protocol(edge.protocol));
    if let Some(via) = &edge.via {
        facts.add(Label::Via, node_title(via, voice));
    }
    facts.add_from(Label::Health, names::health(health, voice), String::new(), health.into());
    if let Some(requests) = &edge.requests {
        request_facts(&mut facts, requests, health);
    }
    if let Some(bytes) = &edge.bytes {
        let source = names::counted_by(bytes.reporter, bytes.emitter, voice);
        facts.add_from(Label::Sent, voice.bytes(bytes.sent), source.clone(), Tone::Plain);
        facts.add_from(Label::Received, voice.bytes(bytes.received), source, Tone::Plain);
    }
    if let Some(connections) = &edge.connections {
        connection_facts(&mut facts, connections);
    }
    if let (Told::Part(_), Some(rest)) = (&edge.told, edge.untold()) {
        let told = traffic(passing(edge, 1.0) + passing(&rest, -1.0), voice);
        let source = voice.say(&Sentence::LeftOver { rest: &traffic(passing(&rest, 1.0), voice) });
        facts.add_from(Label::AlsoEndToEnd, told, source, Tone::Plain);
    }
    facts.add(Label::Security, names::security(edge.security, voice));
    let list = |words: Vec<&str>| words.join("\n");
    facts.add(Label::Identities, list(edge.identities.iter().map(crate::mesh::Identity::as_str).collect()));
    facts.add(Label::Services, list(edge.services.iter().map(crate::mesh::Host::as_str).collect()));
    let reporters: Vec<String> = edge.reporters.iter().map(|reporter| names::reporter(*reporter, voice)).collect();
    facts.add(Label::ReportedBy, reporters.join(", "));
    let (source, target) = edge_title(edge, topology, voice);
    Details {
        title: format!("{source} → {target}"),
        caption: voice.hop(edge.kind),
        why_none: String::new(),
        health,
        facts: facts.facts,
        responses: edge.requests.as_ref().map(|requests| responses(requests, voice)).unwrap_or_default(),
        legs: Vec::new(),
        carries: Vec::new(),
        calls: Vec::new(),
        called_by: Vec::new(),
    }
}

fn request_facts(facts: &mut Facts<'_>, requests: &Requests, health: Health) {
    let voice = facts.voice;
    let source = names::reporter(requests.reporter, voice);
    facts.add_from(Label::Requests, voice.per_sec(requests.rate), source, Tone::Plain);
    for (name, rate) in [(Label::Failures, requests.failures), (Label::ClientErrors, requests.client_errors)] {
        if let Some(share) = Ratio::of(rate.0, requests.rate.0).filter(|share| share.value() > 0.0) {
            let text = format!("{} ({})", voice.per_sec(rate), voice.share(share));
            facts.add_from(name, text, String::new(), health.into());
        }
    }
    if let Some(measured) = &requests.measured {
        measured_facts(facts, measured);
    }
}

/// What is measured of requests besides their number.
fn measured_facts(facts: &mut Facts<'_>, measured: &Measured) {
    let voice = facts.voice;
    let source = names::reporter(measured.reporter, voice);
    let [request, response] = measured.sizes.map(|rate| rate.map(|rate| voice.bytes(rate)).unwrap_or_default());
    let [sent, received] = measured.messages.map(|rate| rate.map(|rate| voice.per_sec(rate)).unwrap_or_default());
    let mean = measured.mean_secs().map(|secs| voice.secs(secs)).unwrap_or_default();
    for (name, value) in [
        (Label::MeanResponseTime, mean),
        (Label::RequestBytes, request),
        (Label::ResponseBytes, response),
        (Label::MessagesSent, sent),
        (Label::MessagesReceived, received),
    ] {
        facts.add_from(name, value, source.clone(), Tone::Plain);
    }
}

/// How long requests took, for those of an edge or a node of which that was asked.
pub fn latency_facts(latency: &Latency, voice: Voice<'_>) -> Vec<Fact> {
    let mut facts = Facts { voice, facts: Vec::new() };
    let names = [Label::MedianResponseTime, Label::ResponseTime95, Label::ResponseTime99];
    for (name, secs) in names.into_iter().zip(latency.secs) {
        let (value, source) = (secs.map(|secs| voice.secs(secs)), names::reporter(latency.reporter, voice));
        facts.add_from(name, value.unwrap_or_default(), source, Tone::Plain);
    }
    facts.facts
}

fn connection_facts(facts: &mut Facts<'_>, connections: &Connections) {
    let voice = facts.voice;
    let source = names::reporter(connections.reporter, voice);
    facts.add_from(Label::ConnectionsOpened, voice.per_sec(connections.opened), source.clone(), Tone::Plain);
    if let Some(closed) = connections.closed {
        facts.add_from(Label::ConnectionsClosed, voice.per_sec(closed), source.clone(), Tone::Plain);
    }
    if connections.failed.is_flowing() {
        facts.add_from(Label::ConnectionsFailed, voice.per_sec(connections.failed), source.clone(), Tone::Bad);
    }
    if let Some(active) = connections.active {
        facts.add_from(Label::ConnectionsActive, voice.count(active), source, Tone::Plain);
    }
}

fn responses(requests: &Requests, voice: Voice<'_>) -> Vec<Response> {
    let row = |(code, flags, rate): &(Arc<str>, Arc<str>, crate::quantity::PerSec)| Response {
        code: match &**code {
            "-" => voice.label(Label::NoResponse),
            "" => voice.label(Label::Unknown),
            code => code.to_owned(),
        },
        flags: flags.to_string(),
        rate: voice.per_sec(*rate),
        share: Ratio::of(rate.0, requests.rate.0).map(|share| voice.share(share)).unwrap_or_default(),
    };
    requests.responses.iter().filter(|(.., rate)| rate.is_flowing()).map(row).collect()
}

fn node_details(place: usize, node: &Node, topology: &Topology, voice: Voice<'_>) -> Details {
    let mut facts = Facts { voice, facts: Vec::new() };
    facts.add_from(Label::Health, names::health(node.health, voice), String::new(), node.health.into());
    // Neither a service nor an operation has a part in the data plane.
    if !matches!(node.key, NodeKey::Service { .. } | NodeKey::Operation { .. }) {
        let role = names::role(node.role.role, voice);
        facts.add_from(Label::Role, role, names::evidence(node, voice), Tone::Plain);
    }
    if let Some(namespace) = node.key.namespace() {
        facts.add_known(Label::Namespace, namespace.is_known(), namespace.as_str());
    }
    if let Some(cluster) = node.key.cluster() {
        facts.add_known(Label::Cluster, cluster.is_known(), cluster.as_str());
    }
    facts.add_known(Label::App, node.app.is_known(), node.app.as_str());
    facts.add_known(Label::Version, node.version.is_known(), node.version.as_str());
    facts.add(Label::Inbound, traffic(node.inbound, voice));
    facts.add(Label::Outbound, traffic(node.outbound, voice));
    let neighbours = |outbound| neighbours(place, outbound, topology, voice);
    Details {
        title: node_title(&node.key, voice),
        caption: Some(node_caption(node, voice))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| node_kind(&node.key, voice)),
        why_none: String::new(),
        health: node.health,
        facts: facts.facts,
        responses: Vec::new(),
        legs: Vec::new(),
        carries: Vec::new(),
        calls: neighbours(true),
        called_by: neighbours(false),
    }
}

/// What passes over an edge, so many times.
fn passing(edge: &Edge, times: f64) -> Traffic {
    let of = |amount: fn(&Requests) -> PerSec| PerSec(times * edge.requests.as_ref().map_or(0.0, |one| amount(one).0));
    Traffic {
        requests: of(|one| one.rate),
        errors: of(|one| one.failures + one.client_errors),
        bytes: BytesPerSec(times * edge.byte_rate().0),
    }
}

fn traffic(traffic: Traffic, voice: Voice<'_>) -> String {
    let mut parts = Vec::new();
    if traffic.requests.is_flowing() {
        parts.push(voice.per_sec(traffic.requests));
        if let Some(share) = Ratio::of(traffic.errors.0, traffic.requests.0).filter(|share| share.value() > 0.0) {
            parts.push(format!("{} {}", voice.share(share), voice.label(Label::Errors)));
        }
    }
    if traffic.bytes.is_flowing() {
        parts.push(voice.bytes(traffic.bytes));
    }
    if parts.is_empty() { voice.label(Label::None) } else { parts.join(" · ") }
}

/// A screen reader's name for an edge.
pub fn edge_name(edge: &Edge, topology: &Topology, voice: Voice<'_>) -> String {
    let (source, target) = edge_title(edge, topology, voice);
    let protocol = names::protocol(edge.protocol);
    voice.say(&Sentence::EdgeName { source: &source, target: &target, protocol })
}
