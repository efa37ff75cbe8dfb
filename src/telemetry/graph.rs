//! From observations to the graph: one reporter for each edge, nothing counted twice.

use crate::mesh::{
    App, Bytes, Connections, Edge, EdgeKey, Emitter, Health, HopKind, Measured, Node, NodeKey, Operations, Protocol,
    Reporter, Requests, Security, Told, Tolerances, Topology, TopologyBuilder, Traffic, Version,
};
use crate::order;
use crate::order::{Map, Set};
use crate::quantity::{BytesPerSec, PerSec};

use super::classify::{REQUEST_ORDER, byte_order, classify, is_logical};
use super::ends;
use super::observation::{Observation, Peer};
use super::pair::{Evidence, Lane, Report, Tally, tally_of};
use super::passthrough::FrequentHosts;
use super::plan::Question;
use super::roles::Roles;
use super::via;

/// Builds the graph. Equal observations in any order give an equal topology, up to the rounding of sums.
pub fn topology(seen: &[Observation], roles: &Roles, tolerances: Tolerances) -> Topology {
    let mut lanes: Map<Lane, Evidence> = Map::default();
    let mut names: Map<NodeKey, (App, Version)> = Map::default();
    let frequent = FrequentHosts::among(seen);
    let lane = |one: &Observation, kind: HopKind| Lane {
        source: ends::source(one),
        target: frequent.node(ends::target(one, kind)),
        protocol: one.protocol,
        logical: is_logical(one, roles),
    };
    for one in seen.iter().filter(|one| one.question.is_about_traffic()) {
        let kind = classify(one, roles);
        let lane = lane(one, kind);
        name(&mut names, &lane.source, &one.source);
        name(&mut names, &lane.target, &one.destination);
        let logical = lane.logical;
        let evidence = lanes.entry(lane).or_default();
        evidence.add(one, kind);
        if logical {
            evidence.via.extend(ends::waypoint(one));
        }
    }
    for one in seen.iter().filter(|one| !one.question.is_about_traffic()) {
        if let Some(evidence) = lanes.get_mut(&lane(one, classify(one, roles))) {
            evidence.measure(one);
        }
    }
    if seen.iter().any(|one| one.operation.is_some()) {
        for one in seen.iter().filter(|one| one.question == Question::Requests) {
            if let Some(evidence) = lanes.get_mut(&lane(one, classify(one, roles))) {
                evidence.add_operation(one);
            }
        }
    }
    via::link(&mut lanes, roles);
    let mut builder = TopologyBuilder::default();
    for (key, (app, version)) in names {
        let role = roles.fact(&key);
        let traffic = Traffic::default();
        builder.node(Node { key, app, version, role, inbound: traffic, outbound: traffic, health: Health::Idle });
    }
    for (key, edge) in edges(lanes) {
        builder.edge(key, edge);
    }
    builder.finish(tolerances)
}

/// Notes what a node is called. A workload between two versions has both; the lesser in the order of text is taken, so
/// that the order of the series does not matter.
fn name(names: &mut Map<NodeKey, (App, Version)>, key: &NodeKey, peer: &Peer) {
    let (app, version) = names.entry(key.clone()).or_insert_with(|| (App::unknown(), Version::unknown()));
    if peer.app.is_known() && (!app.is_known() || peer.app < *app) {
        *app = peer.app.clone();
    }
    if peer.version.is_known() && (!version.is_known() || peer.version < *version) {
        *version = peer.version.clone();
    }
}

/// One edge for each lane; but where a ztunnel carries the requests that an Envoy at one end reads, both layers are one
/// edge.
fn edges(mut lanes: Map<Lane, Evidence>) -> Vec<(EdgeKey, Edge)> {
    let mut edges = Vec::new();
    let streams: Vec<Lane> =
        lanes.keys().filter(|lane| lane.protocol == Protocol::Tcp && !lane.logical).cloned().collect();
    for lane in streams {
        let rate = |lane: &Lane| lanes.get(lane).map_or(0.0, requests_of);
        let carrier = [Protocol::Http, Protocol::Grpc]
            .map(|protocol| Lane { protocol, ..lane.clone() })
            .into_iter()
            .filter(|lane| lanes.contains_key(lane))
            .max_by(|one, other| rate(one).total_cmp(&rate(other)));
        let Some(l7) = carrier.filter(|_| lanes.get(&lane).is_some_and(Evidence::is_carried_by_ztunnel)) else {
            continue;
        };
        if let (Some(l4), Some(evidence)) = (lanes.remove(&lane), lanes.remove(&l7)) {
            edges.push((key_of(l7), edge(&evidence, Some(&l4))));
        }
    }
    edges.extend(lanes.into_iter().map(|(lane, evidence)| {
        let streams = (lane.protocol == Protocol::Tcp).then_some(&evidence);
        let edge = edge(&evidence, streams);
        (key_of(lane), edge)
    }));
    edges
}

fn requests_of(evidence: &Evidence) -> f64 {
    requests(evidence).map_or(0.0, |(requests, _)| requests.rate.0)
}

fn key_of(lane: Lane) -> EdgeKey {
    EdgeKey { source: lane.source, target: lane.target, protocol: lane.protocol, logical: lane.logical }
}

/// The facts of an edge: requests from `evidence`, bytes and connections from `streams` (which may be the same).
fn edge(evidence: &Evidence, streams: Option<&Evidence>) -> Edge {
    let both = || std::iter::once(evidence).chain(streams);
    let kind = kind(both().flat_map(|one| one.reports.values()));
    let secured = both().map(Evidence::security);
    let (requests, operations) = requests(evidence).unzip();
    Edge {
        source: 0,
        target: 0,
        protocol: Protocol::Tcp,
        kind,
        logical: false,
        via: evidence.via.first().cloned(),
        told: Told::Nothing,
        requests,
        operations: operations.unwrap_or_default(),
        bytes: streams.and_then(|l4| bytes(l4, kind)),
        connections: streams.and_then(|l4| connections(l4, kind)),
        security: secured
            .reduce(|one, other| if one == Security::Unknown { other } else { one })
            .unwrap_or(Security::Unknown),
        identities: Set::of(both().flat_map(|one| one.identities.iter())).into_iter().cloned().collect(),
        services: Set::of(both().flat_map(|one| one.services.iter())).into_iter().cloned().collect(),
        reporters: Set::of(both().flat_map(|one| one.reports.keys().map(|(reporter, _)| *reporter)))
            .into_iter()
            .collect(),
    }
}

/// Two reporters of one edge may see different kinds of hop (a gateway says "requests", the server's ztunnel "from a
/// gateway"); the more telling one names the edge, and of equals the one with more traffic. What stands still, such as a
/// way that was taken long ago, names it only when nothing else does.
fn kind<'a>(reports: impl Iterator<Item = &'a Report>) -> HopKind {
    let kinds = reports.flat_map(|report| report.kinds.iter());
    let rank = |kind: HopKind, amount: f64| (amount > 0.0, precedence(kind));
    kinds
        .max_by(|(one, less), (other, more)| {
            rank(**one, **less).cmp(&rank(**other, **more)).then(less.total_cmp(more)).then(one.cmp(other))
        })
        .map_or(HopKind::Unclassified, |(kind, _)| *kind)
}

fn precedence(kind: HopKind) -> u8 {
    match kind {
        HopKind::Unclassified => 0,
        HopKind::Requests | HopKind::Streams => 1,
        HopKind::Ambient | HopKind::UnknownClient | HopKind::PlaintextToAmbient | HopKind::AmbientToPlain => 2,
        HopKind::Mixed => 3,
        _ => 4,
    }
}

/// Requests, and the same by what they are about.
fn requests(evidence: &Evidence) -> Option<(Requests, Operations)> {
    let arrived = |report: &Report| report.requests.requests - report.unsent.requests;
    let says = |report: &Report| (!report.requests.responses.is_empty()).then(|| arrived(report));
    let (reporter, report) = evidence.choose(REQUEST_ORDER, false, &|_, report| says(report))?;
    let of_client = |who: Reporter, report: &Report| says(report).filter(|_| who == Reporter::Source);
    let client = evidence.choose(REQUEST_ORDER, false, &of_client).filter(|_| reporter != Reporter::Source);
    let unsent = client.map(|(_, client)| &client.unsent).filter(|unsent| unsent.requests > 0.0);
    let mut operations = report.operations.clone();
    if operations.iter().all(|(name, _)| name.is_none()) {
        operations.clear();
    } else if let (Some(unsent), Some(unknown)) = (unsent, tally_of(&mut operations, None)) {
        *unknown = unknown.clone().plus(unsent);
    }
    let total = match unsent {
        Some(unsent) => report.requests.clone().plus(unsent),
        None => report.requests.clone(),
    };
    let named = operations.into_iter().map(|(name, tally)| (name, tallied(tally, reporter)));
    let total = Requests { measured: measured(evidence, reporter, report), ..tallied(total, reporter) };
    Some((total, named.collect()))
}

/// Requests as they were counted.
fn tallied(tally: Tally, reporter: Reporter) -> Requests {
    let responses = tally.responses.into_entries().into_iter();
    let mut responses: Vec<(String, String, PerSec)> =
        responses.map(|((code, flags), rate)| (code, flags, PerSec(rate))).collect();
    order::sort_by(&mut responses, |(.., one), (.., other)| other.0.total_cmp(&one.0));
    Requests {
        rate: PerSec(tally.requests),
        failures: PerSec(tally.failures),
        client_errors: PerSec(tally.client_errors),
        responses,
        reporter,
        measured: None,
    }
}

/// What is measured of requests, by whoever counts them where that one measures anything.
fn measured(evidence: &Evidence, counts: Reporter, report: &Report) -> Option<Measured> {
    let measures = |report: &Report| report.measures().then_some(report.requests.requests);
    let (reporter, report) = measures(report)
        .map(|_| (counts, report))
        .or_else(|| evidence.choose(REQUEST_ORDER, false, &|_, report| measures(report)))?;
    Some(Measured {
        requests: PerSec(report.requests.requests),
        took_secs: report.duration.map(|millis| millis / 1_000.0),
        sizes: report.sizes.map(|rate| rate.map(BytesPerSec)),
        messages: report.messages.map(|rate| rate.map(PerSec)),
        reporter,
    })
}

fn bytes(evidence: &Evidence, kind: HopKind) -> Option<Bytes> {
    let (reporter, report) = evidence.choose(byte_order(kind), true, &|_, report| report.bytes())?;
    Some(Bytes {
        sent: BytesPerSec(report.bytes_sent.unwrap_or_default()),
        received: BytesPerSec(report.bytes_received.unwrap_or_default()),
        reporter,
        emitter: report.emitters.last().copied().unwrap_or(Emitter::Undetermined),
    })
}

/// Where nobody counts those that were opened, those that were closed are all that is known.
///
/// Some failures only one end can see: the client's, that nobody answers; the server's, until Istio 1.23, that a policy
/// refuses. Whoever saw more of them is believed.
fn connections(evidence: &Evidence, kind: HopKind) -> Option<Connections> {
    let order = byte_order(kind);
    let some_opened = evidence.reports.values().any(|report| report.opened.is_some());
    let opened = |report: &Report| if some_opened { report.opened } else { report.closed.map(|_| 0.0) };
    let (_, most) = evidence.choose(order, true, &|_, report| opened(report).map(|_| report.closed_failed))?;
    let saw_them = |report: &Report| report.closed_failed >= most.closed_failed;
    let (reporter, report) = evidence.choose(order, true, &|_, report| opened(report).filter(|_| saw_them(report)))?;
    Some(Connections {
        opened: PerSec(report.opened.unwrap_or_default()),
        closed: report.closed.map(PerSec),
        failed: PerSec(report.closed_failed),
        active: report.active,
        reporter,
    })
}
