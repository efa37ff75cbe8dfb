//! The byte-flow charts of what is selected.

use super::player::{DEMO, Player, Reply, config, english};
use super::small::{OPENED, REQUEST_BYTES, REQUESTS, Series, Small, TO_CLIENT, TO_SERVER, series};
use crate::app::{FlowOutcome, Message, Selection};
use crate::backend::BackendError;
use crate::backend::prometheus::Call;
use crate::mesh::{HopKind, NodeKey, Reporter};
use crate::telemetry::flow::{Basis, NoFlow};
use crate::words::Sentence;

const DB: &str = "workload:c1/data/db";
const EDGE: &str = "workload:c1/shop/web>workload:c1/data/db>tcp";

fn tcp(reporter: &str, rate: f64) -> Series {
    series(TO_SERVER, reporter, "shop/web", "data/db", rate)
}

/// The mesh of the first series, whose charts are answered from the second.
fn player(graph: Vec<Series>, charts: Vec<Series>) -> Player {
    let mut player = Player::new(&config(), "");
    player.answers(of(graph, charts));
    player.send(Message::Started);
    player.settle();
    player
}

fn of(graph: Vec<Series>, charts: Vec<Series>) -> impl Fn(&Call) -> Reply {
    let (graph, charts) = (Small(graph), Small(charts));
    move |call| Ok(if matches!(call, Call::Range { .. }) { charts.answer(call) } else { graph.answer(call) })
}

/// The same series in the graph and in the charts, the edge between `shop/web` and `data/db` selected.
fn selected(series: &[Series]) -> Player {
    let mut player = player(series.to_vec(), series.to_vec());
    player.select_edge(|_, id| id.starts_with("workload:c1/shop/web>"));
    player.settle();
    player
}

fn outcome(player: &Player) -> &FlowOutcome {
    player.app.flow.as_ref().and_then(|flow| flow.outcome.as_ref()).expect("a search that is over")
}

/// Answers to charts' queries fail; the rest is answered from these series.
fn failing_charts(graph: Vec<Series>, fails: impl Fn(&str) -> bool) -> impl Fn(&Call) -> Reply {
    let small = Small(graph);
    move |call| match call {
        Call::Range { query, .. } if fails(&query.to_string()) => Err(BackendError::Unreachable),
        _ => Ok(small.answer(call)),
    }
}

#[test]
fn two_range_queries_tell_the_bytes_of_an_edge() {
    let mut player = Player::started("");
    let asked = player.asked.len();
    player.select_edge(|edge, _| edge.kind == HopKind::Ambient && edge.byte_rate().is_flowing());
    player.settle();
    let texts = player.ranges(asked);
    assert_eq!(texts.len(), 2, "{texts:#?}");
    let panel = player.panel();
    assert_eq!(panel.queries.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>(), texts);
    assert!(texts[0].contains(TO_SERVER) && texts[1].contains(TO_CLIENT));
    let FlowOutcome::Found(flow) = outcome(&player) else { panic!("{:?}", outcome(&player)) };
    assert_eq!((flow.basis, flow.idle), (Basis::Tcp, false));
    for chart in &panel.charts {
        let chosen: Vec<_> = chart.lines.iter().filter(|line| line.chosen).collect();
        assert!(chosen.len() == 1 && chosen[0].line.points.len() > 30, "{:?}", chart.title);
        assert_eq!(chosen[0].line.step.millis(), 15_000);
        assert!(chosen[0].line.points.iter().all(|(at, _)| *at >= panel.range.from && *at <= panel.range.to));
    }
    assert!(panel.charts[0].lines[0].line.name.contains("Destination"), "{}", panel.charts[0].lines[0].line.name);
}

#[test]
fn bytes_of_requests_are_looked_for_where_tcp_counts_none() {
    let requests = series(REQUESTS, "destination", "shop/web", "data/db", 2.0);
    let player = selected(&[requests.clone(), series(REQUEST_BYTES, "destination", "shop/web", "data/db", 512.0)]);
    let FlowOutcome::Found(flow) = outcome(&player) else { panic!("{:?}", outcome(&player)) };
    assert_eq!(flow.basis, Basis::Http);
    let panel = player.panel();
    assert!(panel.notes.contains(&english().say(&Sentence::BasisHttp)));
    assert_eq!(panel.tried, ["HTTP message sizes: Destination 512\u{202f}B/s (shown)"]);
    assert_eq!(panel.queries.len(), 2);
}

#[test]
fn each_candidate_tells_its_value_its_query_and_what_became_of_it() {
    let player = selected(&[tcp("destination", 5.0), tcp("source", 8.0)]);
    let panel = player.panel();
    let spoken = panel.tried[0].replace('\u{202f}', " ");
    assert_eq!(spoken, "TCP byte counters: Source 8 B/s (shown), Destination 5 B/s (misses traffic)");
    let differ = "The reporters disagree: Source counts 8 B/s, Destination 5 B/s on average.";
    assert!(panel.notes.iter().any(|note| note.replace('\u{202f}', " ") == differ), "{:?}", panel.notes);
    let titles: Vec<_> = panel.queries.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["TCP byte counters: Sent", "TCP byte counters: Received"]);
    // The address of a request must not be longer than gateways take.
    assert!(panel.queries.iter().all(|(_, text)| text.len() < 2_000), "{:?}", panel.queries);
}

#[test]
fn an_empty_chart_says_why() {
    let check = |graph: Vec<Series>, charts: &[Series], expect: NoFlow, text: &str, tried: usize| {
        let mut player = player(graph, charts.to_vec());
        player.select_edge(|_, id| id.starts_with("workload:c1/shop/web>"));
        player.settle();
        assert_eq!(outcome(&player), &FlowOutcome::Nothing(expect));
        let panel = player.panel();
        assert!(panel.why_none.contains(text), "{}", panel.why_none);
        assert_eq!((panel.charts.len(), panel.tried.len(), panel.is_loading), (0, tried, false));
    };
    let requests = series(REQUESTS, "source", "shop/web", "data/db", 2.0);
    let opened = series(OPENED, "destination", "shop/web", "data/db", 0.5);
    check(vec![tcp("destination", 5.0)], &[], NoFlow::NoSeries, "No proxy", 3);
    check(vec![requests], &[], NoFlow::OnlyRequests(crate::quantity::PerSec(2.0)), "2/s", 1);
    check(vec![opened.clone()], &[opened], NoFlow::OnlyConnections, "Connections are opened", 3);
    let silent = NoFlow::Silent { expected: Reporter::Destination, heard: vec![Reporter::Source] };
    check(vec![tcp("source", 5.0)], &[], silent, "“Destination” should count", 3);
}

#[test]
fn a_flow_at_zero_is_idle_and_still_charted() {
    let player = selected(&[tcp("destination", 0.0), series(OPENED, "source", "shop/web", "data/db", 0.1)]);
    let FlowOutcome::Found(flow) = outcome(&player) else { panic!("{:?}", outcome(&player)) };
    assert!(flow.idle);
    let panel = player.panel();
    assert!(panel.notes.contains(&english().say(&Sentence::FlowIdle)));
    assert!(panel.charts[0].lines[0].line.points.iter().all(|(_, value)| value.to_string() == "0"));
    assert_eq!(player.app.flow.as_ref().unwrap().tried.len(), 3, "elsewhere there might have been bytes");
}

#[test]
fn what_was_found_stays_until_there_is_something_newer() {
    let mut player = Player::started("");
    player.select_edge(|edge, _| edge.kind == HopKind::Ambient && edge.byte_rate().is_flowing());
    assert!(player.panel().is_loading);
    player.settle();
    let before = player.panel();
    player.now = player.now + super::player::secs(60);
    player.send(Message::Refresh);
    let mut seen_while_loading = 0;
    while player.answer_one() || player.alarms.remove(&crate::app::Alarm::Classify).is_some() {
        if player.open.is_empty() && player.app.graph.is_loading() {
            player.send(Message::Woke(crate::app::Alarm::Classify));
        }
        if player.app.flow.as_ref().unwrap().is_loading() {
            assert_eq!((&player.panel().charts, player.panel().range), (&before.charts, before.range));
            seen_while_loading += 1;
        }
    }
    assert!(seen_while_loading > 0);
    assert_eq!(player.panel().range.to - before.range.to, super::player::secs(60));
}

#[test]
fn a_chart_outlives_a_failure_and_says_so() {
    let mut player = selected(&[tcp("destination", 5.0)]);
    let before = player.panel();
    player.answers(failing_charts(vec![tcp("destination", 5.0)], |_| true));
    player.wait(super::player::secs(61));
    let panel = player.panel();
    assert_eq!((&panel.charts, panel.range), (&before.charts, before.range));
    assert!(panel.notes[0].starts_with("Old: as of ") && panel.notes[1].contains("No readable answer"));
    // When the back end answers again and knows nothing, that is what is said.
    player.answers(of(vec![tcp("destination", 5.0)], Vec::new()));
    player.wait(super::player::secs(31));
    assert_eq!(outcome(&player), &FlowOutcome::Nothing(NoFlow::NoSeries));
}

#[test]
fn a_failure_is_told_and_forgotten() {
    let mut player = player(vec![tcp("destination", 5.0)], Vec::new());
    player.answers(failing_charts(vec![tcp("destination", 5.0)], |_| true));
    player.select_edge(|_, id| id == EDGE);
    player.settle();
    assert_eq!(outcome(&player), &FlowOutcome::Failed(BackendError::Unreachable));
    let panel = player.panel();
    assert!(panel.why_none.contains("“a”") && panel.charts.is_empty());
    assert_eq!(panel.tried, [""; 0], "a question that failed was not answered with nothing");
    player.answers(of(vec![tcp("destination", 5.0)], Vec::new()));
    player.send(Message::Refresh);
    player.settle();
    assert_eq!(outcome(&player), &FlowOutcome::Nothing(NoFlow::NoSeries));
}

#[test]
fn half_an_answer_is_shown_with_what_is_wrong() {
    let both = vec![tcp("destination", 5.0), series(TO_CLIENT, "destination", "shop/web", "data/db", 9.0)];
    let mut player = player(both.clone(), Vec::new());
    player.answers(failing_charts(both, |text| text.contains(TO_CLIENT)));
    player.select_edge(|_, id| id == EDGE);
    player.settle();
    let panel = player.panel();
    assert_eq!(panel.charts.iter().map(|chart| chart.lines.len()).collect::<Vec<_>>(), [1, 0]);
    assert!(panel.notes[0].contains("No readable answer"), "{:?}", panel.notes);
}

#[test]
fn an_idle_flow_is_kept_when_the_rest_fails() {
    let mut player = player(vec![tcp("destination", 0.0)], Vec::new());
    player.answers(failing_charts(vec![tcp("destination", 0.0)], |text| text.contains(REQUEST_BYTES)));
    player.select_edge(|_, id| id == EDGE);
    player.settle();
    assert!(matches!(outcome(&player), FlowOutcome::Found(flow) if flow.idle));
    assert!(player.app.flow.as_ref().unwrap().failure.is_some());
}

#[test]
fn no_number_leaves_a_hole() {
    let mut player = player(vec![tcp("destination", 5.0)], vec![tcp("destination", f64::NAN), tcp("source", 4.0)]);
    player.select_edge(|_, id| id == EDGE);
    player.settle();
    let lines = &player.panel().charts[0].lines;
    assert_eq!(lines.len(), 1);
    assert!(lines[0].chosen && lines[0].line.name.contains("Source"));
}

#[test]
fn a_node_asks_four_queries_and_sums_its_peers() {
    let client = |reporter, source: &str, rate| series(TO_SERVER, reporter, source, "data/db", rate);
    let mesh = [
        client("destination", "shop/web", 5.0),
        client("source", "shop/web", 5.0),
        // Its ztunnel does not tell the client's cluster.
        client("destination", "shop/cart", 7.0).with("source_cluster", "unknown"),
        client("source", "shop/cart", 7.0),
    ];
    let mut player = player(mesh.to_vec(), mesh.to_vec());
    let asked = player.asked.len();
    player.send(Message::Select(Some(Selection::Node(DB.into()))));
    player.settle();
    assert_eq!(player.ranges(asked).len(), 4);
    let panel = player.panel();
    let received: Vec<_> = panel.charts[1].lines.iter().map(|line| (line.chosen, line.line.points[0].1)).collect();
    assert_eq!(received, [(true, 12.0)]);
    assert_eq!(panel.charts[1].lines[0].line.name, "as server of 2 clients, reporter: Destination");
    assert_eq!(panel.charts[0].lines.len(), 0);
}

#[test]
fn a_node_of_the_demo_has_both_its_roles_charted() {
    let mut player = Player::started("");
    let waypoint = NodeKey::workload("c1", "store", "waypoint");
    player.send(Message::Select(Some(Selection::node(&waypoint))));
    player.settle();
    for chart in player.panel().charts {
        let names: Vec<_> = chart.lines.iter().map(|line| line.line.name.as_str()).collect();
        assert!(names.iter().any(|name| name.starts_with("as client of")), "{names:?}");
        assert!(names.iter().any(|name| name.starts_with("as server of")), "{names:?}");
    }
}

/// Two waypoints and a client outside the mesh lead to it; three clients stand behind the waypoints.
#[test]
fn clients_behind_a_waypoint_are_counted_instead_of_it() {
    let mut player = Player::started("");
    player.send(Message::Select(Some(Selection::node(&NodeKey::workload("c1", "store", "catalogue-v1")))));
    player.settle();
    let panel = player.panel();
    let names: Vec<_> = panel.charts[0].lines.iter().map(|line| line.line.name.as_str()).collect();
    assert!(names.contains(&"as server of 4 clients, reporter: Destination"), "{names:?}");
}

#[test]
fn the_selection_survives_what_it_means() {
    let mut player = selected(&[tcp("destination", 5.0)]);
    player.answers(|call| Ok(Small::default().answer(call)));
    player.send(Message::Refresh);
    player.settle();
    assert!(player.app.flow.is_none());
    assert_eq!(player.app.view.selection, Some(Selection::Edge(EDGE.into())));
    player.answers(of(vec![tcp("destination", 5.0)], vec![tcp("destination", 5.0)]));
    player.send(Message::Refresh);
    player.settle();
    assert!(matches!(outcome(&player), FlowOutcome::Found(_)));
}

#[test]
fn another_selection_gives_up_the_questions_of_the_last() {
    let mut player = Player::started("");
    player.select_edge(|edge, _| edge.bytes.is_some());
    assert_eq!(player.open.len(), 2);
    player.send(Message::Select(None));
    assert_eq!((player.open.len(), player.aborted.len()), (0, 2));
    assert_eq!(player.announced.last(), Some(&None));
}

#[test]
fn every_edge_and_node_of_the_demo_has_a_chart_or_a_reason() {
    let mut player = Player::started("");
    let topology = player.app.graph.shown().unwrap().topology.clone();
    let edges = topology.edges.iter().filter_map(|edge| topology.edge_key(edge)).map(|key| Selection::edge(&key));
    let nodes = topology.nodes.iter().map(|node| Selection::node(&node.key));
    for selection in edges.chain(nodes).step_by(7) {
        player.send(Message::Select(Some(selection.clone())));
        player.settle();
        let panel = player.panel();
        assert!(panel.charts.is_empty() != panel.why_none.is_empty(), "{selection:?}");
        let flowing = |edge: &crate::mesh::Edge| edge.byte_rate().is_flowing();
        if selection.edge_place(&topology).is_some_and(|place| flowing(&topology.edges[place])) {
            assert!(panel.charts.iter().any(|chart| !chart.lines.is_empty()), "{selection:?}");
        }
    }
    assert!(DEMO.series_count() > 0);
}

/// A waypoint tells of connections, and of so many bytes if of any; the client's ztunnel counts what goes to the waypoint.
fn through_a_waypoint(counted: Option<f64>) -> Player {
    let by_waypoint = |metric, rate| {
        let told = series(metric, "waypoint", "shop/web", "data/db", rate);
        told.with("ws_emitter", "waypoint").with("namespace", "shop").with("ws_ztunnel", "")
    };
    let leg = series(TO_SERVER, "source", "shop/web", "shop/waypoint", 10.0);
    let mut small = vec![by_waypoint(OPENED, 1.0), leg.with("destination_service", "db.data.svc.cluster.local")];
    small.extend(counted.map(|rate| by_waypoint(TO_SERVER, rate)));
    let (small, mut player) = (Small(small), Player::new(&config(), ""));
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    player.select_edge(|edge, _| edge.logical);
    player.settle();
    player
}

#[test]
fn an_estimate_is_said_to_be_one_and_is_not_made_where_somebody_counts() {
    let estimated = through_a_waypoint(None).panel();
    let names: Vec<_> = estimated.charts.iter().flat_map(|chart| &chart.lines).map(|one| &*one.line.name).collect();
    assert_eq!(names, ["estimate, reporter: Source"]);
    assert!(estimated.notes.iter().any(|note| note.starts_with("An estimate")), "{:?}", estimated.notes);
    assert!(estimated.tried.iter().any(|text| text.starts_with("Estimated from")), "{:?}", estimated.tried);
    for rate in [0.0, 7.0] {
        let counted = through_a_waypoint(Some(rate)).panel();
        let points = counted.charts.iter().flat_map(|chart| &chart.lines).flat_map(|one| &one.line.points);
        assert!(points.map(|(_, value)| *value).all(|value| (value - rate).abs() < 1e-9), "{rate}");
        assert!(counted.tried.iter().all(|text| !text.starts_with("Estimated")), "{:?}", counted.tried);
    }
}
