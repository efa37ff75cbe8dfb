//! Response times of what is selected.

use super::player::Player;
use crate::app::{Message, Selection};
use crate::backend::prometheus::Call;
use crate::mesh::{NodeKey, Reporter};
use crate::quantity::Duration;

fn asked(player: &Player) -> usize {
    let is_it =
        |call: &Call| matches!(call, Call::Instant { query, .. } if query.to_string().contains("histogram_quantile"));
    player.asked.iter().filter(|(_, call)| is_it(call)).count()
}

#[test]
fn quantiles_are_asked_for_what_is_selected_and_for_nothing_else() {
    let mut player = Player::started("");
    assert_eq!((asked(&player), player.app.latency.found()), (0, None));
    player.select_edge(|edge, _| edge.requests.as_ref().is_some_and(|one| one.reporter == Reporter::Destination));
    player.settle();
    let found = *player.app.latency.found().expect("quantiles");
    assert_eq!((asked(&player), found.reporter), (1, Reporter::Destination));
    assert!(found.secs.is_sorted() && found.secs.iter().all(|secs| *secs > Some(0.0)), "{found:?}");
    player.wait(Duration::from_secs(31));
    assert_eq!(asked(&player), 2, "with the refresh");
    player.select_edge(|edge, _| edge.requests.is_none() && edge.byte_rate().is_flowing());
    player.settle();
    assert_eq!((asked(&player), player.app.latency.found()), (2, None), "nothing counts requests there");
    player.send(Message::Select(None));
    player.settle();
    assert_eq!((asked(&player), player.app.latency.found()), (2, None));
}

#[test]
fn only_who_is_heard_tells_how_long_requests_took() {
    for (word, expect) in
        [("total", Some(Reporter::Waypoint)), ("waypoint", Some(Reporter::Waypoint)), ("ztunnel", None)]
    {
        let mut player = Player::started(&format!("ambientTraffic={word}"));
        let node = NodeKey::workload("c1", "store", "catalogue-v1");
        player.send(Message::Select(Some(Selection::node(&node))));
        player.settle();
        assert_eq!(player.app.latency.found().map(|one| one.reporter), expect, "{word}");
    }
}

#[test]
fn nodes_and_edges_of_every_type_of_graph_tell_how_long_requests_took() {
    for query in ["graphType=app", "graphType=versionedApp", "graphType=service", "injectServiceNodes=true"] {
        let mut player = Player::started(query);
        let shown = player.app.graph.shown().expect("a graph").topology.clone();
        let mut told = 0;
        for edge in shown.edges.iter().filter(|edge| edge.requests.as_ref().is_some_and(|one| one.rate.0 > 1.0)) {
            player.send(Message::Select(Some(Selection::edge(&shown.edge_key(edge).unwrap()))));
            player.settle();
            let found = player.app.latency.found().unwrap_or_else(|| panic!("{query}: nothing for {edge:?}"));
            assert!(found.secs.is_sorted() && found.secs[0] > Some(0.0), "{found:?}");
            told += 1;
        }
        assert!(told > 10, "{query} {told}");
        let nodes = shown.nodes.iter().filter(|node| node.key.kind() == "app" || node.key.kind() == "service");
        for node in nodes.filter(|node| node.inbound.requests.0 > 1.0) {
            player.send(Message::Select(Some(Selection::node(&node.key))));
            player.settle();
            assert!(player.app.latency.found().is_some(), "{query} {:?}", node.key);
        }
    }
}
