//! The demo's answers against those of a real Prometheus that holds the demo's samples.

pub mod graph;
mod queries;

use std::collections::BTreeMap;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{Call, Dialect, decode_matrix, decode_vector};
use wayscope::demo::DemoMesh;
use wayscope::promql::{Expr, Selector};
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::metric;

use crate::prometheus::Prometheus;
use queries::queries;

/// 2025-10-09T14:00:00Z: a roll-out begins, and a pod that crashes every forty minutes does.
const EVENT_MILLIS: i64 = 1_760_018_400_000;

/// Label sets with their values by step.
type Rows = BTreeMap<Vec<(String, String)>, Vec<(Instant, f64)>>;

/// The demo's rows and the server's, or the errors of both.
fn compare(query: &Expr, ours: &HttpAnswer, theirs: &HttpAnswer, read: impl Fn(&HttpAnswer) -> Option<Rows>) {
    let (Some(ours), Some(theirs)) = (read(ours), read(theirs)) else {
        let texts = [ours, theirs].map(HttpAnswer::excerpt);
        assert_eq!(ours.status, theirs.status, "{query}\n{texts:?}");
        return;
    };
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "{query}");
    for (labels, our_points) in &ours {
        let their_points = &theirs[labels];
        assert_eq!(our_points.len(), their_points.len(), "{query}\n{labels:?}");
        for ((our_time, our), (their_time, their)) in our_points.iter().zip(their_points) {
            let near = (our - their).abs() <= their.abs() * TOLERANCE + 1e-9 || (our.is_nan() && their.is_nan());
            assert!(our_time == their_time && near, "{query}\n{labels:?}\n{our_time} {our}\n{their_time} {their}");
        }
    }
}

/// Both compute with the same samples, so that all they may differ in is the order of additions.
const TOLERANCE: f64 = 1e-6;

fn vector(answer: &HttpAnswer) -> Option<Rows> {
    let rows = decode_vector(answer).ok()?.rows;
    let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Some(rows.samples().map(|row| (row.labels.iter().map(text).collect(), vec![(row.at, row.value)])).collect())
}

fn matrix(answer: &HttpAnswer) -> Option<Rows> {
    let rows = decode_matrix(answer).ok()?.rows;
    let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Some(rows.series().map(|row| (row.labels.iter().map(text).collect(), row.points.to_vec())).collect())
}

/// The demo's answer to the request that the page would send.
fn respond(mesh: &DemoMesh, call: &Call) -> HttpAnswer {
    let request = call.request(&Dialect::default());
    mesh.respond(&request.path, &request.encoded_form())
}

#[test]
fn the_demo_answers_as_a_server_with_its_samples_does() {
    let mesh = DemoMesh::new();
    let event = Instant::from_unix_millis(EVENT_MILLIS);
    let held = TimeRange::new(event - Duration::from_mins(17), event + Duration::from_mins(5));
    let prometheus = Prometheus::start(&mesh.openmetrics(held, Duration::from_secs(15)));
    let ask = |call: &Call| {
        let request = call.request(&Dialect::default());
        let form: Vec<(&str, &str)> =
            request.form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let reply = prometheus.post(&format!("/{}", request.path), &form);
        HttpAnswer::json(reply.status, reply.body)
    };
    let timeout = Duration::from_mins(1);
    for query in queries(&mesh, event) {
        // At a scrape, between two, and when the pods that were replaced have just been forgotten.
        for time in [event, event + Duration::from_millis(67_250), held.to] {
            let call = Call::Instant { query: query.clone(), time, timeout };
            compare(&query, &respond(&mesh, &call), &ask(&call), vector);
        }
        let range = TimeRange::new(event - Duration::from_millis(100_001), event + Duration::from_mins(3));
        let call = Call::Range { query: query.clone(), range, step: Duration::from_secs(25), timeout };
        compare(&query, &respond(&mesh, &call), &ask(&call), matrix);
    }
}

#[test]
fn the_demo_refuses_as_a_server_does() {
    let (mesh, prometheus) = (DemoMesh::new(), Prometheus::start(""));
    let range = TimeRange::new(Instant::default(), Instant::from_unix_millis(11_001_000));
    let query = Expr::from(Selector::metric(metric::UP));
    let (step, timeout) = (Duration::from_secs(1), Duration::from_mins(1));
    let call = Call::Range { query, range, step, timeout };
    let reply = prometheus.get(&format!("/{}", call.request(&Dialect::default()).url("").trim_start_matches('/')));
    let ours = respond(&mesh, &call);
    assert_eq!((ours.status, ours.excerpt()), (reply.status, HttpAnswer::json(reply.status, reply.body).excerpt()));
    for (call, status) in [(Call::BuildInfo, 200), (Call::Config, 200)] {
        let reply = prometheus.get(&call.request(&Dialect::default()).url(""));
        assert_eq!((respond(&mesh, &call).status, reply.status), (status, status));
    }
    // What is wrong in the form is said in the same words; what is wrong in the query, at least in the same form.
    for (path, form) in [
        ("query", "query=up&time=soon"),
        ("query", "query=up%7B&time=0"),
        ("query", "query=sum(1)&time=0"),
        ("query_range", "query=up&start=0&end=60"),
        ("query_range", "query=up&start=0&end=60&step=0"),
        ("query_range", "query=up&start=0&end=60&step=1x"),
        ("query_range", "query=up&start=60&end=0&step=1"),
        ("query_range", "query=up&end=0&step=1"),
        ("query_range", "query=up%20up&start=0&end=60&step=1"),
        ("nothing", ""),
    ] {
        let path = format!("api/v1/{path}");
        let reply = prometheus.get(&format!("/{path}?{form}"));
        let (ours, theirs) = (mesh.respond(&path, form), HttpAnswer::json(reply.status, reply.body));
        // Up to where it is, and what was expected there.
        let told = |answer: &HttpAnswer| {
            let text = answer.excerpt();
            text.find("1:").map_or(text.clone(), |at| text[..at].to_owned())
        };
        assert_eq!((ours.status, told(&ours)), (theirs.status, told(&theirs)), "{path}?{form}");
    }
}
