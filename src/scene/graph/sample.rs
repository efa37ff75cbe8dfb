//! Small meshes for the tests beside.

use crate::geometry::{Path, Point, Rect, Size};
use crate::layout::{Layout, LayoutRequest, Route};
use crate::mesh::{
    App, Bytes, Edge, EdgeKey, Emitter, Health, HopKind, Node, NodeKey, Protocol, Reporter, Requests, RoleFact,
    Security, Told, Tolerances, Topology, TopologyBuilder, Traffic, Version,
};
use crate::quantity::{BytesPerSec, PerSec, Plain};

use super::super::text::{Measure, Weight};
use super::{GraphParts, GraphView, GraphWords, request};

/// A font whose letters are all equally wide.
pub(super) struct Fixed;

impl Measure for Fixed {
    fn width(&self, text: &str, size: f64, _: Weight) -> f64 {
        text.chars().count() as f64 * size * 0.55
    }
}

/// Nodes by their keys.
pub(super) struct Keys;

impl GraphWords for Keys {
    fn node_title(&self, node: &Node) -> String {
        node.key.title().to_owned()
    }
    fn node_caption(&self, node: &Node) -> String {
        if node.version.is_known() { node.version.as_str().to_owned() } else { String::new() }
    }
}

/// A workload.
pub(super) fn node(key: NodeKey) -> Node {
    Node {
        key,
        app: App::unknown(),
        version: Version::unknown(),
        role: RoleFact::assumed(),
        inbound: Traffic::default(),
        outbound: Traffic::default(),
        health: Health::Idle,
    }
}

/// An edge of HTTP requests, so many a second, of which so many fail.
pub(super) fn http_edge(rate: f64, errors: f64) -> Edge {
    let requests = Requests {
        rate: PerSec(rate),
        failures: PerSec(errors),
        client_errors: PerSec(0.0),
        responses: Vec::new(),
        reporter: Reporter::Destination,
        measured: None,
    };
    Edge {
        source: 0,
        target: 0,
        protocol: Protocol::Http,
        kind: HopKind::Requests,
        logical: false,
        via: None,
        told: Told::Nothing,
        operations: Vec::new(),
        requests: Some(requests),
        bytes: None,
        connections: None,
        security: Security::MutualTls,
        identities: Vec::new(),
        services: Vec::new(),
        reporters: Vec::new(),
    }
}

/// An edge of byte streams.
pub(super) fn tcp_edge(sent: f64, security: Security) -> Edge {
    let bytes = Bytes {
        sent: BytesPerSec(sent),
        received: BytesPerSec(0.0),
        reporter: Reporter::Source,
        emitter: Emitter::Ztunnel,
    };
    Edge {
        protocol: Protocol::Tcp,
        kind: HopKind::Ambient,
        requests: None,
        bytes: Some(bytes),
        security,
        ..http_edge(0.0, 0.0)
    }
}

/// The topology of these edges between workloads, named `cluster/namespace/workload`.
pub(super) fn topology(edges: &[(&str, &str, Edge)]) -> Topology {
    let mut builder = TopologyBuilder::default();
    let key = |name: &str| {
        let mut parts = name.split('/');
        let mut part = || parts.next().unwrap_or_default();
        NodeKey::workload(part(), part(), part())
    };
    for (source, target, edge) in edges {
        let (source, target) = (key(source), key(target));
        builder.node(node(source.clone()));
        builder.node(node(target.clone()));
        builder.edge(EdgeKey { source, target, protocol: edge.protocol, logical: edge.logical }, edge.clone());
    }
    builder.finish(Tolerances::default())
}

/// What is asked of the layout for it, and its parts, as everything is shown.
pub(super) fn requested(topology: &Topology, view: &GraphView) -> (LayoutRequest, GraphParts) {
    request(topology, view, &Fixed, &Plain, &Keys)
}

/// Nodes in a row from (0, 100) on, 300 apart; edges straight between their middles' heights; all boxes round
/// everything.
pub(super) fn row(request: &LayoutRequest) -> Layout {
    let nodes: Vec<Rect> = (0..)
        .zip(&request.nodes)
        .map(|(place, node)| Rect::new(Point::new(f64::from(place) * 300.0, 100.0), node.size))
        .collect();
    let route = |source: usize, target: usize| {
        let (from, to) = (nodes[source], nodes[target]);
        let path = Path::polyline([from.border_towards(to.centre()), to.border_towards(from.centre())]);
        Route { label: path.along(0.5).0, path }
    };
    let edges = request.edges.iter().map(|edge| route(edge.source, edge.target)).collect();
    let last = nodes.last().map_or(Point::default(), |node| node.max);
    let bounds = Rect::new(Point::new(-16.0, 50.0), Size::new(last.x + 32.0, 120.0));
    Layout { groups: vec![bounds; request.groups.len()], nodes, edges, bounds }
}
