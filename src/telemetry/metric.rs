//! The metrics that Istio's proxies emit, by the names their registries give them.
//!
//! Sources: Envoy's `istio_stats` filter (istio/proxy `source/extensions/filters/http/istio_stats/istio_stats.cc`, now
//! envoyproxy/envoy `contrib/istio/filters`), istio/ztunnel `src/proxy/metrics.rs`.

use crate::promql::Metric;

/// HTTP and gRPC requests, by a proxy that reads them: sidecar, gateway, waypoint.
pub const REQUESTS: Metric = Metric::new_static("istio_requests_total");

/// Bytes from the client to the server, **whoever** reports: an edge's source *sent* what a proxy "received"
/// (<https://github.com/istio/istio/issues/32399>).
pub const TCP_RECEIVED: Metric = Metric::new_static("istio_tcp_received_bytes_total");

/// Bytes from the server to the client, whoever reports: an edge's source *received* what a proxy "sent".
pub const TCP_SENT: Metric = Metric::new_static("istio_tcp_sent_bytes_total");

/// TCP connections opened.
pub const TCP_OPENED: Metric = Metric::new_static("istio_tcp_connections_opened_total");

/// TCP connections closed; here, and not on the opened ones, stands the response flag of a failure.
pub const TCP_CLOSED: Metric = Metric::new_static("istio_tcp_connections_closed_total");

/// Bytes of HTTP requests with their headers, as a histogram's sum: client to server, not swapped.
pub const REQUEST_BYTES: Metric = Metric::new_static("istio_request_bytes_sum");

/// Bytes of HTTP responses with their headers, as a histogram's sum: server to client, not swapped.
pub const RESPONSE_BYTES: Metric = Metric::new_static("istio_response_bytes_sum");

/// Time from a request's first byte to its response's last, in milliseconds, as a histogram's sum. The filter counts the
/// request in [`REQUESTS`] at the same moment and under the same labels.
pub const DURATIONS: Metric = Metric::new_static("istio_request_duration_milliseconds_sum");

/// The same by upper bounds, as a histogram's buckets.
pub const DURATION_BUCKETS: Metric = Metric::new_static("istio_request_duration_milliseconds_bucket");

/// gRPC messages from the client to the server. Counted while a call lasts, before its outcome is known: without
/// protocol, code, flags and security policy.
pub const REQUEST_MESSAGES: Metric = Metric::new_static("istio_request_messages_total");

/// gRPC messages from the server to the client, counted in the same way.
pub const RESPONSE_MESSAGES: Metric = Metric::new_static("istio_response_messages_total");

/// Which Istio components run, one series each with value 1.
pub const BUILD: Metric = Metric::new_static("istio_build");

/// The labels of pods, by kube-state-metrics with `--metric-labels-allowlist=pods=[…]`.
pub const POD_LABELS: Metric = Metric::new_static("kube_pod_labels");

/// The annotations of pods, by kube-state-metrics with `--metric-annotations-allowlist=pods=[…]`.
pub const POD_ANNOTATIONS: Metric = Metric::new_static("kube_pod_annotations");

/// The Gateways, by the state metrics of the Gateway API.
pub const GATEWAYS: Metric = Metric::new_static("gatewayapi_gateway_info");

/// Whether a scrape succeeded; it carries the labels of the scraped pod where the scrape copies them.
pub const UP: Metric = Metric::new_static("up");
