//! Facts about the mesh as a whole, asked through its answers.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::backend::prometheus::{Call, decode_build_info, decode_matrix, decode_scrape_interval, decode_vector};
use crate::promql::{
    Expr, Label, Matcher, Metric, Selector, count_by, group_by, increase, max_by, max_over_time, rate, sum_by,
};
use crate::quantity::{Duration, Instant, TimeRange};

const REPORTER: Label = Label::new_static("reporter");
const POD: Label = Label::new_static("pod");
const SOURCE: Label = Label::new_static("source_workload");
const DESTINATION: Label = Label::new_static("destination_workload");
const RECEIVED: Metric = Metric::new_static("istio_tcp_received_bytes_total");
const SENT: Metric = Metric::new_static("istio_tcp_sent_bytes_total");
const REQUESTS: Metric = Metric::new_static("istio_requests_total");
const MINUTE: Duration = Duration::from_mins(1);

/// 2025-10-09T14:00:00Z: a roll-out begins, and a pod that crashes every forty minutes does.
const EVENT: i64 = 1_760_018_400_000;

fn at(minutes: i64) -> Instant {
    Instant::from_unix_millis(EVENT) + MINUTE * minutes
}

/// The values by the labels' values, joined with blanks.
fn ask(query: Expr, time: Instant) -> BTreeMap<String, f64> {
    let answer = DemoMesh::new().answer(&Call::Instant { query, time, timeout: MINUTE });
    let rows = decode_vector(&answer).expect("a vector").rows;
    let text = |labels: crate::backend::prometheus::Labels<'_>| {
        labels.iter().map(|(_, value)| value).collect::<Vec<_>>().join(" ")
    };
    rows.samples().map(|row| (text(row.labels), row.value)).collect()
}

fn of(metric: Metric, conditions: &[(Label, &str)]) -> Selector {
    let equal = |(label, value): &(Label, &str)| Matcher::Equal(label.clone(), (*value).to_owned());
    Selector::metric(metric).with_all(conditions.iter().map(equal))
}

#[test]
fn every_row_of_the_tables_leads_to_series() {
    for flow in shop::SHOP.flows {
        assert!(!leg::legs(&shop::SHOP, flow).is_empty(), "{flow:?}");
    }
    for service in shop::SHOP.services {
        let waypoint = shop::SHOP.workload(service.waypoint);
        assert!(waypoint.is_some_and(|one| one.plane == world::Plane::Waypoint), "{service:?}");
    }
}

#[test]
fn no_two_series_are_the_same() {
    let mesh = DemoMesh::new();
    let mut texts = BTreeSet::new();
    for (metric, series) in mesh.book.families.iter().flat_map(|(metric, all)| all.iter().map(move |one| (metric, one)))
    {
        let mut labels = Vec::new();
        mesh.push_labels(series, &mut labels);
        assert!(labels.is_sorted() && texts.insert((metric, labels)), "{metric}");
    }
    assert!((1_500..4_000).contains(&mesh.series_count()), "{}", mesh.series_count());
}

#[test]
fn both_ends_report_the_same_bytes() {
    for metric in [RECEIVED, SENT] {
        let by_end = |reporter| {
            let seen = of(metric.clone(), &[(REPORTER, reporter)]);
            ask(sum_by([DESTINATION, SOURCE], increase(seen, MINUTE * 10)), at(-20))
        };
        let (at_source, at_destination) = (by_end("source"), by_end("destination"));
        let mut both = 0;
        for (edge, bytes) in &at_source {
            let Some(other) = at_destination.get(edge) else { continue };
            assert!((bytes - other).abs() <= other * 1e-4 + 0.1, "{edge}: {bytes} {other}");
            both += 1;
        }
        assert!(both > 15, "{both} edges are reported from both ends");
    }
}

#[test]
fn a_waypoint_passes_on_what_it_receives() {
    let stock = [(Label::new_static("destination_service_name"), "stock-db")];
    let seen = ask(sum_by([REPORTER], increase(of(SENT, &stock), MINUTE * 10)), at(-20));
    assert_eq!(seen.keys().collect::<Vec<_>>(), ["destination", "source", "waypoint"]);
    let (least, most) = (seen.values().copied().fold(f64::MAX, f64::min), seen.values().copied().fold(0.0, f64::max));
    assert!(most - least < most * 1e-4, "{seen:?}");
}

#[test]
fn a_waypoint_never_reports_as_source() {
    let pods = ask(group_by([POD, REPORTER], of(REQUESTS, &[])), at(0));
    let reporters: BTreeSet<&str> =
        pods.keys().filter_map(|key| key.strip_prefix("waypoint-")?.split(' ').nth(1)).collect();
    assert_eq!(reporters.into_iter().collect::<Vec<_>>(), ["waypoint"]);
}

#[test]
fn a_restart_resets_only_its_pod() {
    let seen = |minutes| {
        let checks = of(REQUESTS, &[(REPORTER, "destination"), (DESTINATION, "fraud-check")]);
        ask(max_by([POD], Expr::from(checks)), at(minutes))
    };
    let (before, after) = (seen(-1), seen(1));
    assert_eq!(before.len(), 2, "{before:?}");
    let fell = before.iter().filter(|(pod, count)| after.get(*pod).is_some_and(|later| later < count)).count();
    assert_eq!(fell, 1, "{before:?} {after:?}");
}

#[test]
fn rates_survive_resets() {
    let checks = || of(REQUESTS, &[(REPORTER, "destination"), (DESTINATION, "fraud-check")]);
    let rate_at = |minutes: i64| ask(sum_by([DESTINATION], rate(checks(), MINUTE * 5)), at(minutes))["fraud-check"];
    let (before, across) = (rate_at(-1), rate_at(2));
    // What was counted between the last scrape and the crash is lost: a quarter of a minute of five.
    assert!((across / before - 1.0).abs() < 0.15, "{before} {across}");
}

#[test]
fn a_roll_out_changes_the_pods_and_not_the_traffic() {
    let seen = |minutes: i64| {
        let paid = || of(REQUESTS, &[(REPORTER, "destination"), (DESTINATION, "payments-v1")]);
        let pods = ask(count_by([POD], paid()), at(minutes));
        let served = ask(sum_by([DESTINATION], rate(paid(), MINUTE * 2)), at(minutes))["payments-v1"];
        (pods.into_keys().collect::<BTreeSet<_>>(), served)
    };
    let ((pods_before, before), (pods_after, after)) = (seen(-5), seen(15));
    assert!(pods_before.is_disjoint(&pods_after), "{pods_before:?} {pods_after:?}");
    assert!((after / before - 1.0).abs() < 0.3, "{before} {after}");
}

#[test]
fn an_idle_flow_has_series_and_no_rate() {
    let letters = || of(RECEIVED, &[(SOURCE, "newsletter")]);
    assert!(ask(max_by([SOURCE], max_over_time(letters(), MINUTE)), at(0))["newsletter"] > 0.0);
    assert!(ask(sum_by([SOURCE], rate(letters(), MINUTE * 5)), at(0))["newsletter"].abs() < f64::EPSILON);
}

#[test]
fn a_denied_connection_is_opened_and_carries_nothing() {
    const FLAGS: Label = Label::new_static("response_flags");
    let backup = |name| of(Metric::new_static(name), &[(SOURCE, "backup"), (DESTINATION, "orders-db")]);
    let flags = |name| ask(count_by([FLAGS, REPORTER], backup(name)), at(0)).into_keys().collect::<Vec<_>>();
    assert_eq!(flags("istio_tcp_connections_opened_total"), ["destination -", "source -"]);
    assert_eq!(flags("istio_tcp_connections_closed_total"), ["destination DENY", "source CONNECT"]);
    let bytes = ask(max_by([SOURCE], Expr::from(backup("istio_tcp_sent_bytes_total"))), at(0));
    assert!(bytes["backup"].abs() < f64::EPSILON);
}

#[test]
fn what_leaves_where_nothing_may_is_answered_with_an_error() {
    let [name, code, flags] = ["destination_service_name", "response_code", "response_flags"].map(Label::new_static);
    let blocked = of(REQUESTS, &[(name, "BlackHoleCluster")]);
    let ends = ask(group_by([code, flags, REPORTER], blocked), at(0)).into_keys().collect::<Vec<_>>();
    assert_eq!(ends, ["source 502 -"]);
}

#[test]
fn only_ztunnels_tell_regions() {
    let region = || Matcher::Present(Label::new_static("source_region"));
    let apps = ask(group_by([Label::new_static("app")], of(SENT, &[]).with(region())), at(0));
    assert_eq!(apps.into_keys().collect::<Vec<_>>(), ["ztunnel"]);
    let rest = Matcher::Absent(Label::new_static("source_region"));
    let rest = of(SENT, &[(Label::new_static("app"), "ztunnel")]).with(rest);
    assert!(ask(group_by([], rest), at(0)).is_empty());
}

#[test]
fn an_hour_in_three_hundred_points_has_no_gap() {
    let query = sum_by([REPORTER], rate(of(SENT, &[]), MINUTE));
    let range = TimeRange::new(at(-60), at(0));
    let call = Call::Range { query, range, step: Duration::from_secs(12), timeout: MINUTE };
    let rows = decode_matrix(&DemoMesh::new().answer(&call)).expect("a matrix").rows;
    assert_eq!(rows.series().map(|series| series.points.len()).collect::<Vec<_>>(), [301, 301, 301]);
}

#[test]
fn it_says_what_a_server_says_about_itself() {
    let mesh = DemoMesh::new();
    assert!(decode_build_info(&mesh.answer(&Call::BuildInfo)).is_ok_and(|build| build.version.is_some()));
    let interval = decode_scrape_interval(&mesh.answer(&Call::Config));
    assert_eq!(interval, Ok(Some(Duration::from_millis(counter::SCRAPE_MILLIS))));
}

#[test]
fn what_has_no_value_is_refused_as_a_server_refuses_it() {
    let twice = rate(Selector::any_metric([SENT, RECEIVED]), MINUTE);
    let answer = DemoMesh::new().answer(&Call::Instant { query: twice, time: at(0), timeout: MINUTE });
    assert_eq!(answer.status, 422);
    let error = decode_vector(&answer).unwrap_err();
    assert!(error.to_string().contains("same labelset"), "{error}");
}

#[test]
fn samples_as_text_are_grouped_by_family_and_in_order() {
    let text = DemoMesh::new().openmetrics(TimeRange::new(at(0), at(1)), Duration::from_secs(30));
    assert!(text.ends_with("\n# EOF\n"));
    let families: Vec<&str> = text.lines().filter(|line| line.starts_with("# TYPE")).collect();
    assert!(families.contains(&"# TYPE istio_requests counter") && families.contains(&"# TYPE up gauge"));
    assert!(families.contains(&"# TYPE istio_request_bytes histogram"), "{families:?}");
    assert_eq!(families.iter().collect::<BTreeSet<_>>().len(), families.len());
    let times = text.lines().filter(|line| line.starts_with("up{") && line.contains("istiod"));
    let times: Vec<&str> = times.filter_map(|line| line.rsplit(' ').next()).collect();
    assert_eq!(times, ["1760018400", "1760018430", "1760018460"]);
}
