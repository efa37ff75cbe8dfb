//! Spans on the nodes of the graph.

use super::facts::{End, Facts, Proxy};
use super::node_id::is_pod_of;
use crate::mesh::{Node, NodeKey, Topology};
use crate::order::Map;

/// What put a span on a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sign {
    /// The pod, from the proxy's own identifier or the host's name.
    Pod,
    /// The workload, the canonical service and the namespace, from tags.
    Tags,
    /// The service as the tracer names it.
    ServiceName,
    /// The same in lower case, as all names of Kubernetes' are.
    LoweredName,
}

/// Where a span belongs in the graph: places in [`Topology::nodes`] and [`Topology::edges`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Placement {
    /// Who emits it. Several nodes where the tags fit several, such as the versions of an app.
    pub emitter: Vec<usize>,
    /// What says so.
    pub sign: Option<Sign>,
    /// Who asks.
    pub source: Vec<usize>,
    /// Who serves, or the service that was asked for.
    pub target: Vec<usize>,
    /// The edges that it tells of: hops, and the end-to-end edge across a waypoint.
    pub edges: Vec<usize>,
}

/// Finds nodes and edges of a topology by what spans say.
#[derive(Debug)]
pub struct Matcher<'a> {
    topology: &'a Topology,
    by_namespace: Map<&'a str, Vec<usize>>,
    /// Edges by the node where they begin.
    out: Vec<Vec<usize>>,
}

impl<'a> Matcher<'a> {
    /// A matcher for a topology.
    pub fn of(topology: &'a Topology) -> Self {
        let mut by_namespace: Map<&str, Vec<usize>> = Map::default();
        for (place, node) in topology.nodes.iter().enumerate() {
            if let Some(namespace) = node.key.namespace() {
                by_namespace.entry(namespace.as_str()).or_default().push(place);
            }
        }
        let mut out = vec![Vec::new(); topology.nodes.len()];
        for (place, edge) in topology.edges.iter().enumerate() {
            if let Some(edges) = out.get_mut(edge.source) {
                edges.push(place);
            }
        }
        Self { topology, by_namespace, out }
    }

    /// Who emits a span, and what says so.
    pub fn emitter(&self, facts: &Facts<'_>) -> (Vec<usize>, Option<Sign>) {
        let (named, namespace) = facts.named().unzip();
        let namespace = facts.own.namespace.or(namespace);
        if let (Some(pod), Some(namespace)) = (facts.pod, namespace) {
            let nodes = self.of_pod(pod, namespace, facts.own.cluster);
            if !nodes.is_empty() {
                return (nodes, Some(Sign::Pod));
            }
        }
        let nodes = self.of_end(&facts.own);
        if !nodes.is_empty() {
            return (nodes, Some(Sign::Tags));
        }
        let name = named.unwrap_or(facts.service);
        let lowered = name.to_ascii_lowercase();
        for (name, sign) in [(name, Sign::ServiceName), (&lowered, Sign::LoweredName)] {
            let lowered = namespace.map(str::to_ascii_lowercase);
            let namespace = if sign == Sign::LoweredName { lowered.as_deref() } else { namespace };
            let end = End { namespace, cluster: facts.own.cluster, ..End::default() };
            let mut nodes = self.of_end(&End { workload: Some(name), ..end });
            if nodes.is_empty() {
                nodes = self.of_end(&End { app: Some(name), ..end });
            }
            if !nodes.is_empty() {
                return (nodes, Some(sign));
            }
        }
        (Vec::new(), None)
    }

    fn in_namespace<'s>(&'s self, namespace: &'s str) -> impl Iterator<Item = (usize, &'a Node)> + use<'a, 's> {
        let places = self.by_namespace.get(&namespace).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| Some((*place, self.topology.nodes.get(*place)?)))
    }

    /// The workloads that have such a pod; of several, those with the longest name.
    fn of_pod(&self, pod: &str, namespace: &str, cluster: Option<&str>) -> Vec<usize> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (place, node) in self.in_namespace(namespace) {
            if let NodeKey::Workload { workload, .. } = &node.key
                && is_pod_of(pod, workload.as_str())
                && is_of_cluster(node, cluster)
            {
                found.push((workload.as_str().len(), place));
            }
        }
        let longest = found.iter().map(|(length, _)| *length).max();
        found.into_iter().filter(|(length, _)| Some(*length) == longest).map(|(_, place)| place).collect()
    }

    /// The nodes that an end may be. Without a namespace none: names repeat.
    pub(super) fn of_end(&self, end: &End<'_>) -> Vec<usize> {
        let Some(namespace) = end.namespace.filter(|_| end.is_known()) else { return Vec::new() };
        let fits = |node: &Node| {
            let (app, version) = match &node.key {
                NodeKey::Workload { workload, .. } => {
                    if let Some(known) = end.workload {
                        return workload.as_str() == known;
                    }
                    (&node.app, &node.version)
                }
                NodeKey::App { app, version, .. } => (app, version),
                _ => return false,
            };
            let has_version = end.version.is_none_or(|known| !version.is_known() || version.as_str() == known);
            end.app == Some(app.as_str()) && has_version
        };
        let nodes = self.in_namespace(namespace).filter(|(_, node)| is_of_cluster(node, end.cluster) && fits(node));
        nodes.map(|(place, _)| place).collect()
    }

    /// The nodes that stand for a host.
    pub(super) fn of_host(&self, host: &str) -> Vec<usize> {
        let is_it = |node: &Node| match &node.key {
            NodeKey::Service { host: known, .. }
            | NodeKey::ServiceEntry { host: known }
            | NodeKey::Passthrough { host: known, .. } => known.as_str() == host,
            _ => false,
        };
        let nodes = self.topology.nodes.iter().enumerate().filter(|(_, node)| is_it(node));
        nodes.map(|(place, _)| place).collect()
    }

    /// The edges between nodes. Where no target is known, those on which the host is asked for.
    pub(super) fn edges(&self, sources: &[usize], targets: &[usize], host: Option<&str>) -> Vec<usize> {
        let all = sources.iter().filter_map(|source| self.out.get(*source)).flatten();
        let fits = |place: &usize| {
            self.topology.edges.get(*place).is_some_and(|edge| {
                if targets.is_empty() {
                    host.is_some_and(|host| edge.services.iter().any(|known| known.as_str() == host))
                } else {
                    targets.contains(&edge.target)
                }
            })
        };
        all.copied().filter(fits).collect()
    }

    /// The edges that a waypoint's span tells of: end to end, and the legs to and from the waypoint.
    pub(super) fn edges_across(&self, placement: &Placement, host: Option<&str>) -> Vec<usize> {
        let Placement { emitter, source, target, .. } = placement;
        let is_via = |place: &usize| {
            let via = self.topology.edges.get(*place).and_then(|edge| edge.via.as_ref());
            let emits = |key: &NodeKey| {
                emitter.is_empty()
                    || emitter.iter().any(|node| self.topology.nodes.get(*node).is_some_and(|node| node.key == *key))
            };
            via.is_none_or(emits)
        };
        let mut edges: Vec<usize> = self.edges(source, target, host).into_iter().filter(is_via).collect();
        edges.extend(self.edges(source, emitter, None));
        if !target.is_empty() {
            edges.extend(self.edges(emitter, target, None));
        }
        edges
    }
}

fn is_of_cluster(node: &Node, cluster: Option<&str>) -> bool {
    let known = node.key.cluster().filter(|cluster| cluster.is_known());
    match (known, cluster) {
        (Some(known), Some(cluster)) => known.as_str() == cluster,
        _ => true,
    }
}

/// Whether the emitter stands between the ends rather than being one.
pub(super) const fn is_between(facts: &Facts<'_>) -> bool {
    matches!(facts.proxy, Proxy::Waypoint)
}
