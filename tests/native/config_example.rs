//! The example of a configuration is complete, and right.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use wayscope::app::config::{Config, Expected, Kind};

/// The names that an object may hold, by the object's path without places: `backends[]`.
pub type Fields = BTreeMap<String, BTreeSet<String>>;

/// No field has this name.
const STRANGER: &str = "no such field";

fn compile_names(text: &str) -> Result<wayscope::telemetry::NameTest, String> {
    let regex = regex_lite::Regex::new(&format!("^(?:{text})$")).map_err(|error| error.to_string())?;
    Ok(std::rc::Rc::new(move |name| regex.is_match(name)))
}

pub fn example() -> Value {
    serde_json::from_str(include_str!("../../www/config.example.json")).unwrap()
}

/// What the reader says it knows, asked with a field that it cannot know in every object of the example.
pub fn known_fields() -> Fields {
    let mut value = example();
    visit("", &mut value, &mut |_, members| {
        members.insert(STRANGER.to_owned(), Value::Null);
    });
    let of_objects = Config::from_layers([&value], compile_names).problems.into_iter().filter_map(|problem| {
        let Expected::KnownField(names) = problem.expected else { return None };
        let object = problem.field.strip_suffix(STRANGER)?.trim_end_matches('.');
        let digits = |part: &str| part.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
        let shape: Vec<String> = object.split('[').map(digits).collect();
        Some((shape.join("["), names.into_iter().collect()))
    });
    of_objects.collect()
}

fn visit(path: &str, value: &mut Value, see: &mut impl FnMut(&str, &mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            see(path, members);
            for (name, member) in members {
                visit(format!("{path}.{name}").trim_start_matches('.'), member, see);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit(&format!("{path}[]"), item, see)),
        _ => {}
    }
}

#[test]
fn the_example_is_understood_in_full() {
    let config = Config::from_layers([&example()], compile_names);
    assert_eq!(config.problems, []);
    let names: Vec<&str> = config.back_ends.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["production", "long-term", "mimir", "simulated"]);
    assert_eq!(config.back_ends.iter().filter(|one| one.kind == Kind::Demo).count(), 1);
    assert_eq!(config.scope.len(), 2);
    assert_eq!(config.roles.overrides.len(), 1);
}

#[test]
fn the_example_shows_every_field() {
    let known = known_fields();
    let objects: Vec<&str> = known.keys().map(String::as_str).collect();
    let expect =
        ["", "backends[]", "defaults", "roles[]", "tolerances", "tolerances.clientErrors", "tolerances.failures"];
    assert_eq!(objects, expect);

    let mut shown = Fields::new();
    visit("", &mut example(), &mut |path, members| {
        let names = members.keys().filter(|name| !name.starts_with('$')).cloned();
        shown.entry(path.to_owned()).or_default().extend(names);
    });
    // Names in the others are the operator's own.
    shown.retain(|object, _| known.contains_key(object));
    assert_eq!(shown, known);
}

#[test]
fn the_example_says_what_holds_without_it() {
    let (of_example, usual) = (Config::from_layers([&example()], compile_names), Config::default());
    assert_eq!(of_example.tolerances, usual.tolerances);
    assert_eq!(of_example.roles.gateway_names, usual.roles.gateway_names);
    assert_eq!(of_example.defaults.window, usual.defaults.window);
    assert_eq!(of_example.defaults.refresh, usual.defaults.refresh);
}
