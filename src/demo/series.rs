//! From flows to series, as the proxies' registries and the scrape would write them.

use super::counter::{Counter, Increase};
use super::labels::Labels;
use super::leg::{Emitter, Leg, Peer, UNKNOWN, legs};
use super::outcome::{Outcome, Reach, outcomes, reaching};
use super::pod::{Pod, node, pods};
use super::shop::{CLUSTER, ISTIO, NODES, REGION, REMOTE_CLUSTER, REMOTE_REGION, REMOTE_ZONE};
use super::world::{Fate, Flow, Plane, Protocol, Target, Workload, World};

/// A series.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Series {
    /// The place of its labels in [`Book::streams`].
    pub stream: usize,
    /// The label `le` of a bucket, besides; empty for all others.
    pub le: &'static str,
    pub counter: Counter,
}

/// All series, and the label sets that they share.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Book {
    pub streams: Vec<Labels>,
    /// The series of each metric.
    pub families: Vec<(&'static str, Vec<Series>)>,
}

/// Requests that a connection carries on average.
const REQUESTS_PER_CONNECTION: f64 = 40.0;
/// How long a connection lasts on average.
const CONNECTION_SECS: f64 = 30.0;
/// What an idle flow has carried once, in requests or connections.
const ONCE: f64 = 37.0;

/// Some of the buckets of Envoy's histograms, in milliseconds.
const BUCKETS: [(f64, &str); 6] =
    [(5.0, "5"), (25.0, "25"), (100.0, "100"), (500.0, "500"), (2_500.0, "2500"), (f64::INFINITY, "+Inf")];

const SOURCE: [&str; 8] = [
    "source_workload",
    "source_workload_namespace",
    "source_cluster",
    "source_principal",
    "source_canonical_service",
    "source_canonical_revision",
    "source_app",
    "source_version",
];
const DESTINATION: [&str; 8] = [
    "destination_workload",
    "destination_workload_namespace",
    "destination_cluster",
    "destination_principal",
    "destination_canonical_service",
    "destination_canonical_revision",
    "destination_app",
    "destination_version",
];

/// Every series of a world.
pub(super) fn book(world: &World) -> Book {
    let mut book = Book::default();
    for workload in world.workloads {
        book.add_target(world, workload);
    }
    let ztunnels: Vec<Pod> = world.workloads.iter().filter(|one| one.plane == Plane::Ztunnel).flat_map(pods).collect();
    for (flow, ahead_millis) in world.flows.iter().zip((0..).step_by(97_000)) {
        for leg in legs(world, flow) {
            let traffic = Traffic { flow, leg: &leg, ahead_millis };
            match leg.emitter {
                Emitter::Envoy(workload) => pods(workload).iter().for_each(|pod| traffic.write_envoy(&mut book, pod)),
                _ => traffic.write_ztunnels(&mut book, &ztunnels),
            }
        }
    }
    book
}

impl Book {
    /// The place of a label set, which several flows may share: a ztunnel does not tell on whose behalf a waypoint calls.
    fn stream(&mut self, labels: Labels) -> usize {
        self.streams.iter().position(|known| known.is_same(&labels)).unwrap_or_else(|| {
            self.streams.push(labels);
            self.streams.len() - 1
        })
    }

    /// Adds a series, or what it counts to the same series of another flow.
    fn add(&mut self, metric: &'static str, stream: usize, le: &'static str, counter: Counter) {
        let place = self.families.iter().position(|(known, _)| *known == metric).unwrap_or_else(|| {
            self.families.push((metric, Vec::new()));
            self.families.len() - 1
        });
        let Some((_, family)) = self.families.get_mut(place) else { return };
        match family.iter_mut().find(|known| known.stream == stream && known.le == le) {
            Some(known) => {
                known.counter.floor += counter.floor;
                known.counter.flows.extend(counter.flows);
            }
            None => family.push(Series { stream, le, counter }),
        }
    }

    /// What a scraped pod says without traffic.
    fn add_target(&mut self, world: &World, workload: &'static Workload) {
        let scraped = |flow: &Flow| match flow.to {
            Target::Pods(path) => path.split_once('/') == Some((workload.namespace, workload.name)),
            _ => false,
        };
        let component = match workload.plane {
            Plane::Ztunnel => "ztunnel",
            Plane::Istiod => "pilot",
            _ if workload.has_envoy() => "proxy",
            _ if world.flows.iter().any(scraped) => "",
            _ => return,
        };
        for pod in pods(workload) {
            let up = self.stream(pod.labels.clone());
            self.add("up", up, "", Counter::constant(1.0, pod.life));
            if !component.is_empty() {
                let mut labels = pod.labels;
                labels.set_all(&[("component", component), ("tag", ISTIO)]);
                let build = self.stream(labels);
                self.add("istio_build", build, "", Counter::constant(1.0, pod.life));
            }
        }
    }
}

/// A leg of a flow, ready to be written down.
struct Traffic<'a> {
    flow: &'a Flow,
    leg: &'a Leg,
    ahead_millis: i64,
}

impl Traffic<'_> {
    /// A counter that counts `unit` for each of a part of the flow's requests or connections.
    fn counter(&self, pod: &Pod, part: f64, unit: f64) -> Counter {
        let Flow { per_sec, rhythm, .. } = *self.flow;
        if per_sec == 0.0 {
            return Counter::constant(ONCE * unit, pod.life);
        }
        let increase = Increase { per_sec: per_sec * part * unit, rhythm, ahead_millis: self.ahead_millis };
        Counter { floor: 0.0, flows: vec![increase], life: pod.life }
    }

    fn write_envoy(&self, book: &mut Book, pod: &Pod) {
        if !self.leg.reads_requests(self.flow.protocol) {
            let mut labels = self.labels(pod, false, false);
            labels.set_all(&[("request_protocol", "tcp"), ("response_flags", "-")]);
            let stream = book.stream(labels);
            self.write_connections(book, pod, stream, stream, pod.share);
            return;
        }
        for outcome in outcomes(self.flow.fate) {
            if outcome.reach == Reach::Server || !self.leg.reached_only {
                self.write_requests(book, pod, outcome);
            }
        }
        if self.flow.protocol == Protocol::Grpc {
            // Counted before the labels of the response are known.
            let mut labels = self.labels(pod, false, false);
            labels.set("connection_security_policy", "");
            let stream = book.stream(labels);
            for metric in ["istio_request_messages_total", "istio_response_messages_total"] {
                book.add(metric, stream, "", self.counter(pod, pod.share, 1.0));
            }
        }
    }

    fn write_requests(&self, book: &mut Book, pod: &Pod, outcome: &Outcome) {
        let flow = self.flow;
        let mut labels = self.labels(pod, false, outcome.reach == Reach::Nowhere);
        let protocol = if flow.protocol == Protocol::Grpc { "grpc" } else { "http" };
        labels.set_all(&[
            ("request_protocol", protocol),
            ("response_code", if protocol == "grpc" && outcome.code != "0" { "200" } else { outcome.code }),
            ("grpc_response_status", outcome.grpc_status(flow.protocol)),
            ("response_flags", outcome.flags),
        ]);
        let stream = book.stream(labels);
        let part = pod.share * outcome.share;
        let mut add = |metric, le, part, unit| book.add(metric, stream, le, self.counter(pod, part, unit));
        add("istio_requests_total", "", part, 1.0);
        for (sum, count, bytes) in [
            ("istio_request_bytes_sum", "istio_request_bytes_count", flow.bytes_up),
            ("istio_response_bytes_sum", "istio_response_bytes_count", flow.bytes_down),
        ] {
            add(sum, "", part, bytes);
            add(count, "", part, 1.0);
        }
        // Log-logistic: half of the answers within the median, and a long tail whose mean is π/2 times the median.
        for (limit, le) in BUCKETS {
            let ratio = flow.millis / limit;
            add("istio_request_duration_milliseconds_bucket", le, part / (1.0 + ratio * ratio), 1.0);
        }
        let mean = flow.millis * std::f64::consts::FRAC_PI_2;
        add("istio_request_duration_milliseconds_sum", "", part, mean);
        add("istio_request_duration_milliseconds_count", "", part, 1.0);
    }

    /// ztunnel tells zones apart, so there is a series for each pair of nodes.
    fn write_ztunnels(&self, book: &mut Book, ztunnels: &[Pod]) {
        let (sources, destinations) = (places(self.leg.source), places(self.leg.destination));
        for source in &sources {
            for destination in &destinations {
                let own = if self.leg.emitter == Emitter::SourceZtunnel { source } else { destination };
                let Some(pod) = own.node.and_then(|node| ztunnels.iter().find(|pod| pod.node == node)) else {
                    continue;
                };
                let mut labels = self.labels(pod, true, false);
                labels.set_all(&[
                    ("request_protocol", "tcp"),
                    ("response_flags", "-"),
                    ("source_region", source.region),
                    ("source_zone", source.zone),
                    ("destination_region", destination.region),
                    ("destination_zone", destination.zone),
                ]);
                let mut flagged = labels.clone();
                let stream = book.stream(labels);
                let share = source.share * destination.share;
                if self.flow.fate == Fate::Denied {
                    let flag = if self.leg.reporter == "destination" { "DENY" } else { "CONNECT" };
                    flagged.set("response_flags", flag);
                    let denied = book.stream(flagged);
                    self.write_connections(book, pod, stream, denied, share);
                    book.add("istio_tcp_connections_failed_total", denied, "", self.counter(pod, share, 1.0));
                } else {
                    self.write_connections(book, pod, stream, stream, share);
                }
            }
        }
    }

    /// Bytes are counted from the client to the server as received, and back as sent, whoever counts
    /// (<https://github.com/istio/istio/issues/32399>).
    fn write_connections(&self, book: &mut Book, pod: &Pod, stream: usize, closed: usize, share: f64) {
        let flow = self.flow;
        let reached = if self.leg.reached_only { reaching(flow.fate) } else { 1.0 };
        let per_unit = if flow.protocol == Protocol::Tcp { 1.0 } else { 1.0 / REQUESTS_PER_CONNECTION };
        let part = share * reached;
        let mut opened = self.counter(pod, part, per_unit);
        if flow.fate != Fate::Denied {
            opened.floor += (flow.per_sec * part * per_unit * CONNECTION_SECS).ceil();
        }
        book.add("istio_tcp_connections_opened_total", stream, "", opened);
        book.add("istio_tcp_connections_closed_total", closed, "", self.counter(pod, part, per_unit));
        book.add("istio_tcp_received_bytes_total", stream, "", self.counter(pod, part, flow.bytes_up));
        book.add("istio_tcp_sent_bytes_total", stream, "", self.counter(pod, part, flow.bytes_down));
    }

    /// What the labels of all series of this leg say. With `lost`, no server was chosen.
    fn labels(&self, pod: &Pod, by_ztunnel: bool, lost: bool) -> Labels {
        let leg = self.leg;
        let mut labels = pod.labels.clone();
        labels.set_all(&[
            ("reporter", leg.reporter),
            ("connection_security_policy", leg.policy),
            ("destination_service_name", leg.service.name),
            ("destination_service_namespace", leg.service.namespace),
        ]);
        labels.set("destination_service", leg.service.host.clone());
        let destination = if lost { Peer::Unknown } else { leg.destination };
        // Envoy takes an unknown peer's revision for `latest`, except for the server behind a waypoint.
        let revision = |at_waypoint| if by_ztunnel || at_waypoint { UNKNOWN } else { "latest" };
        push_peer(&mut labels, &SOURCE, leg.source, leg.knows_source, by_ztunnel, revision(false));
        let at_waypoint = leg.reporter == "waypoint";
        push_peer(
            &mut labels,
            &DESTINATION,
            destination,
            leg.knows_destination && !lost,
            by_ztunnel,
            revision(at_waypoint),
        );
        labels
    }
}

fn push_peer(
    labels: &mut Labels,
    names: &[&'static str; 8],
    peer: Peer,
    identified: bool,
    by_ztunnel: bool,
    unknown_revision: &'static str,
) {
    let values = match peer {
        Peer::Workload(workload) => {
            let revision = workload.version().unwrap_or("latest");
            let cluster = if workload.plane == Plane::Remote { REMOTE_CLUSTER } else { CLUSTER };
            // ztunnel repeats the canonical revision; Envoy reads the pod's label.
            let version = if by_ztunnel { revision } else { workload.version().unwrap_or(UNKNOWN) };
            let app = workload.app();
            [workload.name, workload.namespace, cluster, UNKNOWN, app, revision, app, version]
        }
        Peer::Entry(entry) => {
            let (namespace, name) = entry.split_once('/').unwrap_or((UNKNOWN, entry));
            [name, namespace, CLUSTER, UNKNOWN, name, "latest", name, "latest"]
        }
        Peer::Unknown => [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, unknown_revision, UNKNOWN, UNKNOWN],
    };
    for (name, value) in names.iter().zip(values) {
        labels.set(name, value);
    }
    if let (Peer::Workload(workload), true) = (peer, identified) {
        let [_, _, _, principal, ..] = *names;
        labels.set(principal, format!("spiffe://cluster.local/ns/{}/sa/{}", workload.namespace, workload.app()));
    }
}

/// Where a part of a peer's pods runs.
struct Place {
    /// The place in [`NODES`], in this cluster.
    node: Option<usize>,
    region: &'static str,
    zone: &'static str,
    share: f64,
}

fn places(peer: Peer) -> Vec<Place> {
    match peer {
        Peer::Workload(workload) if workload.plane == Plane::Remote => {
            vec![Place { node: None, region: REMOTE_REGION, zone: REMOTE_ZONE, share: 1.0 }]
        }
        Peer::Workload(workload) => {
            let on = |at: usize| (0..usize::from(workload.replicas)).filter(|&pod| node(workload, pod) == at).count();
            let place = |(at, &(_, zone)): (usize, &(&'static str, &'static str))| {
                let share = on(at) as f64 / f64::from(workload.replicas);
                Place { node: Some(at), region: REGION, zone, share }
            };
            NODES.iter().enumerate().map(place).filter(|place| place.share > 0.0).collect()
        }
        Peer::Entry(_) | Peer::Unknown => vec![Place { node: None, region: UNKNOWN, zone: UNKNOWN, share: 1.0 }],
    }
}
