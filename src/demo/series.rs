//! From flows to series, as the proxies' registries and the scrape would write them.

use std::borrow::Cow;

use super::counter::{Counter, Increase};
use super::leg::{Emitter, Leg, Peer, UNKNOWN, legs};
use super::outcome::{Outcome, Reach, outcomes, reaching};
use super::pod::{Labels, Pod, node, pods};
use super::shop::{CLUSTER, ISTIO, NODES, REGION, REMOTE_CLUSTER, REMOTE_REGION, REMOTE_ZONE};
use super::world::{Fate, Flow, Plane, Protocol, Target, Workload, World};

/// A series.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Series {
    pub metric: &'static str,
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
    pub series: Vec<Series>,
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
    book.join();
    book
}

impl Book {
    /// The place of a label set, which several flows may share: a ztunnel does not tell on whose behalf a waypoint calls.
    fn stream(&mut self, mut labels: Labels) -> usize {
        labels.retain(|(_, value)| !value.is_empty());
        labels.sort_by_key(|(name, _)| *name);
        self.streams.iter().position(|known| *known == labels).unwrap_or_else(|| {
            self.streams.push(labels);
            self.streams.len() - 1
        })
    }

    /// Sorts the series by metric, those of one pod together, and makes one of those that are the same.
    fn join(&mut self) {
        self.series.sort_by(|a, b| (a.metric, a.stream, a.le).cmp(&(b.metric, b.stream, b.le)));
        self.series.dedup_by(|next, kept| {
            let same = (next.metric, next.stream, next.le) == (kept.metric, kept.stream, kept.le);
            if same {
                kept.counter.floor += next.counter.floor;
                kept.counter.flows.append(&mut next.counter.flows);
            }
            same
        });
    }

    fn add(&mut self, metric: &'static str, stream: usize, le: &'static str, counter: Counter) {
        self.series.push(Series { metric, stream, le, counter });
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
                labels.extend([("component", component.into()), ("tag", ISTIO.into())]);
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
            labels.extend([("request_protocol", "tcp".into()), ("response_flags", "-".into())]);
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
            labels.retain(|(name, _)| *name != "connection_security_policy");
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
        labels.extend([
            ("request_protocol", protocol.into()),
            ("response_code", if protocol == "grpc" && outcome.code != "0" { "200" } else { outcome.code }.into()),
            ("grpc_response_status", outcome.grpc_status(flow.protocol).into()),
            ("response_flags", outcome.flags.into()),
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
                labels.extend([
                    ("request_protocol", "tcp".into()),
                    ("source_region", source.region.into()),
                    ("source_zone", source.zone.into()),
                    ("destination_region", destination.region.into()),
                    ("destination_zone", destination.zone.into()),
                ]);
                let mut flagged = labels.clone();
                labels.push(("response_flags", "-".into()));
                let stream = book.stream(labels);
                let share = source.share * destination.share;
                if self.flow.fate == Fate::Denied {
                    let flag = if self.leg.reporter == "destination" { "DENY" } else { "CONNECT" };
                    flagged.push(("response_flags", flag.into()));
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
        labels.extend([
            ("reporter", leg.reporter.into()),
            ("connection_security_policy", leg.policy.into()),
            ("destination_service", leg.service.host.clone()),
            ("destination_service_name", leg.service.name.into()),
            ("destination_service_namespace", leg.service.namespace.into()),
        ]);
        let destination = if lost { Peer::Unknown } else { leg.destination };
        // Envoy takes an unknown peer's revision for `latest`, except for the server behind a waypoint.
        let revision = |at_waypoint| if by_ztunnel || at_waypoint { UNKNOWN } else { "latest" };
        push_peer(&mut labels, SOURCE, leg.source, leg.knows_source, by_ztunnel, revision(false));
        let at_waypoint = leg.reporter == "waypoint";
        push_peer(
            &mut labels,
            DESTINATION,
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
    names: [&'static str; 8],
    peer: Peer,
    identified: bool,
    by_ztunnel: bool,
    unknown_revision: &'static str,
) {
    let values: [Cow<'static, str>; 8] = match peer {
        Peer::Workload(workload) => {
            let revision = workload.version().unwrap_or("latest");
            let principal: Cow<'static, str> = if identified {
                format!("spiffe://cluster.local/ns/{}/sa/{}", workload.namespace, workload.app()).into()
            } else {
                UNKNOWN.into()
            };
            let cluster = if workload.plane == Plane::Remote { REMOTE_CLUSTER } else { CLUSTER };
            [
                workload.name.into(),
                workload.namespace.into(),
                cluster.into(),
                principal,
                workload.app().into(),
                revision.into(),
                workload.app().into(),
                // ztunnel repeats the canonical revision; Envoy reads the pod's label.
                if by_ztunnel { revision } else { workload.version().unwrap_or(UNKNOWN) }.into(),
            ]
        }
        Peer::Entry(entry) => {
            let (namespace, name) = entry.split_once('/').unwrap_or((UNKNOWN, entry));
            [name, namespace, CLUSTER, UNKNOWN, name, "latest", name, "latest"].map(Cow::Borrowed)
        }
        Peer::Unknown => {
            [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, unknown_revision, UNKNOWN, UNKNOWN].map(Cow::Borrowed)
        }
    };
    labels.extend(names.into_iter().zip(values));
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
