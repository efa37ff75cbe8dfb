//! What flows into a waypoint or gateway, and what of it is seen to flow out.

use super::series::{Report, Series, all, envoy, up, wp, zt};
use crate::mesh::{ImbalanceCause, Namespace, NodeKey, Workload};

const W: &str = "shop/waypoint";
const SVC: &str = "api.shop.svc.cluster.local";

fn cause(series: &[Series], node: &NodeKey, lumps: &[&str]) -> Option<ImbalanceCause> {
    let topology = super::read(series).topology();
    let workload = |path: &&str| {
        let (namespace, workload) = path.split_once('/').unwrap();
        (Namespace::new(namespace), Workload::new(workload))
    };
    let lumps: Vec<_> = lumps.iter().map(workload).collect();
    topology.imbalance(topology.node_place(node).expect("the node"), &lumps).map(|found| found.cause)
}

fn check(reports: Vec<Report>, expect: Option<&ImbalanceCause>) {
    let mut series = all([up("istio.io-mesh-controller", W)]);
    series.extend(reports.into_iter().flat_map(|report| all([report])));
    assert_eq!(cause(&series, &key(W), &[]).as_ref(), expect);
}

fn key(path: &str) -> NodeKey {
    let (namespace, workload) = path.split_once('/').unwrap();
    NodeKey::workload("c1", namespace, workload)
}

fn enters(bytes: f64) -> Report {
    zt("source", "shop/web", W).svc(SVC).rx(bytes)
}

fn leaves(server: &str, bytes: f64) -> Report {
    zt("destination", W, server).svc(SVC).rx(bytes)
}

fn passes(server: &str) -> Report {
    wp(W, "shop/web", server).svc(SVC).rq(1.0)
}

#[test]
fn what_leaves_again_is_no_finding() {
    check(vec![enters(100.0), passes("shop/api"), leaves("shop/api", 104.0)], None);
    check(vec![enters(0.0), passes("shop/api"), leaves("shop/api", 0.0)], None);
}

#[test]
fn a_side_that_nobody_counts_is_named() {
    let unscraped = |path| ImbalanceCause::Unscraped(vec![key(path)]);
    check(vec![enters(100.0), passes("shop/api")], Some(&unscraped("shop/api")));
    let two = vec![enters(100.0), passes("shop/api"), passes("shop/blind"), leaves("shop/api", 50.0)];
    check(two, Some(&unscraped("shop/blind")));
    check(vec![passes("shop/api"), leaves("shop/api", 50.0)], Some(&unscraped("shop/web")));
}

#[test]
fn requests_are_counted_without_bytes() {
    let server = envoy("destination", W, "old/side").svc(SVC).rq(1.0);
    let expect = ImbalanceCause::OnlyRequests(vec![key("old/side")]);
    check(vec![enters(100.0), passes("old/side"), server], Some(&expect));
}

#[test]
fn nobody_counts_outside_the_mesh() {
    let egress = wp(W, "shop/web", "unknown").service("api.example", "api.example", "shop").rq(1.0);
    let expect = ImbalanceCause::Outside(vec![NodeKey::ServiceEntry { host: crate::mesh::Host::new("api.example") }]);
    check(vec![enters(100.0), egress], Some(&expect));
}

#[test]
fn what_nothing_tells_is_said_to_be_unexplained() {
    check(vec![enters(100.0), passes("shop/api"), leaves("shop/api", 90.0)], Some(&ImbalanceCause::Unexplained));
}

#[test]
fn a_gateway_of_istio_1_29_0_counts_in_lumps() {
    let gateway = "ing/egressgateway";
    let series = all([
        envoy("source", "old/app", gateway).svc(SVC).rx(100.0),
        envoy("source", gateway, "unknown").service("api.example", "api.example", "ing").rx(10.0),
    ]);
    let check = |lumps: &[&str], expect: Option<&[&str]>| {
        let named = |paths: &[&str]| ImbalanceCause::Lumps(paths.iter().map(|path| key(path)).collect());
        let expect = expect.map_or(ImbalanceCause::Unexplained, named);
        assert_eq!(cause(&series, &key(gateway), lumps), Some(expect), "{lumps:?}");
    };
    check(&[gateway], Some(&[gateway]));
    check(&["old/app", gateway, "shop/elsewhere"], Some(&[gateway, "old/app"]));
    check(&["unknown/unknown"], Some(&[]));
    check(&["shop/elsewhere"], None);
    check(&[], None);
    let ingress = all([
        zt("destination", "ing/gw-istio", "shop/web").rx(10.0),
        envoy("source", "ing/gw-istio", "shop/web").rq(1.0),
    ]);
    assert_eq!(cause(&ingress, &key("ing/gw-istio"), &["ing/gw-istio"]), None, "nobody tells of clients outside");
}
