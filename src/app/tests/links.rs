//! The address and the browser's buttons.

use super::player::{Player, config, secs};
use crate::app::config::Config;
use crate::app::{Change, Choices, EdgeLabel, Message, Pane, Paths, Selection, View};
use crate::mesh::Namespace;
use crate::order::Set;
use crate::quantity::{Duration, Instant, TimeRange, TimeWindow};

fn changes() -> Vec<Change> {
    let at = Instant::from_unix_millis(1_699_990_000_500);
    vec![
        Change::Window(TimeWindow::Last(Duration::from_mins(90))),
        Change::Refresh(None),
        Change::Refresh(Some(Duration::from_mins(5))),
        Change::Namespaces(Set::from(["data", "a&b=c"].map(Namespace::new))),
        Change::Choices(services()),
        Change::Paths(Paths::Hops),
        Change::Idle(true),
        Change::Infrastructure(true),
        Change::Label(EdgeLabel::Bytes, false),
        Change::Pane(Pane::Table),
        Change::Window(TimeWindow::Between(TimeRange::new(at, at + secs(600)))),
        Change::BackEnd("b".into()),
        Change::Label(EdgeLabel::Bytes, true),
        Change::Namespaces(Set::new()),
    ]
}

fn services() -> Choices {
    let mut choices = Choices::default();
    assert_eq!(choices.choose("graphType", "service"), Ok(true));
    choices
}

#[test]
fn every_address_reproduces_the_view() {
    let mut player = Player::started("kiosk=1");
    player.select_edge(|edge, _| edge.bytes.is_some());
    for change in changes() {
        player.send(Message::Change(change.clone()));
        let (query, _) = player.addresses.last().expect("an address");
        let (view, problems) = View::from_query(query, &player.app.config);
        assert_eq!((&view, problems), (&player.app.view, Vec::new()), "{change:?} {query}");
        assert!(query.contains("kiosk=1"));
    }
    assert_eq!(player.addresses.len(), changes().len() + 1);
    player.settle();
}

#[test]
fn only_steps_can_be_gone_back() {
    let mut player = Player::started("");
    for change in changes() {
        player.send(Message::Change(change.clone()));
        let (_, push) = player.addresses.last().unwrap();
        let is_step = matches!(change, Change::Window(_) | Change::BackEnd(_) | Change::Pane(_));
        assert_eq!(*push, is_step, "{change:?}");
    }
}

#[test]
fn the_browsers_buttons_bring_back_what_was_shown() {
    let mut player = Player::started("range=1h");
    let id = player.select_edge(|edge, _| edge.bytes.is_some());
    player.settle();
    let there = player.addresses.last().unwrap().0.clone();
    player.send(Message::Change(Change::Window(TimeWindow::Last(Duration::from_mins(5)))));
    player.send(Message::Select(None));
    player.settle();
    let addresses = player.addresses.len();
    player.send(Message::Navigated(format!("?{there}")));
    player.settle();
    assert_eq!(player.app.view.window, TimeWindow::Last(Duration::from_mins(60)));
    assert_eq!(player.app.view.selection, Some(Selection::Edge(id.clone())));
    assert_eq!(player.announced.last(), Some(&Some(id)));
    assert_eq!(player.app.graph.shown().unwrap().range.length(), Duration::from_mins(60));
    assert!(!player.panel().charts.is_empty());
    assert_eq!(player.addresses.len(), addresses, "the address is already there");
    player.send(Message::Navigated(String::new()));
    player.settle();
    assert_eq!(player.app.view, View::new(&player.app.config));
    assert!(player.app.flow.is_none());
}

#[test]
fn going_back_to_another_back_end_starts_over() {
    let mut player = Player::started("backend=b");
    player.send(Message::Refresh);
    player.send(Message::Navigated(String::new()));
    assert!(player.app.graph.shown().is_none());
    assert!(player.open.values().all(|open| open.back_end == "a"));
    player.settle();
    assert_eq!(player.app.graph.shown().unwrap().back_end, "a");
}

#[test]
fn going_back_to_another_pace_sets_the_timer() {
    let mut player = Player::started("refresh=off");
    assert_eq!(player.next_refresh(), None);
    player.send(Message::Navigated("refresh=15s".into()));
    assert_eq!(player.next_refresh(), Some(secs(15)));
    player.send(Message::Navigated("refresh=off".into()));
    assert_eq!(player.next_refresh(), None);
    assert!(player.open.is_empty());
}

#[test]
fn what_a_link_names_wrongly_is_told() {
    let mut player = Player::new(&config(), "range=soon&backend=https://evil.example");
    player.send(Message::Started);
    player.settle();
    let told = crate::app::panel::problems(&player.app, super::player::english());
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("range=soon") && told[1].contains("a, b"), "{told:?}");
    player.send(Message::Navigated(String::new()));
    assert!(player.app.url_problems.is_empty());
}

#[test]
fn a_default_that_is_not_all_namespaces_can_be_left() {
    let mut value = config();
    value["defaults"] = serde_json::json!({ "namespaces": ["store"] });
    let config = Config::from_layers([&value], super::compile_names);
    let mut player = Player::new(&value, "");
    player.send(Message::Change(Change::Namespaces(Set::new())));
    let (view, _) = View::from_query(&player.addresses[0].0, &config);
    assert!(view.namespaces.is_empty());
}
