//! Meshes of which it is known what really flows, and what each proxy says of it.

use std::collections::{BTreeMap, BTreeSet};

use super::picture::short;
use super::series::{Report, Series, all, envoy, up, wp, zt};
use crate::mesh::{Shown, Topology};

pub const AMBIENT: [&str; 4] = ["shop/web-v1", "shop/api", "data/store", "data/cart"];
pub const REMOTE: [&str; 2] = ["c2:shop/api", "c2:far/away"];
pub const SIDECARS: [&str; 2] = ["old/app", "old/side"];
const PLAIN: &str = "legacy/billing";
pub const GATEWAY: &str = "ing/gw-istio";
pub const WAYPOINT: &str = "shop/waypoint";
pub const EGRESS: &str = "egress/waypoint";
const ENTRY: &str = "entry=httpbin.org";

/// The ways that traffic takes.
#[derive(Clone, Copy, Debug)]
pub enum Path {
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

pub const PATHS: [Path; 17] = [
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
pub struct Flow {
    pub path: Path,
    pub client: usize,
    pub server: usize,
    pub sent: f64,
    pub received: f64,
    pub requests: f64,
    /// Requests that fail before they leave the client.
    pub unsent: f64,
}

/// What really happens: for nodes bytes and requests in and out, for hops bytes, for client and server requests.
#[derive(Default, Debug, PartialEq)]
pub struct Truth {
    nodes: BTreeMap<String, [f64; 4]>,
    hops: BTreeMap<(String, String), f64>,
    asked: BTreeMap<(String, String), f64>,
}

/// A mesh: what happens, and who says what of it.
#[derive(Default)]
pub struct Mesh {
    pub truth: Truth,
    said: Vec<(&'static str, Report)>,
    /// Of each of these sets one proxy must be scraped for the truth to be known.
    witnesses: Vec<Vec<&'static str>>,
}

/// The proxy that speaks for a workload: ambient workloads share the ztunnel of their node.
pub fn proxy(workload: &'static str) -> &'static str {
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

    pub fn of(topology: &Topology) -> Self {
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
    pub fn facts(&self) -> BTreeMap<String, f64> {
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
    pub fn of(flows: &[Flow]) -> Self {
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
            Ingress => self.two_layers("source", GATEWAY, ambient(server), flow),
            IngressByWaypoint => self.ingress_by_waypoint(AMBIENT[server % 2], flow),
            PlaintextIn => self.one_sided("destination", PLAIN, ambient(server), flow, Report::plaintext),
            PlaintextOut => self.one_sided("source", ambient(client), PLAIN, flow, Report::plaintext),
            Passthrough | Entry | SidecarPassthrough | EntryByWaypoint => {
                self.out_of_the_mesh(ambient(client), sidecar(client), flow);
            }
            SidecarToAmbient => self.two_layers("source", sidecar(client), ambient(server), flow),
            AmbientToSidecar => self.two_layers("destination", ambient(client), sidecar(server), flow),
            AmbientToSidecarStreams => {
                let (from, to) = (ambient(client), sidecar(server));
                let server = envoy("destination", from, to).svc(&host(to)).rx(flow.sent).tx(flow.received);
                self.said.push((proxy(to), server));
                self.one_sided("source", from, to, flow, |report| report.svc(&host(to)));
            }
        }
    }

    /// Requests that an Envoy at one end reads, over bytes that a ztunnel at the other end carries.
    fn two_layers(&mut self, envoy_reports: &str, from: &'static str, to: &'static str, flow: Flow) {
        let (side, other) = if envoy_reports == "source" { (from, "destination") } else { (to, "source") };
        self.say(&[side], envoy(envoy_reports, from, to).svc(&host(to)).rq(flow.requests));
        self.truth.requests(from, to, flow.requests);
        self.one_sided(other, from, to, flow, |report| report.svc(&host(to)));
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
    pub fn series(&self, unscraped: &BTreeSet<&str>, bare: bool) -> Vec<Series> {
        let declared = [up("istio.io-mesh-controller", WAYPOINT), up("istio.io-mesh-controller", EGRESS)];
        let said = self.said.iter().filter(|(by, _)| !unscraped.contains(by)).map(|(_, report)| report.clone());
        let scraped = |report: Report| if bare { report.operator().before_1_25() } else { report };
        said.chain(declared).flat_map(|report| all([scraped(report)])).collect()
    }

    /// Scrapes one proxy of each set of which none is scraped.
    pub fn with_a_witness<'a>(&self, mut unscraped: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        for set in &self.witnesses {
            if set.iter().all(|proxy| unscraped.contains(proxy)) {
                set.first().map(|proxy| unscraped.remove(proxy));
            }
        }
        unscraped
    }
}
