//! A mesh of a few series, for what the demo mesh does not show.

use std::sync::LazyLock;

use super::player::{Player, config};
use crate::app::Message;
use crate::backend::HttpAnswer;
use crate::backend::prometheus::{Call, Matrix, Vector, encode_matrix, encode_vector};
use crate::quantity::Instant;

pub const TO_SERVER: &str = "istio_tcp_received_bytes_total";
pub const TO_CLIENT: &str = "istio_tcp_sent_bytes_total";
pub const OPENED: &str = "istio_tcp_connections_opened_total";
pub const CLOSED: &str = "istio_tcp_connections_closed_total";
pub const REQUESTS: &str = "istio_requests_total";
pub const REQUEST_BYTES: &str = "istio_request_bytes_sum";

/// One series: its metric, its labels, its rate at every instant.
#[derive(Clone, Debug)]
pub struct Series {
    pub metric: &'static str,
    pub labels: Vec<(&'static str, String)>,
    pub rate: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Small(pub Vec<Series>);

/// What a reporter says of the way between two workloads, written `namespace/workload`.
pub fn series(metric: &'static str, reporter: &str, source: &str, target: &str, rate: f64) -> Series {
    let (source, target) = (source.split_once('/').unwrap(), target.split_once('/').unwrap());
    let mut labels = vec![
        ("reporter", reporter.to_owned()),
        ("connection_security_policy", "mutual_tls".to_owned()),
        ("source_cluster", "c1".to_owned()),
        ("source_workload_namespace", source.0.to_owned()),
        ("source_workload", source.1.to_owned()),
        ("destination_cluster", "c1".to_owned()),
        ("destination_workload_namespace", target.0.to_owned()),
        ("destination_workload", target.1.to_owned()),
        ("destination_service", format!("{}.{}.svc.cluster.local", target.1, target.0)),
    ];
    let is_http = metric == REQUESTS || metric == REQUEST_BYTES;
    labels.extend(is_http.then(|| ("response_code", "200".to_owned())));
    labels.extend((!is_http).then(|| ("ws_ztunnel", "1".to_owned())));
    Series { metric, labels, rate }
}

/// Bytes between two workloads, counted at both ends, and requests between two.
pub static SHOP: LazyLock<Small> = LazyLock::new(|| {
    let both =
        |metric, target, rate| ["source", "destination"].map(|who| series(metric, who, "shop/web", target, rate));
    Small([both(TO_SERVER, "data/db", 7.0), both(REQUESTS, "shop/cart", 2.0)].concat())
});

/// An application that shows the shop.
pub fn of_shop(query: &str) -> Player {
    let mut player = Player::new(&config(), query);
    player.answers(|call| Ok(SHOP.answer(call)));
    player.send(Message::Started);
    player.settle();
    player
}

impl Series {
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.labels.retain(|(known, _)| *known != name);
        self.labels.push((name, value.to_owned()));
        self
    }

    fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl Small {
    /// The selected series with all of their labels, a point every step.
    pub fn answer(&self, call: &Call) -> HttpAnswer {
        let body = match call {
            Call::Instant { query, time, .. } => {
                let mut vector = Vector::new();
                for one in self.selected(query) {
                    vector.push(one.labels.iter().map(|(name, value)| (*name, value.as_str())), *time, one.rate);
                }
                encode_vector(&vector)
            }
            Call::Range { query, range, step, .. } => {
                let mut matrix = Matrix::new();
                let points = || {
                    let at = |place: i64| Instant::from_unix_millis(range.from.unix_millis() + place * step.millis());
                    (0..=range.length().millis() / step.millis()).map(at)
                };
                for one in self.selected(query) {
                    let labels = one.labels.iter().map(|(name, value)| (*name, value.as_str()));
                    matrix.push(labels, points().map(|at| (at, one.rate)));
                }
                encode_matrix(&matrix)
            }
            Call::Config | Call::BuildInfo => return HttpAnswer { status: 404, ..HttpAnswer::default() },
        };
        HttpAnswer::json(200, body)
    }

    fn selected<'a>(&'a self, query: &'a crate::promql::Expr) -> impl Iterator<Item = &'a Series> {
        self.0.iter().filter(|one| query.selectors().any(|by| by.selects(one.metric, |name| one.label(name))))
    }
}
