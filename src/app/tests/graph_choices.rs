//! What the graph is made of: whose word is heard, what nodes are, which traffic is drawn.

use serde_json::json;

use super::player::{DEMO, Player, Reply, config};
use crate::app::config::Config;
use crate::app::{Change, Choices, FlowOutcome, Message, Selection, View};
use crate::backend::prometheus::Call;
use crate::mesh::{Edge, Emitter, NodeKey, Protocol, Reporter, Topology, Ways};

fn shown(query: &str) -> Player {
    Player::started(&format!("idleEdges=true&infrastructure=true&paths=all&{query}"))
}

fn topology(player: &Player) -> &Topology {
    &player.app.graph.shown().expect("a graph").topology
}

fn choose(player: &mut Player, name: &str, word: &str) {
    let mut choices = player.app.view.choices;
    assert_eq!(choices.choose(name, word), Ok(true));
    player.send(Message::Change(Change::Choices(choices)));
}

#[test]
fn ztunnels_alone_report_bytes_and_nothing_else() {
    let player = shown("ambientTraffic=ztunnel");
    let edges = &topology(&player).edges;
    assert!(edges.len() > 20);
    for edge in edges {
        assert!(edge.protocol == Protocol::Tcp && !edge.logical && edge.requests.is_none(), "{edge:?}");
        assert!(edge.bytes.is_none_or(|bytes| bytes.emitter == Emitter::Ztunnel), "{edge:?}");
    }
}

#[test]
fn without_ztunnels_waypoints_and_sidecars_are_left() {
    let player = shown("ambientTraffic=waypoint");
    let edges = &topology(&player).edges;
    let [logical, others]: [Vec<&Edge>; 2] =
        [true, false].map(|logical| edges.iter().filter(|edge| edge.logical == logical).collect());
    assert!(logical.len() > 10 && logical.iter().all(|edge| edge.reporters == [Reporter::Waypoint]));
    assert!(others.iter().all(|edge| edge.bytes.is_none_or(|one| one.emitter == Emitter::Envoy)));
    let told = |player: &Player| {
        let all = topology(player);
        let of_sidecars = all.edges.iter().filter(|edge| !edge.logical);
        of_sidecars.map(|edge| (all.edge_key(edge), edge.requests.clone(), edge.bytes)).collect::<Vec<_>>()
    };
    assert!(told(&player) == told(&shown("ambientTraffic=none")), "the traffic of sidecars is the same");
    // Who is a waypoint is known from all series all the same.
    let ztunnel = shown("ambientTraffic=ztunnel");
    let waypoint = topology(&ztunnel).node_place(&NodeKey::workload("c1", "store", "waypoint")).unwrap();
    assert_eq!(topology(&ztunnel).nodes[waypoint].role.role.as_str(), "waypoint");
}

#[test]
fn without_ambient_sidecars_and_gateways_are_left() {
    let player = shown("ambientTraffic=none");
    let edges = &topology(&player).edges;
    assert!(edges.len() > 5);
    assert!(edges.iter().all(|edge| !edge.logical && edge.bytes.is_none_or(|one| one.emitter == Emitter::Envoy)));
}

#[test]
fn nobody_is_heard_twice() {
    let bytes = |word: &str| {
        let player = shown(&format!("ambientTraffic={word}"));
        let [mut reports, mut edges] = [0, 0];
        for edge in &topology(&player).edges {
            reports += edge.reporters.len();
            edges += 1;
        }
        (reports, edges)
    };
    let (all, parts) = (bytes("total"), ["waypoint", "ztunnel"].map(bytes));
    assert!(parts.iter().all(|part| part.0 > 0 && part.0 < all.0));
    assert!(parts.iter().map(|part| part.0).sum::<usize>() >= all.0);
}

#[test]
fn another_graph_is_made_without_asking_again() {
    let mut player = Player::started("");
    let asked = player.asked.len();
    let workloads = topology(&player).clone();
    for word in ["app", "versionedApp", "service", "workload"] {
        choose(&mut player, "graphType", word);
        assert_eq!(topology(&player) == &workloads, word == "workload", "{word}");
        let shown = player.app.graph.shown().unwrap();
        assert_eq!(crate::app::export::export(shown, &shown.topology)["graphType"], word);
    }
    assert_eq!((player.asked.len(), player.app.graph.is_loading()), (asked, false));
    player.send(Message::Navigated("graphType=app".into()));
    assert!(topology(&player).nodes.iter().any(|node| node.key.kind() == "app"));
    player.send(Message::Refresh);
    player.settle();
    assert!(topology(&player).nodes.iter().any(|node| node.key.kind() == "app"));
}

/// The mean of the chosen lines of both charts.
fn charted(player: &Player) -> Option<f64> {
    let flow = player.app.flow.as_ref()?;
    let Some(FlowOutcome::Found(found)) = &flow.outcome else { return None };
    let chosen = found.lines.iter().filter(|line| line.chosen);
    let mean = |points: &[(crate::quantity::Instant, f64)]| {
        points.iter().map(|(_, value)| value).sum::<f64>() / points.len().max(1) as f64
    };
    Some(chosen.map(|line| mean(&line.points)).sum())
}

/// Rates at many instants against one rate over all: in bursts they differ a little.
const ALIKE: f64 = 0.25;

#[test]
fn charts_of_every_type_of_graph_show_what_its_edges_say() {
    for query in ["graphType=app", "graphType=versionedApp", "graphType=service", "injectServiceNodes=true"] {
        let mut player = shown(query);
        let topology = topology(&player).clone();
        let streams = topology.edges.iter().filter(|edge| edge.byte_rate().0 > 1_000.0);
        let mut count = 0;
        for edge in streams.step_by(5) {
            let key = topology.edge_key(edge).unwrap();
            player.send(Message::Select(Some(Selection::edge(&key))));
            player.settle();
            let mean = charted(&player).unwrap_or_else(|| panic!("{query}: nothing for {key:?}"));
            let gap = (mean - edge.byte_rate().0).abs() / edge.byte_rate().0;
            assert!(gap < ALIKE, "{query} {key:?}: {mean} is not {:?}", edge.byte_rate());
            count += 1;
        }
        assert!(count > 3, "{query} {count}");
        let node = topology.nodes.iter().filter(|node| node.key.kind() == "app" || node.key.kind() == "service");
        for node in node.filter(|node| node.inbound.bytes.0 > 1_000.0).step_by(4) {
            player.send(Message::Select(Some(Selection::node(&node.key))));
            player.settle();
            assert!(charted(&player).is_some_and(|mean| mean > 0.0), "{query} {:?}", node.key);
        }
    }
}

#[test]
fn charts_show_only_who_is_heard() {
    let mut player = shown("ambientTraffic=ztunnel");
    let id = player.select_edge(|edge, _| edge.bytes.is_some_and(|bytes| bytes.sent.0 > 0.0));
    player.settle();
    assert!(charted(&player).is_some_and(|mean| mean > 0.0));
    choose(&mut player, "ambientTraffic", "none");
    player.settle();
    assert!(charted(&player).is_none(), "{id} is nobody's");
}

#[test]
fn every_type_of_graph_shows_the_same_traffic() {
    let sums = |query: &str| {
        let player = Player::started(query);
        let edges = player.app.view.visible(topology(&player)).edges;
        let requests: f64 =
            edges.iter().filter_map(|edge| edge.requests.as_ref()).map(|requests| requests.rate.0).sum();
        let of = |protocol| edges.iter().filter(move |edge| edge.protocol == protocol).map(|edge| edge.byte_rate().0);
        [requests, of(Protocol::Http).sum(), of(Protocol::Grpc).sum(), of(Protocol::Tcp).sum()]
    };
    for paths in ["logical", "hops", "all"] {
        let truth = sums(&format!("paths={paths}&graphType=workload"));
        assert!(truth.iter().all(|sum| *sum > 0.0 || paths != "all"), "{truth:?}");
        for word in ["app", "versionedApp", "service"] {
            let seen = sums(&format!("paths={paths}&graphType={word}"));
            let alike = seen.iter().zip(truth).all(|(one, other)| (one - other).abs() <= 1e-6 * other.max(1.0));
            assert!(alike, "{paths} {word}: {seen:?} is not {truth:?}");
        }
    }
}

#[test]
fn what_is_not_drawn_is_not_said() {
    let visible = |query: &str| {
        let player = shown(query);
        player.app.view.visible(topology(&player))
    };
    let all = visible("");
    let of = |topology: &Topology, protocol| topology.edges.iter().filter(|edge| edge.protocol == protocol).count();
    let streams = visible("rateHttp=none&rateGrpc=none");
    assert!(streams.edges.iter().all(|edge| edge.requests.is_none()));
    assert_eq!(of(&streams, Protocol::Tcp), of(&all, Protocol::Tcp));
    assert!(of(&streams, Protocol::Http) < of(&all, Protocol::Http), "but those that ztunnels carry stay");
    let requests = visible("rateTcp=none");
    assert!(requests.edges.iter().all(|edge| edge.bytes.is_none() && edge.protocol != Protocol::Tcp));
    assert_eq!(of(&requests, Protocol::Http), of(&all, Protocol::Http));
    let grpc = visible("rateTcp=none&rateHttp=none");
    assert!(of(&grpc, Protocol::Grpc) > 0 && of(&grpc, Protocol::Http) == 0);
    let messages = |edge: &Edge| edge.requests.as_ref().and_then(|requests| requests.measured?.messages_of(Ways::Sent));
    let sent = visible("rateGrpc=sent&rateTcp=none&rateHttp=none");
    assert_eq!(of(&sent, Protocol::Grpc), of(&grpc, Protocol::Grpc), "calls are drawn whatever is told of them");
    assert!(sent.edges.iter().any(|edge| messages(edge).is_some_and(|rate| rate.0 > 0.0)));
    assert_eq!(shown("rateGrpc=received").app.view.choices.messages(), Some(Ways::Received));
    assert_eq!(shown("rateTcp=sent").app.view.choices.bytes(), Some(Ways::Sent));
}

#[test]
fn the_configuration_sets_what_the_graph_is_made_of() {
    let mut value = config();
    value["defaults"] =
        json!({ "graphType": "app", "injectServiceNodes": true, "rateTcp": "none", "rateHttp": "some" });
    let config = Config::from_layers([&value], super::compile_names);
    assert_eq!(config.problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["defaults.rateHttp"]);
    let view = View::new(&config);
    assert!(view.choices.grouping().services && view.choices.bytes().is_none() && view.choices.graph_type() == "app");
    assert_eq!(view.to_query(&config), "");
    let (view, problems) = View::from_query("graphType=workload&injectServiceNodes=false&rateTcp=total", &config);
    assert_eq!((view.choices, problems.len()), (Choices::default(), 0));
}

/// The demo mesh, its requests told apart where that is asked for.
#[expect(clippy::unnecessary_wraps, reason = "others do fail")]
fn classified(call: &Call) -> Reply {
    let mut answer = DEMO.answer(call);
    if call_text(call).contains("request_operation") {
        let text = String::from_utf8(answer.body).unwrap();
        answer.body = text.replace(r#""reporter":"#, r#""request_operation":"GetPage","reporter":"#).into_bytes();
    }
    Ok(answer)
}

fn call_text(call: &Call) -> String {
    let (Call::Instant { query, .. } | Call::Range { query, .. }) = call else { return String::new() };
    query.to_string()
}

fn asked_for_operations(player: &Player, from: usize) -> usize {
    player.asked[from..].iter().filter(|(_, call)| call_text(call).contains("request_operation")).count()
}

#[test]
fn operations_are_asked_for_when_they_are_wanted() {
    let mut player = Player::started("");
    assert_eq!(asked_for_operations(&player, 0), 0);
    player.answers(classified);
    let before = player.asked.len();
    choose(&mut player, "operationNodes", "true");
    player.settle();
    let asked = player.instants(before).len();
    assert_eq!((asked_for_operations(&player, before), asked <= 12), (1, true), "{asked}");
    let is_there = |player: &Player| topology(player).nodes.iter().any(|node| node.key.kind() == "operation");
    assert!(is_there(&player));
    assert!(
        player.status(crate::words::Language::English).notices.iter().all(|text| !text.contains("request_operation"))
    );
    // What is known is not asked for again, and no longer when it is not wanted.
    let before = player.asked.len();
    choose(&mut player, "operationNodes", "false");
    assert!(!is_there(&player));
    choose(&mut player, "operationNodes", "true");
    assert_eq!((player.asked.len(), is_there(&player)), (before, true));
    choose(&mut player, "operationNodes", "false");
    player.send(Message::Refresh);
    player.settle();
    assert_eq!(asked_for_operations(&player, before), 0);
}

#[test]
fn an_operation_has_no_bytes_and_says_why() {
    let mut player = Player::new(&config(), "operationNodes=true");
    player.answers(classified);
    player.send(Message::Started);
    player.settle();
    let topology = topology(&player).clone();
    let place =
        topology.nodes.iter().position(|node| node.key.kind() == "operation" && node.inbound.requests.0 > 0.0).unwrap();
    let rate = topology.nodes[place].inbound.requests;
    let before = player.asked.len();
    player.send(Message::Select(Some(Selection::node(&topology.nodes[place].key))));
    player.settle();
    let panel = player.panel();
    let rate = super::player::english().per_sec(rate);
    assert!(panel.charts.is_empty() && panel.why_none.contains(&rate), "{} {rate}", panel.why_none);
    assert_eq!(player.asked.len(), before);
}

#[test]
fn a_mesh_that_classifies_no_requests_is_said_to() {
    let player = Player::started("operationNodes=true");
    for language in crate::words::Language::ALL {
        let notices = player.status(language).notices;
        assert_eq!(notices.iter().filter(|text| text.contains("request_operation")).count(), 1, "{notices:?}");
    }
    assert!(topology(&player).nodes.iter().all(|node| node.key.kind() != "operation"));
    assert!(
        Player::started("")
            .status(crate::words::Language::English)
            .notices
            .iter()
            .all(|text| !text.contains("operation"))
    );
}
