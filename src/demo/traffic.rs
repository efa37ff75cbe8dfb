//! What one leg of a flow writes into the registries of its proxies.

use super::book::Book;
use super::counter::{Counter, Increase};
use super::ends::{places, set_ends};
use super::labels::Labels;
use super::leg::{Emitter, Leg};
use super::outcome::{Outcome, Reach, outcomes, reaching};
use super::pod::Pod;
use super::world::{Fate, Flow, Protocol};

/// Requests that a connection carries on average.
const REQUESTS_PER_CONNECTION: f64 = 40.0;
/// How long a connection lasts on average.
const CONNECTION_SECS: f64 = 30.0;
/// What an idle flow has carried once, in requests or connections.
const ONCE: f64 = 37.0;

/// Some of the buckets of Envoy's histograms, in milliseconds.
const BUCKETS: [(f64, &str); 6] =
    [(5.0, "5"), (25.0, "25"), (100.0, "100"), (500.0, "500"), (2_500.0, "2500"), (f64::INFINITY, "+Inf")];

/// A leg of a flow, ready to be written down.
pub(super) struct Traffic<'a> {
    pub flow: &'a Flow,
    pub leg: &'a Leg,
    /// By how much the flow's rhythm runs ahead.
    pub ahead_millis: i64,
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

    /// What one of an Envoy's pods writes.
    pub(super) fn write_envoy(&self, book: &mut Book, pod: &Pod) {
        if !self.leg.reads_requests(self.flow.protocol) {
            let mut labels = self.labels(pod, false);
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
            let mut labels = self.labels(pod, false);
            labels.set("connection_security_policy", "");
            let stream = book.stream(labels);
            for metric in ["istio_request_messages_total", "istio_response_messages_total"] {
                book.add(metric, stream, "", self.counter(pod, pod.share, 1.0));
            }
        }
    }

    fn write_requests(&self, book: &mut Book, pod: &Pod, outcome: &Outcome) {
        let flow = self.flow;
        let mut labels = self.labels(pod, outcome.reach == Reach::Nowhere);
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

    /// What the ztunnels write. They tell zones apart, so there is a series for each pair of nodes.
    pub(super) fn write_ztunnels(&self, book: &mut Book, ztunnels: &[Pod]) {
        let (sources, destinations) = (places(self.leg.source), places(self.leg.destination));
        for source in &sources {
            for destination in &destinations {
                let own = if self.leg.emitter == Emitter::SourceZtunnel { source } else { destination };
                let Some(pod) = own.node.and_then(|node| ztunnels.iter().find(|pod| pod.node == node)) else {
                    continue;
                };
                let mut labels = self.labels(pod, false);
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
    fn labels(&self, pod: &Pod, lost: bool) -> Labels {
        let leg = self.leg;
        let mut labels = pod.labels.clone();
        labels.set_all(&[
            ("reporter", leg.reporter),
            ("connection_security_policy", leg.policy),
            ("destination_service_name", leg.service.name),
            ("destination_service_namespace", leg.service.namespace),
        ]);
        labels.set("destination_service", leg.service.host.clone());
        set_ends(&mut labels, leg, lost);
        labels
    }
}
