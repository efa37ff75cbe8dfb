use super::*;
use crate::backend::prometheus::{Call, Dialect};
use crate::quantity::Instant;
use crate::telemetry::Plan;
use serde_json::json;

fn problems(value: &Value) -> Vec<String> {
    let told = |problem: Problem| format!("{}: {} / {:?}", problem.field, problem.found, problem.expected);
    Config::from_layers([value], crate::app::tests::compile_names).problems.into_iter().map(told).collect()
}

#[test]
fn an_empty_configuration_shows_the_demo_mesh() {
    let config = Config::from_layers([&json!({})], crate::app::tests::compile_names);
    assert_eq!(config.back_ends, [BackEnd::demo()]);
    assert_eq!(config.problems, []);
}

#[test]
fn a_later_layer_wins_field_by_field() {
    let file = json!({ "backends": [{ "name": "a", "url": "/a" }], "defaults": { "range": "1h", "refresh": "off" } });
    let element = json!({ "defaults": { "range": "5m" }, "demo": "" });
    let config = Config::from_layers([&file, &element], crate::app::tests::compile_names);
    assert_eq!(config.defaults.window, TimeWindow::Last(Duration::from_mins(5)));
    assert_eq!(config.defaults.refresh, None);
    let names: Vec<_> = config.back_ends.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "demo"]);
}

#[test]
fn a_wrong_field_is_named_and_the_rest_works() {
    let value = json!({
        "backends": [
            { "name": "a", "url": "javascript:alert(1)" },
            { "name": "b", "url": "https://gw/prometheus", "kind": "graphite", "timeout": 5 },
            { "name": "b", "url": "/other" },
            { "name": "c" },
        ],
        "defaults": { "range": "5 minutes", "refresh": "15s" },
        "scope": { "bad-label": "x", "mesh_id": "east" },
        "gatewayNames": "(",
        "colour": "red",
    });
    let told = problems(&value);
    for start in [
        "backends[0].url: \"javascript:alert(1)\" / Url",
        "backends[1].kind: \"graphite\" / OneOf",
        "backends[1].timeout: 5 / Duration",
        "backends[2].name: \"b\" / UniqueName",
        "backends[3].url: null / Url",
        "defaults.range: \"5 minutes\" / Duration",
        "scope.bad-label: \"bad-label\" / LabelName",
        "gatewayNames: \"(\" / Regex",
        "colour: \"red\" / KnownField",
    ] {
        assert!(told.iter().any(|one| one.starts_with(start)), "{start} in {told:#?}");
    }
    assert_eq!(told.len(), 9, "{told:#?}");
    let config = Config::from_layers([&value], crate::app::tests::compile_names);
    assert_eq!(config.back_ends.len(), 1);
    assert_eq!(config.defaults.refresh, Some(Duration::from_secs(15)));
    assert_eq!(config.scope, [Matcher::Equal(Label::new_static("mesh_id"), "east".into())]);
}

#[test]
fn secrets_are_not_repeated_in_problems() {
    let value =
        json!({ "backends": [{ "url": "/a", "headers": { "Cookie": "secret", "Authorization": ["secret"] } }] });
    let told = problems(&value).join("\n");
    assert!(!told.contains("secret"), "{told}");
    assert_eq!(problems(&value).len(), 2);
}

#[test]
fn a_tenant_becomes_the_header_that_carries_it() {
    let value = json!({ "backends": [{ "url": "/a", "tenant": "team-a|team-b" }] });
    let headers = &Config::from_layers([&value], crate::app::tests::compile_names).back_ends[0].headers;
    assert_eq!(headers, &[("X-Scope-OrgID".to_owned(), "team-a|team-b".to_owned())]);
}

#[test]
fn parameters_of_thanos_and_mimir_reach_every_query() {
    let value = json!({ "backends": [{
        "url": "/a",
        "tenant": "team-a",
        "headers": { "X-Extra": "1" },
        "params": { "dedup": "true", "partial_response": "false" },
    }] });
    let config = Config::from_layers([&value], crate::app::tests::compile_names);
    assert_eq!(config.problems, []);
    let back_end = &config.back_ends[0];
    let sorted = |pairs: &[(String, String)]| {
        let mut pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(sorted(&back_end.headers), ["X-Extra=1", "X-Scope-OrgID=team-a"]);
    let dialect = Dialect { fields: back_end.params.clone(), base_url_bytes: 0 };
    let (timeout, time) = (back_end.timeout, Instant::default());
    for (_, query) in Plan::new(Duration::from_mins(5), &config.scope, false).queries {
        let form = Call::Instant { query, time, timeout }.request(&dialect).form;
        assert!(sorted(&form).join(" ").starts_with("dedup=true partial_response=false query="));
    }
}
