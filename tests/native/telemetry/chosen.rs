//! The cases that are tried in a real browser too, as a file that its tests read: `tests/data/facts.json`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Case, cases};
use crate::golden;

/// One of each kind of edge whose bytes are counted.
const CHOSEN: [&str; 18] = [
    "two_ztunnels_of_a_hop_make_one_edge",
    "the_reporter_that_saw_clearly_more_is_taken",
    "two_sidecars_count_each_byte_once",
    "a_sidecar_and_a_ztunnel_share_an_edge_of_two_layers",
    "a_gateway_to_an_ambient_workload_is_one_edge_of_two_layers",
    "a_sidecar_in_plaintext_to_an_ambient_server_is_mixed",
    "plaintext_is_told_whatever_the_servers_principal",
    "a_service_waypoint_is_two_legs_and_a_logical_edge",
    "streams_through_a_waypoint_count_on_the_legs_alone",
    "a_captured_waypoint_counts_each_leg_once",
    "a_waypoint_that_reports_as_destination_is_logical_all_the_same",
    "requests_of_a_gateway_through_a_waypoint_count_once",
    "an_address_nobody_knows_is_passed_through",
    "a_service_entry_behind_a_waypoint_is_joined_on_its_host",
    "a_service_entry_is_one_node_for_ztunnel_and_envoy",
    "a_client_without_a_proxy_is_unknown_in_plaintext",
    "an_edge_across_clusters_is_one_edge",
    "an_east_west_gateway_is_no_waypoint",
];

/// A line for each series and each line of the picture.
fn text(name: &str, case: &Case) -> String {
    let series = case.series.iter().map(|one| json!({"metric": one.metric, "labels": one.labels, "value": one.value}));
    let list = |values: Vec<Value>| {
        let lines: Vec<String> = values.iter().map(|value| format!("      {value}")).collect();
        lines.join(",\n")
    };
    let (series, picture) = (list(series.collect()), list(case.picture.iter().map(|line| json!(line)).collect()));
    let mut text = String::new();
    write!(text, "  {{\n    \"name\": {},\n    \"series\": [\n{series}\n    ],\n", json!(name)).unwrap();
    write!(text, "    \"picture\": [\n{picture}\n    ]\n  }}").unwrap();
    text
}

#[test]
fn the_browsers_cases_are_these() {
    let cases = cases();
    let chosen = CHOSEN.map(|name| {
        let (_, case) = cases.iter().find(|(one, _)| one == name).unwrap_or_else(|| panic!("no case `{name}`"));
        text(name, case)
    });
    golden::check_file("tests/data/facts.json", &format!("[\n{}\n]\n", chosen.join(",\n")));
}
