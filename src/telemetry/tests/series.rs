//! Series with the labels that proxies and a scrape of the pods put on them, in a short notation.
//!
//! Labels first, metrics last: a metric takes the labels set so far. Ends are written `namespace/workload` or
//! `cluster:namespace/workload`; `unknown` is an end of which nothing is known. The cluster is `c1` where none is said.
//!
//! Sources: istio/ztunnel `src/proxy/metrics.rs`; Envoy's `istio_stats` filter and its expected metrics in istio/proxy
//! `testdata/metric`; istio/istio `samples/addons/prometheus.yaml` and `manifests/charts/*/files/*.yaml` for pod labels.

use std::collections::BTreeMap;

/// Labels by name.
pub type Labels = BTreeMap<String, String>;

/// One series: a counter with its rate a second, or a gauge with its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    pub metric: &'static str,
    pub labels: Labels,
    pub value: f64,
}

/// What one proxy says of one flow: labels, and the series made with them so far.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    labels: Labels,
    series: Vec<Series>,
}

/// What a scrape copies from pods; an operator's `PodMonitor` drops it.
const POD_LABELS: [&str; 8] = [
    "app",
    "istio",
    "istio_io_dataplane_mode",
    "security_istio_io_tlsMode",
    "service_istio_io_canonical_name",
    "gateway_istio_io_managed",
    "gateway_networking_k8s_io_gateway_name",
    "gateway_networking_k8s_io_gateway_class_name",
];

/// What counters of gRPC messages lack (istio/proxy `testdata/metric/client_request_messages.yaml.tmpl`).
const OF_OUTCOMES: [&str; 5] =
    ["request_protocol", "response_code", "response_flags", "connection_security_policy", "grpc_response_status"];

const LOCALITY: [&str; 4] = ["source_region", "source_zone", "destination_region", "destination_zone"];

/// A ztunnel of Istio 1.25 or later, on the node of the side that reports.
pub fn zt(reporter: &str, source: &str, destination: &str) -> Report {
    let (own, pod) = if reporter == "source" { (source, "ztunnel-8gmtt") } else { (destination, "ztunnel-x2x9p") };
    let mut report = flow(reporter, source, destination)
        .with("request_protocol", "tcp")
        .with("response_flags", "-")
        .policy("mutual_tls")
        .scraped("istio-system", pod, cluster(own))
        .with("app", "ztunnel")
        .with("istio_io_dataplane_mode", "none");
    for name in LOCALITY {
        report = report.with(name, if name.starts_with("source") { region(source) } else { region(destination) });
    }
    report
}

/// The Envoy of a sidecar or gateway, in the pod of the side that reports.
pub fn envoy(reporter: &str, source: &str, destination: &str) -> Report {
    let own = if reporter == "source" { source } else { destination };
    let (_, namespace, workload) = split(own);
    flow(reporter, source, destination)
        .with("request_protocol", "http")
        .with("response_flags", "-")
        .with("response_code", "200")
        .policy(if reporter == "source" { "unknown" } else { "mutual_tls" })
        .scraped(namespace, &format!("{workload}-6c9f8d7b5-x2x9p"), cluster(own))
        .with("app", app(workload))
        .with("security_istio_io_tlsMode", "istio")
        .with("service_istio_io_canonical_name", app(workload))
}

/// The Envoy of a waypoint, which speaks of a client and a server and nowhere of itself.
pub fn wp(waypoint: &str, source: &str, destination: &str) -> Report {
    let (_, namespace, workload) = split(waypoint);
    let report = envoy("destination", source, destination)
        .with("reporter", "waypoint")
        .scraped(namespace, &format!("{workload}-777578b889-8gmtt"), cluster(waypoint))
        .without("app")
        .without("security_istio_io_tlsMode");
    gateway_labels(report, "istio.io-mesh-controller", workload)
}

/// Whether a gateway's or waypoint's pod is scraped, traffic or not.
pub fn up(controller: &str, gateway: &str) -> Report {
    let (_, namespace, workload) = split(gateway);
    let report = Report { labels: Labels::new(), series: Vec::new() }.scraped(
        namespace,
        &format!("{workload}-777578b889-8gmtt"),
        cluster(gateway),
    );
    let report = gateway_labels(report, controller, workload);
    report.metric("up", 1.0)
}

/// What an exporter of Kubernetes' state tells; it is scraped in the namespace `monitoring`.
pub fn state(metric: &'static str, labels: &[(&str, &str)]) -> Report {
    let mut report = Report { labels: Labels::new(), series: Vec::new() };
    for (name, value) in [("namespace", "monitoring"), ("pod", "state-metrics-6c9f8d7b5-x2x9p")].iter().chain(labels) {
        report = report.with(name, value);
    }
    report.metric(metric, 1.0)
}

/// All series of these reports.
pub fn all<const N: usize>(reports: [Report; N]) -> Vec<Series> {
    reports.into_iter().flat_map(|report| report.series).collect()
}

/// These series as scraped without the pods' labels, and as written by ztunnels before Istio 1.25.
pub fn bare(mut series: Vec<Series>) -> Vec<Series> {
    let is_kept = |name: &str| !POD_LABELS.contains(&name) && !LOCALITY.contains(&name);
    for one in &mut series {
        one.labels.retain(|name, _| is_kept(name));
    }
    series
}

/// A hop that both ztunnels see in the same way.
pub fn both(source: &str, destination: &str, service: &str, sent: f64, received: f64) -> [Report; 2] {
    ["source", "destination"].map(|reporter| zt(reporter, source, destination).svc(service).rx(sent).tx(received))
}

impl Report {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.labels.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.labels.remove(name);
        self
    }

    /// A service of the mesh by its host `name.namespace.svc.cluster.local`, or any host of no namespace.
    pub fn svc(self, host: &str) -> Self {
        let mut parts = host.split('.');
        let (name, namespace) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if parts.next() == Some("svc") {
            self.service(host, name, namespace)
        } else {
            self.service(host, host, "unknown")
        }
    }

    /// A service by host, short name and namespace.
    pub fn service(self, host: &str, name: &str, namespace: &str) -> Self {
        self.with("destination_service", host)
            .with("destination_service_name", name)
            .with("destination_service_namespace", namespace)
    }

    /// The value of `connection_security_policy`.
    pub fn policy(self, policy: &str) -> Self {
        self.with("connection_security_policy", policy)
    }

    /// Plaintext, as a ztunnel says it: no client is authenticated; the server's identity stays.
    pub fn plaintext(self) -> Self {
        self.policy("unknown").principal("unknown")
    }

    /// The client's identity.
    pub fn principal(self, principal: &str) -> Self {
        self.with("source_principal", principal)
    }

    /// What the requests are about.
    pub fn classified(self, operation: &str) -> Self {
        self.with("request_operation", operation)
    }

    pub fn flags(self, flags: &str) -> Self {
        self.with("response_flags", flags)
    }

    pub fn code(self, code: &str) -> Self {
        self.with("response_code", code)
    }

    /// As scraped by a configuration that does not copy the pods' labels.
    pub fn operator(self) -> Self {
        self.strip(&POD_LABELS)
    }

    /// As a ztunnel before Istio 1.25 writes it.
    pub fn before_1_25(self) -> Self {
        self.strip(&LOCALITY)
    }

    /// Bytes a second from the client to the server.
    pub fn rx(self, rate: f64) -> Self {
        self.tcp("istio_tcp_received_bytes_total", rate)
    }

    /// Bytes a second from the server to the client.
    pub fn tx(self, rate: f64) -> Self {
        self.tcp("istio_tcp_sent_bytes_total", rate)
    }

    pub fn opened(self, rate: f64) -> Self {
        self.tcp("istio_tcp_connections_opened_total", rate)
    }

    pub fn closed(self, rate: f64) -> Self {
        self.tcp("istio_tcp_connections_closed_total", rate)
    }

    /// HTTP requests a second.
    pub fn rq(self, rate: f64) -> Self {
        self.metric("istio_requests_total", rate)
    }

    /// gRPC calls a second with that status.
    pub fn grpc(self, status: &str, rate: f64) -> Self {
        self.with("request_protocol", "grpc").with("grpc_response_status", status).rq(rate)
    }

    /// Milliseconds that requests took, a second.
    pub fn took(self, millis: f64) -> Self {
        self.metric("istio_request_duration_milliseconds_sum", millis)
    }

    /// Bytes of requests and of responses a second.
    pub fn sizes(self, requests: f64, responses: f64) -> Self {
        self.metric("istio_request_bytes_sum", requests).metric("istio_response_bytes_sum", responses)
    }

    /// gRPC messages a second from the client and from the server, counted before a call's outcome is known.
    pub fn messages(mut self, requests: f64, responses: f64) -> Self {
        let labels = self.labels.clone();
        for name in OF_OUTCOMES {
            self.labels.remove(name);
        }
        self = self.metric("istio_request_messages_total", requests).metric("istio_response_messages_total", responses);
        self.labels = labels;
        self
    }

    /// Without that label, also in what was said already.
    pub fn drop_label(self, name: &str) -> Self {
        self.strip(&[name])
    }

    /// With that label, also in what was said already.
    pub fn relabel(mut self, name: &str, value: &str) -> Self {
        self.series.iter_mut().for_each(|series| drop(series.labels.insert(name.to_owned(), value.to_owned())));
        self.with(name, value)
    }

    fn tcp(self, metric: &'static str, rate: f64) -> Self {
        self.without("response_code").with("request_protocol", "tcp").metric(metric, rate)
    }

    /// Any other counter.
    pub fn metric(mut self, metric: &'static str, value: f64) -> Self {
        self.series.push(Series { metric, labels: self.labels.clone(), value });
        self
    }

    fn scraped(self, namespace: &str, pod: &str, cluster: &str) -> Self {
        let report = self
            .with("job", "kubernetes-pods")
            .with("namespace", namespace)
            .with("pod", pod)
            .with("instance", &format!("{pod}.{cluster}:15020"));
        // A second cluster's server marks what it sends on.
        if cluster == "c1" { report } else { report.with("cluster", cluster) }
    }

    fn strip(mut self, names: &[&str]) -> Self {
        let drop = |labels: &mut Labels| labels.retain(|name, _| !names.contains(&name.as_str()));
        drop(&mut self.labels);
        self.series.iter_mut().for_each(|series| drop(&mut series.labels));
        self
    }
}

fn gateway_labels(report: Report, controller: &str, workload: &str) -> Report {
    report
        .with("gateway_istio_io_managed", controller)
        .with("gateway_networking_k8s_io_gateway_name", workload.strip_suffix("-istio").unwrap_or(workload))
        .with("service_istio_io_canonical_name", workload)
}

fn flow(reporter: &str, source: &str, destination: &str) -> Report {
    let mut report = Report { labels: Labels::new(), series: Vec::new() }.with("reporter", reporter);
    for (side, end) in [("source", source), ("destination", destination)] {
        let (cluster, namespace, workload) = split(end);
        let app = app(workload);
        let revision = workload.strip_prefix(app).and_then(|rest| rest.strip_prefix('-')).unwrap_or("latest");
        let principal = format!("spiffe://cluster.local/ns/{namespace}/sa/{app}");
        let known = end != "unknown";
        for (name, value) in [
            ("workload", workload),
            ("workload_namespace", namespace),
            ("canonical_service", app),
            ("canonical_revision", revision),
            ("app", app),
            ("version", revision),
            ("cluster", cluster),
            ("principal", &principal),
        ] {
            report = report.with(&format!("{side}_{name}"), if known { value } else { "unknown" });
        }
    }
    report.service("unknown", "unknown", "unknown")
}

fn split(end: &str) -> (&str, &str, &str) {
    let (cluster, rest) = end.split_once(':').unwrap_or(("c1", end));
    let (namespace, workload) = rest.split_once('/').unwrap_or((rest, rest));
    (cluster, namespace, workload)
}

fn cluster(end: &str) -> &str {
    split(end).0
}

fn region(end: &str) -> &str {
    if end == "unknown" { "unknown" } else { "eu-1" }
}

/// `reviews` of `reviews-v1`.
fn app(workload: &str) -> &str {
    match workload.rsplit_once("-v") {
        Some((app, version)) if version.bytes().all(|digit| digit.is_ascii_digit()) => app,
        _ => workload,
    }
}
