//! Back ends for which the whole mesh is too much at once.

use super::player::{DEMO, Player, Reply, config, demo};
use crate::app::Message;
use crate::backend::prometheus::{Call, Vector, decode_vector, encode_error, encode_vector};
use crate::backend::{BackendError, HttpAnswer};
use crate::mesh::Topology;
use crate::quantity::Duration;
use crate::telemetry::Question;

/// How many conditions on its ends a question has.
fn conditions(call: &Call) -> usize {
    let Call::Instant { query, .. } = call else { return 0 };
    query.selectors().next().map_or(0, |selector| selector.matchers().len())
}

/// About ends, and not about proxies.
fn is_about_ends(call: &Call) -> bool {
    matches!(call, Call::Instant { query, .. } if !query.to_string().starts_with("count by"))
}

fn refusal() -> HttpAnswer {
    let words = "query processing would load too many samples into memory in query execution";
    HttpAnswer::json(422, encode_error("execution", words))
}

/// Refuses what has fewer conditions.
fn limited(call: &Call, least: usize, refusal: &Reply) -> Reply {
    if is_about_ends(call) && conditions(call) < least { refusal.clone() } else { demo(call) }
}

fn player(answer: impl Fn(&Call) -> Reply + 'static) -> Player {
    let mut player = Player::new(&config(), "paths=all&idleEdges=true");
    player.answers(answer);
    player.send(Message::Started);
    player.settle();
    player
}

/// Equal but for the rounding of sums.
fn assert_same(one: &Topology, other: &Topology) {
    assert_eq!(one.nodes.len(), other.nodes.len());
    assert_eq!(one.edges.len(), other.edges.len());
    for (one, other) in one.edges.iter().zip(&other.edges) {
        let told =
            |edge: &crate::mesh::Edge| (edge.source, edge.target, edge.protocol, edge.kind, edge.reporters.clone());
        assert_eq!(told(one), told(other));
        assert!((one.byte_rate().0 - other.byte_rate().0).abs() < 1e-6 * other.byte_rate().0.max(1.0));
        let rate = |edge: &crate::mesh::Edge| edge.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
        assert!((rate(one) - rate(other)).abs() < 1e-6 * rate(other).max(1.0));
    }
}

fn graph(player: &Player) -> &Topology {
    &player.app.graph.shown().expect("a graph").topology
}

#[test]
fn what_is_too_much_at_once_is_asked_in_parts_and_makes_the_same_graph() {
    let whole = player(demo);
    let questions = Question::ALL.iter().filter(|question| question.is_about_ends()).count();
    let too_large = BackendError::TooLarge { bytes: 2, limit_bytes: 1 };
    for refusal in [Ok(refusal()), Err(too_large)] {
        for (least, parts) in [(2, 4), (4, 16)] {
            let refusal = refusal.clone();
            let mut player = player(move |call| limited(call, least, &refusal));
            assert_same(graph(&player), graph(&whole));
            let shown = player.app.graph.shown().unwrap();
            assert_eq!((shown.failed.len(), player.app.graph.failure()), (0, None));
            assert_eq!(shown.series, whole.app.graph.shown().unwrap().series, "no row twice");
            // The next time nothing is asked in vain.
            let before = player.asked.len();
            player.send(Message::Refresh);
            player.settle();
            let asked = player.asked.len() - before;
            assert_eq!(asked, questions * parts + Question::ALL.len() - questions);
            assert_same(graph(&player), graph(&whole));
        }
    }
}

#[test]
fn what_is_too_much_in_every_part_is_a_failure() {
    let player = player(|call| limited(call, 99, &Ok(refusal())));
    assert!(player.app.graph.failure().is_some_and(BackendError::is_too_much));
    let asked = player.asked.iter().filter(|(_, call)| is_about_ends(call)).count();
    let questions = Question::ALL.iter().filter(|question| question.is_about_ends()).count();
    assert_eq!(asked, questions * (1 + 4 + 16));
}

/// A gateway cuts answers to some rows, and says so.
#[test]
fn what_was_cut_short_is_asked_in_parts_the_next_time() {
    let cut = |call: &Call| {
        let answer = DEMO.answer(call);
        let rows = decode_vector(&answer).expect("a vector").rows;
        if !is_about_ends(call) || rows.len() <= 60 {
            return Ok(answer);
        }
        let mut vector = Vector::new();
        for row in rows.samples().take(60) {
            vector.push(row.labels.iter(), row.at, row.value);
        }
        let body = encode_vector(&vector).replacen('{', r#"{"warnings":["results truncated due to limit"],"#, 1);
        Ok(HttpAnswer::json(200, body))
    };
    let mut whole = player(demo);
    let mut player = player(move |call| if matches!(call, Call::Instant { .. }) { cut(call) } else { demo(call) });
    assert!(graph(&player).edges.len() < graph(&whole).edges.len());
    for player in [&mut player, &mut whole] {
        player.wait(Duration::from_secs(31));
        player.wait(Duration::from_secs(31));
    }
    assert_same(graph(&player), graph(&whole));
}
