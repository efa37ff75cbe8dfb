//! The view as a query string, and back.
//!
//! Names follow Kiali's where the meaning agrees, so that links of run-books are easy to carry over. What equals the
//! configured default is left out; what is not ours is kept.

use form_urlencoded::{Serializer, parse};

use crate::mesh::Namespace;
use crate::order::Set;
use crate::quantity::{Duration, Instant, TimeRange, TimeWindow};

use super::choices::CHOICES;
use super::config::Config;
use super::view::{EdgeLabel, Pane, Paths, Selection, View};

/// A parameter that was not understood: its name, its value, and an example of what would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UrlProblem {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Values that would do.
    pub expected: String,
}

const PATHS: [(&str, Paths); 3] = [("all", Paths::All), ("logical", Paths::Logical), ("hops", Paths::Hops)];
const PANES: [(&str, Pane); 2] = [("graph", Pane::Graph), ("table", Pane::Table)];
const LABELS: [(&str, EdgeLabel); 2] = [("requests", EdgeLabel::Requests), ("bytes", EdgeLabel::Bytes)];
const SWITCHES: [(&str, bool); 2] = [("true", true), ("false", false)];

/// The longest range that can be asked for: Prometheus' retention is rarely longer.
const LONGEST: Duration = Duration::from_mins(400 * 24 * 60);

fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], wanted: T) -> &'static str {
    words.iter().find(|(_, one)| *one == wanted).map_or("", |(word, _)| word)
}

impl View {
    /// What is shown when the URL says nothing.
    pub fn new(config: &Config) -> Self {
        let defaults = &config.defaults;
        let named = defaults.back_end.as_deref().and_then(|name| config.back_end(name));
        Self {
            back_end: named.or(config.back_ends.first()).map(|one| one.name.clone()).unwrap_or_default(),
            window: defaults.window,
            refresh: defaults.refresh,
            namespaces: Set::of(defaults.namespaces.iter().cloned()),
            choices: defaults.choices,
            paths: Paths::default(),
            idle: false,
            infrastructure: false,
            labels: Set::of([EdgeLabel::Requests, EdgeLabel::Bytes]),
            pane: Pane::default(),
            selection: None,
            foreign: Vec::new(),
        }
    }

    /// The view that a query string (with or without `?`) describes, and what in it was not understood.
    pub fn from_query(query: &str, config: &Config) -> (Self, Vec<UrlProblem>) {
        let mut view = Self::new(config);
        let mut problems = Vec::new();
        let (mut from, mut to) = (None, None);
        for (name, value) in parse(query.trim_start_matches('?').as_bytes()) {
            let mut refuse = |expected: &str| {
                let (name, value) = (name.to_string(), value.to_string());
                problems.push(UrlProblem { name, value, expected: expected.to_owned() });
            };
            match &*name {
                "from" | "to" => match Instant::parse_unix_secs(&value) {
                    Ok(instant) if &*name == "from" => from = Some(instant),
                    Ok(instant) => to = Some(instant),
                    Err(_) => refuse("1700000000"),
                },
                "backend" if config.back_end(&value).is_some() => view.back_end = value.to_string(),
                "backend" => {
                    let names: Vec<&str> = config.back_ends.iter().map(|one| one.name.as_str()).collect();
                    refuse(&names.join(", "));
                }
                _ => {
                    if let Err(expected) = view.read(&name, &value) {
                        refuse(&expected);
                    }
                }
            }
        }
        match (from, to) {
            (Some(from), Some(to)) if TimeRange::new(from, to).length() <= LONGEST => {
                view.window = TimeWindow::Between(TimeRange::new(from, to));
            }
            (None, None) => {}
            (from, to) => {
                let (name, instant) = from.map_or(("to", to), |from| ("from", Some(from)));
                let value = instant.map(|instant| instant.to_string()).unwrap_or_default();
                let (name, expected) = (name.to_owned(), "from=1700000000&to=1700003600".to_owned());
                problems.push(UrlProblem { name, value, expected });
            }
        }
        (view, problems)
    }

    /// Reads one parameter; what was expected where it was not understood.
    fn read(&mut self, name: &str, value: &str) -> Result<(), String> {
        let length = |least| Duration::parse(value).ok().filter(|length| *length >= least && *length <= LONGEST);
        match name {
            "range" => self.window = TimeWindow::Last(length(Duration::from_millis(1)).ok_or("1m, 1h, 30d")?),
            "refresh" if value == "off" => self.refresh = None,
            "refresh" => self.refresh = Some(length(Duration::from_secs(1)).ok_or("off, 15s, 5m")?),
            "namespaces" => {
                let names = value.split(',').filter(|name| !name.is_empty());
                self.namespaces = Set::of(names.map(Namespace::new));
            }
            "paths" => self.paths = choose(&PATHS, value)?,
            "idleEdges" => self.idle = choose(&SWITCHES, value)?,
            "infrastructure" => self.infrastructure = choose(&SWITCHES, value)?,
            "view" => self.pane = choose(&PANES, value)?,
            "edges" => {
                let words = value.split(',').filter(|word| !word.is_empty());
                self.labels = Set::of(words.map(|word| choose(&LABELS, word)).collect::<Result<Vec<_>, _>>()?);
            }
            "node" => self.selection = Some(Selection::Node(value.to_owned())),
            "edge" => self.selection = Some(Selection::Edge(value.to_owned())),
            _ => {
                if !self.choices.choose(name, value)? {
                    self.foreign.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        Ok(())
    }

    /// The query string of this view, without `?`; empty when all is as configured.
    pub fn to_query(&self, config: &Config) -> String {
        let usual = Self::new(config);
        let mut query = Serializer::new(String::new());
        let mut put = |is_usual: bool, name: &str, value: &str| {
            if !is_usual {
                query.append_pair(name, value);
            }
        };
        put(self.back_end == usual.back_end, "backend", &self.back_end);
        match self.window {
            TimeWindow::Last(length) => put(self.window == usual.window, "range", &length.to_string()),
            TimeWindow::Between(range) => {
                put(false, "from", &range.from.to_string());
                put(false, "to", &range.to.to_string());
            }
        }
        let refresh = self.refresh.map_or_else(|| "off".to_owned(), |every| every.to_string());
        put(self.refresh == usual.refresh, "refresh", &refresh);
        let namespaces: Vec<&str> = self.namespaces.iter().map(Namespace::as_str).collect();
        put(self.namespaces == usual.namespaces, "namespaces", &namespaces.join(","));
        for (place, choice) in CHOICES.iter().enumerate() {
            let word = self.choices.word(place);
            put(word == usual.choices.word(place), choice.name, word);
        }
        put(self.paths == usual.paths, "paths", word(&PATHS, self.paths));
        put(self.idle == usual.idle, "idleEdges", word(&SWITCHES, self.idle));
        put(self.infrastructure == usual.infrastructure, "infrastructure", word(&SWITCHES, self.infrastructure));
        let labels: Vec<&str> = self.labels.iter().map(|label| word(&LABELS, *label)).collect();
        put(self.labels == usual.labels, "edges", &labels.join(","));
        put(self.pane == usual.pane, "view", word(&PANES, self.pane));
        match &self.selection {
            Some(Selection::Node(id)) => put(false, "node", id),
            Some(Selection::Edge(id)) => put(false, "edge", id),
            None => {}
        }
        for (name, value) in &self.foreign {
            put(false, name, value);
        }
        query.finish()
    }
}

fn choose<T: Copy>(words: &[(&str, T)], value: &str) -> Result<T, String> {
    let all = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    words.iter().find(|(word, _)| *word == value).map(|(_, one)| *one).ok_or_else(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn config() -> Config {
        Config::from_layers(
            [&json!({ "backends": [{ "name": "a", "url": "/a" }, { "name": "b", "url": "/b" }] })],
            crate::app::tests::compile_names,
        )
    }

    #[test]
    fn a_link_reproduces_the_view() {
        let config = config();
        for query in [
            "",
            "backend=b&range=1h&refresh=off",
            "from=1700000000&to=1700003600.5&namespaces=data%2Cshop",
            "graphType=app&injectServiceNodes=true&operationNodes=true&ambientTraffic=ztunnel&rateHttp=none&rateTcp=sent",
            "paths=hops&idleEdges=true&infrastructure=true&edges=bytes&view=table",
            "edge=workload%3Ac1%2Fshop%2Fweb%3Eworkload%3Ac1%2Fdata%2Fdb%3Etcp",
            "node=workload%3Ac1%2Fshop%2Fweb&kiosk=true",
            "edges=",
        ] {
            let (view, problems) = View::from_query(query, &config);
            assert_eq!(problems, [], "{query}");
            assert_eq!(view.to_query(&config), query);
        }
    }

    #[test]
    fn a_link_cannot_name_a_new_back_end() {
        let config = config();
        let (view, problems) = View::from_query("?backend=https%3A%2F%2Fevil.example.com", &config);
        assert_eq!(view.back_end, "a");
        assert_eq!((problems[0].name.as_str(), problems[0].expected.as_str()), ("backend", "a, b"));
    }

    #[test]
    fn a_wrong_parameter_costs_only_itself() {
        let (view, problems) = View::from_query("range=soon&refresh=1ms&paths=up&idleEdges=true&from=x", &config());
        let names: Vec<_> = problems.iter().map(|problem| problem.name.as_str()).collect();
        assert_eq!(names, ["range", "refresh", "paths", "from"]);
        assert!(view.idle);
    }

    #[test]
    fn a_range_needs_both_ends_and_no_more_than_is_kept() {
        for (query, wrong) in [
            ("from=1700000000", "from"),
            ("to=1700000000", "to"),
            ("from=0&to=1700000000", "from"),
            ("from=0&to=60", ""),
        ] {
            let (view, problems) = View::from_query(query, &config());
            let names: Vec<_> = problems.iter().map(|problem| problem.name.as_str()).collect();
            assert_eq!(names.join(","), wrong, "{query}");
            assert_eq!(view.window.is_live(), !wrong.is_empty(), "{query}");
        }
    }
}
