//! The whole configuration.

use serde_json::Value;

use crate::mesh::{Namespace, Role, Tolerance, Tolerances, Workload};
use crate::promql::{Label, Matcher};
use crate::quantity::{Duration, Ratio, TimeWindow};
use crate::telemetry::{CompileNames, Names, RoleSettings};
use crate::words::Language;

use super::super::choices::{CHOICES, Choices};
use super::super::settings::Theme;
use super::back_end::{BackEnd, Kind};
use super::read::{Expected, Field, Problem};

/// What is shown until the reader chooses otherwise.
#[derive(Clone, PartialEq, Debug)]
pub struct Defaults {
    /// The stretch of time.
    pub window: TimeWindow,
    /// How often to ask again; none is never.
    pub refresh: Option<Duration>,
    /// The namespaces to show; empty is all.
    pub namespaces: Vec<Namespace>,
    /// What the graph is made of.
    pub choices: Choices,
    /// The back end to begin with; the first one where none is named.
    pub back_end: Option<String>,
}

/// The configuration that is in force.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// At least one; the demo mesh when none is configured.
    pub back_ends: Vec<BackEnd>,
    /// What is shown at first.
    pub defaults: Defaults,
    /// Conditions on every selector of every query.
    pub scope: Vec<Matcher>,
    /// How often proxies are scraped, where it shall not be learned from the back end.
    pub scrape_interval: Option<Duration>,
    /// What the user knows of workloads' roles.
    pub roles: RoleSettings,
    /// What counts as degraded and failing.
    pub tolerances: Tolerances,
    /// The language; the browser's where none is set.
    pub language: Option<Language>,
    /// The theme; the system's where none is set.
    pub theme: Option<Theme>,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

const FIELDS: [&str; 11] = [
    "backends",
    "defaults",
    "scope",
    "scrapeInterval",
    "gatewayNames",
    "waypointNames",
    "roles",
    "tolerances",
    "language",
    "theme",
    "demo",
];

impl Default for Config {
    fn default() -> Self {
        Self {
            back_ends: vec![BackEnd::demo()],
            defaults: Defaults {
                window: TimeWindow::Last(Duration::from_mins(10)),
                refresh: Some(Duration::from_secs(30)),
                namespaces: Vec::new(),
                choices: Choices::default(),
                back_end: None,
            },
            scope: Vec::new(),
            scrape_interval: None,
            roles: RoleSettings::default(),
            tolerances: Tolerances::default(),
            language: None,
            theme: None,
            problems: Vec::new(),
        }
    }
}

impl Config {
    /// The defaults overridden by each layer in turn; `compile` understands regular expressions.
    pub fn from_layers<'a>(layers: impl IntoIterator<Item = &'a Value>, compile: CompileNames) -> Self {
        let mut config = Self::default();
        config.back_ends.clear();
        let mut with_demo = false;
        for layer in layers {
            let mut problems = Vec::new();
            for (name, field) in Field::root(layer).members(&FIELDS, &mut problems) {
                match name {
                    "backends" => config.back_ends = back_ends(&field, &mut problems),
                    "demo" => with_demo = field.boolean(&mut problems).unwrap_or(with_demo),
                    _ => config.read_member(name, &field, compile, &mut problems),
                }
            }
            config.problems.append(&mut problems);
        }
        let has_demo = config.back_ends.iter().any(|one| one.kind == Kind::Demo);
        if config.back_ends.is_empty() || with_demo && !has_demo {
            config.back_ends.push(BackEnd::demo());
        }
        config
    }

    fn read_member(&mut self, name: &str, field: &Field<'_>, compile: CompileNames, problems: &mut Vec<Problem>) {
        match name {
            "defaults" => self.read_defaults(field, problems),
            "scope" => self.scope = scope(field, problems),
            "scrapeInterval" => self.scrape_interval = duration(field, problems).or(self.scrape_interval),
            "gatewayNames" => self.roles.gateway_names = names(field, compile, problems),
            "waypointNames" => self.roles.waypoint_names = names(field, compile, problems),
            "roles" => {
                let read = |field: &Field<'_>| role(field, problems);
                self.roles.overrides = field.items(&mut Vec::new()).iter().filter_map(read).collect();
                if !field.value.is_array() {
                    field.items(problems);
                }
            }
            "tolerances" => read_tolerances(&mut self.tolerances, field, problems),
            "language" => {
                let mut choices: Vec<_> = Language::ALL.map(|one| (one.tag(), Some(one))).to_vec();
                choices.push(("auto", None));
                self.language = field.one_of(&choices, problems).unwrap_or(self.language);
            }
            _ => {
                let choices = [("auto", None), ("light", Some(Theme::Light)), ("dark", Some(Theme::Dark))];
                self.theme = field.one_of(&choices, problems).unwrap_or(self.theme);
            }
        }
    }

    fn read_defaults(&mut self, field: &Field<'_>, problems: &mut Vec<Problem>) {
        let defaults = &mut self.defaults;
        let mut members = vec!["range", "refresh", "namespaces", "backend"];
        members.extend(CHOICES.map(|choice| choice.name));
        for (name, field) in field.members(&members, problems) {
            match name {
                "range" => defaults.window = duration(&field, problems).map_or(defaults.window, TimeWindow::Last),
                "refresh" if field.value.as_str() == Some("off") => defaults.refresh = None,
                "refresh" => defaults.refresh = duration(&field, problems).or(defaults.refresh),
                "namespaces" => {
                    let names = field.items(problems).into_iter().filter_map(|field| field.text(problems));
                    defaults.namespaces = names.map(|name| Namespace::new(&name)).collect();
                }
                "backend" => defaults.back_end = field.text(problems),
                // `true` is as good as "true".
                _ => {
                    let word = field.value.as_str().map_or_else(|| field.value.to_string(), str::to_owned);
                    if let Err(words) = defaults.choices.choose(name, &word) {
                        problems.push(Problem::at(&field, Expected::OneOf(vec![words])));
                    }
                }
            }
        }
    }

    /// The back end of that name.
    pub fn back_end(&self, name: &str) -> Option<&BackEnd> {
        self.back_ends.iter().find(|one| one.name == name)
    }
}

fn back_ends(field: &Field<'_>, problems: &mut Vec<Problem>) -> Vec<BackEnd> {
    let mut back_ends: Vec<BackEnd> = Vec::new();
    for item in field.items(problems) {
        let Some(back_end) = BackEnd::read(&item, problems) else { continue };
        if back_ends.iter().any(|other| other.name == back_end.name) {
            let name = Value::String(back_end.name);
            problems
                .push(Problem::at(&Field { path: format!("{}.name", item.path), value: &name }, Expected::UniqueName));
        } else {
            back_ends.push(back_end);
        }
    }
    back_ends
}

/// A length of time greater than zero.
pub(super) fn duration(field: &Field<'_>, problems: &mut Vec<Problem>) -> Option<Duration> {
    field.get(Expected::Duration, problems, |value| {
        Duration::parse(value.as_str()?).ok().filter(|length| *length > Duration::ZERO)
    })
}

fn names(field: &Field<'_>, compile: CompileNames, problems: &mut Vec<Problem>) -> Option<Names> {
    let text = field.value.as_str().unwrap_or_default();
    if text.is_empty() && field.value.is_string() {
        return None;
    }
    match Names::new(text, compile) {
        Ok(names) if !text.is_empty() => Some(names),
        Ok(_) => field.get(Expected::Text, problems, |_| None),
        Err(error) => field.get(Expected::Regex(error), problems, |_| None),
    }
}

fn scope(field: &Field<'_>, problems: &mut Vec<Problem>) -> Vec<Matcher> {
    let mut matchers = Vec::new();
    for (name, field) in field.entries(problems) {
        let Ok(label) = Label::parse(name) else {
            let name = Value::String(name.to_owned());
            problems.push(Problem::at(&Field { path: field.path, value: &name }, Expected::LabelName));
            continue;
        };
        if field.value.is_array() {
            let values = field.items(problems).into_iter().filter_map(|field| field.text(problems)).collect();
            matchers.push(Matcher::OneOf(label, values));
        } else if let Some(value) = field.text(problems) {
            matchers.push(Matcher::Equal(label, value));
        }
    }
    matchers
}

fn role(field: &Field<'_>, problems: &mut Vec<Problem>) -> Option<(Namespace, Workload, Role)> {
    let roles = [
        Role::Waypoint,
        Role::EastWestGateway,
        Role::Gateway,
        Role::Ztunnel,
        Role::Sidecar,
        Role::Captured,
        Role::Plain,
    ]
    .map(|role| (role.as_str(), role));
    let (mut namespace, mut workload, mut role) = (None, None, None);
    for (name, field) in field.members(&["namespace", "workload", "role"], problems) {
        match name {
            "namespace" => namespace = field.text(problems),
            "workload" => workload = field.text(problems),
            _ => role = field.one_of(&roles, problems),
        }
    }
    Some((Namespace::new(&namespace?), Workload::new(&workload?), role?))
}

fn read_tolerances(tolerances: &mut Tolerances, field: &Field<'_>, problems: &mut Vec<Problem>) {
    for (name, field) in field.members(&["failures", "clientErrors"], problems) {
        let tolerance = if name == "failures" { &mut tolerances.failures } else { &mut tolerances.client_errors };
        read_tolerance(tolerance, &field, problems);
    }
}

fn read_tolerance(tolerance: &mut Tolerance, field: &Field<'_>, problems: &mut Vec<Problem>) {
    for (name, field) in field.members(&["degradedPercent", "failingPercent"], problems) {
        let percent = field.get(Expected::Percent, problems, |value| {
            Ratio::of(value.as_f64().filter(|percent| (0.0..=100.0).contains(percent))?, 100.0)
        });
        let share = if name == "degradedPercent" { &mut tolerance.degraded_from } else { &mut tolerance.failing_from };
        *share = percent.unwrap_or(*share);
    }
}

#[cfg(test)]
mod tests;
