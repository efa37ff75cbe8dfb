//! The queries that the demo and a server must agree on. Whatever the program learns to ask belongs here.

use wayscope::demo::DemoMesh;
use wayscope::promql::{
    Expr, Label, Matcher, Metric, Pattern, Piece, RangeFunction, Selector, avg_by, count_by, count_over_time, delta,
    group_by, increase, label_replace, last_over_time, max_by, max_over_time, min_by, range, rate, sum, sum_by, top,
};
use wayscope::quantity::{Duration, Instant};
use wayscope::telemetry::flow::{bases, queries as flow_queries};
use wayscope::telemetry::{Plan, label, latency_query, metric};

use super::graph;

/// Every query that the program asks of the graph and of each edge and node of it, and for each part of the language
/// that it may use one more.
pub(super) fn queries(mesh: &DemoMesh, at: Instant) -> Vec<Expr> {
    let mut queries = language();
    for mins in [1, 5, 15] {
        queries.extend(Plan::new(Duration::from_mins(mins), &[], false).queries.into_iter().map(|(_, query)| query));
    }
    let topology = graph::topology(mesh, at);
    for subject in graph::edges(&topology).chain(graph::nodes(&topology)) {
        let of_basis = |&basis| flow_queries(&subject, basis, Duration::from_mins(2), &[]);
        queries.extend(bases(&subject).iter().flat_map(of_basis).map(|query| query.expr));
        queries.extend(latency_query(&subject, Duration::from_mins(2), &[]));
    }
    queries
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
