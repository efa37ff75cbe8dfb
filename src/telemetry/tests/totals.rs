//! Meshes of which the truth is known, and proxies that are not all scraped.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::picture::short;
use super::series::{Report, Series, all, envoy, up, wp, zt};
use crate::mesh::{Shown, Topology};

const AMBIENT: [&str; 4] = ["shop/web-v1", "shop/api", "data/store", "data/cart"];
const REMOTE: [&str; 2] = ["c2:shop/api", "c2:far/away"];
const SIDECARS: [&str; 2] = ["old/app", "old/side"];
const PLAIN: &str = "legacy/billing";
const GATEWAY: &str = "ing/gw-istio";
const WAYPOINT: &str = "shop/waypoint";
const EGRESS: &str = "egress/waypoint";
const ENTRY: &str = "entry=httpbin.org";

/// The ways that traffic takes.
#[derive(Clone, Copy, Debug)]
enum Path {
    SidecarRequests,
    SidecarStreams,
    Ambient,
    RequestsByWaypoint,
    StreamsByWaypoint,
    Ingress,
    IngressByWaypoint,
    PlaintextIn,
    PlaintextOut,
    Passthrough,
    SidecarPassthrough,
    Entry,
    EntryByWaypoint,
    CrossCluster,
    SidecarToAmbient,
    AmbientToSidecar,
    AmbientToSidecarStreams,
}

use Path::{
    Ambient, AmbientToSidecar, AmbientToSidecarStreams, CrossCluster, Entry, EntryByWaypoint, Ingress,
    IngressByWaypoint, Passthrough, PlaintextIn, PlaintextOut, RequestsByWaypoint, SidecarPassthrough, SidecarRequests,
    SidecarStreams, SidecarToAmbient, StreamsByWaypoint,
};

const PATHS: [Path; 17] = [
    SidecarRequests,
    SidecarStreams,
    Ambient,
    RequestsByWaypoint,
    StreamsByWaypoint,
    Ingress,
    IngressByWaypoint,
    PlaintextIn,
    PlaintextOut,
    Passthrough,
    SidecarPassthrough,
    Entry,
    EntryByWaypoint,
    CrossCluster,
    SidecarToAmbient,
    AmbientToSidecar,
    AmbientToSidecarStreams,
];

/// Traffic of one client to one server, a second.
#[derive(Clone, Copy, Debug)]
struct Flow {
    path: Path,
    client: usize,
    server: usize,
    sent: f64,
    received: f64,
    requests: f64,
    /// Requests that fail before they leave the client.
    unsent: f64,
}

/// What really happens: for nodes bytes and requests in and out, for hops bytes, for client and server requests.
#[derive(Default, Debug, PartialEq)]
struct Truth {
    nodes: BTreeMap<String, [f64; 4]>,
    hops: BTreeMap<(String, String), f64>,
    asked: BTreeMap<(String, String), f64>,
}

/// A mesh: what happens, and who says what of it.
#[derive(Default)]
struct Mesh {
    truth: Truth,
    said: Vec<(&'static str, Report)>,
    /// Of each of these sets one proxy must be scraped for the truth to be known.
    witnesses: Vec<Vec<&'static str>>,
}

/// The proxy that speaks for a workload: ambient workloads share the ztunnel of their node.
fn proxy(workload: &'static str) -> &'static str {
    match workload {
        "shop/web-v1" | "shop/api" => "ztunnel of node 1",
        "data/store" | "data/cart" => "ztunnel of node 2",
        "c2:shop/api" | "c2:far/away" => "ztunnel of c2",
        other => other,
    }
}

fn host(workload: &str) -> String {
    let (namespace, name) = workload.rsplit(':').next().unwrap_or_default().split_once('/').unwrap_or_default();
    format!("{name}.{namespace}.svc.cluster.local")
}

impl Truth {
    fn at(&mut self, node: &str, slot: usize, amount: f64) {
        self.nodes.entry(node.to_owned()).or_default()[slot] += amount;
    }

    fn bytes(&mut self, from: &str, to: &str, amount: f64) {
        self.at(from, 2, amount);
        self.at(to, 0, amount);
        *self.hops.entry((from.to_owned(), to.to_owned())).or_default() += amount;
    }

    fn requests(&mut self, from: &str, to: &str, amount: f64) {
        self.at(from, 3, amount);
        self.at(to, 1, amount);
        *self.asked.entry((from.to_owned(), to.to_owned())).or_default() += amount;
    }

    fn of(topology: &Topology) -> Self {
        let mut truth = Self::default();
        let name = |place: usize| short(&topology.nodes[place].key);
        for node in &topology.nodes {
            let (inbound, outbound) = (node.inbound, node.outbound);
            let totals = [inbound.bytes.0, inbound.requests.0, outbound.bytes.0, outbound.requests.0];
            truth.nodes.insert(short(&node.key), totals);
        }
        for edge in &topology.edges {
            let ends = (name(edge.source), name(edge.target));
            if !edge.logical && edge.bytes.is_some() {
                *truth.hops.entry(ends.clone()).or_default() += edge.byte_rate().0;
            }
            if let Some(requests) = edge.requests.as_ref().filter(|_| edge.kind.shown() != Shown::Leg) {
                *truth.asked.entry(ends).or_default() += requests.rate.0;
            }
        }
        truth
    }

    /// Everything as numbers by name.
    fn facts(&self) -> BTreeMap<String, f64> {
        let sides = ["bytes in", "requests in", "bytes out", "requests out"];
        let nodes = self.nodes.iter().flat_map(|(node, totals)| {
            sides.iter().zip(totals).map(move |(side, total)| (format!("{node} {side}"), *total))
        });
        let hops = self.hops.iter().map(|((from, to), amount)| (format!("{from} > {to} bytes"), *amount));
        let asked = self.asked.iter().map(|((from, to), amount)| (format!("{from} > {to} requests"), *amount));
        nodes.chain(hops).chain(asked).collect()
    }
}

impl Mesh {
    fn of(flows: &[Flow]) -> Self {
        let mut mesh = Self::default();
        for flow in flows {
            mesh.add(*flow);
        }
        mesh
    }

    fn add(&mut self, flow: Flow) {
        let (ambient, sidecar) = (|at: usize| AMBIENT[at % 4], |at: usize| SIDECARS[at % 2]);
        let (client, server) = (flow.client, flow.server);
        match flow.path {
            SidecarRequests => self.requests_of_sidecars(sidecar(client), sidecar(server), flow),
            SidecarStreams => self.bytes(sidecar(client), sidecar(server), flow, envoy),
            Ambient => self.bytes(ambient(client), ambient(server), flow, zt),
            CrossCluster => self.bytes(ambient(client), REMOTE[server % 2], flow, zt),
            RequestsByWaypoint | StreamsByWaypoint => self.by_waypoint(ambient(client), AMBIENT[server % 2], flow),
            Ingress => {
                let to = ambient(server);
                self.say(&[GATEWAY], envoy("source", GATEWAY, to).svc(&host(to)).rq(flow.requests));
                self.truth.requests(GATEWAY, to, flow.requests);
                self.one_sided("destination", GATEWAY, to, flow, |report| report.svc(&host(to)));
            }
            IngressByWaypoint => self.ingress_by_waypoint(AMBIENT[server % 2], flow),
            PlaintextIn => self.one_sided("destination", PLAIN, ambient(server), flow, Report::plaintext),
            PlaintextOut => self.one_sided("source", ambient(client), PLAIN, flow, Report::plaintext),
            Passthrough | Entry | SidecarPassthrough | EntryByWaypoint => {
                self.out_of_the_mesh(ambient(client), sidecar(client), flow);
            }
            SidecarToAmbient => {
                let (from, to) = (sidecar(client), ambient(server));
                self.say(&[from], envoy("source", from, to).svc(&host(to)).rq(flow.requests));
                self.truth.requests(from, to, flow.requests);
                self.one_sided("destination", from, to, flow, |report| report.svc(&host(to)));
            }
            AmbientToSidecar => {
                let (from, to) = (ambient(client), sidecar(server));
                self.say(&[to], envoy("destination", from, to).svc(&host(to)).rq(flow.requests));
                self.truth.requests(from, to, flow.requests);
                self.one_sided("source", from, to, flow, |report| report.svc(&host(to)));
            }
            AmbientToSidecarStreams => {
                let (from, to) = (ambient(client), sidecar(server));
                let server = envoy("destination", from, to).svc(&host(to)).rx(flow.sent).tx(flow.received);
                self.said.push((proxy(to), server));
                self.one_sided("source", from, to, flow, |report| report.svc(&host(to)));
            }
        }
    }

    /// What only these proxies can tell; the first says it.
    fn say(&mut self, by: &[&'static str], report: Report) {
        let by: Vec<&str> = by.iter().map(|workload| proxy(workload)).collect();
        self.said.push((by[0], report));
        self.witnesses.push(by);
    }

    fn bytes(&mut self, from: &'static str, to: &'static str, flow: Flow, by: fn(&str, &str, &str) -> Report) {
        // The server's ztunnel guesses the service from the port, and may be wrong.
        let guess = if flow.client.is_multiple_of(2) { host(to) } else { format!("sibling-{}", host(to)) };
        for (reporter, side, service) in [("source", from, host(to)), ("destination", to, guess)] {
            let report = by(reporter, from, to).svc(&service).rx(flow.sent).tx(flow.received);
            self.said.push((proxy(side), report));
        }
        self.witnesses.push(vec![proxy(from), proxy(to)]);
        self.truth.bytes(from, to, flow.sent + flow.received);
    }

    fn one_sided(
        &mut self,
        reporter: &str,
        from: &'static str,
        to: &'static str,
        flow: Flow,
        labelled: impl Fn(Report) -> Report,
    ) {
        let side = if reporter == "source" { from } else { to };
        self.say(&[side], labelled(zt(reporter, from, to)).rx(flow.sent).tx(flow.received));
        self.truth.bytes(from, to, flow.sent + flow.received);
    }

    fn requests_of_sidecars(&mut self, from: &'static str, to: &'static str, flow: Flow) {
        let seen = |reporter| envoy(reporter, from, to).svc(&host(to)).rq(flow.requests);
        self.said.push((proxy(to), seen("destination")));
        self.said.push((proxy(from), seen("source")));
        self.witnesses.push(vec![proxy(from), proxy(to)]);
        self.truth.requests(from, to, flow.requests);
        if flow.unsent > 0.0 {
            let unsent = envoy("source", from, to).svc(&host(to)).code("503").flags("UF").rq(flow.unsent);
            self.say(&[from], unsent);
            self.truth.requests(from, to, flow.unsent);
        }
    }

    fn by_waypoint(&mut self, from: &'static str, to: &'static str, flow: Flow) {
        let service = host(to);
        let behind = Flow { sent: flow.sent + 8.0, ..flow };
        let logical = wp(WAYPOINT, from, to).svc(&service);
        if matches!(flow.path, RequestsByWaypoint) {
            self.say(&[WAYPOINT], logical.rq(flow.requests));
            self.truth.requests(from, to, flow.requests);
        } else {
            self.said.push((WAYPOINT, logical.rx(flow.sent).tx(flow.received)));
        }
        let behind = if matches!(flow.path, RequestsByWaypoint) { behind } else { flow };
        self.one_sided("source", from, WAYPOINT, flow, |report| report.svc(&service));
        self.one_sided("destination", WAYPOINT, to, behind, |report| report.svc(&service));
    }

    fn ingress_by_waypoint(&mut self, to: &'static str, flow: Flow) {
        let service = host(to);
        self.said.push((GATEWAY, envoy("source", GATEWAY, WAYPOINT).svc(&service).rq(flow.requests)));
        self.say(&[WAYPOINT], wp(WAYPOINT, GATEWAY, to).svc(&service).rq(flow.requests));
        self.truth.requests(GATEWAY, to, flow.requests);
        self.one_sided("destination", WAYPOINT, to, flow, |report| report.svc(&service));
    }

    fn out_of_the_mesh(&mut self, captured: &'static str, sidecar: &'static str, flow: Flow) {
        let entry = |report: Report| report.service("httpbin.org", "httpbin-se", "egress");
        let streams = |report: Report| report.rx(flow.sent).tx(flow.received);
        match flow.path {
            Passthrough => {
                self.say(&[captured], streams(zt("source", captured, "unknown").plaintext()));
                self.truth.bytes(captured, "passthrough=unknown", flow.sent + flow.received);
            }
            Entry => {
                let report = entry(zt("source", captured, "egress/httpbin-se").plaintext());
                self.say(&[captured], streams(report));
                self.truth.bytes(captured, ENTRY, flow.sent + flow.received);
            }
            SidecarPassthrough => {
                let report = envoy("source", sidecar, "unknown");
                let report = report.service("example.test", "PassthroughCluster", "unknown").rq(flow.requests);
                self.say(&[sidecar], report);
                self.truth.requests(sidecar, "passthrough=example.test", flow.requests);
            }
            _ => {
                let report = wp(EGRESS, captured, "unknown").service("httpbin.org", "httpbin.org", "egress");
                self.say(&[EGRESS], report.rq(flow.requests));
                self.truth.requests(captured, ENTRY, flow.requests);
                self.one_sided("source", captured, EGRESS, flow, entry);
            }
        }
    }

    /// What the scraped proxies say, as a scrape with or without the pods' labels brings it.
    fn series(&self, unscraped: &BTreeSet<&str>, bare: bool) -> Vec<Series> {
        let declared = [up("istio.io-mesh-controller", WAYPOINT), up("istio.io-mesh-controller", EGRESS)];
        let said = self.said.iter().filter(|(by, _)| !unscraped.contains(by)).map(|(_, report)| report.clone());
        let scraped = |report: Report| if bare { report.operator().before_1_25() } else { report };
        said.chain(declared).flat_map(|report| all([scraped(report)])).collect()
    }

    /// Scrapes one proxy of each set of which none is scraped.
    fn with_a_witness<'a>(&self, mut unscraped: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        for set in &self.witnesses {
            if set.iter().all(|proxy| unscraped.contains(proxy)) {
                set.first().map(|proxy| unscraped.remove(proxy));
            }
        }
        unscraped
    }
}

fn flows() -> impl Strategy<Value = Vec<Flow>> {
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

fn unscraped() -> impl Strategy<Value = BTreeSet<&'static str>> {
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
