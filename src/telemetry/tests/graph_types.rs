//! Graphs of apps and services: other nodes, the same numbers.

use proptest::prelude::*;

use super::known_mesh::Mesh;
use super::picture;
use super::series::{Series, all, both, envoy, up, wp, zt};
use crate::mesh::{Edge, GraphType, Grouping, Node, NodeKey, Operation, Told, Topology, Traffic};

const TYPES: [GraphType; 4] = [GraphType::Workload, GraphType::App, GraphType::VersionedApp, GraphType::Service];

fn groupings() -> impl Iterator<Item = Grouping> {
    let between = [(false, false), (true, false), (false, true), (true, true)];
    TYPES
        .into_iter()
        .flat_map(move |graph_type| between.map(|(services, operations)| Grouping { graph_type, services, operations }))
}

fn near(one: Traffic, other: Traffic) -> bool {
    let numbers = |one: Traffic| [one.requests.0, one.errors.0, one.bytes.0];
    let close = |(one, other): (f64, f64)| (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0);
    numbers(one).into_iter().zip(numbers(other)).all(close)
}

fn sum(traffic: impl Iterator<Item = Traffic>) -> Traffic {
    traffic.fold(Traffic::default(), |sum, one| sum + one)
}

/// What is asked and what is served in all; what only passes a service on its way is not asked by it.
fn totals(topology: &Topology, services: bool) -> [Traffic; 2] {
    let is_between = |node: &&Node| match node.key {
        NodeKey::Service { .. } => services,
        ref key => is_operation(key),
    };
    let asked = sum(topology.nodes.iter().filter(|node| !is_between(node)).map(|node| node.outbound));
    let mut served = sum(topology.nodes.iter().map(|node| node.inbound));
    let passed = sum(topology.nodes.iter().filter(is_between).map(|node| node.outbound));
    served.requests.0 -= passed.requests.0;
    served.errors.0 -= passed.errors.0;
    served.bytes.0 -= passed.bytes.0;
    [asked, served]
}

fn is_operation(key: &NodeKey) -> bool {
    matches!(key, NodeKey::Operation { .. })
}

/// The edges but those that go on from an operation: the others have all that there is.
fn first_edges(topology: &Topology) -> impl Iterator<Item = &Edge> {
    topology.edges.iter().filter(|edge| !is_operation(&topology.nodes[edge.source].key))
}

/// Of each requests' series a server's or waypoint's Envoy tells a third of one operation, and a sixth of another.
fn classified(series: Vec<Series>) -> Vec<Series> {
    let split = |one: Series| {
        let is_told = one.metric == "istio_requests_total" && one.labels["reporter"] != "source";
        let shares = if is_told { vec![("", 0.5), ("List", 1.0 / 3.0), ("Put", 1.0 / 6.0)] } else { vec![("", 1.0)] };
        shares.into_iter().map(move |(name, share)| {
            let mut part = Series { value: one.value * share, ..one.clone() };
            if !name.is_empty() {
                part.labels.insert("request_operation".into(), name.into());
            }
            part
        })
    };
    series.into_iter().flat_map(split).collect()
}

fn edges(topology: &Topology) -> [f64; 3] {
    let of = |logical| first_edges(topology).filter(move |edge| edge.logical == logical);
    let requests = first_edges(topology).filter_map(|edge| edge.requests.as_ref()).map(|requests| requests.rate.0);
    [requests.sum(), of(true).map(|edge| edge.byte_rate().0).sum(), of(false).map(|edge| edge.byte_rate().0).sum()]
}

/// What is left of all edges when those that logical edges tell of are hidden.
fn untold(topology: &Topology) -> [f64; 2] {
    let left = || first_edges(topology).filter_map(Edge::untold);
    let requests = left().filter_map(|edge| edge.requests.as_ref().map(|requests| requests.rate.0));
    [requests.sum(), left().map(|edge| edge.byte_rate().0).sum()]
}

fn same(one: [f64; 2], other: [f64; 2]) -> bool {
    one.into_iter().zip(other).all(|(one, other)| (one - other).abs() <= 1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_are_the_same_in_every_type_of_graph(
        flows in super::totals::flows(), unscraped in super::totals::unscraped()
    ) {
        let series = Mesh::of(&flows).series(&unscraped, false);
        let unclassified = super::read(&series).topology();
        let workloads = super::read_with(&classified(series), true).topology();
        for edge in workloads.edges.iter().filter(|edge| !edge.operations.is_empty()) {
            let named: f64 = edge.operations.iter().map(|(_, requests)| requests.rate.0).sum();
            prop_assert!((named - edge.requests.as_ref().unwrap().rate.0).abs() <= 1e-6, "{edge:?}");
        }
        for grouping in groupings() {
            let grouped = workloads.grouped(grouping);
            let is_between = grouping.services && grouping.graph_type != GraphType::Service;
            let ([asked, served], truth) = (totals(&grouped, is_between), totals(&unclassified, false));
            prop_assert!(near(asked, truth[0]) && near(served, truth[1]), "{grouping:?} {asked:?} {served:?} {truth:?}");
            if !is_between {
                prop_assert!(same(untold(&grouped), untold(&unclassified)), "{grouping:?}");
                for (one, other) in edges(&grouped).into_iter().zip(edges(&unclassified)) {
                    prop_assert!((one - other).abs() <= 1e-6, "{grouping:?}");
                }
            }
            for edge in &grouped.edges {
                let key = grouped.edge_key(edge).unwrap();
                let lanes = workloads.lanes_of(grouping, &key);
                let bytes: f64 = lanes.iter().map(|place| workloads.edges[*place].byte_rate().0).sum();
                let is_of_bytes = !is_operation(&key.source) && !is_operation(&key.target);
                prop_assert!(!lanes.is_empty() && (!is_of_bytes || (bytes - edge.byte_rate().0).abs() <= 1e-6), "{key:?}");
            }
            for node in grouped.nodes.iter().filter(|node| matches!(node.key, NodeKey::App { .. })) {
                let members = workloads.members_of(grouping, &node.key);
                let own = workloads.nodes.iter().filter(|node| members.contains(&node.key));
                prop_assert!(near(sum(own.map(|node| node.inbound)), node.inbound), "{:?}", node.key);
            }
        }
    }
}

const REVIEWS: &str = "reviews.shop.svc.cluster.local";

fn shop() -> Vec<Series> {
    let [one, other] = both("shop/web", "shop/reviews-v1", REVIEWS, 1.0, 0.0);
    let [third, fourth] = both("shop/web", "shop/reviews-v2", REVIEWS, 2.0, 0.0);
    let [fifth, last] = both("shop/reviews-v2", "data/db", "db.data.svc.cluster.local", 4.0, 0.0);
    all([one, other, third, fourth, fifth, last])
}

fn check(series: &[Series], graph_type: GraphType, services: bool, expect: &[&str]) {
    let topology = super::read(series).topology().grouped(Grouping { graph_type, services, operations: false });
    let difference = picture::difference(&topology, expect, 1e-9);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

#[test]
fn the_versions_of_an_app_are_one_node() {
    let expect = [
        "app=shop/reviews/unknown > app=data/db/unknown tcp ambient mutualTls from source+destination; bytes 4 0 destination ztunnel",
        "app=shop/web/unknown > app=shop/reviews/unknown tcp ambient mutualTls from source+destination; bytes 3 0 destination ztunnel",
        "app=data/db/unknown captured in 4 0 out 0 0",
        "app=shop/reviews/unknown captured in 3 0 out 4 0",
        "app=shop/web/unknown captured in 0 0 out 3 0",
    ];
    check(&shop(), GraphType::App, false, &expect);
}

#[test]
fn a_service_stands_for_all_its_workloads() {
    let expect = [
        "shop/web > service=reviews.shop.svc.cluster.local tcp ambient mutualTls from source+destination; bytes 3 0 destination ztunnel",
        "service=reviews.shop.svc.cluster.local > service=db.data.svc.cluster.local tcp ambient mutualTls from source+destination; bytes 4 0 destination ztunnel",
        "shop/web captured in 0 0 out 3 0",
        "service=db.data.svc.cluster.local plain in 4 0 out 0 0",
        "service=reviews.shop.svc.cluster.local plain in 3 0 out 4 0",
    ];
    check(&shop(), GraphType::Service, false, &expect);
}

#[test]
fn a_service_may_stand_between_client_and_server() {
    let expect = [
        "shop/reviews-v2 > service=db.data.svc.cluster.local tcp ambient mutualTls from source+destination; bytes 4 0 destination ztunnel",
        "shop/web > service=reviews.shop.svc.cluster.local tcp ambient mutualTls from source+destination; bytes 3 0 destination ztunnel",
        "service=db.data.svc.cluster.local > data/db tcp ambient mutualTls from source+destination; bytes 4 0 destination ztunnel",
        "service=reviews.shop.svc.cluster.local > shop/reviews-v1 tcp ambient mutualTls from source+destination; bytes 1 0 destination ztunnel",
        "service=reviews.shop.svc.cluster.local > shop/reviews-v2 tcp ambient mutualTls from source+destination; bytes 2 0 destination ztunnel",
        "data/db captured in 4 0 out 0 0",
        "shop/reviews-v1 captured in 1 0 out 0 0",
        "shop/reviews-v2 captured in 2 0 out 4 0",
        "shop/web captured in 0 0 out 3 0",
        "service=db.data.svc.cluster.local plain in 4 0 out 4 0",
        "service=reviews.shop.svc.cluster.local plain in 3 0 out 3 0",
    ];
    check(&shop(), GraphType::Workload, true, &expect);
}

/// Nobody scrapes the waypoint of what reaches the second version.
#[test]
fn legs_of_one_app_are_told_of_one_by_one() {
    let w = "shop/waypoint";
    let leg = |to, bytes| zt("destination", w, to).svc(REVIEWS).rx(bytes);
    let series = all([
        zt("source", "shop/web", w).svc(REVIEWS).rx(10.0),
        wp(w, "shop/web", "shop/reviews-v1").svc(REVIEWS).rq(1.0),
        leg("shop/reviews-v1", 12.0),
        leg("shop/reviews-v2", 5.0),
        up("istio.io-mesh-controller", w),
    ]);
    let workloads = super::read(&series).topology();
    for graph_type in TYPES {
        let grouped = workloads.grouped(Grouping { graph_type, ..Grouping::default() });
        assert!(same(untold(&grouped), [1.0, 5.0]), "{graph_type:?} {:?}", untold(&grouped));
        let parts = grouped.edges.iter().filter(|edge| matches!(edge.told, Told::Part(_))).count();
        assert_eq!(parts, usize::from(matches!(graph_type, GraphType::App | GraphType::Service)), "{graph_type:?}");
    }
}

/// The server's ztunnel takes the service for a sibling of the one that was dialled.
#[test]
fn a_leg_is_told_of_whatever_service_its_ends_name() {
    let w = "shop/waypoint";
    let series = all([
        zt("source", "shop/web", w).svc("export.shop.svc.cluster.local").rx(10.0),
        wp(w, "shop/web", "shop/reviews-v1").svc("export.shop.svc.cluster.local").rq(1.0),
        zt("destination", w, "shop/reviews-v1").svc(REVIEWS).rx(12.0),
        up("istio.io-mesh-controller", w),
    ]);
    let grouped =
        super::read(&series).topology().grouped(Grouping { graph_type: GraphType::Service, ..Grouping::default() });
    assert_eq!((grouped.edges.len(), untold(&grouped)), (3, [1.0, 0.0]));
}

/// The leg to the waypoint is no way to the service; the end-to-end edge is.
#[test]
fn a_waypoint_stays_itself() {
    let w = "shop/waypoint";
    let series = all([
        zt("source", "shop/web", w).svc(REVIEWS).rx(10.0),
        wp(w, "shop/web", "shop/reviews-v1").svc(REVIEWS).rq(1.0),
        zt("destination", w, "shop/reviews-v1").svc(REVIEWS).rx(12.0),
        up("istio.io-mesh-controller", w),
    ]);
    let expect = [
        "shop/waypoint > service=reviews.shop.svc.cluster.local tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
        "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 0 source ztunnel",
        "shop/web > service=reviews.shop.svc.cluster.local http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 1 0 0 waypoint",
        "shop/waypoint waypoint in 10 0 out 12 0",
        "shop/web captured in 0 0 out 10 1",
        "service=reviews.shop.svc.cluster.local plain in 12 1 out 0 0",
    ];
    check(&series, GraphType::Service, false, &expect);
}

/// What a server says of its operations; a client in an ambient namespace has its bytes counted beside.
fn operations() -> Vec<Series> {
    let seen = || envoy("destination", "shop/web", "old/reviews-v1").svc(REVIEWS_OLD);
    all([
        seen().classified("List").rq(3.0),
        seen().classified("Put").rq(1.0).code("503").rq(1.0),
        seen().classified("unknown").rq(2.0),
        seen().rq(4.0),
        zt("source", "shop/web", "old/reviews-v1").svc(REVIEWS_OLD).rx(70.0),
    ])
}

const REVIEWS_OLD: &str = "reviews.old.svc.cluster.local";

#[test]
fn an_operation_stands_behind_the_client_and_the_rest_passes_by() {
    let topology = super::read_with(&operations(), true).topology();
    let check = |services, expect: &[&str]| {
        let grouped = topology.grouped(Grouping { services, operations: true, ..Grouping::default() });
        let edges: Vec<String> = grouped
            .edges
            .iter()
            .map(|edge| {
                let key = grouped.edge_key(edge).unwrap();
                let requests = edge.requests.as_ref().map(|one| (one.rate.0, one.failures.0));
                let (source, target) = (picture::short(&key.source), picture::short(&key.target));
                format!("{source} > {target} {requests:?} {}", edge.byte_rate().0)
            })
            .collect();
        let mut expect: Vec<String> = expect.iter().map(|text| text.replace('@', REVIEWS_OLD)).collect();
        let mut edges = edges;
        edges.sort();
        expect.sort();
        assert_eq!(edges, expect);
        for node in grouped.nodes.iter().filter(|node| is_operation(&node.key)) {
            assert!(near(node.inbound, node.outbound) && node.inbound.requests.0 > 0.0);
            assert!(
                topology
                    .members_of(Grouping { services, operations: true, ..Grouping::default() }, &node.key)
                    .is_empty()
            );
        }
    };
    check(
        false,
        &[
            "shop/web > operation=@/List Some((3.0, 0.0)) 0",
            "shop/web > operation=@/Put Some((2.0, 1.0)) 0",
            "shop/web > old/reviews-v1 Some((6.0, 0.0)) 70",
            "operation=@/List > old/reviews-v1 Some((3.0, 0.0)) 0",
            "operation=@/Put > old/reviews-v1 Some((2.0, 1.0)) 0",
        ],
    );
    check(
        true,
        &[
            "shop/web > operation=@/List Some((3.0, 0.0)) 0",
            "shop/web > operation=@/Put Some((2.0, 1.0)) 0",
            "shop/web > service=@ Some((6.0, 0.0)) 70",
            "operation=@/List > service=@ Some((3.0, 0.0)) 0",
            "operation=@/Put > service=@ Some((2.0, 1.0)) 0",
            "service=@ > old/reviews-v1 Some((11.0, 1.0)) 70",
        ],
    );
}

#[test]
fn without_being_asked_for_operations_are_not_told() {
    let topology = super::read(&operations()).topology();
    assert!(topology.edges.iter().all(|edge| edge.operations.is_empty()));
    let grouped = topology.grouped(Grouping { operations: true, ..Grouping::default() });
    assert_eq!(grouped.edges, topology.edges);
}

/// Requests that never left their client are of no operation that a server could know.
#[test]
fn what_never_left_the_client_is_of_no_operation() {
    let seen = |reporter| envoy(reporter, "old/app", "old/reviews-v1").svc(REVIEWS_OLD);
    let series = all([
        seen("destination").classified("List").rq(4.0),
        seen("source").rq(4.0),
        seen("source").code("503").flags("UO").rq(1.0),
    ]);
    let topology = super::read_with(&series, true).topology();
    let told: Vec<_> = topology.edges[0]
        .operations
        .iter()
        .map(|(name, one)| (name.as_ref().map(Operation::as_str), one.rate.0))
        .collect();
    assert_eq!(told, [(None, 1.0), (Some("List"), 4.0)]);
}

/// The server's ztunnel takes the service for a sibling of the one that was dialled, so that in a graph of services the
/// second hop ends elsewhere.
#[test]
fn every_hop_of_an_edge_is_found_in_every_type_of_graph() {
    let w = "shop/waypoint";
    let export = "export.shop.svc.cluster.local";
    let series = all([
        zt("source", "shop/web", w).svc(export).rx(10.0),
        wp(w, "shop/web", "shop/reviews-v1").svc(export).rq(1.0),
        zt("destination", w, "shop/reviews-v1").svc(REVIEWS).rx(12.0),
        zt("destination", w, "shop/other").svc("other.shop.svc.cluster.local").rx(12.0),
        up("istio.io-mesh-controller", w),
    ]);
    let workloads = super::read(&series).topology();
    for grouping in groupings() {
        let grouped = workloads.grouped(grouping);
        let keys = || grouped.edges.iter().filter_map(|edge| grouped.edge_key(edge));
        for logical in keys().filter(|key| key.logical) {
            let hops = workloads.hops_of(grouping, &logical);
            assert_eq!(hops.len(), 2, "{grouping:?} {logical:?}");
            for hop in hops {
                assert!(!hop.logical && keys().any(|key| key == hop), "{grouping:?} {hop:?}");
                assert!(workloads.hops_of(grouping, &hop).contains(&logical), "{grouping:?} {hop:?}");
            }
        }
        let other = keys().find(|key| picture::short(&key.target).contains("other")).unwrap();
        assert_eq!(workloads.hops_of(grouping, &other), [], "{grouping:?}");
    }
}
