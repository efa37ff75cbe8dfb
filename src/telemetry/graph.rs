//! From observations to the graph: one reporter for each edge, nothing counted twice.

use crate::mesh::{
    Bytes, Connections, Edge, HopKind, Measured, Node, NodeKey, Operations, Protocol, Reporter, Requests, Security,
    Told, Tolerances, Topology,
};
use crate::order;
use crate::order::{Set, sort_by_number};
use crate::quantity::{BytesPerSec, PerSec};

use super::classify::{REQUEST_ORDER, byte_order};
use super::lanes::Lanes;
use super::observation::Observation;
use super::pair::{Evidence, Lane, Report, Tally, tally_of};
use super::roles::Roles;
use super::via::{self, Leg};

/// Builds the graph. Equal observations in any order give an equal topology, up to the rounding of sums.
pub fn topology(seen: &[Observation], roles: &Roles, tolerances: Tolerances) -> Topology {
    let lanes = Lanes::of(seen, roles);
    let (nodes, ranks) = lanes.ranks();
    let legs = lanes.legs(roles);
    let operations = seen.iter().any(|one| one.operation.is_some());
    let rank = |node: usize| ranks.get(node).copied().unwrap_or_default();
    let all = lanes.lanes();
    let mut edges = Vec::with_capacity(all.len());
    let sorted = sorted(all, nodes.len(), &rank);
    let ends = |place: u32| all.get(place as usize).map(|lane| (lane.source, lane.target));
    let mut found: Vec<(Lane, Evidence)> = Vec::new();
    for between in sorted.chunk_by(|one, other| ends(*one) == ends(*other)) {
        found.clear();
        for place in between {
            let place = *place as usize;
            if let Some(lane) = all.get(place) {
                found.push((*lane, lanes.evidence(place, operations)));
            }
        }
        let streams = if found.len() > 1 { taken_streams(&mut found) } else { None };
        for (lane, evidence) in &found {
            let carried = streams.as_ref().filter(|(carrier, _)| carrier == lane).map(|(_, l4)| l4);
            let l4 = carried.or((lane.protocol == Protocol::Tcp).then_some(evidence));
            let via = if lane.logical { waypoint(*lane, evidence, &legs) } else { None };
            edges.push(edge(*lane, [rank(lane.source), rank(lane.target)], via, evidence, l4));
        }
    }
    let nodes: Vec<Node> = nodes.into_iter().filter_map(|node| lanes.node(node, roles)).collect();
    Topology::of(nodes, edges, tolerances)
}

/// The places of lanes in the order of their edges.
fn sorted(lanes: &[Lane], nodes: usize, rank: &dyn Fn(usize) -> usize) -> Vec<u32> {
    let of = |number: &dyn Fn(&Lane) -> usize, place: u32| lanes.get(place as usize).map_or(0, number);
    let places: Vec<u32> = (0..lanes.len() as u32).collect();
    let rest = |lane: &Lane| (lane.protocol as usize) << 1 | usize::from(lane.logical);
    let places = sort_by_number(&places, 6, &|place| of(&rest, place));
    let places = sort_by_number(&places, nodes, &|place| of(&|lane| rank(lane.target), place));
    sort_by_number(&places, nodes, &|place| of(&|lane| rank(lane.source), place))
}

/// Where a ztunnel carries the requests that an Envoy at one end reads, both layers are one edge: takes the ztunnel's out
/// of the lanes between two nodes, and tells whose it is.
fn taken_streams<'a>(between: &mut Vec<(Lane, Evidence<'a>)>) -> Option<(Lane, Evidence<'a>)> {
    let l4 = between.iter().position(|(lane, evidence)| {
        lane.protocol == Protocol::Tcp && !lane.logical && evidence.is_carried_by_ztunnel()
    })?;
    let l7 = between.iter().filter(|(lane, _)| lane.protocol != Protocol::Tcp && !lane.logical);
    let (carrier, _) = l7.max_by(|(_, one), (_, other)| requests_of(one).total_cmp(&requests_of(other)))?;
    let carrier = *carrier;
    Some((carrier, between.remove(l4).1))
}

fn requests_of(evidence: &Evidence) -> f64 {
    requests(evidence).map_or(0.0, |(requests, _)| requests.rate.0)
}

fn waypoint(lane: Lane, evidence: &Evidence, legs: &[Leg]) -> Option<NodeKey> {
    let of_client = || legs.iter().filter(|leg| leg.client == lane.source).collect::<Vec<_>>();
    via::waypoint(&evidence.via, &evidence.services, &of_client())
}

/// The facts of an edge: requests from `evidence`, bytes and connections from `streams` (which may be the same).
fn edge<'a>(
    lane: Lane,
    [source, target]: [usize; 2],
    via: Option<NodeKey>,
    evidence: &Evidence<'a>,
    streams: Option<&Evidence<'a>>,
) -> Edge {
    let streams_apart = streams.filter(|streams| !std::ptr::eq(*streams, evidence));
    let both = || std::iter::once(evidence).chain(streams_apart);
    let kind = kind(both().flat_map(|one| one.reports.iter()));
    let secured = both().map(Evidence::security);
    let (requests, operations) = requests(evidence).unzip();
    Edge {
        source,
        target,
        protocol: lane.protocol,
        kind,
        logical: lane.logical,
        via,
        told: Told::Nothing,
        requests,
        operations: operations.unwrap_or_default(),
        bytes: streams.and_then(|l4| bytes(l4, kind)),
        connections: streams.and_then(|l4| connections(l4, kind)),
        security: secured
            .reduce(|one, other| if one == Security::Unknown { other } else { one })
            .unwrap_or(Security::Unknown),
        identities: united(both().map(|one| &one.identities)),
        services: united(both().map(|one| &one.services)),
        reporters: Reporter::ALL
            .into_iter()
            .filter(|reporter| both().any(|one| one.reports.iter().any(|report| report.reporter == *reporter)))
            .collect(),
    }
}

/// All that is in one of some sets.
fn united<'a, T: Clone + Ord + 'a>(mut sets: impl Iterator<Item = &'a Set<&'a T>>) -> Vec<T> {
    match (sets.next(), sets.next()) {
        (Some(one), Some(other)) => Set::of(one.iter().chain(other.iter()).copied()).iter().copied().cloned().collect(),
        (Some(one), None) => one.iter().copied().cloned().collect(),
        _ => Vec::new(),
    }
}

/// Two reporters of one edge may see different kinds of hop (a gateway says "requests", the server's ztunnel "from a
/// gateway"); the more telling one names the edge, and of equals the one with more traffic. What stands still, such as a
/// way that was taken long ago, names it only when nothing else does.
fn kind<'r, 'a: 'r>(reports: impl Iterator<Item = &'r Report<'a>>) -> HopKind {
    let kinds = reports.flat_map(|report| report.kinds.iter());
    let rank = |kind: HopKind, amount: f64| (amount > 0.0, precedence(kind));
    kinds
        .max_by(|(one, less), (other, more)| {
            rank(*one, *less).cmp(&rank(*other, *more)).then(less.total_cmp(more)).then(one.cmp(other))
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
    let report = evidence.choose(REQUEST_ORDER, false, &says)?;
    let reporter = report.reporter;
    let of_client = |report: &Report| says(report).filter(|_| report.reporter == Reporter::Source);
    let client = if reporter == Reporter::Source { None } else { evidence.choose(REQUEST_ORDER, false, &of_client) };
    let unsent = client.map(|client| &client.unsent).filter(|unsent| unsent.requests > 0.0);
    let mut operations = report.operations.clone();
    if operations.iter().all(|(name, _)| name.is_none()) {
        operations.clear();
    } else if let (Some(unsent), Some(unknown)) = (unsent, tally_of(&mut operations, None)) {
        unknown.absorb(unsent);
    }
    let total = match unsent {
        Some(unsent) => {
            let mut total = report.requests.clone();
            total.absorb(unsent);
            tallied(&total, reporter)
        }
        None => tallied(&report.requests, reporter),
    };
    let named = operations.iter().map(|(name, tally)| (name.cloned(), tallied(tally, reporter)));
    Some((Requests { measured: measured(evidence, report), ..total }, named.collect()))
}

/// Requests as they were counted.
fn tallied(tally: &Tally, reporter: Reporter) -> Requests {
    let mut responses = Vec::with_capacity(tally.responses.len());
    for (ending, rate) in &tally.responses {
        responses.push((ending.code.clone(), ending.flags.clone(), PerSec(*rate)));
    }
    order::sort_by(&mut responses, |(code, flags, rate), (other_code, other_flags, other)| {
        other.0.total_cmp(&rate.0).then_with(|| (code, flags).cmp(&(other_code, other_flags)))
    });
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
fn measured(evidence: &Evidence, counts: &Report) -> Option<Measured> {
    let measures = |report: &Report| report.measures().then_some(report.requests.requests);
    let report = match measures(counts) {
        Some(_) => counts,
        None => evidence.choose(REQUEST_ORDER, false, &measures)?,
    };
    Some(Measured {
        requests: PerSec(report.requests.requests),
        took_secs: report.duration.map(|millis| millis / 1_000.0),
        sizes: report.sizes.map(|rate| rate.map(BytesPerSec)),
        messages: report.messages.map(|rate| rate.map(PerSec)),
        reporter: report.reporter,
    })
}

fn bytes(evidence: &Evidence, kind: HopKind) -> Option<Bytes> {
    let report = evidence.choose(byte_order(kind), true, &|report| report.bytes())?;
    Some(Bytes {
        sent: BytesPerSec(report.bytes_sent.unwrap_or_default()),
        received: BytesPerSec(report.bytes_received.unwrap_or_default()),
        reporter: report.reporter,
        emitter: report.emitter,
    })
}

/// Where nobody counts those that were opened, those that were closed are all that is known.
///
/// Some failures only one end can see: the client's, that nobody answers; the server's, until Istio 1.23, that a policy
/// refuses. Whoever saw more of them is believed.
fn connections(evidence: &Evidence, kind: HopKind) -> Option<Connections> {
    let order = byte_order(kind);
    let some_opened = evidence.reports.iter().any(|report| report.opened.is_some());
    let opened = |report: &Report| if some_opened { report.opened } else { report.closed.map(|_| 0.0) };
    let most = evidence.choose(order, true, &|report| opened(report).map(|_| report.closed_failed))?;
    let saw_them = |report: &Report| report.closed_failed >= most.closed_failed;
    let report = evidence.choose(order, true, &|report| opened(report).filter(|_| saw_them(report)))?;
    Some(Connections {
        opened: PerSec(report.opened.unwrap_or_default()),
        closed: report.closed.map(PerSec),
        failed: PerSec(report.closed_failed),
        active: report.active,
        reporter: report.reporter,
    })
}
