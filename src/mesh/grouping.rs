//! Graphs of apps and services, made from the graph of workloads.
//!
//! *Invariants.* Who is believed is decided between workloads; here numbers are only added. What a workload's traffic
//! counts at its node counts once at the node that it becomes part of, so that the totals of a mesh are the same in every
//! type of graph. Waypoints, ztunnels and what is no workload stand for themselves.
//!
//! Services and operations can stand between client and server: client, operation, service, server. Requests of which the
//! operation is not known pass by the operations, and so do bytes and connections, which have none.

use std::borrow::Cow;

use crate::order::Map;

use super::edge::{Edge, EdgeKey, Requests};
use super::health::Health;
use super::hop::Shown;
use super::key::NodeKey;
use super::name::{Host, Namespace, Operation, Version};
use super::node::{Node, Traffic};
use super::role::Role;
use super::topology::{Topology, TopologyBuilder};
use super::totals::{self, Counted};

/// What a node of the graph is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum GraphType {
    /// A workload.
    #[default]
    Workload,
    /// An app: all workloads of the same canonical service in a namespace.
    App,
    /// One version of an app.
    VersionedApp,
    /// A service: what clients dial. A workload that several services lead to is the one that most of its traffic dials.
    Service,
}

/// How a graph of workloads is regrouped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Grouping {
    /// What nodes are.
    pub graph_type: GraphType,
    /// Whether a service that is dialled stands as a node between client and server.
    pub services: bool,
    /// Whether the operation that a request is about stands as a node behind the client.
    pub operations: bool,
}

/// A part of an edge of the graph of workloads.
struct Part<'a> {
    /// The edge's place.
    lane: usize,
    edge: Cow<'a, Edge>,
    /// The edges that it becomes part of, from the client on.
    way: Vec<EdgeKey>,
}

impl Topology {
    /// The graph of this grouping; this is the one of workloads.
    #[must_use]
    pub fn grouped(&self, grouping: Grouping) -> Self {
        if grouping == Grouping::default() {
            return self.clone();
        }
        let mut builder = TopologyBuilder::default();
        let homes = self.homes(grouping);
        // The role of a node of several is that of the first of which one is known.
        for is_plain in [false, true] {
            for (node, home) in self.nodes.iter().zip(&homes) {
                let is_service = *home != node.key && matches!(home, NodeKey::Service { .. });
                if !is_service && (node.role.role == Role::Plain) == is_plain {
                    builder.node(part(node, home.clone()));
                }
            }
        }
        let counted = totals::counted(&self.nodes, &self.edges);
        for Part { lane, edge, way } in self.parts(&homes, grouping) {
            let Some(whole) = counted.get(lane) else { continue };
            let mut at_source = totals::of_part(whole.at_source, &edge);
            let at_target = totals::of_part(whole.at_target, &edge);
            for key in way {
                for end in [&key.source, &key.target] {
                    builder.node(Node::of_key(end.clone()));
                }
                builder.add(key, &edge, Counted { at_source, at_target });
                at_source = at_target;
            }
        }
        builder.placed(self.tolerances)
    }

    /// The places of the edges of this graph of workloads that an edge of its grouping adds up, or parts of which.
    pub fn lanes_of(&self, grouping: Grouping, key: &EdgeKey) -> Vec<usize> {
        lanes(&self.parts(&self.homes(grouping), grouping), key)
    }

    /// The edges of the grouping that this edge of it runs over, when it is logical; else the logical ones that run over
    /// it. What runs over what is told between workloads: two services of one workload share its hop.
    pub fn hops_of(&self, grouping: Grouping, key: &EdgeKey) -> Vec<EdgeKey> {
        let parts = self.parts(&self.homes(grouping), grouping);
        let own: Vec<&Edge> = lanes(&parts, key).into_iter().filter_map(|lane| self.edges.get(lane)).collect();
        let belongs = |other: &Edge| {
            let [mut ends, mut hops] = [own.as_slice(), &[other]];
            if !key.logical {
                (ends, hops) = (hops, ends);
            }
            let runs_over = |ends: [(usize, usize); 2]| hops.iter().any(|hop| ends.contains(&(hop.source, hop.target)));
            key.logical != other.logical && ends.iter().filter_map(|edge| self.leg_ends(edge)).any(runs_over)
        };
        let mut found: Vec<EdgeKey> = Vec::new();
        for part in parts.iter().filter(|part| self.edges.get(part.lane).is_some_and(belongs)) {
            for key in &part.way {
                if !found.contains(key) {
                    found.push(key.clone());
                }
            }
        }
        found
    }

    /// The nodes of this graph of workloads that a node of its grouping stands for: for a service between client and
    /// server, the servers; for an operation none.
    pub fn members_of(&self, grouping: Grouping, key: &NodeKey) -> Vec<NodeKey> {
        let homes = self.homes(grouping);
        let mut members: Vec<NodeKey> =
            self.nodes.iter().zip(&homes).filter(|(_, home)| *home == key).map(|(node, _)| node.key.clone()).collect();
        if matches!(key, NodeKey::Service { .. }) {
            let parts = self.parts(&homes, grouping);
            let behind = parts.iter().filter(|part| part.way.iter().any(|one| one.target == *key));
            let targets = behind.filter_map(|part| self.nodes.get(part.edge.target));
            members.extend(targets.map(|node| node.key.clone()));
            let is_workload = |key: &NodeKey| matches!(key, NodeKey::Workload { .. });
            if members.iter().any(is_workload) {
                members.retain(is_workload);
            }
        }
        crate::order::sort_unique(&mut members);
        members
    }

    /// For each node the node that it becomes.
    fn homes(&self, Grouping { graph_type, .. }: Grouping) -> Vec<NodeKey> {
        let dialled = if graph_type == GraphType::Service { self.dialled() } else { Vec::new() };
        let home = |(place, node): (usize, &Node)| {
            let NodeKey::Workload { cluster, namespace, .. } = &node.key else { return None };
            if stands_alone(node) {
                return None;
            }
            let app = |version: Version| {
                let (cluster, namespace, app) = (cluster.clone(), namespace.clone(), node.app.clone());
                node.app.is_known().then_some(NodeKey::App { cluster, namespace, app, version })
            };
            match graph_type {
                GraphType::Workload => None,
                GraphType::App => app(Version::unknown()),
                GraphType::VersionedApp => app(node.version.clone()),
                GraphType::Service => service(node, dialled.get(place)?.as_ref()?),
            }
        };
        self.nodes.iter().enumerate().map(|at| home(at).unwrap_or_else(|| at.1.key.clone())).collect()
    }

    /// For each node the service by which most of its traffic comes.
    fn dialled(&self) -> Vec<Option<Host>> {
        let mut amounts: Map<(usize, &Host), (f64, f64)> = Map::default();
        for edge in &self.edges {
            for host in edge.services.iter().filter(|host| namespace(host).is_some()) {
                let (requests, bytes) = amounts.entry((edge.target, host)).or_default();
                *requests += edge.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
                *bytes += edge.byte_rate().0;
            }
        }
        let mut best: Vec<Option<(&Host, (f64, f64))>> = vec![None; self.nodes.len()];
        for ((place, host), amount) in amounts.into_entries() {
            let Some(best) = best.get_mut(place) else { continue };
            let is_less = |(_, other): (&Host, (f64, f64))| {
                other.0.total_cmp(&amount.0).then(other.1.total_cmp(&amount.1)).is_lt()
            };
            if best.is_none_or(is_less) {
                *best = Some((host, amount));
            }
        }
        best.into_iter().map(|best| best.map(|(host, _)| host.clone())).collect()
    }

    /// The parts of all edges.
    fn parts(&self, homes: &[NodeKey], grouping: Grouping) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for (lane, edge) in self.edges.iter().enumerate() {
            let (Some(source), Some(target)) = (homes.get(edge.source), homes.get(edge.target)) else { continue };
            let (Some(client), Some(server)) = (self.nodes.get(edge.source), self.nodes.get(edge.target)) else {
                continue;
            };
            let is_between =
                !stands_alone(client) && !stands_alone(server) && edge.kind.shown() != Shown::Infrastructure;
            let host = dialled_over(edge, target);
            let service = host.and_then(|host| service(server, host));
            let mut stops = vec![source];
            match &service {
                Some(service) if grouping.graph_type == GraphType::Service => stops.push(service),
                Some(service) if grouping.services && is_between => stops.extend([service, target]),
                _ => stops.push(target),
            }
            let operation =
                |name: &Operation| operation(server, host, name).filter(|_| grouping.operations && is_between);
            for (edge, first) in split(edge, &operation) {
                let mut stops = stops.clone();
                if let Some(first) = &first {
                    stops.insert(1, first);
                }
                let key = |(source, target): (&&NodeKey, &&NodeKey)| EdgeKey {
                    source: (*source).clone(),
                    target: (*target).clone(),
                    protocol: edge.protocol,
                    logical: edge.logical,
                };
                let way = stops.iter().zip(stops.iter().skip(1)).map(key).collect();
                parts.push(Part { lane, edge, way });
            }
        }
        parts
    }
}

/// The places of the edges that become part of that one.
fn lanes(parts: &[Part<'_>], key: &EdgeKey) -> Vec<usize> {
    let mut lanes: Vec<usize> = parts.iter().filter(|part| part.way.contains(key)).map(|part| part.lane).collect();
    lanes.dedup();
    lanes
}

/// An edge by the operations of its requests, each with its node, and what is of none.
fn split<'a>(edge: &'a Edge, node: &dyn Fn(&Operation) -> Option<NodeKey>) -> Vec<(Cow<'a, Edge>, Option<NodeKey>)> {
    let of = |(name, requests): &'a (Option<Operation>, Requests)| Some((node(name.as_ref()?)?, requests));
    let mut parts = Vec::new();
    for (node, requests) in edge.operations.iter().filter_map(of) {
        let (requests, operations) = (Some(requests.clone()), Vec::new());
        let part = Edge { requests, operations, bytes: None, connections: None, ..edge.clone() };
        parts.push((Cow::Owned(part), Some(node)));
    }
    if parts.is_empty() {
        return vec![(Cow::Borrowed(edge), None)];
    }
    let rest = edge.operations.iter().find(|(name, _)| name.is_none()).map(|(_, requests)| requests.clone());
    if rest.is_some() || edge.bytes.is_some() || edge.connections.is_some() {
        parts.push((Cow::Owned(Edge { requests: rest, operations: Vec::new(), ..edge.clone() }), None));
    }
    parts
}

/// What is not part of an application.
fn stands_alone(node: &Node) -> bool {
    matches!(node.role.role, Role::Waypoint | Role::Ztunnel | Role::EastWestGateway)
}

/// The namespace in a host `name.namespace.svc…`, which only services of the mesh have.
fn namespace(host: &Host) -> Option<&str> {
    let mut parts = host.as_str().split('.').skip(1);
    let namespace = parts.next()?;
    parts.next().is_some_and(|part| part == "svc" || part.starts_with("svc:")).then_some(namespace)
}

/// The service dialled over an edge. The two ztunnels of a hop may name different ones; the usual one of the server is
/// most likely right then.
fn dialled_over<'a>(edge: &'a Edge, usual: &NodeKey) -> Option<&'a Host> {
    let hosts = || edge.services.iter().filter(|host| namespace(host).is_some());
    hosts()
        .find(|host| matches!(usual, NodeKey::Service { host: usual, .. } if usual == *host))
        .or_else(|| hosts().next())
}

/// The node of a service in front of a workload.
fn service(server: &Node, host: &Host) -> Option<NodeKey> {
    let NodeKey::Workload { cluster, .. } = &server.key else { return None };
    if stands_alone(server) {
        return None;
    }
    let host = Host::new(host.as_str().split(':').next()?);
    Some(NodeKey::Service { cluster: cluster.clone(), namespace: Namespace::new(namespace(&host)?), host })
}

/// The node of an operation of a workload, or of the service in front of it.
fn operation(server: &Node, host: Option<&Host>, operation: &Operation) -> Option<NodeKey> {
    let NodeKey::Workload { cluster, namespace, workload } = &server.key else { return None };
    let (cluster, namespace, operation) = (cluster.clone(), namespace.clone(), operation.clone());
    let host = Host::new(host.map_or(workload.as_str(), Host::as_str).split(':').next()?);
    Some(NodeKey::Operation { cluster, namespace, host, operation })
}

/// A node as a part of another.
fn part(node: &Node, home: NodeKey) -> Node {
    let (inbound, outbound) = (Traffic::default(), Traffic::default());
    let version = match &home {
        NodeKey::App { version, .. } => version.clone(),
        _ => node.version.clone(),
    };
    Node { key: home, version, inbound, outbound, health: Health::Idle, ..node.clone() }
}
