//! The graph as JSON that others can check: `wayscope-graph/1`.
//!
//! ```json
//! { "format": "wayscope-graph/1", "time": 1700000000, "rateWindowSeconds": 600, "from": …, "to": …, "backEnd": "prod", "graphType": "workload",
//!   "nodes": [{ "id": …, "kind": "workload", "cluster": …, "namespace": …, "workload": …, "app": …, "version": …,
//!               "service": …, "identity": …, "role": "waypoint", "roleEvidence": "declared", "roleSeen": …, "health": …,
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

use serde::Serialize;
use serde_json::{Value, json};

use crate::mesh::{Connections, Edge, Measured, Node, NodeKey, Requests, Security, Topology, Traffic};
use crate::quantity::PerSec;

use super::graph::Shown;
use super::view::edge_id;

/// The name and version of the format.
pub const FORMAT: &str = "wayscope-graph/1";

/// The part `visible` of what is shown, as a JSON value.
pub fn export(shown: &Shown, visible: &Topology) -> Value {
    let edges: Vec<Value> = visible.edges.iter().filter_map(|edge| edge_value(edge, visible)).collect();
    json!({
        "format": FORMAT,
        "time": shown.range.to.unix_secs(),
        "from": shown.range.from.unix_secs(),
        "to": shown.range.to.unix_secs(),
        "rateWindowSeconds": shown.rate_window.secs(),
        "backEnd": shown.back_end,
        "graphType": shown.choices.graph_type(),
        "nodes": visible.nodes.iter().map(node_value).collect::<Vec<_>>(),
        "edges": edges,
    })
}

fn put(object: &mut Value, name: &str, value: Option<impl Serialize>) {
    if let (Some(fields), Some(Ok(value))) = (object.as_object_mut(), value.map(serde_json::to_value)) {
        fields.insert(name.to_owned(), value);
    }
}

fn known(name: &str) -> Option<&str> {
    (name != crate::mesh::UNKNOWN).then_some(name)
}

fn node_value(node: &Node) -> Value {
    let mut value = json!({
        "id": node.key.to_string(),
        "kind": node.key.kind(),
        "role": node.role.role.as_str(),
        "roleEvidence": node.role.evidence.as_str(),
        "health": node.health.as_str(),
        "inbound": traffic_value(node.inbound),
        "outbound": traffic_value(node.outbound),
    });
    put(&mut value, "cluster", node.key.cluster().and_then(|name| known(name.as_str())));
    put(&mut value, "namespace", node.key.namespace().and_then(|name| known(name.as_str())));
    put(&mut value, "app", known(node.app.as_str()));
    put(&mut value, "version", known(node.version.as_str()));
    put(&mut value, "roleSeen", Some(node.role.seen.as_str()).filter(|seen| !seen.is_empty()));
    match &node.key {
        NodeKey::Workload { workload, .. } => put(&mut value, "workload", known(workload.as_str())),
        NodeKey::Service { host, .. } | NodeKey::ServiceEntry { host } | NodeKey::Passthrough { host, .. } => {
            put(&mut value, "service", known(host.as_str()));
        }
        NodeKey::UnknownClient { identity, .. } => put(&mut value, "identity", known(identity.as_str())),
        NodeKey::App { .. } | NodeKey::BlackHole { .. } => {}
    }
    value
}

fn traffic_value(traffic: Traffic) -> Value {
    json!({
        "requestsPerSecond": traffic.requests,
        "errorsPerSecond": traffic.errors,
        "bytesPerSecond": traffic.bytes,
    })
}

fn edge_value(edge: &Edge, topology: &Topology) -> Option<Value> {
    let key = topology.edge_key(edge)?;
    let mut value = json!({
        "id": edge_id(&key),
        "source": key.source.to_string(),
        "target": key.target.to_string(),
        "protocol": edge.protocol.as_str(),
        "kind": edge.kind.as_str(),
        "logical": edge.logical,
        "health": edge.health(topology.tolerances).as_str(),
        "security": { "state": edge.security.as_str() },
        "identities": edge.identities.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "services": edge.services.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "reporters": edge.reporters.iter().map(|reporter| reporter.as_str()).collect::<Vec<_>>(),
    });
    put(&mut value, "via", edge.via.as_ref().map(ToString::to_string));
    if let Security::Mixed(share) = edge.security {
        put(&mut value["security"], "mutualTlsShare", Some(share));
    }
    put(&mut value, "requests", edge.requests.as_ref().map(requests_value));
    put(
        &mut value,
        "bytes",
        edge.bytes.map(|bytes| {
            json!({
                "sentPerSecond": bytes.sent,
                "receivedPerSecond": bytes.received,
                "reporter": bytes.reporter.as_str(),
                "emitter": bytes.emitter.as_str(),
            })
        }),
    );
    put(&mut value, "connections", edge.connections.as_ref().map(connections_value));
    Some(value)
}

fn requests_value(requests: &Requests) -> Value {
    let response =
        |(code, flags, rate): &(String, String, PerSec)| json!({ "code": code, "flags": flags, "perSecond": rate });
    let mut value = json!({
        "perSecond": requests.rate,
        "failuresPerSecond": requests.failures,
        "clientErrorsPerSecond": requests.client_errors,
        "reporter": requests.reporter.as_str(),
        "responses": requests.responses.iter().map(response).collect::<Vec<_>>(),
    });
    put(&mut value, "measured", requests.measured.as_ref().map(measured_value));
    value
}

fn measured_value(measured: &Measured) -> Value {
    let mut value = json!({ "reporter": measured.reporter.as_str() });
    let ([sent, received], [to_server, to_client]) = (measured.sizes, measured.messages);
    for (name, number) in [
        ("meanSeconds", measured.mean_secs()),
        ("sentBytesPerSecond", sent.map(|rate| rate.0)),
        ("receivedBytesPerSecond", received.map(|rate| rate.0)),
        ("sentMessagesPerSecond", to_server.map(|rate| rate.0)),
        ("receivedMessagesPerSecond", to_client.map(|rate| rate.0)),
    ] {
        put(&mut value, name, number);
    }
    value
}

fn connections_value(connections: &Connections) -> Value {
    let mut value = json!({
        "openedPerSecond": connections.opened,
        "failedPerSecond": connections.failed,
        "reporter": connections.reporter.as_str(),
    });
    put(&mut value, "closedPerSecond", connections.closed.map(|rate| rate.0));
    put(&mut value, "active", connections.active);
    value
}
