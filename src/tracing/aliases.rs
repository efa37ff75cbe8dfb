//! What proxies say of a request, in either spelling.

use crate::backend::trace::Span;

/// An attribute with several spellings: Envoy's own tags (`envoy source/common/tracing/common_values.h`), and those of
/// OpenTelemetry's conventions, which newer releases can write in their place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Attribute {
    /// The HTTP status.
    StatusCode,
    /// The HTTP method.
    Method,
    /// The whole address that was asked for.
    Url,
    /// The version of HTTP.
    Protocol,
    /// The address of the other end of the connection.
    PeerAddress,
    /// The client's program.
    UserAgent,
    /// Bytes of the request's body.
    RequestBytes,
    /// Bytes of the response's body.
    ResponseBytes,
    /// Envoy's flags of a response, `-` for none.
    ResponseFlags,
    /// The status of a gRPC call.
    GrpcStatus,
    /// The identifier that goes along with a request through the mesh.
    RequestId,
    /// The cluster that Envoy sends to.
    UpstreamCluster,
    /// The name of the pod or machine.
    Hostname,
    /// The namespace of a service that names it apart.
    ServiceNamespace,
}

impl Attribute {
    /// The names that it goes by, the most telling first.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::StatusCode => &["http.status_code", "http.response.status_code"],
            Self::Method => &["http.method", "http.request.method"],
            Self::Url => &["http.url", "url.full"],
            Self::Protocol => &["http.protocol", "network.protocol.version"],
            Self::PeerAddress => &["peer.address", "network.peer.address", "peer.ipv4"],
            Self::UserAgent => &["user_agent", "user_agent.original", "http.user_agent"],
            Self::RequestBytes => &["request_size", "http.request.body.size", "http.request_content_length"],
            Self::ResponseBytes => &["response_size", "http.response.body.size", "http.response_content_length"],
            Self::ResponseFlags => &["response_flags", "envoy.response_flags"],
            Self::GrpcStatus => &["grpc.status_code", "rpc.grpc.status_code", "rpc.response.status_code"],
            Self::RequestId => &["guid:x-request-id", "http.request.header.x-request-id"],
            Self::UpstreamCluster => &["upstream_cluster", "upstream_cluster.name", "envoy.upstream_cluster"],
            Self::Hostname => &["k8s.pod.name", "hostname", "host.name"],
            Self::ServiceNamespace => &["service.namespace", "k8s.namespace.name"],
        }
    }

    /// Its value; nothing where it is missing, or only says that there is none (`-`).
    pub fn of<'a>(self, span: &Span<'a>) -> Option<&'a str> {
        self.names().iter().find_map(|name| span.tag(name)).filter(|value| *value != "-")
    }
}
