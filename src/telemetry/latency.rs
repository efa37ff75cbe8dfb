//! How long the requests of what is selected take: quantiles, which would cost too much for the whole mesh.

use crate::mesh::{Protocol, Reporter};
use crate::promql::{Expr, Label, Matcher, Pattern, Piece, Selector, label_replace, rate, sum_by};
use crate::quantity::Duration;

use super::classify::REQUEST_ORDER;
use super::flow::{Basis, FlowSubject, Side, queries};
use super::{label, metric};

/// The quantiles asked for: the median, and the times that one request in twenty and one in a hundred exceed.
pub const QUANTILES: [f64; 3] = [0.5, 0.95, 0.99];

/// Response times of requests over an edge, or to a node, as one reporter measured them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Latency {
    /// For each of [`QUANTILES`], in seconds: an estimate within the bucket in which it falls. None without requests.
    pub secs: [Option<f64>; QUANTILES.len()],
    /// Who measured.
    pub reporter: Reporter,
}

/// The query for all quantiles, each by reporter; nothing for a subject of which no requests are told. Each row says in
/// [`QUANTILE`](label::QUANTILE) which quantile it is. Of an edge that several become part of, these are the requests from
/// any of their sources to any of their targets.
pub fn latency_query(subject: &FlowSubject, window: Duration, scope: &[Matcher]) -> Option<Expr> {
    let sizes = queries(subject, Basis::Http, window, &[]).into_iter().find(|query| query.side != Side::Client)?;
    let mut matchers = sizes.expr.selectors().next()?.matchers().to_vec();
    if sizes.side == Side::Server {
        // For bytes only hops count. Requests count where they are meant to go, and a waypoint saw every one of them.
        matchers.retain(|matcher| *matcher.label() != label::REPORTER);
    }
    if let FlowSubject::Edge { key, .. } = subject {
        let grpc = "grpc".to_owned();
        matchers.extend(match key.protocol {
            Protocol::Http => Some(Matcher::NotEqual(label::REQUEST_PROTOCOL, grpc)),
            Protocol::Grpc => Some(Matcher::Equal(label::REQUEST_PROTOCOL, grpc)),
            Protocol::Tcp => None,
        });
    }
    let buckets = Selector::metric(metric::DURATION_BUCKETS).with_all(matchers);
    let rates = sum_by([label::REPORTER, LE], rate(buckets, window));
    let named = |q: f64| {
        let anything = Pattern::new([Piece::Anything]);
        label_replace(rates.clone().quantile(q), label::QUANTILE, &q.to_string(), label::REPORTER, anything)
    };
    let all = QUANTILES.map(named).into_iter().reduce(Expr::or)?;
    Some(all.and_everywhere(scope))
}

/// The label of a bucket's upper bound.
const LE: Label = Label::new_static("le");

impl Latency {
    /// What the reporter in question said, else the first that said anything: of all rows of the answer the labels
    /// [`REPORTER`](label::REPORTER) and [`QUANTILE`](label::QUANTILE), and the value.
    pub fn read<'a>(rows: impl Iterator<Item = (&'a str, &'a str, f64)>, preferred: Option<Reporter>) -> Option<Self> {
        let mut told: Vec<Self> = Vec::new();
        for (reporter, quantile, millis) in rows.filter(|(.., millis)| millis.is_finite()) {
            let Some(reporter) = Reporter::parse(reporter) else { continue };
            let place = told.iter().position(|one| one.reporter == reporter).unwrap_or_else(|| {
                told.push(Self { secs: Default::default(), reporter });
                told.len() - 1
            });
            let quantile = QUANTILES.iter().position(|q| q.to_string() == quantile);
            if let Some(secs) = quantile.and_then(|quantile| told.get_mut(place)?.secs.get_mut(quantile)) {
                *secs = Some(millis / 1_000.0);
            }
        }
        let by = |reporter: Reporter| told.iter().find(|one| one.reporter == reporter).copied();
        preferred.into_iter().chain(REQUEST_ORDER).find_map(by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::{EdgeKey, HopKind, NodeKey};
    use crate::telemetry::flow::FlowLane;

    #[test]
    fn an_edge_has_the_times_of_its_own_protocol() {
        let [source, target] = ["web", "api"].map(|name| NodeKey::workload("c1", "shop", name));
        for (protocol, expect) in
            [(Protocol::Http, r#"request_protocol!="grpc""#), (Protocol::Grpc, r#"request_protocol="grpc""#)]
        {
            let key = EdgeKey { source: source.clone(), target: target.clone(), protocol, logical: false };
            let lane = FlowLane {
                key,
                kind: HopKind::Requests,
                services: Vec::new(),
                reporters: Vec::new(),
                via: None,
                alone: false,
                streams: false,
            };
            let query = latency_query(&FlowSubject::edge(lane), Duration::from_mins(5), &[]).unwrap();
            assert!(query.selectors().all(|selector| selector.to_string().contains(expect)), "{query}");
        }
    }

    #[test]
    fn the_one_who_counts_is_preferred_and_otherwise_whoever_saw_most() {
        let rows = [
            ("source", "0.5", 30.0),
            ("source", "0.95", 80.0),
            ("destination", "0.5", 20.0),
            ("destination", "0.99", f64::NAN),
            ("nobody", "0.5", 1.0),
        ];
        let read = |preferred| Latency::read(rows.into_iter(), preferred);
        let source = Latency { secs: [Some(0.03), Some(0.08), None], reporter: Reporter::Source };
        let destination = Latency { secs: [Some(0.02), None, None], reporter: Reporter::Destination };
        assert_eq!(read(Some(Reporter::Source)), Some(source));
        assert_eq!(read(Some(Reporter::Waypoint)), Some(destination));
        assert_eq!(read(None), Some(destination));
        assert_eq!(Latency::read(std::iter::once(("source", "0.5", f64::NAN)), None), None);
    }
}
