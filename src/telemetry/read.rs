//! From the rows of an answer to observations.

use std::sync::Arc;

use crate::mesh::{Emitter, Identity, Namespace, Operation, Protocol, Reporter, UNKNOWN};
use crate::order::{Index, hash};
use crate::promql::Label;

use super::emitter;
use super::label;
use super::observation::{EmitterPod, Ending, Observation, Peer, Policy, Service, namespace_of};
use super::outcome::{Outcome, never_left_client};
use super::plan::Question;
use super::service_kind::ServiceKind;

/// The labels that are read, in the order in which [`Rows::read`] takes them.
pub static LABELS: [Label; COUNT] = [
    label::REPORTER,
    label::CLUSTER,
    label::SOURCE_CLUSTER,
    label::SOURCE_NAMESPACE,
    label::SOURCE_WORKLOAD,
    label::SOURCE_APP,
    label::SOURCE_VERSION,
    label::DESTINATION_CLUSTER,
    label::DESTINATION_NAMESPACE,
    label::DESTINATION_WORKLOAD,
    label::DESTINATION_APP,
    label::DESTINATION_VERSION,
    label::NAMESPACE,
    label::EMITTER,
    label::PROMETHEUS_REPLICA,
    label::REPLICA,
    label::SOURCE_PRINCIPAL,
    label::DESTINATION_SERVICE,
    label::DESTINATION_SERVICE_NAME,
    label::DESTINATION_SERVICE_NAMESPACE,
    label::REQUEST_PROTOCOL,
    label::SECURITY_POLICY,
    label::RESPONSE_CODE,
    label::GRPC_RESPONSE_STATUS,
    label::RESPONSE_FLAGS,
    label::REQUEST_OPERATION,
    label::WAY,
    label::ZTUNNEL,
];
const COUNT: usize = 28;

/// A text's place among those of an answer; the first of them is the empty one.
type Symbol = u32;

const EMPTY: Symbol = 0;

impl Observation {
    /// Reads one series, its labels looked up by `get`. Nothing for a series without a reporter that Istio knows, or with
    /// a value that is no rate (NaN, infinite, negative): those say nothing about traffic.
    pub fn read<'a>(question: Question, get: &dyn Fn(&Label) -> Option<&'a str>, rate: f64) -> Option<Self> {
        let (mut texts, mut row) = (vec![Arc::<str>::default()], [EMPTY; COUNT]);
        for (label, symbol) in LABELS.iter().zip(&mut row) {
            if let Some(text) = get(label).filter(|text| !text.is_empty()) {
                *symbol = texts.len() as Symbol;
                texts.push(text.into());
            }
        }
        Rows::new(question, &texts).read(&row, rate)
    }
}

/// Values made of some symbols, each made once.
struct Made<T, const N: usize> {
    keys: Vec<[Symbol; N]>,
    values: Vec<Arc<T>>,
    index: Index,
}

impl<T, const N: usize> Made<T, N> {
    fn new() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), index: Index::default() }
    }

    fn get(&mut self, key: [Symbol; N], make: &dyn Fn() -> T) -> Arc<T> {
        let (hash, keys) = (hash(&key), self.keys.as_slice());
        let found = self.index.find(hash, &|place| keys.get(place) == Some(&key));
        if let Some(known) = found.and_then(|place| self.values.get(place)) {
            return Arc::clone(known);
        }
        let value = Arc::new(make());
        self.index.insert(hash, self.keys.len());
        self.keys.push(key);
        self.values.push(Arc::clone(&value));
        value
    }
}

/// Reads the rows of one answer, and shares what they have in common.
pub struct Rows<'a> {
    question: Question,
    texts: Texts<'a>,
    peers: Made<Peer, 5>,
    pods: Made<EmitterPod, 4>,
    services: Made<Service, 3>,
    endings: Made<Ending, 3>,
}

impl<'a> Rows<'a> {
    /// Of an answer to this question. Its texts are named by their places; the first is the empty one.
    pub fn new(question: Question, texts: &'a [Arc<str>]) -> Self {
        let said_unknown = texts.iter().position(|text| **text == *UNKNOWN).unwrap_or_default() as Symbol;
        Self {
            question,
            texts: Texts { all: texts, unknown: UNKNOWN.into(), said_unknown },
            peers: Made::new(),
            pods: Made::new(),
            services: Made::new(),
            endings: Made::new(),
        }
    }

    /// [Reads](Observation::read) a series whose [`LABELS`] have these texts.
    pub fn read(&mut self, row: &[u32], rate: f64) -> Option<Observation> {
        let row: &[Symbol; COUNT] = row.try_into().ok()?;
        #[rustfmt::skip]
        let [
            reporter, scraped, source_cluster, source_namespace, source, source_app, source_version,
            destination_cluster, destination_namespace, destination, destination_app, destination_version,
            pod_namespace, pod_workload, replica_of_operator, replica, identity, host, service, service_namespace,
            protocol, policy, code, grpc_status, flags, operation, way, ztunnel,
        ] = *row;
        let texts = &self.texts;
        let reporter = Reporter::parse(texts.of(reporter))?;
        if !rate.is_finite() || rate < 0.0 {
            return None;
        }
        let (source_cluster, destination_cluster) =
            texts.clusters(reporter, source_cluster, destination_cluster, scraped);
        let mut peer = |key| self.peers.get(key, &|| texts.peer(key));
        let mut observation = Observation {
            question: self.question,
            reporter,
            emitter: Emitter::Undetermined,
            emitter_pod: self.pods.get([pod_namespace, pod_workload, replica_of_operator, replica], &|| EmitterPod {
                namespace: texts.name(pod_namespace).into(),
                workload: texts.name(pod_workload).into(),
                replica: replica_name(texts.of(replica_of_operator), texts.of(replica)).to_owned(),
            }),
            source: peer([source_cluster, source_namespace, source, source_app, source_version]),
            identity: Identity::from(texts.name(identity)),
            destination: peer([
                destination_cluster,
                destination_namespace,
                destination,
                destination_app,
                destination_version,
            ]),
            service: {
                let key = [host, service, service_namespace];
                self.services.get(key, &|| texts.service(key))
            },
            protocol: spoken(self.question, texts.of(protocol), grpc_status != EMPTY),
            policy: match texts.of(policy) {
                "mutual_tls" => Policy::MutualTls,
                "none" => Policy::None,
                _ => Policy::Unknown,
            },
            ending: self.endings.get([code, grpc_status, flags], &|| texts.ending([code, grpc_status, flags])),
            operation: (operation != EMPTY).then(|| texts.name(operation).into()).filter(Operation::is_known),
            is_back: texts.of(way) == label::BACK,
            rate,
        };
        observation.emitter = emitter::of(&observation, texts.of(ztunnel) == "1");
        Some(observation)
    }
}

/// The texts of an answer.
struct Texts<'a> {
    all: &'a [Arc<str>],
    unknown: Arc<str>,
    /// The symbol of [`UNKNOWN`] where rows have it.
    said_unknown: Symbol,
}

impl Texts<'_> {
    fn of(&self, symbol: Symbol) -> &str {
        self.all.get(symbol as usize).map_or("", |text| text)
    }

    fn text(&self, symbol: Symbol) -> Arc<str> {
        self.all.get(symbol as usize).cloned().unwrap_or_default()
    }

    /// The text of a name; no text is no name.
    fn name(&self, symbol: Symbol) -> Arc<str> {
        match self.all.get(symbol as usize) {
            Some(text) if symbol != EMPTY => Arc::clone(text),
            _ => Arc::clone(&self.unknown),
        }
    }

    /// Fills in clusters that are left open. The reporter's own side is in the cluster that the scrape's label names; the
    /// other side is taken to be in the same cluster (<https://github.com/istio/istio/issues/29373>). Clusters that proxies
    /// name count more than the scrape's, which need not be called as Istio calls them.
    fn clusters(
        &self,
        reporter: Reporter,
        mut source: Symbol,
        mut destination: Symbol,
        scraped: Symbol,
    ) -> (Symbol, Symbol) {
        let is_known = |cluster: Symbol| cluster != EMPTY && cluster != self.said_unknown;
        let (own, other) = match reporter {
            Reporter::Source => (&mut source, &mut destination),
            Reporter::Destination | Reporter::Waypoint => (&mut destination, &mut source),
        };
        if !is_known(*own) {
            *own = if scraped == EMPTY { *other } else { scraped };
        }
        if !is_known(*other) {
            *other = *own;
        }
        (source, destination)
    }

    fn peer(&self, [cluster, namespace, workload, app, version]: [Symbol; 5]) -> Peer {
        Peer {
            cluster: self.name(cluster).into(),
            namespace: self.name(namespace).into(),
            workload: self.name(workload).into(),
            app: self.name(app).into(),
            version: self.name(version).into(),
        }
    }

    fn service(&self, [host, name, namespace]: [Symbol; 3]) -> Service {
        let namespace = namespace_of(self.of(host)).unwrap_or_else(|| Namespace::from(self.name(namespace)));
        let (host, name) = (self.name(host).into(), self.text(name));
        let kind = ServiceKind::of_names(&host, &name, &namespace);
        Service { host, name, namespace, kind }
    }

    fn ending(&self, [code, grpc_status, flags]: [Symbol; 3]) -> Ending {
        let no_response = |symbol, none| if self.of(symbol) == none { "-".into() } else { self.text(symbol) };
        let (http, grpc) = (no_response(code, "0"), Some(self.of(grpc_status)).filter(|status| !status.is_empty()));
        Ending {
            outcome: Outcome::of(&http, grpc),
            code: if grpc.is_some() { self.text(grpc_status) } else { http },
            flags: no_response(flags, ""),
            is_unsent: never_left_client(self.of(flags)),
        }
    }
}

/// What tells equal servers apart. The Prometheus operator writes the server's pod, `prometheus-name-0` or, where
/// servers share the targets, `prometheus-name-shard-1-0`: the number at the end counts the replicas, and what differs
/// before it are servers with different targets.
fn replica_name<'a>(of_operator: &'a str, other: &'a str) -> &'a str {
    let text = if of_operator.is_empty() { other } else { of_operator };
    let number = text.rsplit_once('-').map(|(_, number)| number);
    number.filter(|number| number.bytes().all(|digit| digit.is_ascii_digit())).unwrap_or(text)
}

/// The protocol label is missing where the Telemetry API removed it, and on gRPC message counters.
fn spoken(question: Question, text: &str, has_grpc_status: bool) -> Protocol {
    match (question, text) {
        (Question::Messages, _) => Protocol::Grpc,
        (question, _) if !question.is_about_requests() => Protocol::Tcp,
        (_, "grpc") => Protocol::Grpc,
        (_, "") if has_grpc_status => Protocol::Grpc,
        _ => Protocol::Http,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_no_replicas() {
        assert_eq!(replica_name("prometheus-k8s-0", ""), replica_name("prometheus-k8s-shard-1-0", ""));
        assert_ne!(replica_name("prometheus-k8s-0", ""), replica_name("prometheus-k8s-1", ""));
        assert_ne!(replica_name("", "A"), replica_name("", "B"));
        assert_eq!(replica_name("", ""), "");
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
