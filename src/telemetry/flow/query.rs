//! The queries of one basis.

use crate::mesh::{HopKind, NodeKey};
use crate::promql::{Expr, Label, Matcher, Metric, Selector, sum_by};
use crate::quantity::Duration;

use super::super::rates::{growth, with_ztunnel};
use super::super::{label, metric};
use super::basis::Basis;
use super::judge::Side;
use super::matchers;
use super::subject::{FlowLane, FlowSubject};

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

/// The queries of `basis` for `subject`, empty where the basis does not apply. One query a metric returns all reporters,
/// with what tells their proxies and replicas apart (see [`Reading::read`](super::Reading::read)).
pub fn queries(subject: &FlowSubject, basis: Basis, window: Duration, scope: &[Matcher]) -> Vec<FlowQuery> {
    let mut built = Vec::new();
    match subject {
        FlowSubject::Edge { lanes, .. } => {
            if let Some(matchers) = edge_matchers(lanes, basis) {
                both_ways(basis, Side::Edge, &matchers, window, &mut built);
            }
        }
        FlowSubject::Node { members, .. } if members.is_empty() => {}
        FlowSubject::Node { key, members } => {
            // What a waypoint says end to end passes over its legs.
            let of_legs = Matcher::NotEqual(label::REPORTER, "waypoint".into());
            let members: Vec<&NodeKey> = members.iter().collect();
            let mut to = matchers::to(&members, &[]);
            if let NodeKey::Service { host, .. } = key
                && members != [key]
            {
                to.push(Matcher::Equal(label::DESTINATION_SERVICE, host.to_string()));
            }
            for (side, mut matchers) in [(Side::Client, matchers::from(&members)), (Side::Server, to)] {
                matchers.push(of_legs.clone());
                both_ways(basis, side, &matchers, window, &mut built);
            }
        }
    }
    built.into_iter().map(|query| FlowQuery { expr: query.expr.and_everywhere(scope), ..query }).collect()
}

fn edge_matchers(lanes: &[FlowLane], basis: Basis) -> Option<Vec<Matcher>> {
    let lane = lanes.first()?;
    let to_waypoint = matches!(lane.kind, HopKind::ClientToWaypoint | HopKind::GatewayToWaypoint);
    let from_waypoint = matches!(lane.kind, HopKind::WaypointToWorkload | HopKind::WaypointToSidecar);
    match basis {
        Basis::Tcp | Basis::Http | Basis::Connections => {
            if let ([lane], Some((waypoint, reporter))) = (lanes, lane.speaker()) {
                return matchers::told_by(lane, waypoint, reporter);
            }
            let ends = |end: fn(&FlowLane) -> &NodeKey| lanes.iter().map(end).collect::<Vec<_>>();
            let mut both = matchers::from(&ends(|lane| &lane.key.source));
            both.extend(matchers::to(&ends(|lane| &lane.key.target), &lane.services));
            if lane.key.logical {
                both.push(Matcher::Equal(label::REPORTER, "waypoint".into()));
            }
            Some(both)
        }
        Basis::TcpOfLeg => matchers::of_leg(lane).filter(|_| lanes.len() == 1 && lane.alone),
        Basis::TcpAtWaypoint | Basis::HttpAtWaypoint if lanes.len() == 1 && (to_waypoint || from_waypoint) => {
            matchers::at_waypoint(lane, to_waypoint)
        }
        Basis::TcpAtWaypoint | Basis::HttpAtWaypoint => None,
    }
}

/// What tells who counts and between whom.
const BY: [Label; 13] = [
    label::REPORTER,
    label::SECURITY_POLICY,
    label::ZTUNNEL,
    label::SOURCE_CLUSTER,
    label::SOURCE_NAMESPACE,
    label::SOURCE_WORKLOAD,
    label::DESTINATION_CLUSTER,
    label::DESTINATION_NAMESPACE,
    label::DESTINATION_WORKLOAD,
    label::CLUSTER,
    label::NAMESPACE,
    label::PROMETHEUS_REPLICA,
    label::REPLICA,
];

fn both_ways(basis: Basis, side: Side, matchers: &[Matcher], window: Duration, built: &mut Vec<FlowQuery>) {
    let mut query = |question, counter: Metric| {
        let mut rated = growth(&Selector::metric(counter).with_all(matchers.to_vec()), window);
        if matches!(basis, Basis::Tcp | Basis::TcpOfLeg | Basis::Connections) {
            rated = with_ztunnel(rated);
        }
        built.push(FlowQuery { question, side, expr: sum_by(BY, rated) });
    };
    let (to_server, to_client) = match basis {
        Basis::Tcp | Basis::TcpAtWaypoint | Basis::TcpOfLeg => (metric::TCP_RECEIVED, metric::TCP_SENT),
        Basis::Http | Basis::HttpAtWaypoint => (metric::REQUEST_BYTES, metric::RESPONSE_BYTES),
        Basis::Connections => return query(Question::Sent, metric::TCP_OPENED),
    };
    let (sent, received) = if side == Side::Server { (to_client, to_server) } else { (to_server, to_client) };
    query(Question::Sent, sent);
    query(Question::Received, received);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::{EdgeKey, Protocol};

    fn edge(kind: HopKind, source: &str, target: &str) -> FlowSubject {
        let node = |path: &str| {
            let (namespace, workload) = path.split_once('/').unwrap();
            NodeKey::workload("c1", namespace, workload)
        };
        let key = EdgeKey { source: node(source), target: node(target), protocol: Protocol::Tcp, logical: false };
        let (services, reporters) = (Vec::new(), Vec::new());
        FlowSubject::edge(FlowLane { key, kind, services, reporters, via: None, alone: false, streams: true })
    }

    fn texts(subject: &FlowSubject, basis: Basis) -> Vec<String> {
        let queries = queries(subject, basis, Duration::from_mins(1), &[]);
        queries.into_iter().map(|query| query.expr.to_string()).collect()
    }

    #[test]
    fn what_an_edge_sends_is_what_proxies_call_received() {
        let texts = texts(&edge(HopKind::Ambient, "shop/cart", "data/db"), Basis::Tcp);
        assert!(texts[0].contains("rate(istio_tcp_received_bytes_total{"), "{}", texts[0]);
        assert!(texts[1].contains("rate(istio_tcp_sent_bytes_total{"), "{}", texts[1]);
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
        let subject = FlowSubject::node(NodeKey::workload("c1", "data", "db"));
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
