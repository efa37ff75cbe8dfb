//! What the operator entrusts to the page is shown to nobody.

use serde_json::json;

use super::player::{ORIGIN, Player, back_end, english};
use crate::app::config::Config;
use crate::app::panel::{self, problems};
use crate::app::{App, Change, Message, Pane};
use crate::backend::BackendError;
use crate::quantity::{Duration, TimeWindow};

#[test]
fn secrets_stay_in_the_requests() {
    let mut player = Player::started("");
    assert!(format!("{:?}", back_end(&player, "a")).contains("s3cr3t"));
    player.select_edge(|edge, _| edge.bytes.is_some());
    player.settle();
    player.send(Message::Change(Change::BackEnd("b".into())));
    player.settle();
    player.send(Message::Change(Change::Pane(Pane::Table)));
    player.select_edge(|edge, _| edge.bytes.is_some());
    player.settle();
    let shown = player.app.graph.shown().unwrap().clone();
    let mut texts = vec![
        format!("{:?} {:?} {:?}", player.addresses, player.remembered, player.announced),
        format!("{:?}", player.panel()),
        crate::app::export::export(&shown, &shown.topology).to_string(),
        format!("{:?}", panel::details(player.app.view.selection.as_ref().unwrap(), &shown.topology, english())),
    ];
    player.answers(|_| Err(BackendError::Unreachable));
    player.send(Message::Change(Change::Window(TimeWindow::Last(Duration::from_mins(5)))));
    player.settle();
    texts.push(format!("{:?}", panel::status(&player.app, ORIGIN, english())));
    texts.push(format!("{:?}", player.panel()));
    texts.extend(problems(&player.app, english()));
    assert!(texts.iter().all(|text| !text.contains("s3cr3t")), "{texts:#?}");
}

#[test]
fn a_mistake_beside_a_secret_does_not_show_it() {
    for back_end in [
        json!({ "url": "/a", "headers": "Authorization: s3cr3t" }),
        json!({ "url": "/a", "headers": ["Authorization", "s3cr3t"] }),
        json!({ "url": "/a", "headers": { "Authorization": { "value": "s3cr3t" } } }),
        json!({ "url": "/a", "headers": { "Authorization": "s3cr3t\n" } }),
        json!({ "url": "/a", "header": { "Authorization": "s3cr3t" } }),
        json!({ "url": "/a", "password": "s3cr3t" }),
        json!({ "url": "https://user:s3cr3t@gateway" }),
        json!({ "url": "https://gateway/?token=s3cr3t" }),
        json!({ "url": "/a", "tenant": ["s3cr3t"] }),
        json!({ "url": "/a", "params": "token=s3cr3t" }),
        json!({ "url": "/a", "params": { "token": ["s3cr3t"] } }),
        json!("https://user:s3cr3t@gateway"),
    ] {
        for value in [json!({ "backends": [back_end] }), json!({ "backends": back_end })] {
            let app = App::new(Config::from_layers([&value], super::compile_names), "");
            let told = problems(&app, english());
            assert!(!told.is_empty(), "{value}");
            assert!(!told.join("\n").contains("s3cr3t"), "{told:?}");
        }
    }
}
