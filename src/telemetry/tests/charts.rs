//! What charts show, against what the graph says: the same bytes, by the same reporter.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::answer::answer;
use super::case::Case;
use super::facts;
use super::known_mesh::Mesh;
use super::picture::short;
use super::series::{Report, Series, all, bare, both, envoy, up, wp, zt};
use super::{direct, outside, waypoints};
use crate::mesh::{Edge, EdgeKey, HopKind, Reporter, Topology};
use crate::promql::Label;
use crate::quantity::{Duration, Instant};
use crate::telemetry::flow::{Basis, Flow, FlowLane, FlowSubject, Question, Reading, bases, judge, queries};

/// The readings of one basis.
fn readings(subject: &FlowSubject, basis: Basis, series: &[Series]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for query in queries(subject, basis, Duration::from_mins(5), &[]) {
        for row in answer(&query.expr, series) {
            let get = |label: &Label| row.labels.get(label.as_str()).map(String::as_str);
            let points = vec![(Instant::default(), row.value)];
            readings.extend(Reading::read(subject, basis, (query.question, query.side), &get, points));
        }
    }
    readings
}

/// The first flow that is not idle, else the first.
fn chart(subject: &FlowSubject, series: &[Series]) -> Option<Flow> {
    let mut flows: Vec<Flow> =
        bases(subject).iter().filter_map(|&basis| judge(subject, basis, &readings(subject, basis, series))).collect();
    let place = flows.iter().position(|flow| !flow.idle).unwrap_or(0);
    (!flows.is_empty()).then(|| flows.swap_remove(place))
}

/// Bytes of the chosen lines one way, and who told them.
fn told(flow: &Flow, question: Question) -> (f64, BTreeSet<Reporter>) {
    let chosen = || flow.lines.iter().filter(|line| line.chosen && line.question == question);
    let bytes = chosen().flat_map(|line| &line.points).map(|(_, value)| value).sum();
    (bytes, chosen().map(|line| line.reporter).collect())
}

fn lanes(topology: &Topology) -> impl Iterator<Item = (EdgeKey, &Edge)> {
    topology.edges.iter().filter_map(|edge| Some((topology.edge_key(edge)?, edge)))
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// What is wrong with the charts of a graph's edges.
fn disagreements(series: &[Series]) -> Vec<String> {
    let topology = super::read(series).topology();
    let mut wrong = Vec::new();
    for (key, edge) in lanes(&topology) {
        let Some(bytes) = edge.bytes else { continue };
        let name = format!("{} > {} {} {}", short(&key.source), short(&key.target), edge.kind.as_str(), key.logical);
        let Some(flow) = chart(&FlowSubject::edge(FlowLane::of(key, edge)), series) else {
            wrong.push(format!("{name}: nothing"));
            continue;
        };
        let ((sent, by), (received, _)) = (told(&flow, Question::Sent), told(&flow, Question::Received));
        let is_idle = bytes.sent.0 + bytes.received.0 == 0.0;
        let agrees = near(sent, bytes.sent.0) && near(received, bytes.received.0) && flow.basis == Basis::Tcp;
        let by_whom = by.is_empty() || by.contains(&bytes.reporter) && by.len() == 1;
        if !(is_idle || agrees && by_whom) {
            wrong.push(format!("{name}: chart {sent} {received} {by:?}, graph {bytes:?}"));
        }
    }
    wrong
}

macro_rules! list {
    ($($file:ident: $($fact:ident),+;)+) => {
        [$($((stringify!($fact), $file::$fact as fn() -> Case)),+),+]
    };
}

#[test]
fn the_chart_of_every_edge_shows_the_bytes_of_the_graph() {
    for (fact, case) in facts::each_fact!(list) {
        let none: &[String] = &[];
        assert_eq!(disagreements(&case().series), none, "{fact}");
        assert_eq!(disagreements(&bare(case().series)), none, "{fact}, without pod labels");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn charts_and_graph_agree_whoever_is_scraped(
        flows in super::totals::flows(), unscraped in super::totals::unscraped(), bare: bool
    ) {
        let wrong = disagreements(&Mesh::of(&flows).series(&unscraped, bare));
        prop_assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

const W: &str = "shop/waypoint";
const GW: &str = "ing/gw-istio";
const SVC: &str = "api.shop.svc.cluster.local";
const MESH: &str = "istio.io-mesh-controller";

fn streams(report: Report) -> Report {
    report.rx(10.0).tx(20.0)
}

fn sized(report: Report) -> Report {
    report.rq(1.0).metric("istio_request_bytes_sum", 10.0).metric("istio_response_bytes_sum", 20.0)
}

/// A hop to or from the waypoint, which is declared, seen as this report sees it.
fn with_waypoint(report: Report) -> Vec<Series> {
    all([report, up(MESH, W)])
}

/// Whatever kind of hop it is, whoever reports it, 10 B/s go one way and 20 the other.
#[test]
fn every_kind_of_hop_has_its_chart() {
    use HopKind as K;
    let (source, destination) = ("source", "destination");
    let captured = |workload| zt(source, workload, "shop/else").opened(0.0);
    let sided = |workload| envoy(destination, "old/else", workload).rq(0.0);
    let host = |report: Report, name: &str| report.service("api.example", name, "egress");
    let cases: Vec<(K, Basis, Vec<Series>)> = vec![
        (K::Requests, Basis::Http, all([sized(envoy(destination, "old/a", "old/b").svc(SVC))])),
        (K::Requests, Basis::Http, all([sized(envoy(source, "old/a", "old/b").svc(SVC))])),
        (K::Streams, Basis::Tcp, all([streams(envoy(source, "old/a", "old/b").svc(SVC))])),
        (K::Ambient, Basis::Tcp, all([streams(zt(source, "shop/a", "shop/b"))])),
        (K::Ambient, Basis::Tcp, all([streams(zt(destination, "shop/a", "c2:shop/b"))])),
        (K::ClientToWaypoint, Basis::Tcp, with_waypoint(streams(zt(source, "shop/a", W).svc(SVC)))),
        (K::ClientToWaypoint, Basis::Tcp, with_waypoint(streams(zt(destination, "shop/a", W).svc(SVC)))),
        (K::GatewayToWaypoint, Basis::Http, with_waypoint(sized(envoy(source, GW, W).svc(SVC)))),
        (K::WaypointToWorkload, Basis::Tcp, with_waypoint(streams(zt(destination, W, "shop/b")))),
        (K::WaypointToSidecar, Basis::Http, with_waypoint(sized(envoy(destination, W, "old/b").svc(SVC)))),
        (K::LogicalRequests, Basis::Http, with_waypoint(sized(wp(W, "shop/a", "shop/b").svc(SVC)))),
        (K::LogicalStreams, Basis::Tcp, with_waypoint(streams(wp(W, "shop/a", "shop/b").svc(SVC)))),
        // As until Istio 1.21: the reporter is `destination`, the server's namespace the waypoint's own.
        (
            K::LogicalStreams,
            Basis::Tcp,
            with_waypoint(streams(
                wp(W, "data/a", "shop/b").with("reporter", "destination").svc("b.data.svc.cluster.local"),
            )),
        ),
        // A waypoint for workloads names no server.
        (K::LogicalStreams, Basis::Tcp, with_waypoint(streams(wp(W, "shop/a", "unknown")))),
        (
            K::Transit,
            Basis::Tcp,
            all([
                streams(wp("ing/eastwest", "shop/a", "shop/b").svc(SVC)),
                up("istio.io-eastwest-controller", "ing/eastwest"),
            ]),
        ),
        (
            K::GatewayToAmbient,
            Basis::Tcp,
            all([streams(zt(destination, GW, "shop/b").svc(SVC)), sized(envoy(source, GW, "shop/b").svc(SVC))]),
        ),
        (
            K::Mixed,
            Basis::Tcp,
            all([
                streams(zt(source, "shop/a", "old/b").svc(SVC)),
                sided("old/b"),
                envoy(destination, "shop/a", "old/b").rx(1.0),
            ]),
        ),
        (K::PlaintextToAmbient, Basis::Tcp, all([streams(zt(destination, "legacy/a", "shop/b").plaintext())])),
        (K::AmbientToPlain, Basis::Tcp, all([streams(zt(source, "shop/a", "legacy/b").plaintext())])),
        (K::AmbientPassthrough, Basis::Tcp, all([streams(zt(source, "shop/a", "unknown").plaintext())])),
        (
            K::Passthrough,
            Basis::Tcp,
            all([streams(envoy(source, "old/a", "unknown").service("unknown", "PassthroughCluster", "unknown"))]),
        ),
        (K::Passthrough, Basis::Http, all([sized(host(envoy(source, "old/a", "unknown"), "PassthroughCluster"))])),
        (K::Blocked, Basis::Http, all([sized(host(envoy(source, "old/a", "unknown"), "BlackHoleCluster"))])),
        (
            K::InboundPassthrough,
            Basis::Tcp,
            all([streams(host(envoy(destination, "old/a", "old/b"), "InboundPassthroughCluster"))]),
        ),
        (
            K::Egress,
            Basis::Tcp,
            all([streams(host(zt(source, "shop/a", "egress/api-se").plaintext(), "api-se")), captured("shop/a")]),
        ),
        (K::Egress, Basis::Http, all([sized(host(envoy(source, "old/a", "unknown"), "api.example"))])),
        (K::Egress, Basis::Tcp, with_waypoint(streams(host(wp(W, "shop/a", "unknown"), "api.example")))),
        (K::NoBackend, Basis::Http, all([sized(envoy(source, "old/a", "unknown").svc(SVC))])),
        (K::NoBackend, Basis::Tcp, with_waypoint(streams(wp(W, "shop/a", "unknown").svc(SVC)))),
        (K::Infrastructure, Basis::Tcp, all(both("shop/a", "istio-system/ztunnel", "unknown", 10.0, 20.0))),
        (K::UnknownClient, Basis::Http, all([sized(envoy(destination, "unknown", "old/b").policy("none").svc(SVC))])),
        (
            K::UnknownClient,
            Basis::Tcp,
            all([streams(zt(destination, "unknown", "shop/b").principal("spiffe://td/ns/shop/sa/a"))]),
        ),
        (K::Unclassified, Basis::Tcp, all([streams(envoy(destination, "old/a", "unknown"))])),
    ];
    for (kind, basis, series) in &cases {
        let topology = super::read(series).topology();
        let found: Vec<_> = lanes(&topology).filter(|(_, edge)| edge.kind == *kind).collect();
        let [(key, edge)] = found.as_slice() else { panic!("{kind:?} in {:#?}", topology.edges) };
        let subject = FlowSubject::edge(FlowLane::of(key.clone(), edge));
        let flow = chart(&subject, series).unwrap_or_else(|| panic!("{kind:?}: nothing for {subject:?}"));
        let ways = [Question::Sent, Question::Received].map(|question| told(&flow, question).0);
        assert_eq!((flow.basis, ways), (*basis, [10.0, 20.0]), "{kind:?} {subject:?}");
    }
    let covered: BTreeSet<HopKind> = cases.into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(covered.len(), HopKind::ALL.len(), "{covered:?}");
}

/// The client's side is not scraped, nor the server's: the waypoint tells what passed over its legs.
#[test]
fn a_leg_that_nobody_counts_is_told_by_its_waypoint() {
    let opened = |report: Report| report.svc(SVC).opened(1.0);
    let series = all([
        opened(zt("source", "shop/a", W)),
        opened(zt("destination", W, "shop/b")),
        streams(wp(W, "shop/a", "shop/b").svc(SVC)),
        up(MESH, W),
    ]);
    let topology = super::read(&series).topology();
    let legs: Vec<_> = lanes(&topology).filter(|(key, _)| !key.logical).collect();
    assert_eq!(legs.len(), 2);
    for (key, edge) in legs {
        let flow = chart(&FlowSubject::edge(FlowLane::of(key, edge)), &series).unwrap();
        assert_eq!((flow.basis, told(&flow, Question::Sent).0), (Basis::TcpAtWaypoint, 10.0));
    }
}

/// `web` calls the waypoint, and the waypoint calls `web`: two edges, each by the side that counts it.
#[test]
fn both_ways_between_a_waypoint_and_a_workload_have_their_own_chart() {
    let series = all([
        zt("source", "shop/web", W).svc(SVC).rx(1.0).tx(2.0),
        zt("destination", W, "shop/web").svc(SVC).rx(30.0).tx(40.0),
        up(MESH, W),
    ]);
    let topology = super::read(&series).topology();
    let mut seen = BTreeSet::new();
    for (key, edge) in lanes(&topology) {
        let flow = chart(&FlowSubject::edge(FlowLane::of(key, edge)), &series).unwrap();
        let ((sent, by), (received, _)) = (told(&flow, Question::Sent), told(&flow, Question::Received));
        seen.insert((sent as u8, received as u8, by));
    }
    let expect = [(1, 2, Reporter::Source), (30, 40, Reporter::Destination)];
    assert_eq!(seen, expect.map(|(sent, received, by)| (sent, received, BTreeSet::from([by]))).into());
}

/// The chart of the logical edge to `redis`, its client's hop known to lead nowhere else if it does.
fn chart_of_redis(series: &[Series]) -> (bool, Option<(Basis, f64)>) {
    let topology = super::read(series).topology();
    let is_it = |(key, edge): &(EdgeKey, &Edge)| key.logical && edge.services.iter().any(|host| host.as_str() == SVC);
    let (key, edge) = lanes(&topology).find(is_it).expect("the logical edge");
    let alone = topology.has_leg_alone(edge);
    let subject = FlowSubject::edge(FlowLane { alone, ..FlowLane::of(key, edge) });
    (alone, chart(&subject, series).map(|flow| (flow.basis, told(&flow, Question::Sent).0)))
}

#[test]
fn streams_that_no_waypoint_counts_are_estimated_from_the_hop_to_it() {
    let other = "other.shop.svc.cluster.local";
    let told = || {
        vec![
            wp(W, "shop/a", "shop/b").svc(SVC).opened(1.0),
            zt("source", "shop/a", W).svc(SVC).rx(10.0),
            zt("source", "shop/a", W).svc(other).rx(500.0),
            zt("source", "shop/c", W).svc(SVC).rx(700.0),
            wp(W, "shop/a", "shop/d").svc(other).opened(1.0),
            up(MESH, W),
        ]
    };
    let check = |more: Vec<Report>, expect| {
        let series: Vec<Series> = told().into_iter().chain(more).flat_map(|report| all([report])).collect();
        assert_eq!(chart_of_redis(&series), expect);
    };
    check(vec![], (true, Some((Basis::TcpOfLeg, 10.0))));
    let counted = wp(W, "shop/a", "shop/b").svc(SVC).rx(8.0);
    check(vec![counted], (true, Some((Basis::Tcp, 8.0))));
    // Behind the waypoint are two servers: whose bytes these are is not told.
    check(vec![wp(W, "shop/a", "shop/b2").svc(SVC).opened(1.0)], (false, None));
}
