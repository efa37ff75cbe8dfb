//! What the reader and the host page choose.

use serde_json::{Value, json};

use super::player::{DEMO, Player, config, secs};
use crate::app::config::Config;
use crate::app::{Change, Message, ScrapeInterval, Selection, Theme};
use crate::backend::prometheus::{Call, encode_config};
use crate::backend::{BackendError, HttpAnswer};
use crate::quantity::{Duration, TimeWindow};
use crate::telemetry::Question;
use crate::words::Language;

fn configured(value: &Value) -> Message {
    Message::Configured(Box::new(Config::from_layers([value], super::compile_names)))
}

/// A back end that is scraped every so often.
fn scraped_every(player: &mut Player, every: &str) {
    let config = encode_config(&format!("global:\n  scrape_interval: {every}\n"));
    player.answers(move |call| match call {
        Call::Config => Ok(HttpAnswer::json(200, config.clone())),
        _ => Ok(DEMO.answer(call)),
    });
}

fn rate_window(player: &Player) -> Duration {
    player.app.graph.shown().expect("a graph").rate_window
}

#[test]
fn a_learned_scrape_interval_widens_the_rates_window() {
    let mut player = Player::new(&config(), "range=1m");
    scraped_every(&mut player, "30s");
    player.send(Message::Started);
    player.settle();
    assert_eq!(player.app.scrape, ScrapeInterval::Learned(secs(30)));
    assert_eq!(rate_window(&player), secs(120));
    assert_eq!(player.aborted.len(), 3, "what was asked with the assumed interval is given up");
    let text = player.asked.last().map(|(_, call)| format!("{call:?}"));
    assert!(text.is_some());
}

#[test]
fn what_makes_no_difference_is_not_asked_again() {
    let mut player = Player::new(&config(), "range=10m");
    scraped_every(&mut player, "30s");
    player.send(Message::Started);
    player.settle();
    assert_eq!(player.app.scrape, ScrapeInterval::Learned(secs(30)));
    assert_eq!((player.asked.len(), player.aborted.len()), (Question::ALL.len() + 1, 0));
}

#[test]
fn a_configured_scrape_interval_is_never_overridden() {
    let mut value = config();
    value["scrapeInterval"] = json!("1m");
    let mut player = Player::new(&value, "range=1m");
    scraped_every(&mut player, "5s");
    player.send(Message::Started);
    player.settle();
    assert_eq!(player.app.scrape, ScrapeInterval::Configured(secs(60)));
    assert_eq!(rate_window(&player), secs(240));
    assert!(player.asked.iter().all(|(_, call)| *call != Call::Config));
}

#[test]
fn an_interval_that_nobody_tells_is_assumed_and_said_to_be() {
    let mut player = Player::new(&config(), "");
    player.answers(|call| match call {
        Call::Config => Err(BackendError::Unreachable),
        _ => Ok(DEMO.answer(call)),
    });
    player.send(Message::Started);
    player.settle();
    assert_eq!(player.app.scrape, ScrapeInterval::Assumed);
    let notices = player.status(Language::English).notices;
    assert!(notices.iter().any(|text| text.contains("15s is assumed")), "{notices:?}");
    assert_eq!(player.status(Language::English).error, None);
}

#[test]
fn another_back_end_begins_with_nothing() {
    let mut player = Player::started("");
    player.select_edge(|edge, _| edge.bytes.is_some());
    let flows = player.open.len();
    player.send(Message::Change(Change::BackEnd("b".into())));
    assert_eq!(player.aborted.len(), flows);
    assert!(player.app.graph.shown().is_none() && player.app.flow.is_none() && !player.app.is_old());
    assert_eq!(player.announced.last(), Some(&None));
    assert_eq!(player.app.scrape, ScrapeInterval::Assumed, "the other's interval is not this one's");
    assert!(player.open.values().all(|open| open.back_end == "b"));
    player.settle();
    assert_eq!(player.app.graph.shown().unwrap().back_end, "b");
    assert_eq!(player.addresses.last(), Some(&("backend=b".to_owned(), true)));
    let asked = player.asked.len();
    player.send(Message::Change(Change::BackEnd("b".into())));
    player.send(Message::Change(Change::BackEnd("unheard-of".into())));
    assert_eq!(player.asked.len(), asked);
}

#[test]
fn an_interval_that_arrives_late_is_not_taken_for_the_next_back_ends() {
    let mut player = Player::new(&config(), "");
    player.send(Message::Started);
    let (id, _) = player.open.iter().find(|(_, open)| open.call == Call::Config).expect("it is asked first");
    let id = *id;
    player.send(Message::Change(Change::BackEnd("b".into())));
    let result = Ok(HttpAnswer::json(200, encode_config("global:\n  scrape_interval: 5m\n")));
    player.send(Message::Answered { id, result });
    assert_eq!(player.app.scrape, ScrapeInterval::Assumed);
}

#[test]
fn another_stretch_of_time_is_asked_for_at_once() {
    let mut player = Player::started("");
    let asked = player.asked.len();
    player.send(Message::Change(Change::Window(TimeWindow::Last(Duration::from_mins(60)))));
    player.settle();
    assert_eq!(player.asked.len() - asked, Question::ALL.len());
    assert_eq!(rate_window(&player), Duration::from_mins(60));
}

#[test]
fn a_configuration_with_another_back_end_starts_over() {
    let mut player = Player::started("range=1h");
    let shown = player.app.graph.shown().cloned();
    player.send(configured(&config()));
    assert_eq!((player.open.len(), player.app.graph.shown().cloned()), (0, shown), "the same again changes nothing");
    let other = json!({ "backends": [{ "name": "c", "url": "/c" }] });
    player.send(configured(&other));
    assert!(player.app.graph.shown().is_none());
    player.settle();
    assert_eq!(player.app.graph.shown().unwrap().back_end, "c");
    assert_eq!(player.app.view.window, TimeWindow::Last(Duration::from_mins(60)));
}

#[test]
fn a_configuration_that_names_another_default_starts_over() {
    let mut player = Player::started("");
    let mut value = config();
    value["defaults"] = json!({ "backend": "b" });
    player.send(configured(&value));
    assert!(player.app.graph.shown().is_none());
    player.settle();
    assert_eq!(player.app.graph.shown().unwrap().back_end, "b");
}

#[test]
fn a_back_end_that_is_gone_is_named_as_a_problem() {
    let mut player = Player::started("backend=b");
    player.send(configured(&json!({ "backends": [{ "name": "a", "url": "/a" }] })));
    player.settle();
    assert_eq!(player.app.graph.shown().unwrap().back_end, "a");
    assert_eq!(player.app.url_problems[0].value, "b");
}

#[test]
fn the_same_back_end_keeps_its_graph_and_its_charts_through_a_new_configuration() {
    let mut player = Player::started("");
    let id = player.select_edge(|edge, _| edge.bytes.is_some());
    let mut value = config();
    value["tolerances"] = json!({ "failures": { "degradedPercent": 50, "failingPercent": 60 } });
    player.send(configured(&value));
    assert!(player.app.graph.shown().is_some());
    player.answers(|call| match call {
        Call::Instant { .. } => Err(BackendError::Unreachable),
        _ => Ok(DEMO.answer(call)),
    });
    player.settle();
    assert!(!player.panel().is_loading, "its answers still count");
    assert_eq!(player.app.view.selection, Some(Selection::Edge(id)));
}

#[test]
fn another_scope_is_another_mesh() {
    let mut player = Player::started("");
    let mut value = config();
    value["scope"] = json!({ "mesh_id": "east" });
    player.send(configured(&value));
    assert!(player.app.graph.shown().is_none());
    assert!(player.open.values().all(|open| match &open.call {
        Call::Instant { query, .. } => query.to_string().contains(r#"mesh_id="east""#),
        _ => true,
    }));
}

#[test]
fn the_readers_choice_outlives_a_configuration_that_does_not_touch_it() {
    let mut value = config();
    value["language"] = json!("en");
    let mut player = Player::new(&value, "");
    player.send(Message::Language(Some(Language::Chinese)));
    player.send(Message::Theme(Some(Theme::Dark)));
    value["tolerances"] = json!({});
    value["defaults"] = json!({ "range": "5m" });
    player.send(configured(&value));
    assert_eq!((player.app.language, player.app.theme), (Some(Language::Chinese), Some(Theme::Dark)));
    value["theme"] = json!("light");
    player.send(configured(&value));
    assert_eq!(player.app.theme, Some(Theme::Light));
    value["theme"] = json!("auto");
    player.send(configured(&value));
    assert_eq!((player.app.language, player.app.theme), (Some(Language::Chinese), None));
    assert_eq!(player.remembered, [("language", "zh-Hans"), ("theme", "dark")]);
    player.send(Message::Theme(None));
    assert_eq!(player.remembered.last(), Some(&("theme", "")));
}
