use super::*;
use crate::mesh::{EdgeKey, HopKind, NodeKey, Protocol};
use crate::telemetry::flow::FlowLane;

fn edge(kind: HopKind) -> FlowSubject {
    let (source, target) = (NodeKey::workload("c1", "shop", "cart"), NodeKey::workload("c1", "data", "db"));
    let key = EdgeKey { source, target, protocol: Protocol::Tcp, logical: false };
    let (services, reporters) = (Vec::new(), Vec::new());
    FlowSubject::edge(FlowLane { key, kind, services, reporters, via: None, alone: false, streams: true })
}

fn points(values: &[f64]) -> Vec<(Instant, f64)> {
    values.iter().zip(0..).map(|(value, at)| (Instant::from_unix_millis(at * 15_000), *value)).collect()
}

fn reading(reporter: Reporter, peer: &str, values: &[f64]) -> Reading {
    Reading {
        question: Question::Sent,
        side: Side::Edge,
        reporter,
        by_ztunnel: false,
        replica: String::new(),
        lane: 0,
        peer: peer.into(),
        points: points(values),
    }
}

#[test]
fn destination_reporter_wins_for_bytes() {
    let readings =
        [reading(Reporter::Source, "", &[100.0, 100.0]), reading(Reporter::Destination, "", &[100.0, 101.0])];
    let flow = judge(&edge(HopKind::Ambient), Basis::Tcp, &readings).unwrap();
    let lines: Vec<_> = flow.lines.iter().map(|line| (line.reporter, line.chosen)).collect();
    assert_eq!(lines, [(Reporter::Destination, true), (Reporter::Source, false)]);
    assert_eq!((flow.disagreement, flow.idle), (None, false));
}

#[test]
fn a_reporter_at_zero_yields_to_one_that_counts() {
    let readings = [reading(Reporter::Source, "", &[7.0]), reading(Reporter::Destination, "", &[0.0])];
    let flow = judge(&edge(HopKind::Ambient), Basis::Tcp, &readings).unwrap();
    assert_eq!((flow.lines[0].reporter, flow.lines[0].chosen), (Reporter::Source, true));
    assert_eq!(flow.disagreement, Some([(Reporter::Source, 7.0), (Reporter::Destination, 0.0)]));
}

#[test]
fn zero_for_everyone_is_idle_not_empty() {
    let flow = judge(&edge(HopKind::Ambient), Basis::Tcp, &[reading(Reporter::Source, "", &[0.0, 0.0])]).unwrap();
    assert!(flow.idle);
    assert_eq!(judge(&edge(HopKind::Ambient), Basis::Tcp, &[]), None);
}

#[test]
fn the_client_speaks_for_the_leg_to_a_waypoint() {
    let readings = [reading(Reporter::Destination, "", &[3.0]), reading(Reporter::Source, "", &[3.0])];
    let flow = judge(&edge(HopKind::ClientToWaypoint), Basis::Tcp, &readings).unwrap();
    assert_eq!(flow.lines[0].reporter, Reporter::Source);
}

#[test]
fn a_node_sums_its_peers_each_by_one_reporter() {
    let subject = FlowSubject::node(NodeKey::workload("c1", "shop", "waypoint"));
    let one = |reporter, peer, values: &[f64]| Reading { side: Side::Client, ..reading(reporter, peer, values) };
    let readings = [
        one(Reporter::Destination, "a", &[1.0, 2.0, 3.0]),
        one(Reporter::Source, "a", &[1.0, 2.0, 3.0]),
        one(Reporter::Destination, "b", &[10.0]),
        one(Reporter::Source, "c", &[100.0]),
    ];
    let flow = judge(&subject, Basis::Tcp, &readings).unwrap();
    let lines: Vec<_> = flow.lines.iter().map(|line| (line.reporter, line.peers.len(), line.points.clone())).collect();
    assert_eq!(lines, [(Reporter::Destination, 2, points(&[11.0, 2.0, 3.0])), (Reporter::Source, 1, points(&[100.0]))]);
}

#[test]
fn an_empty_chart_says_why() {
    let subject = edge(HopKind::Ambient);
    let nobody = [Tried::new(&subject, Basis::Tcp, &[])];
    let why = |tried: &[Tried], requests, heard: &[Reporter]| why_none(&subject, tried, PerSec(requests), heard);
    assert_eq!(why(&nobody, 0.0, &[]), NoFlow::NoSeries);
    assert_eq!(why(&nobody, 2.0, &[Reporter::Destination]), NoFlow::OnlyRequests(PerSec(2.0)));
    let heard = vec![Reporter::Source];
    assert_eq!(why(&nobody, 0.0, &heard), NoFlow::Silent { expected: Reporter::Destination, heard });
    let connections = [Tried::new(&subject, Basis::Connections, &[reading(Reporter::Source, "", &[1.0])])];
    assert_eq!(why(&connections, 0.0, &[Reporter::Source]), NoFlow::OnlyConnections);
    let FlowSubject::Edge { key, .. } = &subject else { return };
    let of_operation = [
        FlowSubject::Edge { key: key.clone(), lanes: vec![] },
        FlowSubject::Node { key: key.target.clone(), members: vec![] },
    ];
    for subject in of_operation {
        let why = why_none(&subject, &[], PerSec(0.0), &[Reporter::Source]);
        assert_eq!(why, NoFlow::OnlyRequests(PerSec(0.0)), "an operation has no bytes, whoever reports it");
    }
}

#[test]
fn a_reporter_that_misses_traffic_is_not_believed() {
    let readings = [reading(Reporter::Source, "", &[8.0, 8.0]), reading(Reporter::Destination, "", &[8.0, 2.0])];
    let subject = edge(HopKind::Ambient);
    let flow = judge(&subject, Basis::Tcp, &readings).unwrap();
    assert_eq!((flow.lines[0].reporter, flow.lines[1].chosen), (Reporter::Source, false));
    let verdicts: Vec<_> = Tried::new(&subject, Basis::Tcp, &readings).heard.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Believed, Verdict::Less]);
}

#[test]
fn replicas_of_a_server_are_no_summands() {
    let one = |replica: &str, value| Reading { replica: replica.into(), ..reading(Reporter::Source, "", &[value]) };
    let flow = judge(&edge(HopKind::Ambient), Basis::Tcp, &[one("0", 5.0), one("1", 6.0)]).unwrap();
    assert_eq!(flow.lines.iter().map(|line| line.points.clone()).collect::<Vec<_>>(), [points(&[6.0])]);
    assert_eq!(flow.disagreement, None);
}

#[test]
fn what_takes_another_path_is_no_part_of_an_edge() {
    let readings = [reading(Reporter::Waypoint, "", &[90.0]), reading(Reporter::Destination, "", &[3.0])];
    let flow = judge(&edge(HopKind::Ambient), Basis::Tcp, &readings).unwrap();
    assert_eq!((flow.lines[0].reporter, flow.disagreement), (Reporter::Destination, None));
    let alone = judge(&edge(HopKind::Ambient), Basis::Tcp, &readings[..1]).unwrap();
    assert!(alone.lines[0].chosen, "better than nothing");
}
