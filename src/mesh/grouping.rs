//! Graphs of apps and services, made from the graph of workloads.
//!
//! *Invariants.* Who is believed is decided between workloads; here numbers are only added. What a workload's traffic
//! counts at its node counts once at the node that it becomes part of, so that the totals of a mesh are the same in every
//! type of graph. Waypoints, ztunnels and what is no workload stand for themselves.

use crate::order::Map;

use super::edge::{Edge, EdgeKey};
use super::health::Health;
use super::hop::Shown;
use super::key::NodeKey;
use super::name::{Host, Namespace, Version};
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
}

/// The edges that an edge of the graph of workloads becomes part of: one, or one to the service and one on from it.
type Ways = (EdgeKey, Option<EdgeKey>);

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
        for ((edge, counted), ways) in
            self.edges.iter().zip(totals::counted(&self.nodes, &self.edges)).zip(self.ways(&homes, grouping))
        {
            let Some((to, on)) = ways else { continue };
            for key in [&to.source, &to.target].into_iter().chain(on.as_ref().map(|on| &on.target)) {
                builder.node(Node::of_key(key.clone()));
            }
            let passed = counted.at_target;
            let halves = match on {
                None => [Some((to, counted)), None],
                Some(on) => [
                    Some((to, Counted { at_source: counted.at_source, at_target: passed })),
                    Some((on, Counted { at_source: passed, at_target: passed })),
                ],
            };
            for (key, counted) in halves.into_iter().flatten() {
                builder.add(key, edge, counted);
            }
        }
        builder.placed(self.tolerances)
    }

    /// The places of the edges of this graph of workloads that an edge of its grouping adds up.
    pub fn lanes_of(&self, grouping: Grouping, key: &EdgeKey) -> Vec<usize> {
        let ways = self.ways(&self.homes(grouping), grouping).into_iter().enumerate();
        let of_key = |(place, ways): (usize, Option<Ways>)| {
            let (to, on) = ways?;
            (to == *key || on.as_ref() == Some(key)).then_some(place)
        };
        ways.filter_map(of_key).collect()
    }

    /// The nodes of this graph of workloads that a node of its grouping stands for: for a service between client and
    /// server, the servers.
    pub fn members_of(&self, grouping: Grouping, key: &NodeKey) -> Vec<NodeKey> {
        let homes = self.homes(grouping);
        let mut members: Vec<NodeKey> =
            self.nodes.iter().zip(&homes).filter(|(_, home)| *home == key).map(|(node, _)| node.key.clone()).collect();
        if matches!(key, NodeKey::Service { .. }) {
            for (edge, ways) in self.edges.iter().zip(self.ways(&homes, grouping)) {
                let is_behind = ways.is_some_and(|(to, _)| to.target == *key);
                let target = self.nodes.get(edge.target).map(|node| &node.key);
                members.extend(target.filter(|_| is_behind).cloned());
            }
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

    fn ways(&self, homes: &[NodeKey], grouping: Grouping) -> Vec<Option<Ways>> {
        let way = |edge: &Edge| {
            let (source, target) = (homes.get(edge.source)?.clone(), homes.get(edge.target)?.clone());
            let (protocol, logical) = (edge.protocol, edge.logical);
            let edge_to = |source, target| EdgeKey { source, target, protocol, logical };
            let server = self.nodes.get(edge.target)?;
            if grouping.graph_type == GraphType::Service {
                let target = dialled_over(edge, &target).and_then(|host| service(server, host)).unwrap_or(target);
                return Some((edge_to(source, target), None));
            }
            let ends_alone = self.nodes.get(edge.source).is_some_and(stands_alone) || stands_alone(server);
            let is_between = grouping.services && !ends_alone && edge.kind.shown() != Shown::Infrastructure;
            let between = dialled_over(edge, &target).and_then(|host| service(server, host)).filter(|_| is_between);
            Some(match between {
                Some(between) => (edge_to(source, between.clone()), Some(edge_to(between, target))),
                None => (edge_to(source, target), None),
            })
        };
        self.edges.iter().map(way).collect()
    }
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

/// A node as a part of another.
fn part(node: &Node, home: NodeKey) -> Node {
    let (inbound, outbound) = (Traffic::default(), Traffic::default());
    let version = match &home {
        NodeKey::App { version, .. } => version.clone(),
        _ => node.version.clone(),
    };
    Node { key: home, version, inbound, outbound, health: Health::Idle, ..node.clone() }
}
