//! Nodes and edges as rows: the keyboard's and the screen reader's way to what the picture shows.

use crate::mesh::{Health, NodeKey, Topology};
use crate::quantity::{BytesPerSec, PerSec, Ratio};

use super::super::view::{Selection, edge_id};
use super::details::edge_name;
use super::names::{self, node_title};
use super::voice::Voice;

/// A node. Numbers stay numbers so that rows can be sorted by them.
#[derive(Clone, PartialEq, Debug)]
pub struct NodeRow {
    /// To select it.
    pub selection: Selection,
    /// Its name.
    pub title: String,
    /// Its namespace, empty where it has none.
    pub namespace: String,
    /// Its cluster, empty where it has none.
    pub cluster: String,
    /// Its role.
    pub role: String,
    /// Its health, in words.
    pub health_text: String,
    /// Its health.
    pub health: Health,
    /// Requests served a second.
    pub requests_in: PerSec,
    /// Requests made a second.
    pub requests_out: PerSec,
    /// Bytes a second that passed it as a server.
    pub bytes_in: BytesPerSec,
    /// Bytes a second that passed it as a client.
    pub bytes_out: BytesPerSec,
}

/// An edge.
#[derive(Clone, PartialEq, Debug)]
pub struct EdgeRow {
    /// To select it.
    pub selection: Selection,
    /// A name for screen readers.
    pub name: String,
    /// Where it begins.
    pub source: String,
    /// Where it ends.
    pub target: String,
    /// What is spoken.
    pub protocol: &'static str,
    /// What kind of hop it is.
    pub kind: String,
    /// Its health, in words.
    pub health_text: String,
    /// Its health.
    pub health: Health,
    /// Requests a second.
    pub requests: Option<PerSec>,
    /// The share of errors; none when there are no requests.
    pub errors: Option<Ratio>,
    /// Bytes a second from source to target; where no TCP bytes are counted, those of HTTP requests.
    pub sent: Option<BytesPerSec>,
    /// Bytes a second from target to source; where no TCP bytes are counted, those of HTTP responses.
    pub received: Option<BytesPerSec>,
    /// Whose numbers these are.
    pub reporter: String,
    /// Its security.
    pub security: String,
}

/// The nodes as rows, in the topology's order.
pub fn node_rows(topology: &Topology, voice: Voice<'_>) -> Vec<NodeRow> {
    let row = |node: &crate::mesh::Node| NodeRow {
        selection: Selection::node(&node.key),
        title: node_title(&node.key, voice),
        namespace: node.key.namespace().map(ToString::to_string).unwrap_or_default(),
        cluster: node.key.cluster().map(ToString::to_string).unwrap_or_default(),
        role: match node.key {
            NodeKey::Workload { .. } | NodeKey::App { .. } => names::role(node.role.role, voice),
            _ => names::node_kind(&node.key, voice),
        },
        health_text: names::health(node.health, voice),
        health: node.health,
        requests_in: node.inbound.requests,
        requests_out: node.outbound.requests,
        bytes_in: node.inbound.bytes,
        bytes_out: node.outbound.bytes,
    };
    topology.nodes.iter().map(row).collect()
}

/// The edges as rows, in the topology's order.
pub fn edge_rows(topology: &Topology, voice: Voice<'_>) -> Vec<EdgeRow> {
    let row = |edge: &crate::mesh::Edge| {
        let (source, target) = names::edge_title(edge, topology, voice);
        let health = edge.health(topology.tolerances);
        let reporter =
            edge.requests.as_ref().map(|requests| requests.reporter).or(edge.bytes.map(|bytes| bytes.reporter));
        let measured = edge.requests.as_ref().and_then(|requests| requests.measured);
        let sizes = measured.map_or([None; 2], |measured| measured.sizes);
        let [sent, received] = edge.bytes.map_or(sizes, |bytes| [Some(bytes.sent), Some(bytes.received)]);
        Some(EdgeRow {
            selection: Selection::Edge(edge_id(&topology.edge_key(edge)?)),
            name: edge_name(edge, topology, voice),
            source,
            target,
            protocol: names::protocol(edge.protocol),
            kind: voice.hop(edge.kind),
            health_text: names::health(health, voice),
            health,
            requests: edge.requests.as_ref().map(|requests| requests.rate),
            errors: edge.error_share(),
            sent,
            received,
            reporter: reporter.map(|reporter| names::reporter(reporter, voice)).unwrap_or_default(),
            security: names::security(edge.security, voice),
        })
    };
    topology.edges.iter().filter_map(row).collect()
}
