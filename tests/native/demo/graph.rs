//! What the program makes of the demo mesh.

use std::collections::BTreeSet;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{Call, decode_matrix, decode_vector};
use wayscope::demo::DemoMesh;
use wayscope::mesh::{HopKind, NodeKey, Role, Tolerances, Topology};
use wayscope::promql::Label;
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::flow::{Flow, FlowLane, FlowSubject, Reading, bases, judge, queries};
use wayscope::telemetry::{Declaration, Observation, Plan, Question, RoleSettings, Roles};

const TIMEOUT: Duration = Duration::from_mins(1);

/// 2025-10-09T19:30:07Z: a busy evening, between two scrapes.
const EVENING_MILLIS: i64 = 1_760_038_207_000;

/// The graph at an instant, of rates over a window, as some back end answers.
pub fn topology_by(at: Instant, window: Duration, answer: &dyn Fn(&Call) -> HttpAnswer) -> Topology {
    let (mut declared, mut seen) = (Vec::new(), Vec::new());
    for (question, query) in Plan::new(window, &[]).queries {
        let answer = decode_vector(&answer(&Call::Instant { query, time: at, timeout: TIMEOUT }));
        for row in answer.expect("a vector").rows.samples() {
            let get = |label: &Label| row.labels.get(label.as_str());
            match question {
                Question::Declared => declared.extend(Declaration::read(&get)),
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
