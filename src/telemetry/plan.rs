//! What to ask for the whole graph: a constant number of instant queries, however large the mesh.

use crate::promql::{
    Expr, Label, Matcher, Metric, Pattern, Piece, Selector, count_by, label_replace, max_over_time, rate, sum_by,
};
use crate::quantity::Duration;

use super::{label, metric};

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
    /// Proxies that their pods' labels declare to be gateways or waypoints.
    Declared,
    /// Running components and their versions.
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
    pub const ALL: [Self; 7] = [
        Self::Requests,
        Self::BytesSent,
        Self::BytesReceived,
        Self::Opened,
        Self::Closed,
        Self::Declared,
        Self::Builds,
    ];

    /// The counter that answers it; none for a question about components.
    pub fn counter(self) -> Option<Metric> {
        match self {
            Self::Requests => Some(metric::REQUESTS),
            Self::BytesSent => Some(metric::TCP_RECEIVED),
            Self::BytesReceived => Some(metric::TCP_SENT),
            Self::Opened => Some(metric::TCP_OPENED),
            Self::Closed => Some(metric::TCP_CLOSED),
            Self::Declared | Self::Builds => None,
        }
    }
}

impl Plan {
    /// The plan for rates over `window` (see [`rate_window`](crate::quantity::rate_window)), every selector narrowed by
    /// `scope`.
    pub fn new(window: Duration, scope: &[Matcher]) -> Self {
        let query = |question: Question| {
            let expr = match question {
                Question::Declared => declared(window),
                Question::Builds => builds(window),
                _ => question.counter().map_or_else(|| builds(window), |counter| rates(question, counter, window)),
            };
            (question, expr.and_everywhere(scope))
        };
        Self { queries: Question::ALL.into_iter().map(query).collect() }
    }
}

/// `sum by (…) (rate(counter[window]))`, with the emitter told apart before the sum hides it.
fn rates(question: Question, counter: Metric, window: Duration) -> Expr {
    let mut labels = edge_labels().to_vec();
    labels.extend(match question {
        Question::Requests => vec![label::RESPONSE_CODE, label::GRPC_RESPONSE_STATUS, label::RESPONSE_FLAGS],
        Question::Closed => vec![label::ZTUNNEL, label::RESPONSE_FLAGS],
        _ => vec![label::ZTUNNEL],
    });
    let mut rated = with_emitter(rate(Selector::metric(counter), window));
    if question != Question::Requests {
        rated = with_ztunnel(rated);
    }
    sum_by(labels, rated)
}

/// Cuts the workload of the emitting pod out of the pod's name: `<deployment>-<replica set hash>-<five letters>`
/// (Kubernetes `pkg/controller/controller_utils.go`). Pods of daemon sets have no such name and get no emitter.
fn with_emitter(of: Expr) -> Expr {
    label_replace(of, label::EMITTER, "$1", label::POD, deployment_pod(Piece::Group(vec![Piece::Something])))
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

/// Components with versions.
fn builds(window: Duration) -> Expr {
    let component = Matcher::OneOf(label::COMPONENT, vec!["ztunnel".into(), "proxy".into()]);
    let selector = Selector::metric(metric::BUILD).with(component);
    count_by([label::COMPONENT, label::TAG, label::CLUSTER], max_over_time(selector, window))
}

/// The values of [`ISTIO`](label::ISTIO) on gateways: of Istio's older charts, and of the newer one under its usual
/// release names.
pub(super) const CLASSIC_GATEWAYS: [&str; 6] =
    ["ingressgateway", "egressgateway", "eastwestgateway", "ingress", "egress", "eastwest"];

/// What a series must keep so that its edge, its emitter and its security can be told, and replicas be told apart.
fn edge_labels() -> [Label; 22] {
    [
        label::REPORTER,
        label::REQUEST_PROTOCOL,
        label::SECURITY_POLICY,
        label::SOURCE_CLUSTER,
        label::SOURCE_NAMESPACE,
        label::SOURCE_WORKLOAD,
        label::SOURCE_APP,
        label::SOURCE_VERSION,
        label::SOURCE_PRINCIPAL,
        label::DESTINATION_CLUSTER,
        label::DESTINATION_NAMESPACE,
        label::DESTINATION_WORKLOAD,
        label::DESTINATION_APP,
        label::DESTINATION_VERSION,
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
    fn seven_queries_ask_for_the_whole_mesh() {
        let plan = Plan::new(Duration::from_mins(5), &[]);
        assert_eq!(plan.queries.len(), 7);
        assert!(plan.queries.iter().all(|(_, expr)| !expr.to_string().contains("workload_namespace=")));
    }

    #[test]
    fn the_scope_narrows_every_selector() {
        let scope = [Matcher::Equal(Label::new_static("mesh_id"), "east".into())];
        for (question, expr) in Plan::new(Duration::from_mins(1), &scope).queries {
            let text = expr.to_string();
            let selectors = expr.selectors().count();
            assert_eq!(text.matches(r#"mesh_id="east""#).count(), selectors, "{question:?}: {text}");
        }
    }

    #[test]
    fn an_emitter_is_the_deployment_of_the_pod() {
        let pattern = deployment_pod(Piece::Group(vec![Piece::Something]));
        assert_eq!(pattern.replace("waypoint-777578b889-8gmtt", "$1").as_deref(), Some("waypoint"));
        assert_eq!(pattern.replace("my-gw-istio-6f7d8-abcde", "$1").as_deref(), Some("my-gw-istio"));
        assert_eq!(pattern.replace("ztunnel-8gmtt", "$1"), None);
    }
}
