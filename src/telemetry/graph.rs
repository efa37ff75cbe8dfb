//! From observations to the graph: one reporter for each edge, nothing counted twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::mesh::{
    App, Bytes, Connections, Edge, EdgeKey, Emitter, Health, HopKind, Node, NodeKey, Protocol, Reporter, Requests,
    Security, Tolerances, Topology, TopologyBuilder, Traffic, Version,
};
use crate::quantity::{BytesPerSec, PerSec};

use super::classify::{REQUEST_ORDER, byte_order, classify};
use super::ends;
use super::observation::{Observation, Peer};
use super::pair::{Evidence, Lane, Report};
use super::roles::Roles;

/// How many different hosts of one cluster's passthrough traffic get a node of their own; they come from Host headers
/// and can be any number.
const PASSTHROUGH_HOSTS: usize = 20;

/// Builds the graph. Equal observations in any order give an equal topology.
pub fn topology(seen: &[Observation], roles: &Roles, tolerances: Tolerances) -> Topology {
    let mut lanes: BTreeMap<Lane, Evidence> = BTreeMap::new();
    let mut names: BTreeMap<NodeKey, (App, Version)> = BTreeMap::new();
    let few_hosts = frequent_passthrough_hosts(seen);
    for one in seen {
        let kind = classify(one, roles);
        let mut target = ends::target(one, kind);
        if matches!(target, NodeKey::Passthrough { .. }) && !few_hosts.contains(&target) {
            let cluster = one.destination.cluster.clone();
            target = NodeKey::Passthrough { cluster, host: crate::mesh::Host::unknown() };
        }
        let source = ends::source(one);
        name(&mut names, &source, &one.source);
        name(&mut names, &target, &one.destination);
        let logical = one.reporter == Reporter::Waypoint;
        let evidence = lanes.entry(Lane { source, target, protocol: one.protocol, logical }).or_default();
        evidence.add(one, kind);
        if logical && one.emitter_pod.workload.is_known() {
            evidence.via.insert(waypoint_key(one));
        }
    }
    link_by_service(&mut lanes, roles);
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

fn name(names: &mut BTreeMap<NodeKey, (App, Version)>, key: &NodeKey, peer: &Peer) {
    let (app, version) = names.entry(key.clone()).or_insert_with(|| (App::unknown(), Version::unknown()));
    if !app.is_known() {
        *app = peer.app.clone();
    }
    if !version.is_known() {
        *version = peer.version.clone();
    }
}

fn waypoint_key(seen: &Observation) -> NodeKey {
    NodeKey::Workload {
        cluster: seen.source.cluster.clone(),
        namespace: seen.emitter_pod.namespace.clone(),
        workload: seen.emitter_pod.workload.clone(),
    }
}

fn frequent_passthrough_hosts(seen: &[Observation]) -> BTreeSet<NodeKey> {
    let mut rates: BTreeMap<NodeKey, f64> = BTreeMap::new();
    for one in seen.iter().filter(|one| one.service.name == "PassthroughCluster" && one.service.host.is_known()) {
        *rates.entry(ends::target(one, HopKind::Passthrough)).or_default() += one.rate;
    }
    let mut by_rate: Vec<(NodeKey, f64)> = rates.into_iter().collect();
    by_rate.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut first_of_cluster = |key: &NodeKey| {
        let count = taken.entry(key.cluster().map(ToString::to_string).unwrap_or_default()).or_default();
        *count += 1;
        *count <= PASSTHROUGH_HOSTS
    };
    by_rate.into_iter().map(|(key, _)| key).filter(|key| first_of_cluster(key)).collect()
}

/// Finds the waypoint of a logical lane whose series don't tell their pod: the only waypoint to which the same client has
/// a leg for the same service.
fn link_by_service(lanes: &mut BTreeMap<Lane, Evidence>, roles: &Roles) {
    let is_waypoint = |key: &NodeKey| roles.fact(key).role == crate::mesh::Role::Waypoint;
    let legs: Vec<(Lane, Evidence)> = lanes
        .iter()
        .filter(|(lane, _)| is_waypoint(&lane.target))
        .map(|(lane, evidence)| (lane.clone(), evidence.clone()))
        .collect();
    for (lane, evidence) in lanes.iter_mut().filter(|(lane, evidence)| lane.logical && evidence.via.is_empty()) {
        let shares = |leg: &Evidence| !leg.services.is_disjoint(&evidence.services);
        let found: BTreeSet<&NodeKey> = legs
            .iter()
            .filter(|(leg, of_leg)| leg.source == lane.source && shares(of_leg))
            .map(|(leg, _)| &leg.target)
            .collect();
        if let (1, Some(only)) = (found.len(), found.first()) {
            evidence.via.insert((*only).clone());
        }
    }
}

/// One edge for each lane; but where a ztunnel carries the requests that an Envoy at one end reads, both layers are one
/// edge.
fn edges(mut lanes: BTreeMap<Lane, Evidence>) -> Vec<(EdgeKey, Edge)> {
    let mut edges = Vec::new();
    let streams: Vec<Lane> =
        lanes.keys().filter(|lane| lane.protocol == Protocol::Tcp && !lane.logical).cloned().collect();
    for lane in streams {
        let carrier = [Protocol::Http, Protocol::Grpc]
            .map(|protocol| Lane { protocol, ..lane.clone() })
            .into_iter()
            .filter(|lane| lanes.contains_key(lane))
            .max_by(|one, other| requests_of(&lanes[one]).total_cmp(&requests_of(&lanes[other])));
        let by_ztunnel =
            |evidence: &Evidence| evidence.reports.values().any(|report| report.emitters.contains(&Emitter::Ztunnel));
        let Some(l7) = carrier.filter(|_| lanes.get(&lane).is_some_and(by_ztunnel)) else { continue };
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
    evidence.choose(REQUEST_ORDER, |report| Some(report.requests)).map_or(0.0, |(_, report)| report.requests)
}

fn key_of(lane: Lane) -> EdgeKey {
    EdgeKey { source: lane.source, target: lane.target, protocol: lane.protocol, logical: lane.logical }
}

/// The facts of an edge: requests from `evidence`, bytes and connections from `streams` (which may be the same).
fn edge(evidence: &Evidence, streams: Option<&Evidence>) -> Edge {
    let kinds = || evidence.reports.values().chain(streams.into_iter().flat_map(|l4| l4.reports.values()));
    let kind = kinds().flat_map(|report| report.kinds.iter().copied()).max_by_key(|kind| precedence(*kind));
    let kind = kind.unwrap_or(HopKind::Unclassified);
    let both = || std::iter::once(evidence).chain(streams);
    let secured = both().map(|one| Security::from_shares(one.mutual, one.plaintext));
    Edge {
        source: 0,
        target: 0,
        protocol: Protocol::Tcp,
        kind,
        logical: false,
        via: evidence.via.first().cloned(),
        requests: requests(evidence),
        bytes: streams.and_then(|l4| bytes(l4, kind)),
        connections: streams.and_then(|l4| connections(l4, kind)),
        security: secured
            .reduce(|one, other| if one == Security::Unknown { other } else { one })
            .unwrap_or(Security::Unknown),
        identities: both().flat_map(|one| &one.identities).cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        services: both().flat_map(|one| &one.services).cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        reporters: both().flat_map(|one| one.reports.keys().copied()).collect::<BTreeSet<_>>().into_iter().collect(),
    }
}

/// Two reporters of one edge may see different kinds of hop (a gateway says "requests", the server's ztunnel "from a
/// gateway"); the more telling one names the edge.
fn precedence(kind: HopKind) -> u8 {
    match kind {
        HopKind::Unclassified => 0,
        HopKind::Requests | HopKind::Streams => 1,
        HopKind::Ambient | HopKind::UnknownClient => 2,
        HopKind::Mixed => 3,
        _ => 4,
    }
}

fn requests(evidence: &Evidence) -> Option<Requests> {
    let (reporter, report) =
        evidence.choose(REQUEST_ORDER, |report| (!report.responses.is_empty()).then_some(report.requests))?;
    let mut total = report.clone();
    let client = evidence.reports.get(&Reporter::Source).filter(|_| reporter != Reporter::Source);
    for (response, rate) in client.into_iter().flat_map(|client| &client.unsent) {
        total.requests += rate;
        total.failures += rate;
        *total.responses.entry(response.clone()).or_default() += rate;
    }
    let mut responses: Vec<(String, String, PerSec)> =
        total.responses.into_iter().map(|((code, flags), rate)| (code, flags, PerSec(rate))).collect();
    responses.sort_by(|(.., one), (.., other)| other.0.total_cmp(&one.0));
    Some(Requests {
        rate: PerSec(total.requests),
        failures: PerSec(total.failures),
        client_errors: PerSec(total.client_errors),
        responses,
        reporter,
    })
}

fn bytes(evidence: &Evidence, kind: HopKind) -> Option<Bytes> {
    let (reporter, report) = evidence.choose(byte_order(kind), Report::bytes)?;
    Some(Bytes {
        sent: BytesPerSec(report.bytes_sent.unwrap_or_default()),
        received: BytesPerSec(report.bytes_received.unwrap_or_default()),
        reporter,
        emitter: report.emitters.last().copied().unwrap_or(Emitter::Undetermined),
    })
}

fn connections(evidence: &Evidence, kind: HopKind) -> Option<Connections> {
    let (reporter, report) = evidence.choose(byte_order(kind), |report| report.opened)?;
    Some(Connections {
        opened: PerSec(report.opened.unwrap_or_default()),
        failed: PerSec(report.closed_failed),
        reporter,
    })
}
