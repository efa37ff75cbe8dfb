//! Whatever flows and whoever is scraped, the graph's totals are the truth.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::known_mesh::{AMBIENT, EGRESS, Flow, GATEWAY, Mesh, PATHS, REMOTE, SIDECARS, Truth, WAYPOINT, proxy};

pub fn flows() -> impl Strategy<Value = Vec<Flow>> {
    let amounts = (1_u16..1000, 0_u16..1000, 1_u16..50, 0_u16..5);
    let flow = (0..PATHS.len(), 0_usize..4, 0_usize..4, amounts).prop_map(|(path, client, server, amounts)| {
        let (sent, received, requests, unsent) = amounts;
        Flow {
            path: PATHS[path],
            client,
            server,
            sent: sent.into(),
            received: received.into(),
            requests: requests.into(),
            unsent: unsent.into(),
        }
    });
    prop::collection::vec(flow, 1..12)
}

pub fn unscraped() -> impl Strategy<Value = BTreeSet<&'static str>> {
    let workloads = AMBIENT.into_iter().chain(REMOTE).chain(SIDECARS).chain([GATEWAY, WAYPOINT, EGRESS]);
    let proxies: BTreeSet<&'static str> = workloads.map(proxy).collect();
    let (proxies, count) = (proxies.iter().copied().collect::<Vec<_>>(), proxies.len());
    prop::sample::subsequence(proxies, 0..=count).prop_map(|chosen| chosen.into_iter().collect())
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_witness_of_each_flow_tells_the_whole_truth(flows in flows(), unscraped in unscraped(), bare: bool) {
        let mesh = Mesh::of(&flows);
        let series = mesh.series(&mesh.with_a_witness(unscraped), bare);
        let (seen, truth) = (Truth::of(&super::read(&series).topology()).facts(), mesh.truth.facts());
        for fact in truth.keys().chain(seen.keys()) {
            let (is, seen) = (truth.get(fact).copied().unwrap_or_default(), seen.get(fact).copied().unwrap_or_default());
            prop_assert!(near(is, seen), "{fact} is {is}, seen as {seen}");
        }
    }

    #[test]
    fn nothing_is_ever_counted_twice(flows in flows(), unscraped in unscraped()) {
        let mesh = Mesh::of(&flows);
        let truth = mesh.truth.facts();
        for (fact, seen) in Truth::of(&super::read(&mesh.series(&unscraped, false)).topology()).facts() {
            let is = truth.get(&fact).copied().unwrap_or_default();
            prop_assert!(seen <= is || near(is, seen), "{fact} is {is}, seen as {seen}");
        }
    }
}
