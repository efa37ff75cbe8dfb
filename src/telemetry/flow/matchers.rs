//! Conditions that pick the series of one end.

use crate::mesh::{Cluster, EdgeKey, Host, NodeKey, UNKNOWN};
use crate::promql::{Label, Matcher, Piece};

use super::super::label;
use super::super::plan::deployment_pod;

/// The values that stand for no name.
fn nameless() -> Vec<String> {
    vec![UNKNOWN.to_owned(), String::new()]
}

fn is_nameless(label: Label) -> Matcher {
    Matcher::OneOf(label, nameless())
}

/// The cluster as written, or left out by the proxy and filled in by us.
fn in_cluster(label: Label, cluster: &Cluster) -> Option<Matcher> {
    let mut values = nameless();
    values.insert(0, cluster.to_string());
    cluster.is_known().then(|| Matcher::OneOf(label, values))
}

fn workload(labels: [Label; 3], key: &NodeKey) -> Option<Vec<Matcher>> {
    let NodeKey::Workload { cluster, namespace, workload } = key else { return None };
    let [of_cluster, of_namespace, of_workload] = labels;
    let mut matchers =
        vec![Matcher::Equal(of_namespace, namespace.to_string()), Matcher::Equal(of_workload, workload.to_string())];
    matchers.extend(in_cluster(of_cluster, cluster));
    Some(matchers)
}

/// Series whose client is this node.
pub(super) fn from(key: &NodeKey) -> Vec<Matcher> {
    let labels = [label::SOURCE_CLUSTER, label::SOURCE_NAMESPACE, label::SOURCE_WORKLOAD];
    if let Some(matchers) = workload(labels, key) {
        return matchers;
    }
    let mut matchers = vec![is_nameless(label::SOURCE_WORKLOAD)];
    if let NodeKey::UnknownClient { cluster, identity } = key {
        let mut identities = nameless();
        if identity.is_known() {
            identities = vec![identity.to_string()];
        }
        matchers.push(Matcher::OneOf(label::SOURCE_PRINCIPAL, identities));
        // An unknown client's cluster is its server's.
        matchers.extend(in_cluster(label::DESTINATION_CLUSTER, cluster));
    }
    matchers
}

/// Series whose server is this node; `services` are the hosts as clients spelled them.
pub(super) fn to(key: &NodeKey, services: &[Host]) -> Vec<Matcher> {
    let labels = [label::DESTINATION_CLUSTER, label::DESTINATION_NAMESPACE, label::DESTINATION_WORKLOAD];
    if let Some(matchers) = workload(labels, key) {
        return matchers;
    }
    let hosts =
        |host: &Host| -> Vec<String> { std::iter::once(host).chain(services).map(ToString::to_string).collect() };
    match key {
        NodeKey::Service { host, .. } => {
            vec![is_nameless(label::DESTINATION_WORKLOAD), Matcher::OneOf(label::DESTINATION_SERVICE, hosts(host))]
        }
        NodeKey::ServiceEntry { host } => vec![Matcher::OneOf(label::DESTINATION_SERVICE, hosts(host))],
        NodeKey::Passthrough { host, .. } if host.is_known() => vec![
            Matcher::Equal(label::DESTINATION_SERVICE_NAME, "PassthroughCluster".into()),
            Matcher::OneOf(label::DESTINATION_SERVICE, hosts(host)),
        ],
        NodeKey::Passthrough { .. } => vec![is_nameless(label::DESTINATION_WORKLOAD), {
            let mut names = nameless();
            names.push("PassthroughCluster".into());
            Matcher::OneOf(label::DESTINATION_SERVICE_NAME, names)
        }],
        NodeKey::BlackHole { .. } => {
            vec![Matcher::Equal(label::DESTINATION_SERVICE_NAME, "BlackHoleCluster".into())]
        }
        NodeKey::UnknownClient { .. } | NodeKey::Workload { .. } => vec![is_nameless(label::DESTINATION_WORKLOAD)],
    }
}

/// Series that the waypoint at one end of the edge wrote about the other end.
pub(super) fn at_waypoint(key: &EdgeKey, waypoint_is_target: bool) -> Option<Vec<Matcher>> {
    let (waypoint, mut matchers) =
        if waypoint_is_target { (&key.target, from(&key.source)) } else { (&key.source, to(&key.target, &[])) };
    let NodeKey::Workload { namespace, workload, .. } = waypoint else { return None };
    matchers.push(Matcher::Equal(label::REPORTER, "waypoint".into()));
    matchers.push(Matcher::Equal(label::NAMESPACE, namespace.to_string()));
    matchers.push(Matcher::Pattern(label::POD, deployment_pod(Piece::Literal(workload.to_string()))));
    Some(matchers)
}
