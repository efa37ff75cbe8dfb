//! The queries of one basis.

use crate::mesh::{EdgeKey, HopKind};
use crate::promql::{Expr, Label, Matcher, Metric, Selector, rate, sum_by};
use crate::quantity::Duration;

use super::super::{label, metric};
use super::basis::Basis;
use super::judge::Side;
use super::matchers;
use super::subject::FlowSubject;

/// Which way the bytes go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// From the subject outwards: over an edge, from its source to its target.
    Sent,
    /// To the subject: over an edge, from its target back to its source.
    Received,
}

/// A range query and what its answer means.
#[derive(Clone, PartialEq, Debug)]
pub struct FlowQuery {
    /// Which way.
    pub question: Question,
    /// As what the subject takes part.
    pub side: Side,
    /// What to ask.
    pub expr: Expr,
}

/// The queries of `basis` for `subject`, empty where the basis does not apply. One query a metric returns all reporters.
pub fn queries(subject: &FlowSubject, basis: Basis, window: Duration, scope: &[Matcher]) -> Vec<FlowQuery> {
    let built = match subject {
        FlowSubject::Edge { key, kind, services } => edge_matchers(key, *kind, services, basis)
            .map(|matchers| both_ways(basis, Side::Edge, &matchers, &[label::REPORTER], window))
            .unwrap_or_default(),
        FlowSubject::Node(key) => {
            let mut built = node_side(basis, Side::Client, matchers::from(key), window);
            built.extend(node_side(basis, Side::Server, matchers::to(key, &[]), window));
            built
        }
    };
    built.into_iter().map(|query| FlowQuery { expr: query.expr.and_everywhere(scope), ..query }).collect()
}

fn edge_matchers(key: &EdgeKey, kind: HopKind, services: &[crate::mesh::Host], basis: Basis) -> Option<Vec<Matcher>> {
    let to_waypoint = matches!(kind, HopKind::ClientToWaypoint | HopKind::GatewayToWaypoint);
    let from_waypoint = matches!(kind, HopKind::WaypointToWorkload | HopKind::WaypointToSidecar);
    match basis {
        Basis::Tcp | Basis::Http | Basis::Connections => {
            let mut both = matchers::from(&key.source);
            both.extend(matchers::to(&key.target, services));
            if key.logical {
                both.push(Matcher::Equal(label::REPORTER, "waypoint".into()));
            }
            Some(both)
        }
        Basis::TcpAtWaypoint | Basis::HttpAtWaypoint if to_waypoint || from_waypoint => {
            matchers::at_waypoint(key, to_waypoint)
        }
        Basis::TcpAtWaypoint | Basis::HttpAtWaypoint => None,
    }
}

/// A node's bytes are summed over its peers, and each peer's reporter is chosen by itself: a waypoint's clients are told
/// by their own side, its servers by theirs. What a waypoint says end to end passes over its legs and is left out.
fn node_side(basis: Basis, side: Side, mut matchers: Vec<Matcher>, window: Duration) -> Vec<FlowQuery> {
    matchers.push(Matcher::NotEqual(label::REPORTER, "waypoint".into()));
    let peer = if side == Side::Client {
        [label::DESTINATION_CLUSTER, label::DESTINATION_NAMESPACE, label::DESTINATION_WORKLOAD]
    } else {
        [label::SOURCE_CLUSTER, label::SOURCE_NAMESPACE, label::SOURCE_WORKLOAD]
    };
    let [cluster, namespace, workload] = peer;
    both_ways(basis, side, &matchers, &[label::REPORTER, cluster, namespace, workload], window)
}

fn both_ways(basis: Basis, side: Side, matchers: &[Matcher], by: &[Label], window: Duration) -> Vec<FlowQuery> {
    let query = |question, counter: Metric| FlowQuery {
        question,
        side,
        expr: sum_by(by.to_vec(), rate(Selector::metric(counter).with_all(matchers.to_vec()), window)),
    };
    let (to_server, to_client) = match basis {
        Basis::Tcp | Basis::TcpAtWaypoint => (metric::TCP_RECEIVED, metric::TCP_SENT),
        Basis::Http | Basis::HttpAtWaypoint => (metric::REQUEST_BYTES, metric::RESPONSE_BYTES),
        Basis::Connections => return vec![query(Question::Sent, metric::TCP_OPENED)],
    };
    let (sent, received) = if side == Side::Server { (to_client, to_server) } else { (to_server, to_client) };
    vec![query(Question::Sent, sent), query(Question::Received, received)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::{NodeKey, Protocol};

    fn edge(kind: HopKind, source: &str, target: &str) -> FlowSubject {
        let node = |path: &str| {
            let (namespace, workload) = path.split_once('/').unwrap();
            NodeKey::workload("c1", namespace, workload)
        };
        let key = EdgeKey { source: node(source), target: node(target), protocol: Protocol::Tcp, logical: false };
        FlowSubject::Edge { key, kind, services: Vec::new() }
    }

    fn texts(subject: &FlowSubject, basis: Basis) -> Vec<String> {
        let queries = queries(subject, basis, Duration::from_mins(1), &[]);
        queries.into_iter().map(|query| query.expr.to_string()).collect()
    }

    #[test]
    fn what_an_edge_sends_is_what_proxies_call_received() {
        let texts = texts(&edge(HopKind::Ambient, "shop/cart", "data/db"), Basis::Tcp);
        assert!(texts[0].starts_with("sum by (reporter) (rate(istio_tcp_received_bytes_total{"), "{}", texts[0]);
        assert!(texts[1].starts_with("sum by (reporter) (rate(istio_tcp_sent_bytes_total{"), "{}", texts[1]);
        for part in [
            r#"source_workload_namespace="shop""#,
            r#"source_workload="cart""#,
            r#"source_cluster=~"c1|unknown|""#,
            r#"destination_workload_namespace="data""#,
            r#"destination_workload="db""#,
        ] {
            assert!(texts[0].contains(part), "{part} in {}", texts[0]);
        }
    }

    #[test]
    fn a_leg_is_also_looked_for_at_its_waypoint() {
        let to = texts(&edge(HopKind::ClientToWaypoint, "shop/web", "shop/waypoint"), Basis::TcpAtWaypoint);
        assert!(to[0].contains(r#"source_workload="web""#) && to[0].contains(r#"reporter="waypoint""#), "{}", to[0]);
        assert!(to[0].contains(r#"pod=~"waypoint-[a-z0-9]+-[a-z0-9]{5}""#), "{}", to[0]);
        assert!(!to[0].contains("destination_workload="), "{}", to[0]);
        let from = texts(&edge(HopKind::WaypointToWorkload, "shop/waypoint", "shop/api"), Basis::HttpAtWaypoint);
        assert!(from[0].contains("istio_request_bytes_sum") && from[0].contains(r#"destination_workload="api""#));
        assert!(texts(&edge(HopKind::Ambient, "a/b", "c/d"), Basis::TcpAtWaypoint).is_empty());
    }

    #[test]
    fn a_node_sends_to_its_servers_and_answers_its_clients() {
        let subject = FlowSubject::Node(NodeKey::workload("c1", "data", "db"));
        let built = queries(&subject, Basis::Tcp, Duration::from_mins(1), &[]);
        let sides: Vec<_> = built
            .iter()
            .map(|query| (query.question, query.side, query.expr.to_string().contains("received_bytes")))
            .collect();
        assert_eq!(
            sides,
            [
                (Question::Sent, Side::Client, true),
                (Question::Received, Side::Client, false),
                (Question::Sent, Side::Server, false),
                (Question::Received, Side::Server, true),
            ]
        );
    }
}
