//! One series, read: who speaks, about which two ends, and what is said.

use std::sync::Arc;

use crate::mesh::{
    App, Cluster, Emitter, Host, Identity, Namespace, NodeKey, Operation, Protocol, Reporter, Version, Workload,
};

use super::outcome::Outcome;
use super::plan::Question;
use super::service_kind::ServiceKind;

/// One end of a series.
#[derive(Clone, PartialEq, Debug)]
pub struct Peer {
    /// Its cluster.
    pub cluster: Cluster,
    /// Its namespace.
    pub namespace: Namespace,
    /// Its workload.
    pub workload: Workload,
    /// Its application.
    pub app: App,
    /// Its version.
    pub version: Version,
}

/// The service that a series names.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    /// The host dialled; the key on which L4 and L7 are joined.
    pub host: Host,
    /// The short name: for a `ServiceEntry` Envoy writes the host, ztunnel the object's name.
    pub name: Arc<str>,
    /// The service's namespace.
    pub namespace: Namespace,
    /// What these stand for.
    pub(super) kind: ServiceKind,
}

/// The value of `connection_security_policy`, not yet interpreted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Policy {
    /// `mutual_tls`.
    MutualTls,
    /// `none`.
    None,
    /// `unknown`, another word, or no label.
    Unknown,
}

/// The proxy pod that wrote a series and the server that scraped it, as far as scrape labels tell.
#[derive(Clone, PartialEq, Debug)]
pub struct EmitterPod {
    /// Where it runs; unknown without the label `namespace`.
    pub namespace: Namespace,
    /// Its workload; unknown for a daemon set's pod and without the label `pod`.
    pub workload: Workload,
    /// Which of several equal servers scraped it; empty when nothing tells them apart.
    pub replica: String,
}

/// How requests or connections ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Ending {
    /// gRPC status, or where there is none the HTTP status; [`NO_RESPONSE`](super::NO_RESPONSE) when no response came,
    /// empty when the series does not say.
    pub code: Arc<str>,
    /// Response flags, `-` for none.
    pub flags: Arc<str>,
    /// What both statuses mean.
    pub outcome: Outcome,
    /// Whether the flags say that it never left the client.
    pub(super) is_unsent: bool,
}

/// One series of an answer, read. What many series have in common they share.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// Which question it answers.
    pub question: Question,
    /// From whose side it speaks.
    pub reporter: Reporter,
    /// What kind of proxy wrote it.
    pub emitter: Emitter,
    /// Which pod wrote it.
    pub emitter_pod: Arc<EmitterPod>,
    /// The client.
    pub source: Arc<Peer>,
    /// The client's identity where it was authenticated.
    pub identity: Identity,
    /// The server.
    pub destination: Arc<Peer>,
    /// The service dialled.
    pub service: Arc<Service>,
    /// What is spoken.
    pub protocol: Protocol,
    /// The security policy as written.
    pub policy: Policy,
    /// How it ended.
    pub ending: Arc<Ending>,
    /// What the requests are about, where that is asked for and told.
    pub operation: Option<Operation>,
    /// Whether it speaks of the way from the server to the client; told where one question is about both ways.
    pub is_back: bool,
    /// Rate a second over the window: requests, bytes, connections, milliseconds, messages; or how many connections are
    /// open. Finite, not negative.
    pub rate: f64,
}

impl Peer {
    /// Whether it is known which workload this is.
    pub fn is_known(&self) -> bool {
        self.workload.is_known()
    }

    /// The workload's node.
    pub fn key(&self) -> NodeKey {
        NodeKey::Workload {
            cluster: self.cluster.clone(),
            namespace: self.namespace.clone(),
            workload: self.workload.clone(),
        }
    }
}

impl Observation {
    /// The one of two ways that it speaks of.
    pub(super) fn of_way<'a>(&self, [to_server, to_client]: &'a mut [Option<f64>; 2]) -> &'a mut Option<f64> {
        if self.is_back { to_client } else { to_server }
    }

    /// The end for which the reporter speaks; of a waypoint, which speaks for neither, the server.
    pub(super) fn own_side(&self) -> &Peer {
        if self.reporter == Reporter::Source { &self.source } else { &self.destination }
    }
}

/// The namespace in a service's host `name.namespace.svc…`. It is truer than the label: until Istio 1.24.2 waypoints
/// wrote their own namespace there (<https://github.com/istio/istio/issues/54668>).
pub(super) fn namespace_of(host: &str) -> Option<Namespace> {
    let mut parts = host.split(':').next()?.split('.').skip(1);
    let namespace = parts.next().filter(|namespace| !namespace.is_empty())?;
    (parts.next() == Some("svc")).then(|| Namespace::new(namespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_tells_the_namespace() {
        for (host, expect) in [
            ("reviews.shop.svc.cluster.local", Some("shop")),
            ("reviews.shop.svc:9080", Some("shop")),
            ("api.example.com", None),
            ("a..svc", None),
            ("reviews", None),
            ("", None),
        ] {
            assert_eq!(namespace_of(host), expect.map(Namespace::new), "{host}");
        }
    }
}
