//! The labels of Istio's series, and those that a scrape adds.

use crate::promql::Label;

/// From whose side a series speaks: `source`, `destination`, `waypoint`.
pub const REPORTER: Label = Label::new_static("reporter");
/// `http`, `grpc`, `tcp`.
pub const REQUEST_PROTOCOL: Label = Label::new_static("request_protocol");
/// HTTP status; `0` when there was no response; a class such as `5xx` where Telemetry configuration made it so.
pub const RESPONSE_CODE: Label = Label::new_static("response_code");
/// gRPC status; absent on plain HTTP.
pub const GRPC_RESPONSE_STATUS: Label = Label::new_static("grpc_response_status");
/// Envoy's short flags, or ztunnel's reasons; `-` for none.
pub const RESPONSE_FLAGS: Label = Label::new_static("response_flags");
/// `mutual_tls`, `none`, `unknown`; its meaning depends on the emitter.
pub const SECURITY_POLICY: Label = Label::new_static("connection_security_policy");
/// What a request is about, where the mesh's operator classifies requests and Telemetry configuration adds the label
/// (<https://istio.io/latest/docs/tasks/observability/metrics/classify-metrics/>).
pub const REQUEST_OPERATION: Label = Label::new_static("request_operation");

/// The client's cluster.
pub const SOURCE_CLUSTER: Label = Label::new_static("source_cluster");
/// The client's namespace.
pub const SOURCE_NAMESPACE: Label = Label::new_static("source_workload_namespace");
/// The client's workload.
pub const SOURCE_WORKLOAD: Label = Label::new_static("source_workload");
/// The client's application.
pub const SOURCE_APP: Label = Label::new_static("source_canonical_service");
/// The client's version.
pub const SOURCE_VERSION: Label = Label::new_static("source_canonical_revision");
/// The client's authenticated identity.
pub const SOURCE_PRINCIPAL: Label = Label::new_static("source_principal");
/// The client's region: only ztunnel writes it, since Istio 1.25, and then on every series.
pub const SOURCE_REGION: Label = Label::new_static("source_region");

/// The server's cluster.
pub const DESTINATION_CLUSTER: Label = Label::new_static("destination_cluster");
/// The server's namespace.
pub const DESTINATION_NAMESPACE: Label = Label::new_static("destination_workload_namespace");
/// The server's workload.
pub const DESTINATION_WORKLOAD: Label = Label::new_static("destination_workload");
/// The server's application.
pub const DESTINATION_APP: Label = Label::new_static("destination_canonical_service");
/// The server's version.
pub const DESTINATION_VERSION: Label = Label::new_static("destination_canonical_revision");
/// The host that was dialled.
pub const DESTINATION_SERVICE: Label = Label::new_static("destination_service");
/// The dialled service's short name, or what stands for none: `PassthroughCluster`, `BlackHoleCluster`.
pub const DESTINATION_SERVICE_NAME: Label = Label::new_static("destination_service_name");
/// The dialled service's namespace.
pub const DESTINATION_SERVICE_NAMESPACE: Label = Label::new_static("destination_service_namespace");

/// The namespace of the scraped pod: where the *emitter* runs.
pub const NAMESPACE: Label = Label::new_static("namespace");
/// The scraped pod.
pub const POD: Label = Label::new_static("pod");
/// What was scraped for: with [`INSTANCE`], one process.
pub const JOB: Label = Label::new_static("job");
/// The address that was scraped.
pub const INSTANCE: Label = Label::new_static("instance");
/// The scraped pod's `app` label: `ztunnel` for a ztunnel, where the scrape copies pod labels.
pub const APP: Label = Label::new_static("app");
/// The component of [`BUILD`](super::metric::BUILD).
pub const COMPONENT: Label = Label::new_static("component");
/// The version of [`BUILD`](super::metric::BUILD).
pub const TAG: Label = Label::new_static("tag");
/// The cluster that a scrape or a remote write adds.
pub const CLUSTER: Label = Label::new_static("cluster");
/// Which of several equal servers scraped a series, as the Prometheus operator marks it. Back ends that fold replicas
/// together drop it.
pub const PROMETHEUS_REPLICA: Label = Label::new_static("prometheus_replica");
/// The same, as Thanos' examples mark it.
pub const REPLICA: Label = Label::new_static("replica");
/// Which controller manages a gateway's pod (istio/istio `pkg/config/constants/constants.go`).
pub const MANAGED: Label = Label::new_static("gateway_istio_io_managed");
/// The Gateway that a pod serves.
pub const GATEWAY_NAME: Label = Label::new_static("gateway_networking_k8s_io_gateway_name");
/// The canonical service of a pod: for a waypoint or gateway its deployment.
pub const CANONICAL_NAME: Label = Label::new_static("service_istio_io_canonical_name");
/// `ingressgateway`, `egressgateway`: the mark of gateways that are not made by the Gateway API. Istio's chart takes the
/// release's name without `istio-` (istio/istio `manifests/charts/gateway/templates/_helpers.tpl`).
pub const ISTIO: Label = Label::new_static("istio");

/// A pod's label of the same name as [`MANAGED`], as kube-state-metrics exports it.
pub const STATE_MANAGED: Label = Label::new_static("label_gateway_istio_io_managed");
/// A pod's label of the same name as [`CANONICAL_NAME`], as kube-state-metrics exports it.
pub const STATE_CANONICAL_NAME: Label = Label::new_static("label_service_istio_io_canonical_name");
/// The annotation of pods whose traffic a ztunnel carries, as kube-state-metrics exports it.
pub const STATE_REDIRECTION: Label = Label::new_static("annotation_ambient_istio_io_redirection");
/// The value of [`STATE_REDIRECTION`].
pub const REDIRECTED: &str = "enabled";
/// An object's namespace where a scrape keeps [`NAMESPACE`] for the pod that exports it.
pub const EXPORTED_NAMESPACE: Label = Label::new_static("exported_namespace");
/// A pod's name where a scrape keeps [`POD`] for the pod that exports it.
pub const EXPORTED_POD: Label = Label::new_static("exported_pod");
/// An object's name.
pub const NAME: Label = Label::new_static("name");
/// The class of a Gateway.
pub const GATEWAY_CLASS: Label = Label::new_static("gatewayclass");
/// The class of a Gateway, as other versions spell it.
pub const GATEWAY_CLASS_NAME: Label = Label::new_static("gatewayclass_name");

/// Made by our queries: the workload of the emitting pod, cut from the pod's name.
pub const EMITTER: Label = Label::new_static("ws_emitter");
/// Made by our queries: `1` where a label of the series or of the scrape tells that a ztunnel is the emitter.
pub const ZTUNNEL: Label = Label::new_static("ws_ztunnel");
/// Made by our queries: which quantile a row is.
pub const QUANTILE: Label = Label::new_static("ws_quantile");
/// Made by our queries: [`BACK`] on what goes from the server to the client, where one answer holds both ways.
pub const WAY: Label = Label::new_static("ws_way");
/// The value of [`WAY`].
pub const BACK: &str = "back";
