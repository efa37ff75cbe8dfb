//! One series, read: who speaks, about which two ends, and what is said.

use crate::mesh::{App, Cluster, Emitter, Host, Identity, Namespace, NodeKey, Protocol, Reporter, Version, Workload};
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
    /// Rate a second over the window: requests, bytes, connections. Finite, not negative.
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
        let (source, destination) = with_clusters(source, destination, scraped_cluster);
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
                namespace: Namespace::new(text(label::DESTINATION_SERVICE_NAMESPACE)),
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
            rate,
        };
        observation.emitter = emitter::of(&observation, text(label::ZTUNNEL) == "1");
        Some(observation)
    }
}

/// The protocol label is missing where the Telemetry API removed it, and on gRPC message counters.
fn protocol(question: Question, text: &str, grpc_status: &str) -> Protocol {
    match (question, text) {
        (Question::Requests, "grpc") => Protocol::Grpc,
        (Question::Requests, "") if !grpc_status.is_empty() => Protocol::Grpc,
        (Question::Requests, _) => Protocol::Http,
        _ => Protocol::Tcp,
    }
}

/// Fills in clusters that proxies leave open: a server's unknown cluster is the client's
/// (<https://github.com/istio/istio/issues/29373>), and where neither says one, the scrape's own `cluster` label counts.
fn with_clusters(mut source: Peer, mut destination: Peer, scraped: &str) -> (Peer, Peer) {
    if !source.cluster.is_known() && !destination.cluster.is_known() && !scraped.is_empty() {
        source.cluster = Cluster::new(scraped);
    }
    if !destination.cluster.is_known() {
        destination.cluster = source.cluster.clone();
    } else if !source.cluster.is_known() {
        source.cluster = destination.cluster.clone();
    }
    (source, destination)
}
