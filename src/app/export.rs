//! The graph as JSON that others can check: `wayscope-graph/1`.
//!
//! ```json
//! { "format": "wayscope-graph/1", "time": 1700000000, "rateWindowSeconds": 600, "from": …, "to": …, "backEnd": "prod", "graphType": "workload",
//!   "nodes": [{ "id": …, "kind": "workload", "cluster": …, "namespace": …, "workload": …, "app": …, "version": …,
//!               "service": …, "operation": …, "identity": …, "role": "waypoint", "roleEvidence": "declared", "roleSeen": …, "health": …,
//!               "inbound": { "requestsPerSecond": …, "errorsPerSecond": …, "bytesPerSecond": … }, "outbound": { … } }],
//!   "edges": [{ "id": …, "source": node id, "target": node id, "protocol": "tcp", "kind": "ambient", "logical": false,
//!               "health": …, "via": node id, "requests": { "perSecond": …, "failuresPerSecond": …, "clientErrorsPerSecond": …,
//!               "reporter": …, "responses": [{ "code", "flags", "perSecond" }],
//!               "measured": { "meanSeconds": …, "sentBytesPerSecond": …, "receivedBytesPerSecond": …,
//!               "sentMessagesPerSecond": …, "receivedMessagesPerSecond": …, "reporter": … } },
//!               "bytes": { "sentPerSecond": …, "receivedPerSecond": …, "reporter": …, "emitter": … },
//!               "connections": { "openedPerSecond": …, "closedPerSecond": …, "failedPerSecond": …, "active": …, "reporter": … },
//!               "security": { "state": "mixed", "mutualTlsShare": 0.9 }, "identities": […], "services": […],
//!               "reporters": […] }] }
//! ```
//!
//! Times are Unix seconds. *Sent* is from source to target. A field that is not known is absent; zero is a measurement.
//! Fields may be added under the same version; none is renamed or removed.

use serde_json::{Map, Value};

use crate::mesh::{Connections, Edge, Measured, Node, NodeKey, Requests, Security, Topology, Traffic};
use crate::quantity::PerSec;

use super::graph::Shown;
use super::view::edge_id;

/// The name and version of the format.
pub const FORMAT: &str = "wayscope-graph/1";

/// An object in the making. The fields of a kind are written by one function each: what `json!` writes in place of them
/// is several times as long.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn texts(mut self, fields: &[(&str, &str)]) -> Self {
        for (name, text) in fields {
            self.put(name, Value::from(*text));
        }
        self
    }

    /// Texts that are left out where they are not known.
    fn known(mut self, fields: &[(&str, Option<&str>)]) -> Self {
        for (name, text) in fields {
            if let Some(text) = text.filter(|text| !text.is_empty() && *text != crate::mesh::UNKNOWN) {
                self.put(name, Value::from(text));
            }
        }
        self
    }

    fn numbers(mut self, fields: &[(&str, Option<f64>)]) -> Self {
        for (name, number) in fields {
            if let Some(number) = number {
                self.put(name, Value::from(*number));
            }
        }
        self
    }

    fn values<const N: usize>(mut self, fields: [(&str, Option<Value>); N]) -> Self {
        for (name, value) in fields {
            if let Some(value) = value {
                self.put(name, value);
            }
        }
        self
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

/// The part `visible` of what is shown, as a JSON value.
pub fn export(shown: &Shown, visible: &Topology) -> Value {
    let edges = visible.edges.iter().filter_map(|edge| edge_value(edge, visible)).collect();
    Object::default()
        .texts(&[("format", FORMAT), ("backEnd", &shown.back_end), ("graphType", shown.choices.graph_type())])
        .numbers(&[
            ("time", Some(shown.range.to.unix_secs())),
            ("from", Some(shown.range.from.unix_secs())),
            ("to", Some(shown.range.to.unix_secs())),
            ("rateWindowSeconds", Some(shown.rate_window.secs())),
        ])
        .values([("nodes", Some(list(&visible.nodes, node_value))), ("edges", Some(Value::Array(edges)))])
        .value()
}

fn node_value(node: &Node) -> Value {
    let (kind, own_name) = match &node.key {
        NodeKey::Workload { workload, .. } => ("workload", Some(workload.as_str())),
        NodeKey::Service { host, .. } | NodeKey::ServiceEntry { host } | NodeKey::Passthrough { host, .. } => {
            ("service", Some(host.as_str()))
        }
        NodeKey::Operation { operation, .. } => ("operation", Some(operation.as_str())),
        NodeKey::UnknownClient { identity, .. } => ("identity", Some(identity.as_str())),
        NodeKey::App { .. } | NodeKey::BlackHole { .. } => ("", None),
    };
    Object::default()
        .texts(&[
            ("id", &node.key.to_string()),
            ("kind", node.key.kind()),
            ("role", node.role.role.as_str()),
            ("roleEvidence", node.role.evidence.as_str()),
            ("health", node.health.as_str()),
        ])
        .known(&[
            ("cluster", node.key.cluster().map(crate::mesh::Cluster::as_str)),
            ("namespace", node.key.namespace().map(crate::mesh::Namespace::as_str)),
            ("app", Some(node.app.as_str())),
            ("version", Some(node.version.as_str())),
            ("roleSeen", Some(&node.role.seen.to_text())),
            (kind, own_name),
        ])
        .values([("inbound", Some(traffic_value(node.inbound))), ("outbound", Some(traffic_value(node.outbound)))])
        .value()
}

fn traffic_value(traffic: Traffic) -> Value {
    Object::default()
        .numbers(&[
            ("requestsPerSecond", Some(traffic.requests.0)),
            ("errorsPerSecond", Some(traffic.errors.0)),
            ("bytesPerSecond", Some(traffic.bytes.0)),
        ])
        .value()
}

fn edge_value(edge: &Edge, topology: &Topology) -> Option<Value> {
    let key = topology.edge_key(edge)?;
    let mixed = if let Security::Mixed(share) = edge.security { Some(share.value()) } else { None };
    let security =
        Object::default().texts(&[("state", edge.security.as_str())]).numbers(&[("mutualTlsShare", mixed)]).value();
    let bytes = edge.bytes.map(|bytes| {
        Object::default()
            .texts(&[("reporter", bytes.reporter.as_str()), ("emitter", bytes.emitter.as_str())])
            .numbers(&[("sentPerSecond", Some(bytes.sent.0)), ("receivedPerSecond", Some(bytes.received.0))])
            .value()
    });
    let text = |text: &str| Value::from(text);
    let fields = Object::default()
        .texts(&[
            ("id", &edge_id(&key)),
            ("source", &key.source.to_string()),
            ("target", &key.target.to_string()),
            ("protocol", edge.protocol.as_str()),
            ("kind", edge.kind.as_str()),
            ("health", edge.health(topology.tolerances).as_str()),
        ])
        .known(&[("via", edge.via.as_ref().map(ToString::to_string).as_deref())])
        .values([
            ("logical", Some(Value::Bool(edge.logical))),
            ("security", Some(security)),
            ("identities", Some(list(&edge.identities, |name| text(name.as_str())))),
            ("services", Some(list(&edge.services, |name| text(name.as_str())))),
            ("reporters", Some(list(&edge.reporters, |reporter| text(reporter.as_str())))),
            ("requests", edge.requests.as_ref().map(requests_value)),
            ("bytes", bytes),
            ("connections", edge.connections.as_ref().map(connections_value)),
        ]);
    Some(fields.value())
}

fn requests_value(requests: &Requests) -> Value {
    let response = |(code, flags, rate): &(std::sync::Arc<str>, std::sync::Arc<str>, PerSec)| {
        Object::default().texts(&[("code", code), ("flags", flags)]).numbers(&[("perSecond", Some(rate.0))]).value()
    };
    Object::default()
        .texts(&[("reporter", requests.reporter.as_str())])
        .numbers(&[
            ("perSecond", Some(requests.rate.0)),
            ("failuresPerSecond", Some(requests.failures.0)),
            ("clientErrorsPerSecond", Some(requests.client_errors.0)),
        ])
        .values([
            ("responses", Some(list(&requests.responses, response))),
            ("measured", requests.measured.as_ref().map(measured_value)),
        ])
        .value()
}

fn measured_value(measured: &Measured) -> Value {
    let ([sent, received], [to_server, to_client]) = (measured.sizes, measured.messages);
    Object::default()
        .texts(&[("reporter", measured.reporter.as_str())])
        .numbers(&[
            ("meanSeconds", measured.mean_secs()),
            ("sentBytesPerSecond", sent.map(|rate| rate.0)),
            ("receivedBytesPerSecond", received.map(|rate| rate.0)),
            ("sentMessagesPerSecond", to_server.map(|rate| rate.0)),
            ("receivedMessagesPerSecond", to_client.map(|rate| rate.0)),
        ])
        .value()
}

fn connections_value(connections: &Connections) -> Value {
    Object::default()
        .texts(&[("reporter", connections.reporter.as_str())])
        .numbers(&[
            ("openedPerSecond", Some(connections.opened.0)),
            ("closedPerSecond", connections.closed.map(|rate| rate.0)),
            ("failedPerSecond", Some(connections.failed.0)),
            ("active", connections.active),
        ])
        .value()
}
