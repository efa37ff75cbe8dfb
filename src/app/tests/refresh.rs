//! When the graph is asked for, and when not.

use super::player::{Player, busy, config, demo, secs};
use crate::app::{Alarm, Change, FetchId, Message};
use crate::backend::BackendError;
use crate::backend::prometheus::Call;
use crate::quantity::{Duration, TimeWindow};
use crate::telemetry::Question;
use crate::words::Language;

#[test]
fn all_questions_of_a_refresh_share_one_time() {
    let player = Player::started("");
    let instants = player.instants(0);
    assert_eq!(instants.len(), Question::ALL.len());
    assert!(instants.iter().all(|at| *at == instants[0] && at.unix_millis() % 1_000 == 0), "{instants:?}");
    let shown = player.app.graph.shown().unwrap();
    assert_eq!((shown.range.to, shown.range.length()), (instants[0], Duration::from_mins(10)));
    assert!(shown.topology.edges.len() > 50);
}

#[test]
fn no_more_than_four_requests_are_under_way() {
    let mut player = Player::started("");
    player.select_edge(|edge, _| edge.bytes.is_some());
    player.send(Message::Refresh);
    player.send(Message::Refresh);
    player.settle();
    assert_eq!(player.most_open, 4);
}

#[test]
fn a_superseded_refresh_is_aborted_and_its_answers_change_nothing() {
    let mut player = Player::new(&config(), "");
    player.send(Message::Started);
    let first: Vec<(FetchId, Call)> = player.open.iter().map(|(id, open)| (*id, open.call.clone())).collect();
    player.now = player.now + secs(5);
    player.send(Message::Refresh);
    let graph = |call: &Call| matches!(call, Call::Instant { .. });
    assert_eq!(player.aborted.len(), first.iter().filter(|(_, call)| graph(call)).count());
    player.settle();
    let before = player.app.graph.shown().cloned();
    for (id, _) in first {
        player.send(Message::Answered { id, result: Err(BackendError::Unreachable) });
    }
    player.settle();
    assert_eq!((player.app.graph.shown().cloned(), player.app.graph.failure()), (before, None));
    assert_eq!(player.app.graph.shown_at(), Some(player.now.floor_to(secs(1))));
}

#[test]
fn the_next_refresh_is_scheduled_when_this_one_is_done() {
    let mut player = Player::new(&config(), "refresh=15s");
    player.send(Message::Started);
    for _ in 0..=Question::ALL.len() {
        assert_eq!(player.next_refresh(), None);
        assert!(player.answer_one());
    }
    assert!(player.open.is_empty());
    // A timer that should not be set does nothing.
    player.send(Message::Woke(Alarm::Refresh));
    assert!(player.open.is_empty());
    player.settle();
    assert_eq!(player.next_refresh(), Some(secs(15)));
    let before = player.app.graph.shown_at().unwrap();
    player.wait(secs(16));
    assert_eq!(player.app.graph.shown_at().unwrap() - before, secs(15));
}

#[test]
fn a_stray_alarm_neither_builds_a_graph_nor_schedules_a_refresh() {
    let mut player = Player::new(&config(), "");
    player.send(Message::Started);
    player.send(Message::Woke(Alarm::Classify));
    player.send(Message::Woke(Alarm::Retry(FetchId(1))));
    assert_eq!((player.next_refresh(), player.app.graph.shown(), player.open.len()), (None, None, 4));
}

#[test]
fn a_fixed_range_is_never_refreshed_by_timer() {
    let mut player = Player::started("from=1699990000&to=1699993600&refresh=15s");
    assert!(player.app.graph.shown().is_some());
    assert_eq!(player.next_refresh(), None);
    player.send(Message::Hidden(true));
    player.send(Message::Hidden(false));
    player.send(Message::Woke(Alarm::Refresh));
    assert!(player.open.is_empty());
    player.send(Message::Refresh);
    assert_eq!(player.instants(0).last().unwrap().unix_millis(), 1_699_993_600_000);
}

#[test]
fn out_of_sight_nothing_is_refreshed() {
    let mut player = Player::started("refresh=15s");
    player.send(Message::Hidden(true));
    let asked = player.asked.len();
    player.wait(Duration::from_mins(60));
    player.send(Message::Woke(Alarm::Refresh));
    assert_eq!(player.asked.len(), asked);
    player.send(Message::Hidden(false));
    player.settle();
    assert_eq!(player.asked.len(), asked + Question::ALL.len());
    assert_eq!(player.next_refresh(), Some(secs(15)));
}

#[test]
fn a_graph_that_is_still_fresh_is_renewed_when_it_would_have_been() {
    let mut player = Player::started("refresh=1m");
    player.wait(secs(20));
    player.send(Message::Hidden(true));
    player.wait(secs(20));
    player.send(Message::Hidden(false));
    assert!(player.open.is_empty());
    let due = player.next_refresh().unwrap();
    assert!(due > secs(19) && due <= secs(20), "{due}");
}

#[test]
fn a_refresh_that_ends_out_of_sight_schedules_none() {
    let mut player = Player::new(&config(), "");
    player.send(Message::Started);
    player.send(Message::Hidden(true));
    player.settle();
    assert!(player.app.graph.shown().is_some());
    assert_eq!(player.next_refresh(), None);
}

#[test]
fn a_busy_back_end_is_asked_again_not_sooner_than_it_says() {
    let mut player = Player::new(&config(), "");
    player.answers(|_| Ok(busy(Some(secs(7)))));
    player.send(Message::Started);
    player.settle();
    let asked = player.asked.len();
    assert_eq!(asked, Question::ALL.len() + 1);
    for language in Language::ALL {
        let status = player.status(language);
        assert!(status.is_loading && status.error.is_some_and(|text| text.contains("503")));
    }
    player.answers(demo);
    player.wait(secs(7));
    assert_eq!(player.asked.len(), asked);
    player.wait(secs(2));
    assert_eq!(player.asked.len(), 2 * asked);
    assert_eq!(player.app.graph.shown().map(|shown| shown.failed.len()), Some(0));
    assert_eq!(player.status(Language::English).error, None);
}

#[test]
fn a_back_end_that_stays_busy_is_given_up_until_the_next_refresh() {
    let mut player = Player::new(&config(), "");
    player.answers(|_| Ok(busy(None)));
    player.send(Message::Started);
    player.wait(secs(20));
    assert_eq!(player.asked.len(), 4 * (Question::ALL.len() + 1));
    assert!(matches!(player.app.graph.failure(), Some(BackendError::Status { status: 503, .. })));
    assert!(player.next_refresh().is_some());
}

#[test]
fn who_wants_to_be_left_alone_for_long_is() {
    let mut player = Player::started("refresh=5s");
    player.answers(|_| Ok(busy(Some(Duration::from_mins(5)))));
    player.send(Message::Refresh);
    player.settle();
    let asked = player.asked.len();
    assert!(player.app.is_old() && !player.app.graph.is_loading());
    player.send(Message::Hidden(true));
    player.send(Message::Hidden(false));
    player.wait(secs(299));
    assert_eq!(player.asked.len(), asked);
    player.answers(demo);
    player.wait(secs(2));
    assert!(!player.app.is_old());
    // The reader may ask at any time.
    player.answers(|_| Ok(busy(Some(Duration::from_mins(5)))));
    player.send(Message::Refresh);
    player.settle();
    player.answers(demo);
    player.send(Message::Refresh);
    player.settle();
    assert!(!player.app.is_old());
}

#[test]
fn an_attempt_that_was_put_off_is_dropped_with_its_refresh() {
    let mut player = Player::new(&config(), "");
    player.answers(|_| Ok(busy(Some(secs(7)))));
    player.send(Message::Started);
    player.settle();
    assert_eq!(player.alarms.len(), Question::ALL.len() + 1);
    player.send(Message::Change(Change::Window(TimeWindow::Last(Duration::from_mins(60)))));
    // The scrape interval is still wanted.
    assert_eq!(player.alarms.len(), 1);
}

#[test]
fn after_a_failure_the_pause_is_longer() {
    let mut player = Player::started("refresh=5s");
    player.answers(|_| Err(BackendError::Unreachable));
    player.send(Message::Refresh);
    player.settle();
    assert_eq!(player.next_refresh(), Some(secs(10)));
}

#[test]
fn another_pace_counts_from_now_and_off_is_off() {
    let mut player = Player::started("");
    player.send(Message::Change(Change::Refresh(Some(Duration::from_mins(5)))));
    assert_eq!(player.next_refresh(), Some(Duration::from_mins(5)));
    player.send(Message::Change(Change::Refresh(None)));
    assert_eq!(player.next_refresh(), None);
    player.send(Message::Change(Change::Refresh(Some(Duration::from_millis(1)))));
    assert_eq!(player.next_refresh(), Some(secs(1)));
}
