//! What to ask for the whole graph: a constant number of instant queries, however large the mesh.

use crate::promql::{Expr, Matcher, Metric, Pattern, Piece, Selector, count_by, max_over_time};
use crate::quantity::Duration;

use super::build::LUMPS;
use super::{label, metric, rates};

/// One question of the [`Plan`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// HTTP and gRPC requests.
    Requests,
    /// Bytes from clients to servers.
    BytesSent,
    /// Bytes from servers to clients.
    BytesReceived,
    /// TCP connections opened.
    Opened,
    /// TCP connections closed.
    Closed,
    /// Time that requests took, added up.
    Durations,
    /// Bytes of requests and of responses.
    Sizes,
    /// gRPC messages from clients and from servers.
    Messages,
    /// TCP connections opened and not closed yet.
    Active,
    /// Proxies that their pods' labels declare to be gateways or waypoints.
    Declared,
    /// The same, and workloads that a ztunnel serves, as exporters of Kubernetes' state tell them where there are any.
    States,
    /// Envoys of a version that counts in lumps.
    Builds,
}

/// The questions of one refresh. All are to be evaluated at one instant.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// Each question with its query.
    pub queries: Vec<(Question, Expr)>,
}

impl Question {
    /// Every question.
    pub const ALL: [Self; 12] = [
        Self::Requests,
        Self::BytesSent,
        Self::BytesReceived,
        Self::Opened,
        Self::Closed,
        Self::Durations,
        Self::Sizes,
        Self::Messages,
        Self::Active,
        Self::Declared,
        Self::States,
        Self::Builds,
    ];

    /// Whether its answer tells that there is traffic; the others tell more of traffic that is known, or of proxies.
    pub fn is_about_traffic(self) -> bool {
        self <= Self::Closed
    }

    /// Whether each of its rows names a source and a destination; others are about proxies.
    pub fn is_about_ends(self) -> bool {
        self < Self::Declared
    }

    /// Whether it is about requests, which only an Envoy reads.
    pub(super) fn is_about_requests(self) -> bool {
        matches!(self, Self::Requests | Self::Durations | Self::Sizes | Self::Messages)
    }

    /// The query, for rates over `window`. Whether requests are to be told apart by their operations: each operation is a
    /// row more.
    fn query(self, window: Duration, operations: bool) -> Expr {
        let requests =
            [label::RESPONSE_CODE, label::GRPC_RESPONSE_STATUS, label::RESPONSE_FLAGS, label::REQUEST_OPERATION];
        match self {
            Self::Requests => {
                let more = if operations { &requests[..] } else { &requests[..3] };
                rates::of_traffic(&metric::REQUESTS, more, window)
            }
            Self::BytesSent => rates::of_streams(&metric::TCP_RECEIVED, &[], window),
            Self::BytesReceived => rates::of_streams(&metric::TCP_SENT, &[], window),
            Self::Opened => rates::of_streams(&metric::TCP_OPENED, &[], window),
            Self::Closed => rates::of_streams(&metric::TCP_CLOSED, &[label::RESPONSE_FLAGS], window),
            Self::Durations => rates::of_requests(&metric::DURATIONS, window),
            Self::Sizes => rates::both_ways(&metric::REQUEST_BYTES, &metric::RESPONSE_BYTES, window),
            Self::Messages => rates::both_ways(&metric::REQUEST_MESSAGES, &metric::RESPONSE_MESSAGES, window),
            Self::Active => rates::active(),
            Self::Declared => declared(window),
            Self::States => states(window),
            Self::Builds => builds(window),
        }
    }
}

impl Plan {
    /// The plan for rates over `window` (see [`rate_window`](crate::quantity::rate_window)), every selector narrowed by
    /// `scope`; whether the `operations` of requests are asked for, which multiplies rows.
    pub fn new(window: Duration, scope: &[Matcher], operations: bool) -> Self {
        let query = |question: Question| (question, question.query(window, operations).and_everywhere(scope));
        Self { queries: Question::ALL.into_iter().map(query).collect() }
    }
}

/// Gateways and waypoints by their pods' labels, seen at any time in the window, so that one removed since keeps its
/// role. `up` has the labels of every scraped pod, with traffic or without; where it is not stored, `istio_build` has.
fn declared(window: Duration) -> Expr {
    let managed = Pattern::new([Piece::Literal("istio.io-".into()), Piece::Something]);
    let classic = CLASSIC_GATEWAYS.map(String::from).to_vec();
    let marks = [Matcher::Pattern(label::MANAGED, managed), Matcher::OneOf(label::ISTIO, classic)];
    let marked = |metric: Metric| {
        let [one, other] = marks.clone().map(|mark| max_over_time(Selector::metric(metric.clone()).with(mark), window));
        one.or(other)
    };
    let proxies = marked(metric::UP).or(marked(metric::BUILD));
    let labels = [
        label::CLUSTER,
        label::NAMESPACE,
        label::CANONICAL_NAME,
        label::GATEWAY_NAME,
        label::MANAGED,
        label::ISTIO,
        label::APP,
    ];
    count_by(labels, proxies)
}

/// What kube-state-metrics tells of pods, where it is allowed to export these labels and annotations, and what the state
/// metrics of the Gateway API tell of Gateways (<https://github.com/Kuadrant/gateway-api-state-metrics>).
fn states(window: Duration) -> Expr {
    let text = |text: &str| Piece::Literal(text.into());
    let managed = Matcher::Pattern(label::STATE_MANAGED, Pattern::new([text("istio.io-"), Piece::Something]));
    let captured = Matcher::Equal(label::STATE_REDIRECTION, label::REDIRECTED.into());
    let class = |name| Matcher::Pattern(name, Pattern::new([text("istio"), Piece::Anything]));
    let seen = |metric, mark| max_over_time(Selector::metric(metric).with(mark), window);
    let all = seen(metric::POD_LABELS, managed)
        .or(seen(metric::POD_ANNOTATIONS, captured))
        .or(seen(metric::GATEWAYS, class(label::GATEWAY_CLASS)))
        .or(seen(metric::GATEWAYS, class(label::GATEWAY_CLASS_NAME)));
    let labels = [
        label::CLUSTER,
        label::NAMESPACE,
        label::EXPORTED_NAMESPACE,
        label::EMITTER,
        label::STATE_MANAGED,
        label::STATE_CANONICAL_NAME,
        label::STATE_REDIRECTION,
        label::NAME,
        label::GATEWAY_CLASS,
        label::GATEWAY_CLASS_NAME,
    ];
    count_by(labels, rates::with_emitter(all, &[label::POD, label::EXPORTED_POD]))
}

/// Envoys of the version that [counts in lumps](super::lumps), by workload: as good as always none.
fn builds(window: Duration) -> Expr {
    let tag = Pattern::new([Piece::Literal(LUMPS.into()), Piece::Anything]);
    let selector = Selector::metric(metric::BUILD)
        .with(Matcher::Equal(label::COMPONENT, "proxy".into()))
        .with(Matcher::Pattern(label::TAG, tag));
    let labels = [label::TAG, label::NAMESPACE, label::EMITTER];
    count_by(labels, rates::with_emitter(max_over_time(selector, window), &[label::POD]))
}

/// The values of [`ISTIO`](label::ISTIO) on gateways: of Istio's older charts, and of the newer one under its usual
/// release names.
pub(super) const CLASSIC_GATEWAYS: [&str; 6] =
    ["ingressgateway", "egressgateway", "eastwestgateway", "ingress", "egress", "eastwest"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql::Label;

    #[test]
    fn at_most_twelve_queries_ask_for_the_whole_mesh() {
        for operations in [false, true] {
            let plan = Plan::new(Duration::from_mins(5), &[], operations);
            assert!((7..=12).contains(&plan.queries.len()));
            assert!(plan.queries.iter().all(|(_, expr)| !expr.to_string().contains("workload_namespace=")));
        }
    }

    #[test]
    fn operations_are_asked_for_with_the_requests_and_only_when_wanted() {
        let text = |operations, question| {
            let plan = Plan::new(Duration::from_mins(5), &[], operations);
            let found = plan.queries.into_iter().find(|(one, _)| *one == question);
            found.map(|(_, expr)| expr.to_string()).unwrap_or_default()
        };
        for question in Question::ALL {
            assert!(!text(false, question).contains("request_operation"), "{question:?}");
            let by = text(true, question);
            assert_eq!(by.contains("request_operation"), question == Question::Requests, "{question:?}");
            assert_eq!(by.replace(", request_operation", ""), text(false, question));
        }
    }

    #[test]
    fn the_scope_narrows_every_selector() {
        let scope = [Matcher::Equal(Label::new_static("mesh_id"), "east".into())];
        for (question, expr) in Plan::new(Duration::from_mins(1), &scope, true).queries {
            let text = expr.to_string();
            let selectors = expr.selectors().count();
            assert_eq!(text.matches(r#"mesh_id="east""#).count(), selectors, "{question:?}: {text}");
        }
    }
}
