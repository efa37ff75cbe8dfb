//! Back ends that answer badly, or not at all.

use proptest::prelude::*;
use serde_json::json;

use super::player::{ORIGIN, Player, Reply, busy, config, english, secs};
use super::small::{REQUESTS, SHOP, Small, TO_SERVER, of_shop, series};
use crate::app::config::Config;
use crate::app::panel::{self, Tone, Voice};
use crate::app::{Alarm, Change, FetchId, Message, Pane, Selection};
use crate::backend::prometheus::Call;
use crate::backend::{BackendError, HttpAnswer, MAX_BODY_BYTES};
use crate::quantity::{Duration, Plain, TimeWindow};
use crate::words::Language;

/// Answers of which nothing can be drawn, and what of them the reader must be told in any language.
fn troubles() -> Vec<(&'static str, Reply, &'static str)> {
    let page = |status| HttpAnswer { status, body: b"<!doctype html><title>Log in</title>".to_vec(), ..busy(None) };
    let json = |status, body: &str| Ok(HttpAnswer::json(status, body));
    vec![
        ("unreachable", Err(BackendError::Unreachable), ORIGIN),
        ("too slow", Err(BackendError::TimedOut { after: secs(30) }), "30s"),
        ("too large", Err(BackendError::TooLarge { bytes: 80 << 20, limit_bytes: MAX_BODY_BYTES }), "64"),
        ("a page", Ok(page(200)), "HTTP 200"),
        ("a gateway's page", Ok(page(502)), "HTTP 502"),
        ("a locked door", Ok(page(401)), "HTTP 401"),
        ("truncated", json(200, r#"{"status":"success","data":{"resultType":"vec"#), "45"),
        ("empty", json(200, ""), "0"),
        ("refused", json(400, r#"{"status":"error","errorType":"bad_data","error":"parse error at 1:2"}"#), "1:2"),
        ("not found", json(404, "404 page not found"), "HTTP 404"),
        ("no JSON", json(200, "Prometheus is starting"), "Prometheus is starting"),
        ("another shape", json(200, r#"{"status":"success","data":[1]}"#), "Prometheus"),
        ("no data", json(200, r#"{"status":"success"}"#), "Prometheus"),
        ("a matrix", json(200, r#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#), "matrix"),
    ]
}

fn is_about_graph(call: &Call) -> bool {
    matches!(call, Call::Instant { .. })
}

#[test]
fn the_last_good_graph_stays_and_is_marked_as_old() {
    for (name, reply, told) in troubles() {
        let mut player = of_shop("");
        let before = player.app.graph.shown().cloned();
        let at = player.status(Language::English).text;
        player.answers(move |_| reply.clone());
        player.wait(secs(61));
        assert_eq!(player.app.graph.shown().cloned(), before, "{name}");
        assert!(player.app.is_old() && !player.app.graph.is_loading(), "{name}");
        assert!(player.next_refresh().is_some(), "{name}: it is tried again");
        let [english, chinese] = Language::ALL.map(|language| player.status(language));
        let (one, other) = (english.error.unwrap(), chinese.error.unwrap());
        assert!(one.contains(told) && other.contains(told), "{name}: {one} / {other}");
        assert!(one.contains("“a”") && other.contains("“a”") && one != other, "{name}: {one} / {other}");
        assert_eq!((english.tone, chinese.tone), (Tone::Warning, Tone::Warning), "{name}");
        assert_eq!(english.text.strip_prefix("Old: as of "), at.strip_prefix("As of "), "{name}");
        player.answers(|call| Ok(SHOP.answer(call)));
        player.send(Message::Refresh);
        player.settle();
        assert!(!player.app.is_old() && player.status(Language::English).error.is_none(), "{name}");
    }
}

#[test]
fn without_a_graph_the_error_stands_alone() {
    for (name, reply, _) in troubles() {
        let mut player = Player::new(&config(), "");
        player.answers(move |_| reply.clone());
        player.send(Message::Started);
        player.settle();
        let status = player.status(Language::English);
        assert!(status.error.is_some() && !status.is_loading, "{name}");
        assert_eq!((status.text.as_str(), status.tone, player.app.is_old()), ("", Tone::Bad, false), "{name}");
    }
}

/// Requests are not counted by the back end; the rest is.
fn without_requests(call: &Call) -> Reply {
    match call {
        Call::Instant { query, .. } if query.to_string().contains(REQUESTS) => Err(BackendError::Unreachable),
        _ => Ok(SHOP.answer(call)),
    }
}

#[test]
fn a_piece_is_shown_where_there_is_nothing_better() {
    let mut player = Player::new(&config(), "");
    player.answers(without_requests);
    player.send(Message::Started);
    player.settle();
    let shown = player.app.graph.shown().unwrap();
    assert!(shown.topology.edges.iter().all(|edge| edge.requests.is_none()) && !shown.topology.edges.is_empty());
    let status = player.status(Language::English);
    assert_eq!(status.text, "1 of 12 queries failed; the graph is incomplete");
    assert!(status.error.is_some() && !player.app.is_old());
}

#[test]
fn a_piece_does_not_push_out_a_whole_that_is_about_as_new() {
    let mut player = of_shop("");
    player.answers(without_requests);
    player.wait(secs(31));
    assert!(player.app.is_old());
    assert_eq!(player.app.graph.shown().unwrap().failed, []);
    // In the long run what is new is worth more than what is whole.
    player.wait(Duration::from_mins(6));
    assert!(!player.app.is_old());
    assert_eq!(player.app.graph.shown().unwrap().failed.len(), 1);
    // A failed question about components counts for nothing here.
    player.answers(|call| match call {
        Call::Instant { query, .. } if query.to_string().starts_with("count by") => Err(BackendError::Unreachable),
        _ => without_requests(call),
    });
    player.send(Message::Refresh);
    player.settle();
    assert!(!player.app.is_old());
    assert_eq!(player.app.graph.shown().unwrap().failed.len(), 4);
}

#[test]
fn a_piece_of_another_stretch_of_time_is_what_was_asked_for() {
    let mut player = of_shop("");
    player.answers(without_requests);
    player.send(Message::Change(Change::Window(TimeWindow::Last(Duration::from_mins(60)))));
    player.settle();
    assert!(!player.app.is_old());
    assert_eq!(player.app.graph.shown().unwrap().range.length(), Duration::from_mins(60));
}

#[test]
fn an_old_piece_is_called_old() {
    let mut player = Player::new(&config(), "");
    player.answers(without_requests);
    player.send(Message::Started);
    player.settle();
    player.answers(|_| Err(BackendError::Unreachable));
    player.send(Message::Refresh);
    player.settle();
    assert!(player.app.is_old());
    assert!(player.status(Language::English).text.starts_with("Old: "));
}

#[test]
fn an_empty_mesh_is_no_failure() {
    let mut player = of_shop("");
    player.answers(|call| Ok(Small::default().answer(call)));
    player.send(Message::Refresh);
    player.settle();
    let shown = player.app.graph.shown().unwrap();
    assert_eq!((shown.series, shown.topology.nodes.len(), player.app.is_old()), (0, 0, false));
    assert!(player.status(Language::English).text.starts_with("As of "));
}

fn first_value(player: &Player) -> String {
    player.panel().charts[0].lines[0].line.points[0].1.to_string()
}

#[test]
fn values_that_are_no_numbers_and_labels_that_are_missing_break_nothing() {
    let good = || series(TO_SERVER, "destination", "shop/web", "data/db", 7.0);
    let mut bare = good();
    bare.labels.retain(|(name, _)| *name == "reporter");
    let mut mute = good();
    mute.labels.clear();
    let odd =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0].map(|rate| series(TO_SERVER, "source", "a/b", "c/d", rate));
    let small = Small([good(), bare, mute].into_iter().chain(odd).collect());
    let mut player = Player::new(&config(), "");
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    let id = player.select_edge(|_, id| id.contains("web"));
    player.settle();
    assert_eq!(id, "workload:c1/shop/web>workload:c1/data/db>tcp");
    let shown = player.app.graph.shown().unwrap();
    assert_eq!(shown.series, 7);
    assert!(shown.topology.nodes.iter().all(|node| !node.key.to_string().contains("a/b")));
    assert_eq!(first_value(&player), "7");
    assert!(!crate::app::export::export(shown, &shown.topology).to_string().contains("null"));
}

fn odd_reply(which: u8, call: &Call) -> Reply {
    let troubles = troubles();
    match which % 8 {
        0..=2 => Ok(SHOP.answer(call)),
        3 => Ok(busy(Some(secs(i64::from(which))))),
        4 => Ok(busy(None)),
        5 if is_about_graph(call) => Ok(SHOP.answer(&Call::Config)),
        _ => troubles[usize::from(which) % troubles.len()].1.clone(),
    }
}

fn message(which: u8, detail: u8) -> Message {
    let db = "workload:c1/data/db";
    let config =
        |text: serde_json::Value| Message::Configured(Box::new(Config::from_layers([&text], super::compile_names)));
    match which % 18 {
        0 => Message::Started,
        1 => Message::Refresh,
        2 => Message::Woke(Alarm::Refresh),
        3 => Message::Woke(Alarm::Classify),
        4 => Message::Woke(Alarm::Retry(FetchId(detail.into()))),
        5 => Message::Answered { id: FetchId(detail.into()), result: Err(BackendError::Unreachable) },
        6 => Message::Hidden(detail.is_multiple_of(2)),
        7 => Message::Select(Some(Selection::Node(db.into()))),
        8 => Message::Select(Some(Selection::Edge(format!("workload:c1/shop/web>{db}>tcp")))),
        9 => Message::Select([None, Some(Selection::Node("\u{0}>%".into()))][usize::from(detail % 2)].clone()),
        10 => Message::Navigated(format!("backend=a&range={detail}m&node={db}&refresh=5s")),
        11 => Message::Navigated(format!("from={detail}&to=99999&edge=x%00&paths=hops&view=table")),
        12 => Message::Change(Change::BackEnd(["a", "b", "c"][usize::from(detail % 3)].into())),
        13 => Message::Change(Change::Window(TimeWindow::Last(Duration::from_millis(i64::from(detail) + 1)))),
        14 => Message::Change(Change::Refresh((detail.is_multiple_of(2)).then(|| secs(5)))),
        15 => Message::Change(Change::Pane(Pane::Table)),
        16 => config(json!({ "backends": [{ "name": "a", "url": "/a" }], "scrapeInterval": "1m" })),
        _ => config(super::player::config()),
    }
}

/// All that is shown, in all languages.
fn look(player: &Player) {
    for language in Language::ALL {
        let voice = Voice { language, format: &Plain };
        let status = panel::status(&player.app, ORIGIN, voice);
        assert_eq!(status.is_loading, player.app.graph.is_loading());
        panel::problems(&player.app, voice);
        if let Some(flow) = &player.app.flow {
            let panel = panel::flow_panel(flow, "a", ORIGIN, voice);
            assert_eq!(panel.is_loading, panel.charts.is_empty() && panel.why_none.is_empty());
        }
        let Some(shown) = player.app.graph.shown() else { continue };
        let visible = player.app.view.visible(&shown.topology);
        panel::node_rows(&visible, voice);
        panel::edge_rows(&visible, voice);
        if let Some(selection) = &player.app.view.selection {
            panel::details(selection, &visible, voice);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever happens in whatever order: at most four requests at once, and what can be looked at can be looked at.
    /// As soon as the back end works again, so does the application.
    #[test]
    fn nothing_breaks_it_for_good(steps in prop::collection::vec((0..4_u8, any::<u8>(), any::<u8>()), 1..80)) {
        let mut player = Player::new(&config(), "");
        for (kind, which, detail) in steps {
            player.answers(move |call| odd_reply(which, call));
            match kind {
                0 => player.send(message(which, detail)),
                1 => player.wait(secs((detail % 40).into())),
                _ => _ = player.answer_one(),
            }
            prop_assert!(player.open.len() <= 4);
            look(&player);
        }
        player.answers(|call| Ok(SHOP.answer(call)));
        player.send(Message::Refresh);
        player.wait(secs(60));
        prop_assert!(!player.app.is_old() && !player.app.graph.is_loading() && player.app.graph.failure().is_none());
        prop_assert_eq!(player.app.graph.shown().unwrap().topology.edges.len(), 2);
        let id = player.select_edge(|edge, _| edge.bytes.is_some());
        player.settle();
        prop_assert_eq!(player.app.view.selection.clone(), Some(Selection::Edge(id)));
        prop_assert!(player.panel().charts.iter().any(|chart| !chart.lines.is_empty()));
        prop_assert!(panel::details(
            player.app.view.selection.as_ref().unwrap(),
            &player.app.graph.shown().unwrap().topology,
            english(),
        ).why_none.is_empty());
    }
}
