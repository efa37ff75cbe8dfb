//! The demo's answers against those of a real Prometheus that holds the demo's samples.

use std::collections::BTreeMap;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{Call, Dialect, decode_matrix, decode_vector};
use wayscope::demo::DemoMesh;
use wayscope::promql::{
    Expr, Label, Matcher, Metric, Pattern, Piece, RangeFunction, Selector, avg_by, count_by, count_over_time, delta,
    group_by, increase, label_replace, last_over_time, max_by, max_over_time, min_by, range, rate, sum, sum_by, top,
};
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::{Plan, label, metric};

use crate::prometheus::Prometheus;

/// 2025-10-09T14:00:00Z: a roll-out begins, and a pod that crashes every forty minutes does.
const EVENT_MILLIS: i64 = 1_760_018_400_000;

/// Label sets with their values by step.
type Rows = BTreeMap<Vec<(String, String)>, Vec<(Instant, f64)>>;

/// Every query that the program asks, and for each part of the language that it may use one more.
fn queries() -> Vec<Expr> {
    let mut queries = Vec::new();
    for mins in [1, 5, 15] {
        queries.extend(Plan::new(Duration::from_mins(mins), &[]).queries.into_iter().map(|(_, query)| query));
    }
    for edge in [
        [("store", "cart"), ("data", "cart-cache")],
        [("store", "web-v1"), ("store", "waypoint")],
        [("orders", "waypoint"), ("store", "catalogue-v1")],
        [("store", "waypoint"), ("store", "catalogue-v1")],
        [("orders", "checkout"), ("payments", "payments-v1")],
        [("payments", "payments-v1"), ("payments", "fraud-check")],
        [("payments", "ledger"), ("payments", "ledger-db")],
        [("orders", "checkout"), ("data", "stock-db")],
        [("legacy", "till"), ("store", "cart")],
        [("orders", "order-export"), ("unknown", "unknown")],
        [("store", "web-v1"), ("store", "nowhere")],
    ] {
        queries.extend(byte_flows(edge));
    }
    queries.extend(language());
    queries
}

fn byte_flows([source, destination]: [(&str, &str); 2]) -> impl Iterator<Item = Expr> {
    let equal = |label: Label, value: &str| Matcher::Equal(label, value.to_owned());
    let ends = [
        equal(label::SOURCE_CLUSTER, "c1"),
        equal(label::SOURCE_NAMESPACE, source.0),
        equal(label::SOURCE_WORKLOAD, source.1),
        equal(label::DESTINATION_NAMESPACE, destination.0),
        equal(label::DESTINATION_WORKLOAD, destination.1),
    ];
    let metrics = [
        metric::TCP_RECEIVED,
        metric::TCP_SENT,
        metric::REQUEST_BYTES,
        metric::RESPONSE_BYTES,
        metric::REQUESTS,
        metric::TCP_OPENED,
    ];
    metrics.into_iter().map(move |metric| {
        let selector = Selector::metric(metric).with_all(ends.clone());
        sum_by([label::REPORTER], rate(selector, Duration::from_mins(2)))
    })
}

fn language() -> Vec<Expr> {
    const LE: Label = Label::new_static("le");
    const BUCKETS: Metric = Metric::new_static("istio_request_duration_milliseconds_bucket");
    let mins = Duration::from_mins;
    let sent = || Selector::metric(metric::TCP_SENT);
    let requests = || Selector::metric(metric::REQUESTS);
    let by = [label::SOURCE_WORKLOAD, label::DESTINATION_WORKLOAD];
    let requested = || sum_by(by.clone(), rate(requests(), mins(5)));
    let errors = Matcher::Pattern(label::RESPONSE_CODE, Pattern::new([Piece::Literal("5".into()), Piece::Something]));
    let failed = || sum_by(by.clone(), rate(requests().with(errors.clone()), mins(5)));
    let pod = Pattern::new([Piece::Group(vec![Piece::Something]), Piece::Literal("-".into()), Piece::Alphanumerics]);
    let reporters = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
    vec![
        requests().into(),
        last_over_time(sent(), mins(3)),
        sum_by([label::NAMESPACE], increase(sent(), mins(10))),
        sum_by([label::POD], delta(sent(), mins(2))),
        max_by([label::POD], max_over_time(requests(), mins(6))),
        min_by([label::POD], range(RangeFunction::MinOverTime, requests(), mins(6))),
        avg_by([label::POD], range(RangeFunction::AvgOverTime, requests(), mins(6))),
        count_by([label::POD], count_over_time(Selector::metric(metric::UP), mins(7))),
        group_by([label::REPORTER, label::SECURITY_POLICY], sent()),
        sum(rate(sent().offset(mins(3)), mins(4))),
        top(5, requested()),
        failed() / requested(),
        requested().unless(failed()),
        requested().and(failed()),
        requested().and_on([label::SOURCE_WORKLOAD], failed()),
        failed().or(requested() * 0.0.into()),
        requested().greater_than(5.0),
        (requested() - failed()).clamp_min(3.0).less_than(40.0),
        (requested() + 0.0.into()).equal_to(1.0),
        sum_by([label::REPORTER, LE], rate(Selector::metric(BUCKETS), mins(5))).quantile(0.95),
        sum_by(
            [label::REPORTER],
            rate(sent().with(Matcher::OneOf(label::REPORTER, reporters(&["source", "waypoint"]))), mins(5)),
        ),
        count_by([label::POD], label_replace(Selector::metric(metric::BUILD), label::POD, "$1", label::POD, pod)),
        sum_by(
            [label::REPORTER],
            last_over_time(Selector::any_metric([metric::TCP_SENT, metric::TCP_RECEIVED]), mins(2)),
        ),
        // Refused by both: two series of two metrics become the same.
        rate(Selector::any_metric([metric::TCP_SENT, metric::TCP_RECEIVED]), mins(2)),
        sum_by([label::POD], rate(sent(), mins(2))) / sent().into(),
    ]
}

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
    for query in queries() {
        // At a scrape, between two, and when the pods that were replaced have just been forgotten.
        for time in [event, event + Duration::from_millis(67_250), held.to] {
            let call = Call::Instant { query: query.clone(), time, timeout };
            compare(&query, &mesh.answer(&call), &ask(&call), vector);
        }
        let range = TimeRange::new(event - Duration::from_millis(100_001), event + Duration::from_mins(3));
        let call = Call::Range { query: query.clone(), range, step: Duration::from_secs(25), timeout };
        compare(&query, &mesh.answer(&call), &ask(&call), matrix);
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
    let ours = mesh.answer(&call);
    assert_eq!((ours.status, ours.excerpt()), (reply.status, HttpAnswer::json(reply.status, reply.body).excerpt()));
    for (call, status) in [(Call::BuildInfo, 200), (Call::Config, 200)] {
        let reply = prometheus.get(&call.request(&Dialect::default()).url(""));
        assert_eq!((mesh.answer(&call).status, reply.status), (status, status));
    }
}
