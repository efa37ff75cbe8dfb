//! What is spoken on an edge.

/// A protocol that telemetry tells apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Protocol {
    /// HTTP/1 or HTTP/2 requests.
    Http,
    /// gRPC calls.
    Grpc,
    /// Byte streams.
    Tcp,
}

impl Protocol {
    /// Its name in lower case, as telemetry spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Grpc => "grpc",
            Self::Tcp => "tcp",
        }
    }
}
