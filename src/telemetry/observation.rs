//! One series, read: who speaks, about which two ends, and what is said.

use crate::mesh::{
    App, Cluster, Emitter, Host, Identity, Namespace, NodeKey, Operation, Protocol, Reporter, Version, Workload,
};
use crate::promql::Label;

use super::emitter;
use super::label;
use super::plan::Question;

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
    pub name: String,
    /// The service's namespace.
    pub namespace: Namespace,
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

/// The proxy pod that wrote a series, as far as scrape labels tell.
#[derive(Clone, PartialEq, Debug)]
pub struct EmitterPod {
    /// Where it runs; unknown without the label `namespace`.
    pub namespace: Namespace,
    /// Its workload; unknown for a daemon set's pod and without the label `pod`.
    pub workload: Workload,
}

/// One series of an answer, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// Which question it answers.
    pub question: Question,
    /// From whose side it speaks.
    pub reporter: Reporter,
    /// What kind of proxy wrote it.
    pub emitter: Emitter,
    /// Which pod wrote it.
    pub emitter_pod: EmitterPod,
    /// The client.
    pub source: Peer,
    /// The client's identity where it was authenticated.
    pub identity: Identity,
    /// The server.
    pub destination: Peer,
    /// The service dialled.
    pub service: Service,
    /// What is spoken.
    pub protocol: Protocol,
    /// The security policy as written.
    pub policy: Policy,
    /// HTTP status; [`NO_RESPONSE`](super::NO_RESPONSE) when none came, empty when the series does not say.
    pub code: String,
    /// gRPC status, when there is one.
    pub grpc_status: Option<String>,
    /// Response flags, `-` for none.
    pub flags: String,
    /// What the requests are about, where that is asked for and told.
    pub operation: Option<Operation>,
    /// Which of several equal servers scraped it; empty when nothing tells them apart.
    pub replica: String,
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
    /// Reads one series, its labels looked up by `get`. Nothing for a series without a reporter that Istio knows, or with
    /// a value that is no rate (NaN, infinite, negative): those say nothing about traffic.
    pub fn read<'a>(question: Question, get: &dyn Fn(&Label) -> Option<&'a str>, rate: f64) -> Option<Self> {
        let text = |label: Label| get(&label).unwrap_or_default();
        let reporter = Reporter::parse(text(label::REPORTER))?;
        if !rate.is_finite() || rate < 0.0 {
            return None;
        }
        let scraped_cluster = text(label::CLUSTER);
        let source = Peer {
            cluster: Cluster::new(text(label::SOURCE_CLUSTER)),
            namespace: Namespace::new(text(label::SOURCE_NAMESPACE)),
            workload: Workload::new(text(label::SOURCE_WORKLOAD)),
            app: App::new(text(label::SOURCE_APP)),
            version: Version::new(text(label::SOURCE_VERSION)),
        };
        let destination = Peer {
            cluster: Cluster::new(text(label::DESTINATION_CLUSTER)),
            namespace: Namespace::new(text(label::DESTINATION_NAMESPACE)),
            workload: Workload::new(text(label::DESTINATION_WORKLOAD)),
            app: App::new(text(label::DESTINATION_APP)),
            version: Version::new(text(label::DESTINATION_VERSION)),
        };
        let (source, destination) = with_clusters(reporter, source, destination, scraped_cluster);
        let mut observation = Self {
            question,
            reporter,
            emitter: Emitter::Undetermined,
            emitter_pod: EmitterPod {
                namespace: Namespace::new(text(label::NAMESPACE)),
                workload: Workload::new(text(label::EMITTER)),
            },
            source,
            identity: Identity::new(text(label::SOURCE_PRINCIPAL)),
            destination,
            service: Service {
                host: Host::new(text(label::DESTINATION_SERVICE)),
                name: text(label::DESTINATION_SERVICE_NAME).to_owned(),
                namespace: namespace_of(text(label::DESTINATION_SERVICE))
                    .unwrap_or_else(|| Namespace::new(text(label::DESTINATION_SERVICE_NAMESPACE))),
            },
            protocol: protocol(question, text(label::REQUEST_PROTOCOL), text(label::GRPC_RESPONSE_STATUS)),
            policy: match text(label::SECURITY_POLICY) {
                "mutual_tls" => Policy::MutualTls,
                "none" => Policy::None,
                _ => Policy::Unknown,
            },
            code: if text(label::RESPONSE_CODE) == "0" { "-" } else { text(label::RESPONSE_CODE) }.to_owned(),
            grpc_status: get(&label::GRPC_RESPONSE_STATUS).filter(|status| !status.is_empty()).map(str::to_owned),
            flags: if text(label::RESPONSE_FLAGS).is_empty() { "-" } else { text(label::RESPONSE_FLAGS) }.to_owned(),
            operation: get(&label::REQUEST_OPERATION).map(Operation::new).filter(Operation::is_known),
            replica: replica(text(label::PROMETHEUS_REPLICA), text(label::REPLICA)).to_owned(),
            is_back: text(label::WAY) == label::BACK,
            rate,
        };
        observation.emitter = emitter::of(&observation, text(label::ZTUNNEL) == "1");
        Some(observation)
    }

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

/// What tells equal servers apart. The Prometheus operator writes the server's pod, `prometheus-name-0` or, where
/// servers share the targets, `prometheus-name-shard-1-0`: the number at the end counts the replicas, and what differs
/// before it are servers with different targets.
fn replica<'a>(of_operator: &'a str, other: &'a str) -> &'a str {
    let text = if of_operator.is_empty() { other } else { of_operator };
    let number = text.rsplit_once('-').map(|(_, number)| number);
    number.filter(|number| number.bytes().all(|digit| digit.is_ascii_digit())).unwrap_or(text)
}

/// The protocol label is missing where the Telemetry API removed it, and on gRPC message counters.
fn protocol(question: Question, text: &str, grpc_status: &str) -> Protocol {
    match (question, text) {
        (Question::Messages, _) => Protocol::Grpc,
        (question, _) if !question.is_about_requests() => Protocol::Tcp,
        (_, "grpc") => Protocol::Grpc,
        (_, "") if !grpc_status.is_empty() => Protocol::Grpc,
        _ => Protocol::Http,
    }
}

/// Fills in clusters that are left open. The reporter's own side is in the cluster that the scrape's label names; the
/// other side is taken to be in the same cluster (<https://github.com/istio/istio/issues/29373>). Clusters that proxies
/// name count more than the scrape's, which need not be called as Istio calls them.
fn with_clusters(reporter: Reporter, mut source: Peer, mut destination: Peer, scraped: &str) -> (Peer, Peer) {
    let (own, other) = match reporter {
        Reporter::Source => (&mut source, &mut destination),
        Reporter::Destination | Reporter::Waypoint => (&mut destination, &mut source),
    };
    if !own.cluster.is_known() {
        own.cluster = if scraped.is_empty() { other.cluster.clone() } else { Cluster::new(scraped) };
    }
    if !other.cluster.is_known() {
        other.cluster = own.cluster.clone();
    }
    (source, destination)
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

    #[test]
    fn shards_are_no_replicas() {
        assert_eq!(replica("prometheus-k8s-0", ""), replica("prometheus-k8s-shard-1-0", ""));
        assert_ne!(replica("prometheus-k8s-0", ""), replica("prometheus-k8s-1", ""));
        assert_ne!(replica("", "A"), replica("", "B"));
        assert_eq!(replica("", ""), "");
    }

    #[test]
    fn what_is_no_rate_says_nothing() {
        let get = |label: &Label| (*label == label::REPORTER).then_some("source");
        for (value, expect) in [(0.0, true), (f64::NAN, false), (f64::INFINITY, false), (-1.0, false)] {
            assert_eq!(Observation::read(Question::Opened, &get, value).is_some(), expect, "{value}");
        }
        assert_eq!(Observation::read(Question::Opened, &|_| None, 1.0), None);
    }
}
