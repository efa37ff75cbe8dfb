//! The format that others rely on.

use serde_json::{Map, Value, json};

use super::player::{Player, config};
use super::small::{REQUESTS, Small, TO_SERVER, series};
use crate::app::Message;
use crate::app::export::export;

const TOP: [&str; 9] = ["backEnd", "edges", "format", "from", "graphType", "nodes", "rateWindowSeconds", "time", "to"];
const OF_ALL_NODES: [&str; 7] = ["health", "id", "inbound", "kind", "outbound", "role", "roleEvidence"];
const OF_SOME_NODES: [&str; 7] = ["app", "cluster", "namespace", "roleSeen", "service", "version", "workload"];
const OF_ALL_EDGES: [&str; 11] = [
    "health",
    "id",
    "identities",
    "kind",
    "logical",
    "protocol",
    "reporters",
    "security",
    "services",
    "source",
    "target",
];
const OF_SOME_EDGES: [&str; 4] = ["bytes", "connections", "requests", "via"];

fn exported(player: &Player) -> Value {
    let shown = player.app.graph.shown().expect("a graph");
    export(shown, &player.app.view.visible(&shown.topology))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect()
}

/// Each of `all` in every value, each of `some` in at least one and missing in another, and nothing else.
fn check(values: &Value, all: &[&str], some: &[&str]) {
    let values = values.as_array().expect("a list");
    let has = |name: &str| values.iter().filter(|value| value.get(name).is_some()).count();
    for name in all {
        assert_eq!(has(name), values.len(), "{name}");
    }
    for name in some {
        assert!(has(name) > 0 && has(name) < values.len(), "{name}: {} of {}", has(name), values.len());
    }
    for value in values {
        assert!(keys(value).iter().all(|key| all.contains(key) || some.contains(key)), "{value}");
    }
}

fn nulls(value: &Value) -> usize {
    match value {
        Value::Null => 1,
        Value::Array(items) => items.iter().map(nulls).sum(),
        Value::Object(members) => members.values().map(nulls).sum(),
        _ => 0,
    }
}

#[test]
fn the_export_has_the_documented_fields() {
    let player = Player::started("idleEdges=true&infrastructure=true");
    let value = exported(&player);
    assert_eq!(value["format"], "wayscope-graph/1");
    assert_eq!(keys(&value), TOP);
    assert_eq!((&value["backEnd"], &value["rateWindowSeconds"]), (&json!("a"), &json!(600.0)));
    assert_eq!(value["to"].as_f64().map(|to| json!(to - 600.0)), Some(value["from"].clone()));
    assert_eq!(value["time"], value["to"]);
    check(&value["nodes"], &OF_ALL_NODES, &OF_SOME_NODES);
    check(&value["edges"], &OF_ALL_EDGES, &OF_SOME_EDGES);
    let parts = |of: &Value, part: &str| {
        let parts = of.as_array().unwrap().iter().filter_map(|one| one.get(part));
        Value::Array(parts.cloned().collect())
    };
    let edges = &value["edges"];
    check(&parts(edges, "bytes"), &["emitter", "receivedPerSecond", "reporter", "sentPerSecond"], &[]);
    let connections = ["active", "closedPerSecond", "failedPerSecond", "openedPerSecond", "reporter"];
    check(&parts(edges, "connections"), &connections, &[]);
    let requests = parts(edges, "requests");
    let of_requests = ["clientErrorsPerSecond", "failuresPerSecond", "measured", "perSecond", "reporter", "responses"];
    check(&requests, &of_requests, &[]);
    let messages = ["receivedMessagesPerSecond", "sentMessagesPerSecond"];
    let of_measured = ["meanSeconds", "receivedBytesPerSecond", "reporter", "sentBytesPerSecond"];
    check(&parts(&requests, "measured"), &of_measured, &messages);
    assert_eq!(nulls(&value), 0);
}

#[test]
fn edges_name_nodes_of_the_same_export() {
    let value = exported(&Player::started("namespaces=data"));
    let ids: Vec<&Value> = value["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
    for edge in value["edges"].as_array().unwrap() {
        assert!(ids.contains(&&edge["source"]) && ids.contains(&&edge["target"]), "{edge}");
    }
}

#[test]
fn what_is_unknown_is_absent_and_zero_is_a_measurement() {
    let small = Small(vec![
        series(TO_SERVER, "destination", "unknown/unknown", "data/db", 0.0).with("source_cluster", "unknown"),
        series(REQUESTS, "destination", "shop/web", "data/db", 4.0),
    ]);
    let mut player = Player::new(&config(), "idleEdges=true");
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    let value = exported(&player);
    let edges = value["edges"].as_array().unwrap();
    let [zero, requests] =
        ["tcp", "http"].map(|protocol| edges.iter().find(|edge| edge["protocol"] == protocol).unwrap());
    assert_eq!((&zero["bytes"]["sentPerSecond"], zero.get("requests")), (&json!(0.0), None));
    assert_eq!((&requests["requests"]["perSecond"], requests.get("bytes")), (&json!(4.0), None));
    let nodes = value["nodes"].as_array().unwrap();
    let client = nodes.iter().find(|node| node["kind"] == "unknownClient").expect("a client that nobody knows");
    assert_eq!((client.get("workload"), client.get("identity"), client.get("namespace")), (None, None, None));
    assert!(!value.to_string().contains(r#":"unknown""#) || zero["security"]["state"] == "unknown");
}
