//! What a span's tags say about where it stands in the mesh.

use super::aliases::Attribute;
use super::node_id::NodeId;
use super::upstream::{Direction, Upstream, host_of_operation};
use crate::backend::trace::{Span, SpanKind};

/// Who emits a span.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Proxy {
    /// No proxy: the application itself.
    None,
    /// The proxy beside a workload.
    Sidecar,
    /// A gateway.
    Gateway,
    /// A waypoint: one span a request, for the client and the server both.
    Waypoint,
    /// A proxy of which nothing says which.
    Unknown,
}

/// Which end of a call the emitter stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Side {
    /// The one that asks.
    Asks,
    /// The one that serves.
    Serves,
    /// Nothing says which.
    Unknown,
}

/// What is known of one end of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct End<'a> {
    /// The workload.
    pub workload: Option<&'a str>,
    /// The namespace.
    pub namespace: Option<&'a str>,
    /// The canonical service, or else the label `app`.
    pub app: Option<&'a str>,
    /// The canonical revision, or else the label `version`.
    pub version: Option<&'a str>,
    /// The cluster.
    pub cluster: Option<&'a str>,
}

/// What a span's tags say, in legacy and in newer spellings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts<'a> {
    /// Who emits it.
    pub proxy: Proxy,
    /// Which end of a call the emitter stands for.
    pub side: Side,
    /// The service as the tracer names it.
    pub service: &'a str,
    /// The pod that emits it.
    pub pod: Option<&'a str>,
    /// The workload that emits it; of a waypoint's span the waypoint.
    pub own: End<'a>,
    /// The client, as a waypoint tells since Istio 1.29.
    pub source: End<'a>,
    /// The server, as a waypoint tells since Istio 1.29.
    pub destination: End<'a>,
    /// The host that was asked for.
    pub host: Option<&'a str>,
}

/// Whether a proxy of the mesh emits a span.
pub(super) fn is_proxy(span: &Span<'_>) -> bool {
    span.tag("component") == Some("proxy") || span.tag("node_id").and_then(NodeId::parse).is_some()
}

impl<'a> End<'a> {
    /// Whether anything is known.
    pub const fn is_known(&self) -> bool {
        self.workload.is_some() || self.app.is_some()
    }

    /// What Istio writes about an end of which it knows nothing is as good as nothing.
    fn of(span: &Span<'a>, tags: [&[&str]; 5]) -> Self {
        let [workload, namespace, app, version, cluster] = tags.map(|names| {
            let values = names.iter().filter_map(|name| span.tag(name));
            values.into_iter().find(|value| !matches!(*value, "unknown" | "-"))
        });
        // What has no label of a version is called so.
        Self { workload, namespace, app, version: version.filter(|version| *version != "latest"), cluster }
    }
}

/// `istio pilot/pkg/networking/core/tracing.go` and, for a waypoint's peers, `contrib/istio/filters` of Envoy.
const OWN: [&[&str]; 5] = [
    &["istio.workload", "k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name"],
    &["istio.namespace", "k8s.namespace.name", "service.namespace"],
    &["istio.canonical_service"],
    &["istio.canonical_revision", "service.version"],
    &["istio.cluster_id", "k8s.cluster.name"],
];
const SOURCE: [&[&str]; 5] = [
    &["istio.source_workload"],
    &["istio.source_namespace"],
    &["istio.source_canonical_service", "istio.source_app"],
    &["istio.source_canonical_revision", "istio.source_app_version"],
    &["istio.source_cluster_id"],
];
const DESTINATION: [&[&str]; 5] = [
    &["istio.destination_workload"],
    &["istio.destination_namespace"],
    &["istio.destination_canonical_service", "istio.destination_app"],
    &["istio.destination_canonical_revision", "istio.destination_app_version"],
    &["istio.destination_cluster_id"],
];

impl<'a> Facts<'a> {
    /// The facts of a span.
    pub fn of(span: &Span<'a>) -> Self {
        let node = span.tag("node_id").and_then(NodeId::parse);
        let upstream = Attribute::UpstreamCluster.of(span).and_then(Upstream::parse);
        let (source, destination) = (End::of(span, SOURCE), End::of(span, DESTINATION));
        let proxy = match node.map(|node| node.kind) {
            Some("waypoint") => Proxy::Waypoint,
            Some("router") => Proxy::Gateway,
            Some("sidecar") => Proxy::Sidecar,
            // Only waypoints tell of both ends.
            _ if source.is_known() || destination.is_known() => Proxy::Waypoint,
            _ if span.tag("component") == Some("proxy") => Proxy::Unknown,
            _ => Proxy::None,
        };
        let side = match (span.kind(), upstream.map(|upstream| upstream.direction)) {
            (kind, _) if kind.asks() => Side::Asks,
            (kind, _) if kind.serves() => Side::Serves,
            (_, Some(Direction::Outbound)) => Side::Asks,
            (_, Some(Direction::Inbound)) => Side::Serves,
            _ => Side::Unknown,
        };
        let mut own = End::of(span, OWN);
        own.namespace = own.namespace.or(node.map(|node| node.namespace));
        let pod = node.map(|node| node.pod).or_else(|| Attribute::Hostname.of(span));
        let service = span.service();
        Self { proxy, side, service, pod, own, source, destination, host: host(span, upstream, proxy) }
    }

    /// Name and namespace in a service of the form `name.namespace`, as Istio has proxies call themselves by default.
    pub fn named(&self) -> Option<(&'a str, &'a str)> {
        let (name, namespace) = self.service.split_once('.')?;
        (!name.is_empty() && !namespace.is_empty() && !namespace.contains('.')).then_some((name, namespace))
    }
}

/// The host that is asked for: as the cluster says, the route, or the tracer's own name for a waypoint's spans in Istio
/// 1.28 and 1.29. An application names the other end in one of OpenTelemetry's attributes.
fn host<'a>(span: &Span<'a>, upstream: Option<Upstream<'a>>, proxy: Proxy) -> Option<&'a str> {
    let named = upstream.map(|upstream| upstream.host).filter(|host| !host.is_empty());
    let routed = || host_of_operation(span.operation());
    let waypoints = || Some(span.service()).filter(|name| proxy == Proxy::Waypoint && name.contains(".svc."));
    let asks = span.kind() == SpanKind::Client && proxy == Proxy::None;
    let peer = || ["server.address", "net.peer.name", "peer.service"].iter().find_map(|name| span.tags().get(name));
    named.or_else(routed).or_else(waypoints).or_else(|| if asks { peer() } else { None })
}
