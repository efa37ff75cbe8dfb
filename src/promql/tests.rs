//! The text of whole queries, with promql-parser as the outside judge.

use promql_parser::parser;

use super::*;
use crate::quantity::Duration;

mod reading;
mod trees;

const REPORTER: Label = Label::new_static("reporter");
const NAMESPACE: Label = Label::new_static("namespace");
const WORKLOAD: Label = Label::new_static("workload");
const POD: Label = Label::new_static("pod");
const RECEIVED: Metric = Metric::new_static("istio_tcp_received_bytes_total");
const OPENED: Metric = Metric::new_static("istio_tcp_connections_opened_total");
const REQUESTS: Metric = Metric::new_static("istio_requests_total");
const MINUTE: Duration = Duration::from_mins(1);

/// The one door: the exact text, and that the parser accepts it.
#[track_caller]
fn check(expr: impl Into<Expr>, text: &str) {
    let printed = expr.into().to_string();
    assert_eq!(printed, text);
    if let Err(reason) = parser::parse(&printed) {
        panic!("{printed}\nis refused: {reason}");
    }
    match parse(&printed) {
        Ok(read) => assert_eq!(read.to_string(), printed),
        Err(reason) => panic!("{printed}\nis not read back: {reason}"),
    }
}

fn reporter(value: &str) -> Matcher {
    Matcher::Equal(REPORTER, value.into())
}

fn received() -> Selector {
    Selector::metric(RECEIVED)
}

fn up() -> Expr {
    Selector::metric(Metric::new_static("up")).into()
}

fn down() -> Expr {
    Selector::metric(Metric::new_static("down")).into()
}

#[test]
fn functions_over_windows() {
    use RangeFunction::{AvgOverTime, MinOverTime};
    check(rate(received(), MINUTE), "rate(istio_tcp_received_bytes_total[1m])");
    check(
        increase(received().with(reporter("source")).offset(MINUTE), Duration::from_mins(90)),
        r#"increase(istio_tcp_received_bytes_total{reporter="source"}[1h30m] offset 1m)"#,
    );
    check(delta(received(), MINUTE), "delta(istio_tcp_received_bytes_total[1m])");
    check(max_over_time(received(), MINUTE), "max_over_time(istio_tcp_received_bytes_total[1m])");
    check(count_over_time(received(), MINUTE), "count_over_time(istio_tcp_received_bytes_total[1m])");
    check(last_over_time(received(), MINUTE), "last_over_time(istio_tcp_received_bytes_total[1m])");
    check(range(AvgOverTime, received(), MINUTE), "avg_over_time(istio_tcp_received_bytes_total[1m])");
    check(range(MinOverTime, received(), MINUTE), "min_over_time(istio_tcp_received_bytes_total[1m])");
}

#[test]
fn a_window_is_never_empty_and_never_longer_than_servers_count() {
    check(rate(received(), Duration::ZERO), "rate(istio_tcp_received_bytes_total[1ms])");
    check(rate(received(), Duration::from_secs(-60)), "rate(istio_tcp_received_bytes_total[1ms])");
    check(rate(received(), Duration::from_mins(i64::MAX)), "rate(istio_tcp_received_bytes_total[100y])");
    let window = Duration::ZERO;
    let by_hand = Expr::Range { function: RangeFunction::Rate, selector: received(), window };
    check(by_hand, "rate(istio_tcp_received_bytes_total[1ms])");
}

#[test]
fn aggregations() {
    check(sum(up()), "sum(up)");
    check(sum_by([], up()), "sum(up)");
    check(sum_by([REPORTER, NAMESPACE], up()), "sum by (reporter, namespace) (up)");
    check(avg_by([REPORTER], up()), "avg by (reporter) (up)");
    check(min_by([REPORTER], up()), "min by (reporter) (up)");
    check(max_by([REPORTER], up()), "max by (reporter) (up)");
    check(count_by([Label::new_static("on")], up()), "count by (on) (up)");
    check(group_by([Label::NAME], up()), "group by (__name__) (up)");
    check(top(5, up()), "topk(5, up)");
    let bottom = Expr::Aggregate { op: AggregateOp::BottomK(0), by: vec![POD], of: Box::new(up()) };
    check(bottom, "bottomk by (pod) (0, up)");
}

#[test]
fn parentheses_stand_only_where_precedence_asks() {
    check(up() + down() - up(), "up + down - up");
    check(up() - (down() - up()), "up - (down - up)");
    check((up() + down()) * up(), "(up + down) * up");
    check(up() + down() / up(), "up + down / up");
    check((up() - down()).greater_than(0.0), "up - down > 0");
    check(up().greater_than(0.0) - down(), "(up > 0) - down");
    check(up().and(down()).or(up().unless(down())), "up and down or up unless down");
    check(up().and(down().or(up())), "up and (down or up)");
    check(up().unless(down().unless(up())), "up unless (down unless up)");
    check(up().less_than(2.0).equal_to(1.0), "up < 2 == 1");
    check(sum(up().or(down())), "sum(up or down)");
}

#[test]
fn partners_may_be_matched_by_some_labels() {
    check(up().unless_on([NAMESPACE, POD], down()), "up unless on (namespace, pod) down");
    check(up().and_on([], down()), "up and on () down");
    check(up().binary(BinaryOp::AtLeast, down(), Some(vec![POD])), "up >= on (pod) down");
    check(up().binary(BinaryOp::AtMost, 1.0, Some(vec![POD])), "up <= 1");
}

#[test]
fn a_number_is_a_scalar_only_beside_a_vector() {
    check(1.0, "vector(1)");
    check(sum(1.0), "sum(vector(1))");
    check(up() * Expr::Number(-0.5), "up * -0.5");
    check(Expr::Number(-1.0) - up(), "-1 - up");
    check(Expr::Number(1.0) + Expr::Number(2.0), "vector(1) + 2");
    check(Expr::Number(1.0).greater_than(2.0), "vector(1) > 2");
    check(up() + (Expr::Number(1.0) + Expr::Number(2.0)), "up + (vector(1) + 2)");
    check(up().or(0.0), "up or vector(0)");
    check(up().binary(BinaryOp::NotEqual, f64::NAN, None), "up != NaN");
    check(up().clamp_min(f64::NEG_INFINITY), "clamp_min(up, -Inf)");
    check(up().greater_than(1e300), "up > 1e300");
}

#[test]
fn one_query_serves_every_reporter_of_an_edge() {
    let edge = received().with_all([
        Matcher::Equal(Label::new_static("source_workload_namespace"), "shop".into()),
        Matcher::Equal(Label::new_static("source_workload"), "web".into()),
    ]);
    check(
        sum_by([REPORTER], rate(edge, MINUTE)),
        "sum by (reporter) (rate(istio_tcp_received_bytes_total{source_workload_namespace=\"shop\",\
         source_workload=\"web\"}[1m]))",
    );
}

#[test]
fn a_leg_is_read_from_the_waypoints_own_pods() {
    use Piece::{Alphanumerics, AlphanumericsExactly, Literal};
    let pods = ["way.point-", "-"].map(|text| Literal(text.into()));
    let [name, dash] = pods;
    let pods = Pattern::new([name, Alphanumerics, dash, AlphanumericsExactly(5)]);
    let leg = received().with_all([reporter("waypoint"), Matcher::Pattern(POD, pods)]);
    check(
        sum(rate(leg, MINUTE)),
        "sum(rate(istio_tcp_received_bytes_total{reporter=\"waypoint\",\
         pod=~\"way\\\\.point-[a-z0-9]+-[a-z0-9]{5}\"}[1m]))",
    );
}

#[test]
fn declared_proxies_are_found_without_traffic() {
    let pattern = Pattern::new([Piece::Literal("istio.io-".into()), Piece::Anything]);
    let managed = Label::new_static("gateway_istio_io_managed");
    let targets = Selector::metric(Metric::new_static("up")).with(Matcher::Pattern(managed.clone(), pattern));
    check(
        count_by([NAMESPACE, managed], targets),
        r#"count by (namespace, gateway_istio_io_managed) (up{gateway_istio_io_managed=~"istio\\.io-.*"})"#,
    );
}

#[test]
fn emitters_are_named_after_their_pods() {
    use Piece::{Alphanumerics, AlphanumericsExactly, Group, Literal, Something};
    let dash = || Literal("-".into());
    let deployment = Group(vec![Something]);
    let pods = Pattern::new([deployment, dash(), Alphanumerics, dash(), AlphanumericsExactly(5)]);
    let reports = Selector::any_metric([REQUESTS, OPENED]).with(reporter("waypoint"));
    check(
        count_by([NAMESPACE, WORKLOAD], label_replace(reports, WORKLOAD, "$1", POD, pods)),
        "count by (namespace, workload) (label_replace({__name__=~\"istio_requests_total|\
         istio_tcp_connections_opened_total\",reporter=\"waypoint\"}, \"workload\", \"$1\", \"pod\", \
         \"(.+)-[a-z0-9]+-[a-z0-9]{5}\"))",
    );
}

#[test]
fn structural_waypoints_receive_and_are_never_reported_as_destination() {
    let side = |of: &str| {
        let destination = Label::new_static("destination_workload");
        let whole = Pattern::new([Piece::Group(vec![Piece::Anything])]);
        let selector = Selector::metric(OPENED).with(reporter(of));
        group_by([WORKLOAD], label_replace(selector, WORKLOAD, "$1", destination, whole))
    };
    let text = |of: &str| {
        format!(
            "group by (workload) (label_replace(istio_tcp_connections_opened_total{{reporter=\"{of}\"}}, \"workload\", \
             \"$1\", \"destination_workload\", \"(.*)\"))"
        )
    };
    check(side("source").unless(side("destination")), &format!("{} unless {}", text("source"), text("destination")));
}

#[test]
fn newborn_series_are_counted_from_zero() {
    let now = || Expr::from(received());
    let before = || Expr::from(received().offset(MINUTE));
    check(
        ((now() - before()).or(now().unless(before()))).clamp_min(0.0),
        "clamp_min(istio_tcp_received_bytes_total - istio_tcp_received_bytes_total offset 1m or \
         istio_tcp_received_bytes_total unless istio_tcp_received_bytes_total offset 1m, 0)",
    );
}

#[test]
fn quantiles_are_taken_of_buckets() {
    let buckets = Selector::metric(Metric::new_static("istio_request_duration_milliseconds_bucket"));
    check(
        sum_by([Label::new_static("le")], rate(buckets, MINUTE)).quantile(0.95),
        "histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket[1m])))",
    );
}
