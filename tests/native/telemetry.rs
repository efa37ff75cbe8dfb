//! The facts of Istio's telemetry once more, asked of a real Prometheus with the queries as they are printed.

#[path = "../../src/telemetry/tests/case.rs"]
mod case;
mod chosen;
#[path = "../../src/telemetry/tests/direct.rs"]
mod direct;
#[path = "../../src/telemetry/tests/facts.rs"]
mod facts;
#[path = "../../src/telemetry/tests/outside.rs"]
mod outside;
#[path = "../../src/telemetry/tests/picture.rs"]
mod picture;
#[path = "../../src/telemetry/tests/reading.rs"]
mod reading;
#[path = "../../src/telemetry/tests/series.rs"]
mod series;
#[path = "../../src/telemetry/tests/waypoints.rs"]
mod waypoints;

use std::fmt::Write as _;

// The shared files find the program's own parts here.
use ::wayscope;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::decode_vector;
use wayscope::mesh::{Namespace, Operation, Workload};
use wayscope::promql::{Label, Matcher};
use wayscope::quantity::{Duration, Instant};
use wayscope::telemetry::{Observation, Plan, Question, lumps};

use super::prometheus::Prometheus;
use super::victoria::Victoria;
use case::Case;
use reading::Reading;
use series::Series;

/// A label that keeps the series of one case from those of another.
const CASE: Label = Label::new_static("test_case");

const SCRAPE_SECS: u32 = 15;
const SCRAPES: u32 = 24;
const WINDOW: Duration = Duration::from_mins(5);
const START: u32 = 1_700_000_000;

/// Each counter has run for a while, and one in three restarts at zero half-way, just after a
/// scrape.
fn push(text: &mut String, case: &str, number: usize, series: &Series) {
    let mut labels = format!("{CASE}=\"{case}\"");
    for (name, value) in &series.labels {
        write!(labels, ",{name}=\"{value}\"").unwrap();
    }
    for scrape in 0..=SCRAPES {
        let restart = if number.is_multiple_of(3) && scrape >= SCRAPES / 2 { SCRAPES / 2 - 1 } else { 0 };
        let before = if restart == 0 { 1e6 } else { 0.0 };
        let value = match series.metric {
            "up" => series.value,
            _ => before + series.value * f64::from(SCRAPE_SECS * (scrape - restart)),
        };
        writeln!(text, "{}{{{labels}}} {value} {}", series.metric, START + SCRAPE_SECS * scrape).unwrap();
    }
}

fn read(query: &dyn Fn(&str, Instant) -> Vec<u8>, case: &str, operations: bool) -> Reading {
    let mut reading = Reading::default();
    let at = Instant::from_unix_secs(f64::from(START + SCRAPE_SECS * SCRAPES));
    for (question, expr) in Plan::new(WINDOW, &[Matcher::Equal(CASE, case.to_owned())], operations).queries {
        let answer = HttpAnswer::json(200, query(&expr.to_string(), at));
        let answer = decode_vector(&answer).unwrap_or_else(|error| panic!("{case}: {error}: {expr}"));
        for sample in answer.rows.samples() {
            let labels = sample.labels.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            reading.add(question, &labels, sample.value);
        }
    }
    reading
}

macro_rules! list {
    ($($file:ident: $($fact:ident),+;)+) => {
        [$($((stringify!($file), stringify!($fact), $file::$fact as fn() -> Case)),+),+]
    };
}

/// Every case, and direct traffic once more without the pods' labels and the regions.
fn cases() -> Vec<(String, Case)> {
    let all = facts::each_fact!(list);
    let bare = all.into_iter().filter(|(file, ..)| *file == "direct").map(|(_, fact, case)| {
        let Case { series, picture } = case();
        (format!("bare_{fact}"), Case { series: series::bare(series), picture })
    });
    all.into_iter().map(|(_, fact, case)| (fact.to_owned(), case())).chain(bare).collect()
}

fn samples(cases: &[(String, Case)]) -> String {
    let mut text = String::new();
    for (name, case) in cases {
        case.series.iter().enumerate().for_each(|(number, series)| push(&mut text, name, number, series));
    }
    text + "# EOF\n"
}

#[test]
fn a_real_server_tells_the_same_facts() {
    let cases = cases();
    let prometheus = Prometheus::start(&samples(&cases));
    check(&cases, &|expr, at| prometheus.query(expr, at));
}

#[test]
fn victoria_metrics_tells_the_same_facts() {
    let cases = cases();
    let victoria = Victoria::start(&samples(&cases));
    check(&cases, &|expr, at| victoria.query(expr, at));
}

/// A server tells of what some of its requests are about, and two of the proxies count in lumps.
#[test]
fn a_real_server_tells_operations_when_asked_and_which_proxies_count_in_lumps() {
    let seen = || series::envoy("destination", "shop/web", "old/app").svc("app.old.svc.cluster.local");
    let build = |gateway, tag| {
        let pod = series::up("istio.io-mesh-controller", gateway).with("component", "proxy").with("tag", tag);
        pod.metric("istio_build", 1.0)
    };
    let waypoints = [build("shop/waypoint", "1.29.0-distroless"), build("old/waypoint", "1.29.1")];
    let mut all = series::all(waypoints);
    all.extend(series::all([seen().classified("List").rq(4.0), seen().classified("unknown").rq(1.0), seen().rq(2.0)]));
    let cases = [("operations".to_owned(), Case { series: all, picture: &[] })];
    let prometheus = Prometheus::start(&samples(&cases));
    let query = |expr: &str, at| prometheus.query(expr, at);
    for (operations, expect) in [(false, &[][..]), (true, &[(None, 3.0), (Some("List"), 4.0)])] {
        let topology = read(&query, "operations", operations).topology();
        let [edge] = topology.edges.as_slice() else { panic!("{:#?}", topology.edges) };
        let rate = edge.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
        assert!((rate - 7.0).abs() < 0.1, "{rate}");
        assert_eq!(edge.operations.len(), expect.len());
        for ((name, requests), (expect, rate)) in edge.operations.iter().zip(expect) {
            assert_eq!(name.as_ref().map(Operation::as_str), *expect);
            assert!((requests.rate.0 - rate).abs() < 0.1, "{expect:?} {requests:?}");
        }
    }
    let at = Instant::from_unix_secs(f64::from(START + SCRAPE_SECS * SCRAPES));
    let builds = Plan::new(WINDOW, &[], false).queries.into_iter().find(|(question, _)| *question == Question::Builds);
    let answer = HttpAnswer::json(200, query(&builds.unwrap().1.to_string(), at));
    let rows = decode_vector(&answer).unwrap().rows;
    let found: Vec<_> =
        rows.samples().filter_map(|row| lumps(&|label: &Label| row.labels.get(label.as_str()))).collect();
    assert_eq!(found, [(Namespace::new("shop"), Workload::new("waypoint"))]);
}

fn check(cases: &[(String, Case)], query: &dyn Fn(&str, Instant) -> Vec<u8>) {
    let mut wrong = String::new();
    for (name, case) in cases {
        let reading = read(query, name, false);
        assert!(reading.seen.iter().any(|seen: &Observation| seen.rate > 0.0), "{name}: no rates");
        if let Some(difference) = picture::difference(&reading.topology(), case.picture, 0.01) {
            writeln!(wrong, "{name}\n{difference}\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
