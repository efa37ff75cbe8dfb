//! What README.md and the gateway's notes list is what there is: nothing more, nothing less.

use std::collections::BTreeSet;

use wayscope::app::config::Config;
use wayscope::app::{CHOICES, Choices, Pane, Paths, Selection, View};
use wayscope::mesh::Namespace;
use wayscope::quantity::{Duration, Instant, TimeRange, TimeWindow};

use crate::config_example::known_fields;

const README: &str = include_str!("../../README.md");
const ELEMENT: &str = include_str!("../../www/wayscope-mesh.js");
const GATEWAY: &str = include_str!("../../deploy/caddy/Caddyfile");
const GATEWAY_NOTES: &str = include_str!("../../deploy/caddy/README.md");

/// The texts in back-ticks in the first column of the table under that heading.
fn listed(document: &str, heading: &str) -> BTreeSet<String> {
    let start = format!("| {heading} |");
    let rows = document.lines().skip_while(|line| !line.starts_with(&start)).skip(2);
    let cells = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The texts between `open` and the next `close`, wherever they stand.
fn between(text: &str, open: &str, close: char) -> BTreeSet<String> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).map(str::to_owned).collect()
}

/// The texts of a JavaScript array that is a constant of the element.
fn constant(name: &str) -> BTreeSet<String> {
    let array = between(ELEMENT, &format!("const {name} = ["), ']').into_iter().next().unwrap();
    array.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn every_field_of_the_configuration_is_listed() {
    let known = known_fields();
    let paths = known.iter().flat_map(|(object, names)| {
        names.iter().map(move |name| format!("{object}.{name}").trim_start_matches('.').to_owned())
    });
    let holds_others = |path: &String| known.contains_key(path) || known.contains_key(&format!("{path}[]"));
    let fields: BTreeSet<String> = paths.filter(|path| !holds_others(path)).collect();
    assert_eq!(listed(README, "field"), fields);
}

/// Every choice but the usual one.
fn unusual_choices() -> Choices {
    let mut choices = Choices::default();
    for choice in CHOICES {
        choices.choose(choice.name, choice.words[1].0).unwrap();
    }
    choices
}

#[test]
fn every_parameter_of_the_address_is_listed() {
    let config = Config::default();
    let known = |name: &String| View::from_query(&format!("{name}=x"), &config).0.foreign.is_empty();
    let parameters = listed(README, "parameter");
    assert_eq!(parameters.iter().filter(|name| !known(name)).collect::<Vec<_>>(), Vec::<&String>::new());

    // Written in full, so that this is not compiled when there is something new to list.
    let instant = Instant::from_unix_secs(1_700_000_000.0);
    let unusual = View {
        back_end: "other".into(),
        window: TimeWindow::Last(Duration::from_mins(1)),
        refresh: None,
        namespaces: [Namespace::new("shop")].into(),
        choices: unusual_choices(),
        paths: Paths::Hops,
        idle: true,
        infrastructure: true,
        labels: wayscope::order::Set::new(),
        pane: Pane::Table,
        selection: Some(Selection::Node("one".into())),
        foreign: Vec::new(),
    };
    let another = View {
        window: TimeWindow::Between(TimeRange { from: instant, to: instant + Duration::from_mins(1) }),
        selection: Some(Selection::Edge("one".into())),
        ..unusual.clone()
    };
    let queries = [unusual, another].map(|view| view.to_query(&config)).join("&");
    let written: BTreeSet<String> =
        queries.split('&').filter_map(|pair| pair.split('=').next()).map(str::to_owned).collect();
    assert_eq!(parameters, written);
}

#[test]
fn the_element_is_listed_as_it_is() {
    let mut attributes = constant("SWITCHES");
    attributes.extend(constant("STRINGS"));
    attributes.extend(set(["config"]));
    assert_eq!(listed(README, "attribute"), attributes);

    let setters = between(ELEMENT, "\n  set ", '(');
    let properties: BTreeSet<String> = constant("PROPERTIES").union(&setters).cloned().collect();
    assert_eq!(listed(README, "property"), properties);

    let members =
        between(ELEMENT, "\n  ", '{').into_iter().filter_map(|one| one.strip_suffix("() ").map(str::to_owned));
    let methods = members.filter(|name| name.chars().all(char::is_alphabetic) && !name.ends_with("Callback"));
    let methods: BTreeSet<String> = methods.map(|name| format!("{name}()")).collect();
    assert_eq!(listed(README, "method"), methods);

    let performer = include_str!("../../src/ui/perform.rs");
    let events =
        between(ELEMENT, "#say(\"", '"').union(&between(performer, "self.announce(\"", '"')).cloned().collect();
    assert_eq!(listed(README, "event"), events);
}

#[test]
fn every_custom_property_is_listed() {
    let theming = README.split("### Theming").nth(1).unwrap();
    let declared = between(include_str!("../../www/wayscope.css"), "\n  --ws-", ':');
    let declared: BTreeSet<String> = declared.into_iter().map(|name| format!("--ws-{name}")).collect();
    assert_eq!(listed(theming, "property"), declared);
}

#[test]
fn every_goal_is_listed() {
    let makefile =
        include_str!("../../Makefile").lines().filter(|line| line.contains(" ## ") && !line.starts_with('\t'));
    let goals: BTreeSet<String> =
        makefile.filter_map(|line| line.split_once(": ")).map(|(goal, _)| goal.into()).collect();
    let named = between(README, "make ", '\n').into_iter().filter_map(|rest| {
        let is_of_goal = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
        let name: String = rest.chars().take_while(is_of_goal).collect();
        goals.contains(&name).then_some(name)
    });
    let named: BTreeSet<String> = named.collect();
    assert_eq!(named, goals);
}

#[test]
fn the_gateway_is_listed_as_it_is() {
    let settings: BTreeSet<String> =
        between(GATEWAY, "{$", '}').iter().map(|one| one.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(listed(GATEWAY_NOTES, "variable"), settings);

    let policy = between(GATEWAY, "Content-Security-Policy \"", '"').into_iter().next().unwrap();
    let directives: BTreeSet<String> = policy.split("; ").map(str::to_owned).collect();
    assert_eq!(listed(GATEWAY_NOTES, "directive"), directives);
}
