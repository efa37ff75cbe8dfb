//! Names that no Kubernetes would allow, in a real Prometheus: each query is answered, and finds its own series alone.

use std::fmt::Write as _;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{decode_matrix, decode_vector};
use wayscope::mesh::{HopKind, NodeKey, Protocol, Reporter, Tolerances};
use wayscope::promql::{Label, Matcher};
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::flow::{Basis, FlowLane, FlowSubject, queries};
use wayscope::telemetry::{Observation, Plan, RoleSettings, Roles, latency_query, topology};

use crate::prometheus::Prometheus;

const START: i64 = 1_700_000_000;
const SCRAPE: i64 = 15;
const END: i64 = START + 600;
const WINDOW: Duration = Duration::from_mins(1);

/// Quotes, backslashes, line breaks, braces, regular expressions, replacements, other scripts and marks that turn the
/// direction of text, and 64 kB of them.
fn names() -> Vec<String> {
    let short = [
        "web",
        "\"} or vector(1) #",
        "a\\\"b\\",
        "line\nbreak\r\t",
        ".+*?()|[]{}^$-",
        "$1 ${name} %s",
        "{{.}}`'",
        "名前\u{202e}\u{feff}😀",
        " ",
    ];
    let long = "\"\\ü{.*\n".repeat(8 * 1024);
    assert!(long.len() >= 64 * 1024);
    short.into_iter().map(str::to_owned).chain([long]).collect()
}

/// As OpenMetrics writes label values (<https://prometheus.io/docs/specs/om/open_metrics_spec/#escaping>).
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// What the ztunnels of both ends count between `name/client` and `name/name`; each name at a rate of its own.
fn samples(names: &[String]) -> String {
    let mut text = String::new();
    for metric in ["istio_tcp_received_bytes_total", "istio_tcp_sent_bytes_total"] {
        for (place, name) in names.iter().enumerate() {
            for reporter in ["source", "destination"] {
                let name = escaped(name);
                let labels = format!(
                    "reporter=\"{reporter}\",app=\"ztunnel\",source_region=\"r\",request_protocol=\"tcp\",response_flags=\"-\",\
                     connection_security_policy=\"mutual_tls\",source_cluster=\"c1\",destination_cluster=\"c1\",\
                     source_workload=\"client\",source_workload_namespace=\"{name}\",\
                     destination_workload=\"{name}\",destination_workload_namespace=\"{name}\",destination_service=\"{name}\""
                );
                for at in (START..=END).step_by(SCRAPE as usize) {
                    let value = 1e6 + ((at - START) * i64::try_from(place + 1).unwrap()) as f64;
                    writeln!(text, "{metric}{{{labels}}} {value} {at}").unwrap();
                }
            }
        }
    }
    text + "# EOF\n"
}

fn at(secs: i64) -> Instant {
    Instant::from_unix_millis(secs * 1_000)
}

#[test]
fn a_real_server_answers_queries_with_any_name_and_finds_its_series() {
    let names = names();
    let prometheus = Prometheus::start(&samples(&names));
    let range = TimeRange::new(at(END - 120), at(END));
    for (place, name) in names.iter().enumerate() {
        let short: String = name.chars().take(20).collect();
        let key = wayscope::mesh::EdgeKey {
            source: NodeKey::workload("c1", name, "client"),
            target: NodeKey::workload("c1", name, name),
            protocol: Protocol::Tcp,
            logical: false,
        };
        let lane = FlowLane {
            key: key.clone(),
            kind: HopKind::Ambient,
            services: Vec::new(),
            reporters: vec![Reporter::Source, Reporter::Destination],
            via: None,
            alone: false,
            streams: true,
        };
        for query in queries(&FlowSubject::edge(lane.clone()), Basis::Tcp, WINDOW, &[]) {
            let body = prometheus.query_range(&query.expr.to_string(), range, Duration::from_secs(15));
            let matrix = decode_matrix(&HttpAnswer::json(200, body)).unwrap_or_else(|error| panic!("{short}: {error}"));
            let series: Vec<_> = matrix.rows.series().collect();
            assert_eq!(series.len(), 2, "{short}: both reporters");
            for one in series {
                assert!(
                    one.points.iter().all(|(_, rate)| (rate - (place + 1) as f64).abs() < 1e-6),
                    "{short}: {one:?}"
                );
            }
        }
        for subject in [FlowSubject::edge(lane), FlowSubject::node(key.target)] {
            for basis in [Basis::TcpAtWaypoint, Basis::Http, Basis::HttpAtWaypoint, Basis::Connections] {
                for query in queries(&subject, basis, WINDOW, &[]) {
                    answered(&prometheus, &query.expr.to_string(), &short);
                }
            }
            if let Some(query) = latency_query(&subject, WINDOW, &[]) {
                answered(&prometheus, &query.to_string(), &short);
            }
        }
        let scope = [Matcher::Equal(Label::new_static("source_workload_namespace"), name.clone())];
        let found = edges(&prometheus, &scope);
        assert_eq!(found, 1, "{short}: a scope finds the edge of its name");
    }
    assert_eq!(edges(&prometheus, &[]), names.len(), "every name is an edge of its own");
}

fn answered(prometheus: &Prometheus, query: &str, name: &str) {
    let body = prometheus.query(query, at(END));
    decode_vector(&HttpAnswer::json(200, body)).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// How many edges the graph has.
fn edges(prometheus: &Prometheus, scope: &[Matcher]) -> usize {
    let mut seen: Vec<Observation> = Vec::new();
    for (question, expr) in Plan::new(WINDOW, scope, false).queries {
        let body = prometheus.query(&expr.to_string(), at(END));
        let answer =
            decode_vector(&HttpAnswer::json(200, body)).unwrap_or_else(|error| panic!("{question:?}: {error}"));
        if question.is_about_traffic() {
            for sample in answer.rows.samples() {
                let get = |label: &Label| sample.labels.get(label.as_str());
                seen.extend(Observation::read(question, &get, sample.value));
            }
        }
    }
    let roles = Roles::decide(Vec::new(), &seen, &RoleSettings::default());
    topology(&seen, &roles, Tolerances::default()).edges.len()
}
