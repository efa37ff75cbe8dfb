//! Conditions that pick the series of one end.

use crate::mesh::{Cluster, Host, NodeKey, Reporter, UNKNOWN};
use crate::order::sort_unique;
use crate::promql::{Label, Matcher, Piece};

use super::super::label;
use super::super::rates::deployment_pod;
use super::subject::FlowLane;

/// The values that stand for no name.
fn nameless() -> Vec<String> {
    vec![UNKNOWN.to_owned(), String::new()]
}

fn is_nameless(label: Label) -> Matcher {
    Matcher::OneOf(label, nameless())
}

/// The clusters as written, or left out by the proxy and filled in by us.
fn in_clusters(label: Label, mut clusters: Vec<String>) -> Option<Matcher> {
    clusters.retain(|cluster| cluster != UNKNOWN);
    let is_known = !clusters.is_empty();
    clusters.extend(nameless());
    is_known.then_some(Matcher::OneOf(label, clusters))
}

/// Series that name one of these workloads. Namespaces and names are matched each for itself: which pairs are meant is
/// for the reader of the answer to tell.
fn workloads(labels: [Label; 3], keys: &[&NodeKey]) -> Option<Vec<Matcher>> {
    let mut values: [Vec<String>; 3] = Default::default();
    for key in keys {
        let NodeKey::Workload { cluster, namespace, workload } = key else { continue };
        for (values, name) in values.iter_mut().zip([cluster.as_str(), namespace.as_str(), workload.as_str()]) {
            values.push(name.to_owned());
        }
    }
    values.iter_mut().for_each(sort_unique);
    let ([of_cluster, of_namespace, of_workload], [clusters, namespaces, names]) = (labels, values);
    if names.is_empty() {
        return None;
    }
    let mut matchers = vec![Matcher::OneOf(of_namespace, namespaces), Matcher::OneOf(of_workload, names)];
    matchers.extend(in_clusters(of_cluster, clusters));
    Some(matchers)
}

fn in_cluster(label: Label, cluster: &Cluster) -> Option<Matcher> {
    in_clusters(label, vec![cluster.to_string()])
}

/// Series whose client is one of these nodes.
pub(super) fn from(keys: &[&NodeKey]) -> Vec<Matcher> {
    let labels = [label::SOURCE_CLUSTER, label::SOURCE_NAMESPACE, label::SOURCE_WORKLOAD];
    if let Some(matchers) = workloads(labels, keys) {
        return matchers;
    }
    let mut matchers = vec![is_nameless(label::SOURCE_WORKLOAD)];
    if let Some(NodeKey::UnknownClient { cluster, identity }) = keys.first() {
        let identities = if identity.is_known() { vec![identity.to_string()] } else { nameless() };
        matchers.push(Matcher::OneOf(label::SOURCE_PRINCIPAL, identities));
        // An unknown client's cluster is its server's.
        matchers.extend(in_cluster(label::DESTINATION_CLUSTER, cluster));
    }
    matchers
}

/// Series whose server is one of these nodes; `services` are the hosts as clients spelled them.
pub(super) fn to(keys: &[&NodeKey], services: &[Host]) -> Vec<Matcher> {
    let labels = [label::DESTINATION_CLUSTER, label::DESTINATION_NAMESPACE, label::DESTINATION_WORKLOAD];
    if let Some(matchers) = workloads(labels, keys) {
        return matchers;
    }
    let hosts = |host: &Host| {
        let mut hosts: Vec<String> = std::iter::once(host).chain(services).map(ToString::to_string).collect();
        if !host.is_known() {
            hosts.push(String::new());
        }
        Matcher::OneOf(label::DESTINATION_SERVICE, hosts)
    };
    let named = |name: &str| Matcher::Equal(label::DESTINATION_SERVICE_NAME, name.to_owned());
    match keys.first() {
        Some(NodeKey::Service { host, .. }) => vec![is_nameless(label::DESTINATION_WORKLOAD), hosts(host)],
        Some(NodeKey::ServiceEntry { host }) => vec![hosts(host)],
        Some(NodeKey::Passthrough { host, .. }) if host.is_known() => vec![named("PassthroughCluster"), hosts(host)],
        // Rare hosts share a node: the edge's services name them.
        Some(NodeKey::Passthrough { host, .. }) => {
            let mut unowned = nameless();
            unowned.push("PassthroughCluster".into());
            let mut matchers = vec![
                is_nameless(label::DESTINATION_WORKLOAD),
                Matcher::OneOf(label::DESTINATION_SERVICE_NAME, unowned),
            ];
            matchers.extend((!services.is_empty()).then(|| hosts(host)));
            matchers
        }
        Some(NodeKey::BlackHole { .. }) => vec![named("BlackHoleCluster")],
        _ => vec![is_nameless(label::DESTINATION_WORKLOAD)],
    }
}

/// Series that the waypoint's pods wrote.
fn by_waypoint(waypoint: &NodeKey, reporter: Reporter) -> Option<Vec<Matcher>> {
    let NodeKey::Workload { namespace, workload, .. } = waypoint else { return None };
    Some(vec![
        Matcher::Equal(label::REPORTER, reporter.as_str().into()),
        Matcher::Equal(label::NAMESPACE, namespace.to_string()),
        Matcher::Pattern(label::POD, deployment_pod(Piece::Literal(workload.to_string()))),
    ])
}

/// Series that the waypoint at one end of the lane wrote about the other end.
pub(super) fn at_waypoint(lane: &FlowLane, waypoint_is_target: bool) -> Option<Vec<Matcher>> {
    let key = &lane.key;
    let (waypoint, mut matchers) =
        if waypoint_is_target { (&key.target, from(&[&key.source])) } else { (&key.source, to(&[&key.target], &[])) };
    matchers.extend(by_waypoint(waypoint, Reporter::Waypoint)?);
    Some(matchers)
}

/// Series of the hop from a logical lane's client to its waypoint, for the services that the lane is about.
pub(super) fn of_leg(lane: &FlowLane) -> Option<Vec<Matcher>> {
    let mut matchers = from(&[&lane.key.source]);
    matchers.extend(to(&[lane.via.as_ref()?], &[]));
    let hosts = lane.services.iter().map(ToString::to_string).collect();
    matchers.extend((!lane.services.is_empty()).then_some(Matcher::OneOf(label::DESTINATION_SERVICE, hosts)));
    Some(matchers)
}

/// Series of a lane whose waypoint must be named. It may say that the server is in its own namespace, or not say which
/// workload the server is.
pub(super) fn told_by(lane: &FlowLane, waypoint: &NodeKey, reporter: Reporter) -> Option<Vec<Matcher>> {
    let mut matchers = from(&[&lane.key.source]);
    matchers.push(match &lane.key.target {
        NodeKey::Workload { workload, .. } if lane.key.target != *waypoint => {
            Matcher::Equal(label::DESTINATION_WORKLOAD, workload.to_string())
        }
        _ => is_nameless(label::DESTINATION_WORKLOAD),
    });
    matchers.extend(by_waypoint(waypoint, reporter)?);
    Some(matchers)
}
