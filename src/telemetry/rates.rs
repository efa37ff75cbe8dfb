//! The rates that a plan asks for, as expressions.

use crate::promql::{Expr, Label, Metric, Pattern, Piece, Selector, label_replace, rate, sum_by};
use crate::quantity::Duration;

use super::{label, metric};

/// `sum by (…)` of a counter's [`growth`], with the emitter told apart before the sum hides it.
pub(super) fn of_traffic(counter: &Metric, more: &[Label], window: Duration) -> Expr {
    sum_by(
        [&edge_labels()[..], more].concat(),
        with_emitter(growth(&Selector::metric(counter.clone()), window), &[label::POD]),
    )
}

/// As [`of_traffic`], for a counter that ztunnels have too.
pub(super) fn of_streams(counter: &Metric, more: &[Label], window: Duration) -> Expr {
    sum_by(
        [&edge_labels()[..], &[label::ZTUNNEL], more].concat(),
        with_ztunnel(with_emitter(growth(&Selector::metric(counter.clone()), window), &[label::POD])),
    )
}

/// What is measured of requests besides their number: fewer labels are enough to find the edge that they belong to.
pub(super) fn of_requests(counter: &Metric, window: Duration) -> Expr {
    sum_by(lane_labels(), with_emitter(growth(&Selector::metric(counter.clone()), window), &[label::POD]))
}

/// Two counters in one answer: of the way to the server, and, marked with [`WAY`](label::WAY), of the way back.
pub(super) fn both_ways(to_server: &Metric, to_client: &Metric, window: Duration) -> Expr {
    of_requests(to_server, window).or(back(of_requests(to_client, window)))
}

fn back(of: Expr) -> Expr {
    label_replace(of, label::WAY, label::BACK, label::REPORTER, Pattern::new([Piece::Anything]))
}

/// Connections opened less connections closed, at the instant of the query. A ztunnel writes the flag of a failure on the
/// closed one alone, so that the flags are left out of the sum (istio/ztunnel `src/proxy/metrics.rs`).
pub(super) fn active() -> Expr {
    let closed = Expr::from(Selector::metric(metric::TCP_CLOSED)) * (-1.0).into();
    let both = Expr::from(Selector::metric(metric::TCP_OPENED)).or(back(closed));
    let labels = [&lane_labels()[..], &[label::SECURITY_POLICY, label::ZTUNNEL]].concat();
    sum_by(labels, with_ztunnel(with_emitter(both, &[label::POD])))
}

/// Increase a second of each series.
///
/// A proxy creates a series together with the first thing that it counts there, so that `rate()`, which sees differences
/// of samples only, misses what was counted before the first sample: all of a flow that is shorter than a scrape interval.
/// A series that was not there when the window began has counted from zero, and its value is its increase. That is only
/// true of a process that was scraped when the window began; what begins to be scraped later brings the counts of its
/// whole life.
pub(super) fn growth(series: &Selector, window: Duration) -> Expr {
    let process = [label::JOB, label::INSTANCE];
    let born = Expr::from(series.clone())
        .unless(series.clone().offset(window))
        .and_on(process, Selector::metric(metric::BUILD).offset(window));
    (born / Expr::window(window).secs().into()).or(rate(series.clone(), window))
}

/// Cuts the workload of the emitting pod out of the pod's name, the last of these labels that holds one: `<deployment>-<replica set hash>-<five letters>`
/// (Kubernetes `pkg/controller/controller_utils.go`). Pods of daemon sets have no such name and get no emitter.
pub(super) fn with_emitter(of: Expr, pods: &[Label]) -> Expr {
    let deployment = || deployment_pod(Piece::Group(vec![Piece::Something]));
    pods.iter().fold(of, |of, pod| label_replace(of, label::EMITTER, "$1", pod.clone(), deployment()))
}

/// Marks what only a ztunnel has: the region labels since Istio 1.25; before that its pod's `app` label, and where the
/// scrape does not copy labels, the name that Istio's chart gives the pods of its daemon set. No deployment's pod has
/// such a name: the hash of a replica set holds no vowel.
pub(super) fn with_ztunnel(of: Expr) -> Expr {
    let name = || Piece::Literal("ztunnel".into());
    let pod = [Piece::Anything, name(), Piece::Literal("-".into()), Piece::AlphanumericsExactly(5)];
    let marks = [
        (label::SOURCE_REGION, Pattern::new([Piece::Something])),
        (label::APP, Pattern::new([name()])),
        (label::POD, Pattern::new(pod)),
    ];
    marks.into_iter().fold(of, |of, (from, pattern)| label_replace(of, label::ZTUNNEL, "1", from, pattern))
}

/// The name of a deployment's pod, the deployment given as a piece.
pub(super) fn deployment_pod(deployment: Piece) -> Pattern {
    let dash = || Piece::Literal("-".into());
    Pattern::new([deployment, dash(), Piece::Alphanumerics, dash(), Piece::AlphanumericsExactly(5)])
}

/// What a series must keep so that its edge, its emitter and its security can be told, and what its ends are called.
fn edge_labels() -> Vec<Label> {
    let more = [
        label::SECURITY_POLICY,
        label::SOURCE_APP,
        label::SOURCE_VERSION,
        label::DESTINATION_APP,
        label::DESTINATION_VERSION,
    ];
    [&lane_labels()[..], &more].concat()
}

/// What a series must keep so that the edge is found that it belongs to, and replicas are told apart.
fn lane_labels() -> [Label; 17] {
    [
        label::REPORTER,
        label::REQUEST_PROTOCOL,
        label::SOURCE_CLUSTER,
        label::SOURCE_NAMESPACE,
        label::SOURCE_WORKLOAD,
        label::SOURCE_PRINCIPAL,
        label::DESTINATION_CLUSTER,
        label::DESTINATION_NAMESPACE,
        label::DESTINATION_WORKLOAD,
        label::DESTINATION_SERVICE,
        label::DESTINATION_SERVICE_NAME,
        label::DESTINATION_SERVICE_NAMESPACE,
        label::CLUSTER,
        label::NAMESPACE,
        label::EMITTER,
        label::PROMETHEUS_REPLICA,
        label::REPLICA,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emitter_is_the_deployment_of_the_pod() {
        let pattern = deployment_pod(Piece::Group(vec![Piece::Something]));
        assert_eq!(pattern.replace("waypoint-777578b889-8gmtt", "$1").as_deref(), Some("waypoint"));
        assert_eq!(pattern.replace("my-gw-istio-6f7d8-abcde", "$1").as_deref(), Some("my-gw-istio"));
        assert_eq!(pattern.replace("ztunnel-8gmtt", "$1"), None);
    }

    #[test]
    fn a_series_born_in_the_window_counts_from_zero() {
        let expect = "(a_total unless a_total offset 5m and on (job, instance) istio_build offset 5m) / 300 \
                      or rate(a_total[5m])";
        let text = growth(&Selector::metric(Metric::new_static("a_total")), Duration::from_mins(5)).to_string();
        assert_eq!(text, expect);
    }
}
