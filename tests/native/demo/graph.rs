//! What the program makes of the demo mesh.

use std::collections::BTreeSet;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{Call, decode_matrix, decode_vector};
use wayscope::demo::DemoMesh;
use wayscope::mesh::{HopKind, NodeKey, Reporter, Role, Tolerances, Topology};
use wayscope::promql::Label;
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::flow::{Flow, FlowLane, FlowSubject, Reading, bases, judge, queries};
use wayscope::telemetry::{
    Declaration, Latency, Observation, Plan, Question, RoleSettings, Roles, label, latency_query,
};

const TIMEOUT: Duration = Duration::from_mins(1);

/// 2025-10-09T19:30:07Z: a busy evening, between two scrapes.
const EVENING_MILLIS: i64 = 1_760_038_207_000;

/// The graph at an instant, of rates over a window, as some back end answers.
pub fn topology_by(at: Instant, window: Duration, answer: &dyn Fn(&Call) -> HttpAnswer) -> Topology {
    let (mut declared, mut seen) = (Vec::new(), Vec::new());
    for (question, query) in Plan::new(window, &[], false).queries {
        let answer = decode_vector(&answer(&Call::Instant { query, time: at, timeout: TIMEOUT }));
        for row in answer.expect("a vector").rows.samples() {
            let get = |label: &Label| row.labels.get(label.as_str());
            match question {
                Question::Declared | Question::States => declared.extend(Declaration::read(&get)),
                Question::Builds => {}
                _ => seen.extend(Observation::read(question, &get, row.value)),
            }
        }
    }
    let roles = Roles::decide(declared, &seen, &RoleSettings::default());
    wayscope::telemetry::topology(&seen, &roles, Tolerances::default())
}

/// The graph at an instant.
pub(super) fn topology(mesh: &DemoMesh, at: Instant) -> Topology {
    topology_by(at, Duration::from_mins(5), &|call| mesh.answer(call))
}

/// Every edge as the subject of a chart.
pub(super) fn edges(topology: &Topology) -> impl Iterator<Item = FlowSubject> {
    topology.edges.iter().filter_map(|edge| {
        let key = topology.edge_key(edge)?;
        Some(FlowSubject::edge(FlowLane::of(key, edge)))
    })
}

/// Every node as the subject of a chart.
pub(super) fn nodes(topology: &Topology) -> impl Iterator<Item = FlowSubject> {
    topology.nodes.iter().map(|node| FlowSubject::node(node.key.clone()))
}

/// The first basis on which somebody counts.
fn flow(mesh: &DemoMesh, subject: &FlowSubject, range: TimeRange) -> Option<Flow> {
    bases(subject).iter().find_map(|&basis| {
        let mut readings = Vec::new();
        for query in queries(subject, basis, Duration::from_mins(1), &[]) {
            let call = Call::Range { query: query.expr, range, step: Duration::from_secs(15), timeout: TIMEOUT };
            for series in decode_matrix(&mesh.answer(&call)).expect("a matrix").rows.series() {
                let get = |label: &Label| series.labels.get(label.as_str());
                let asked = (query.question, query.side);
                readings.extend(Reading::read(subject, basis, asked, &get, series.points.to_vec()));
            }
        }
        judge(subject, basis, &readings)
    })
}

#[test]
fn the_demo_has_nearly_every_kind_of_hop_and_none_that_is_not_understood() {
    let topology = topology(&DemoMesh::new(), Instant::from_unix_millis(EVENING_MILLIS));
    let found: BTreeSet<HopKind> = topology.edges.iter().map(|edge| edge.kind).collect();
    let missing: Vec<HopKind> = HopKind::ALL.into_iter().filter(|kind| !found.contains(kind)).collect();
    let expect = [
        HopKind::WaypointToSidecar,
        HopKind::Transit,
        HopKind::InboundPassthrough,
        HopKind::Infrastructure,
        HopKind::Unclassified,
    ];
    assert_eq!(missing, expect);
}

#[test]
fn every_proxy_of_the_demo_is_told_by_its_role() {
    let topology = topology(&DemoMesh::new(), Instant::from_unix_millis(EVENING_MILLIS));
    for (namespace, workload, role) in [
        ("store", "waypoint", Role::Waypoint),
        ("orders", "waypoint", Role::Waypoint),
        ("store", "shop-gateway-istio", Role::Gateway),
        ("istio-system", "istio-egressgateway", Role::Gateway),
        ("payments", "ledger", Role::Sidecar),
        ("data", "orders-db", Role::Captured),
        ("legacy", "till", Role::Plain),
        ("legacy", "billing", Role::Plain),
    ] {
        let key = NodeKey::workload("c1", namespace, workload);
        let node = topology.node_place(&key).and_then(|place| topology.nodes.get(place)).expect("a node");
        assert_eq!(node.role.role, role, "{key}: {:?}", node.role);
    }
}

#[test]
fn no_edge_of_the_demo_has_an_empty_chart() {
    let mesh = DemoMesh::new();
    let at = Instant::from_unix_millis(EVENING_MILLIS);
    let topology = topology(&mesh, at);
    let range = TimeRange::new(at - Duration::from_mins(10), at);
    let mut disagreeing = BTreeSet::new();
    for edge in &topology.edges {
        let key = topology.edge_key(edge).expect("a key");
        let subject = FlowSubject::edge(FlowLane::of(key, edge));
        let flow = flow(&mesh, &subject, range).unwrap_or_else(|| panic!("nothing for {subject:?}"));
        if flow.disagreement.is_some() {
            disagreeing.insert(topology.nodes[edge.target].key.to_string());
        }
    }
    // Only where requests do not reach the server do both ends differ.
    assert_eq!(disagreeing.into_iter().collect::<Vec<_>>(), ["workload:c1/payments/fraud-check"]);
}

#[test]
fn half_of_the_requests_of_the_demo_are_answered_within_the_median() {
    let (mesh, at) = (DemoMesh::new(), Instant::from_unix_millis(EVENING_MILLIS));
    let topology = topology(&mesh, at);
    let latency = |subject: &FlowSubject, preferred| {
        let query = latency_query(subject, Duration::from_mins(5), &[]).expect("a query");
        let answer = decode_vector(&mesh.answer(&Call::Instant { query, time: at, timeout: TIMEOUT }));
        let rows = answer.expect("a vector").rows;
        let text = |row: &wayscope::backend::prometheus::Labels<'_>, label: Label| {
            row.get(label.as_str()).unwrap_or_default().to_owned()
        };
        let rows: Vec<(String, String, f64)> = rows
            .samples()
            .map(|row| (text(&row.labels, label::REPORTER), text(&row.labels, label::QUANTILE), row.value))
            .collect();
        Latency::read(rows.iter().map(|(reporter, quantile, value)| (&**reporter, &**quantile, *value)), preferred)
    };
    let (mut told, mut silent) = (0, 0);
    for (edge, subject) in topology.edges.iter().zip(edges(&topology)) {
        let requests = edge.requests.as_ref();
        match (latency(&subject, requests.map(|requests| requests.reporter)), requests) {
            (Some(Latency { secs: [Some(median), Some(p95), Some(p99)], reporter }), Some(requests)) => {
                assert_eq!(reporter, requests.reporter);
                let mean = requests.measured.and_then(|measured| measured.mean_secs()).expect("a mean");
                assert!(0.0 < median && median < p95 && p95 <= p99 && median < mean, "{median} {mean} {p95} {p99}");
                told += 1;
            }
            (None, None) => silent += 1,
            (latency, requests) => panic!("{latency:?} of {requests:?} over {subject:?}"),
        }
    }
    assert!(told > 30 && silent > 30, "{told} {silent}");
    let node = |path: [&str; 3]| FlowSubject::node(NodeKey::workload(path[0], path[1], path[2]));
    assert_eq!(latency(&node(["c1", "store", "catalogue-v1"]), None).map(|one| one.reporter), Some(Reporter::Waypoint));
    assert_eq!(latency(&node(["c1", "data", "stock-db"]), None), None);
}
