// Series as Istio's proxies write them and a scrape of their pods marks them, for histories of a test's own making.
// Ends are written `namespace/workload`. A series is {family, type, labels, value}, see openmetrics.mjs; what goes from
// client to server is what every proxy calls *received*.
//
// Sources: istio/ztunnel `src/proxy/metrics.rs`; Envoy's `istio_stats` filter (istio/proxy `testdata/metric`);
// istio/istio `samples/addons/prometheus.yaml` for the labels of a scrape.
import { rising } from "./openmetrics.mjs";

const CLUSTER = "c1";

/** The Envoy of a sidecar, in the pod of the side that reports. */
export function envoy(reporter, source, destination, labels = {}) {
  const { namespace, workload } = end(reporter === "source" ? source : destination);
  return {
    ...flow(reporter, source, destination),
    ...scraped(namespace, `${workload}-6c9f8d7b5-x2x9p`),
    request_protocol: "http",
    response_flags: "-",
    connection_security_policy: reporter === "source" ? "unknown" : "mutual_tls",
    ...labels,
  };
}

/** The ztunnel of the node of the side that reports. */
export function ztunnel(reporter, source, destination, labels = {}) {
  return {
    ...flow(reporter, source, destination),
    ...scraped("istio-system", reporter === "source" ? "ztunnel-8gmtt" : "ztunnel-x2x9p"),
    app: "ztunnel",
    request_protocol: "tcp",
    response_flags: "-",
    connection_security_policy: "mutual_tls",
    source_region: "eu-1",
    destination_region: "eu-1",
    ...labels,
  };
}

/** The Envoy of a waypoint, which speaks of a client and a server and nowhere of itself. */
export function waypoint(at, source, destination, labels = {}) {
  const { namespace, workload } = end(at);
  return {
    ...envoy("waypoint", source, destination, { connection_security_policy: "mutual_tls" }),
    ...scraped(namespace, `${workload}-777578b889-8gmtt`),
    gateway_istio_io_managed: "istio.io-mesh-controller",
    gateway_networking_k8s_io_gateway_name: workload,
    service_istio_io_canonical_name: workload,
    ...labels,
  };
}

/** Requests a second with one response code. */
export const requests = (labels, per_sec, code = "200") => [
  counter("istio_requests", { ...labels, response_code: code }, per_sec),
];

/** A TCP flow in B/s: sent by the client, received by it. Rates are numbers, or counters such as `waving` makes. */
export function stream(labels, { sent, received, opened = 0.2 }) {
  const tcp = { ...labels, request_protocol: "tcp" };
  return [
    counter("istio_tcp_received_bytes", tcp, sent),
    counter("istio_tcp_sent_bytes", tcp, received),
    counter("istio_tcp_connections_opened", tcp, opened),
  ];
}

/** Connections a second that are opened and refused. */
export const refused = (labels, per_sec) => [
  counter("istio_tcp_connections_opened", labels, per_sec),
  counter("istio_tcp_connections_closed", { ...labels, response_flags: "CONNECT" }, per_sec),
];

/** Sizes of HTTP messages in B/s, where a mesh has not turned them off: requests by the client, responses to it. */
export const sizes = (labels, { sent, received }) => [
  { family: "istio_request_bytes_sum", type: "unknown", labels, value: rising(sent) },
  { family: "istio_response_bytes_sum", type: "unknown", labels, value: rising(received) },
];

/** One counter. */
function counter(family, labels, rate) {
  return { family, type: "counter", labels, value: typeof rate === "function" ? rate : rising(rate) };
}

/** A counter whose rate swings about a mean, by a share of it: what is charted differs at every instant. */
export function waving(mean, swing, period_secs) {
  const turn = (2 * Math.PI) / period_secs;
  const risen = rising(1);
  return (secs) => Math.round(mean * (risen(secs) - (swing / turn) * Math.cos(turn * secs)) * 1_000) / 1_000;
}

/** Series by family, as `openMetrics` takes them. */
export function families(series) {
  const all = new Map();
  for (const { family, type, labels, value } of series.flat(Infinity)) {
    if (!all.has(family)) all.set(family, { name: family, type, series: [] });
    all.get(family).series.push({ labels, value });
  }
  return [...all.values()];
}

/** Labels of the service `name.namespace`. */
export const service = (name, namespace) => ({
  destination_service: `${name}.${namespace}.svc.cluster.local`,
  destination_service_name: name,
  destination_service_namespace: namespace,
});

function flow(reporter, source, destination) {
  const labels = { reporter };
  for (const [side, { namespace, workload }] of [["source", end(source)], ["destination", end(destination)]]) {
    labels[`${side}_cluster`] = CLUSTER;
    labels[`${side}_workload_namespace`] = namespace;
    labels[`${side}_workload`] = workload;
    labels[`${side}_canonical_service`] = workload;
    labels[`${side}_canonical_revision`] = "v1";
    labels[`${side}_principal`] = `spiffe://cluster.local/ns/${namespace}/sa/${workload}`;
  }
  const { namespace, workload } = end(destination);
  return { ...labels, ...service(workload, namespace) };
}

function end(path) {
  const [namespace, workload] = path.split("/");
  return { namespace, workload };
}

const scraped = (namespace, pod) => ({ job: "kubernetes-pods", namespace, pod, instance: `${pod}:15020` });
