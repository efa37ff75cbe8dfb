//! Every query that the program can build, read by promql-parser.

use promql_parser::label::Matchers;
use promql_parser::parser::{self, Expr as Parsed};

use crate::mesh::{Cluster, EdgeKey, HopKind, Host, Identity, Namespace, NodeKey, Protocol, Reporter};
use crate::promql::{Expr, Label, Matcher};
use crate::quantity::{Duration, Instant, TimeRange, rate_window};
use crate::telemetry::flow::{Basis, FlowLane, FlowSubject, FlowWindow, bases, queries};
use crate::telemetry::{Plan, latency_query, parts};

const BASES: [Basis; 5] = [Basis::Tcp, Basis::TcpAtWaypoint, Basis::Http, Basis::HttpAtWaypoint, Basis::Connections];

/// Names that Kubernetes would refuse and a label may hold all the same.
const HOSTILE: [&str; 9] = [
    "web",
    "\"} or vector(1) #",
    "a\\\"b\\",
    "line\nbreak\r\t\0",
    ".+*?()|[]{}^$-",
    "$1 ${name} %s",
    "{{.}}`'",
    "名前\u{202e}\u{feff}😀",
    " ",
];

fn windows() -> Vec<Duration> {
    let ranges = ["1ms", "1s", "5m", "90m", "30d", "400d"];
    let scrapes = ["1s", "15s", "7m"];
    let parse = |text: &str| Duration::parse(text).expect("a duration");
    ranges.into_iter().flat_map(|range| scrapes.map(|scrape| rate_window(parse(range), parse(scrape)))).collect()
}

fn scopes(name: &str) -> [Vec<Matcher>; 3] {
    let label = || Label::new_static("mesh_id");
    let two = vec![name.to_owned(), String::new()];
    [
        Vec::new(),
        vec![Matcher::Equal(label(), name.to_owned())],
        vec![Matcher::OneOf(label(), two), Matcher::OneOf(label(), Vec::new())],
    ]
}

/// A node of each kind.
fn nodes(name: &str) -> Vec<NodeKey> {
    let (cluster, namespace, host) = (Cluster::new(name), Namespace::new(name), Host::new(name));
    vec![
        NodeKey::workload(name, name, name),
        NodeKey::workload("", "", ""),
        NodeKey::Service { cluster: cluster.clone(), namespace, host: host.clone() },
        NodeKey::ServiceEntry { host: host.clone() },
        NodeKey::Passthrough { cluster: cluster.clone(), host },
        NodeKey::Passthrough { cluster: Cluster::unknown(), host: Host::unknown() },
        NodeKey::BlackHole { cluster: cluster.clone() },
        NodeKey::UnknownClient { cluster, identity: Identity::new(name) },
        NodeKey::UnknownClient { cluster: Cluster::unknown(), identity: Identity::unknown() },
    ]
}

/// Each kind of hop between each two kinds of node, hostile names in turn.
fn edges() -> Vec<(&'static str, FlowSubject)> {
    let mut edges = Vec::new();
    for (kind, names) in HopKind::ALL.into_iter().zip(0..) {
        for place in 0..nodes("").len() * nodes("").len() {
            let name = HOSTILE[(names + place) % HOSTILE.len()];
            let nodes = nodes(name);
            let (source, target) = (nodes[place % nodes.len()].clone(), nodes[place / nodes.len()].clone());
            let logical = matches!(kind, HopKind::LogicalRequests | HopKind::LogicalStreams);
            let key = EdgeKey { source, target, protocol: Protocol::Tcp, logical };
            let services = vec![Host::new(name), Host::new("api.example")];
            let via = (place % 3 == 0).then(|| NodeKey::workload(name, name, name));
            let reporters = if place % 2 == 0 { Vec::new() } else { vec![Reporter::Destination] };
            let lane = FlowLane { key, kind, services, reporters, via, alone: place % 3 == 0, streams: place % 5 == 0 };
            edges.push((name, FlowSubject::edge(lane)));
        }
    }
    edges
}

/// The values of all matchers as the parser reads them, of every selector in turn.
fn selectors(expr: &Parsed) -> Vec<Vec<String>> {
    let values = |matchers: &Matchers| matchers.matchers.iter().map(|matcher| matcher.value.clone()).collect();
    match expr {
        Parsed::VectorSelector(selector) => vec![values(&selector.matchers)],
        Parsed::MatrixSelector(selector) => vec![values(&selector.vs.matchers)],
        Parsed::Aggregate(aggregate) => selectors(&aggregate.expr),
        Parsed::Binary(binary) => [selectors(&binary.lhs), selectors(&binary.rhs)].concat(),
        Parsed::Call(call) => call.args.args.iter().flat_map(|arg| selectors(arg)).collect(),
        Parsed::Paren(paren) => selectors(&paren.expr),
        _ => Vec::new(),
    }
}

/// What the parser reads holds as many selectors as were built, with as many matchers.
fn check(expr: &Expr) -> Vec<Vec<String>> {
    let text = expr.to_string();
    let parsed = parser::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let read = selectors(&parsed);
    assert_eq!(read.len(), expr.selectors().count(), "{text}");
    read
}

#[test]
fn the_plan_is_promql_whatever_the_window_and_the_scope() {
    for window in windows() {
        for scope in HOSTILE.into_iter().flat_map(scopes) {
            for (_, expr) in Plan::new(window, &scope, false).queries {
                check(&expr);
            }
        }
        for (_, expr) in Plan::new(window, &[], false).queries {
            let finer = parts(&expr, 0).iter().flat_map(|part| parts(part, 1)).collect::<Vec<_>>();
            assert_eq!(finer.len(), 16);
            for part in &finer {
                check(part);
            }
        }
    }
}

#[test]
fn queries_for_flows_are_promql_whatever_the_names() {
    let of_nodes =
        HOSTILE.into_iter().flat_map(|name| nodes(name).into_iter().map(move |key| (name, FlowSubject::node(key))));
    let windows = windows();
    let mut count = 0;
    for ((name, subject), window) in edges().into_iter().chain(of_nodes).zip(windows.iter().cycle()) {
        let [_, scope, _] = scopes(name);
        assert!(!bases(&subject).is_empty());
        for query in BASES.into_iter().flat_map(|basis| queries(&subject, basis, *window, &scope)) {
            let read = check(&query.expr);
            assert!(read[0].iter().any(|value| value == name), "{}", query.expr);
            count += 1;
        }
        if let Some(expr) = latency_query(&subject, *window, &scope) {
            check(&expr);
        }
    }
    assert!(count > 9_000, "{count}");
}

#[test]
fn a_name_is_a_value_and_nothing_else() {
    for name in HOSTILE {
        let key = NodeKey::workload(name, name, name);
        for query in queries(&FlowSubject::node(key), Basis::Tcp, Duration::from_mins(1), &[]) {
            let values = check(&query.expr).concat();
            // Of its namespace and of its own, wherever the counter is selected.
            let counters = query.expr.to_string().matches("bytes_total{").count();
            assert_eq!(values.iter().filter(|value| *value == name).count(), 2 * counters, "{}", query.expr);
            // The cluster may be left out by a proxy, so it stands in a regular expression with that.
            assert!(values.iter().any(|value| value.ends_with("|unknown|")), "{}", query.expr);
        }
    }
}

#[test]
fn the_windows_of_charts_can_be_written() {
    let to = Instant::from_unix_millis(1_700_000_000_000);
    for range in ["1s", "10m", "400d"] {
        let range = TimeRange::new(to - Duration::parse(range).unwrap(), to);
        let window = FlowWindow::new(range, 240, Duration::from_millis(1_500));
        let subject = FlowSubject::node(NodeKey::workload("c1", "data", "db"));
        for query in queries(&subject, Basis::Http, window.rate_window, &[]) {
            check(&query.expr);
        }
    }
}
