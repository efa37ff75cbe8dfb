//! A Prometheus for which the whole mesh is too much, asked in parts.

use std::collections::BTreeMap;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::decode_vector;
use wayscope::demo::DemoMesh;
use wayscope::promql::Expr;
use wayscope::quantity::{Duration, Instant, TimeRange};
use wayscope::telemetry::{Plan, parts};

use crate::prometheus::Prometheus;

/// 2025-10-09T19:30:07Z: between two scrapes.
const EVENING_MILLIS: i64 = 1_760_038_207_000;
const AT_ONCE: &str = "--query.max-samples=500";

/// Rows by their labels, or nothing when the server takes them for too much.
type Rows = BTreeMap<Vec<(String, String)>, f64>;

fn ask(prometheus: &Prometheus, query: &Expr, at: Instant) -> Option<Rows> {
    let reply = prometheus.post("/api/v1/query", &[("query", &query.to_string()), ("time", &at.to_string())]);
    let rows = match decode_vector(&HttpAnswer::json(reply.status, reply.body)) {
        Ok(answer) => answer.rows,
        Err(error) => {
            assert!(error.is_too_much(), "{error}");
            return None;
        }
    };
    let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Some(rows.samples().map(|row| (row.labels.iter().map(text).collect(), row.value)).collect())
}

/// What the parts say that are not too much, each row once.
fn ask_in_parts(prometheus: &Prometheus, query: &Expr, divided: u8, at: Instant) -> Rows {
    ask(prometheus, query, at).unwrap_or_else(|| {
        let mut all = Rows::new();
        for part in parts(query, divided) {
            for (labels, value) in ask_in_parts(prometheus, &part, divided + 1, at) {
                assert_eq!(all.insert(labels.clone(), value), None, "a row of two parts: {labels:?}");
            }
        }
        assert!(!all.is_empty(), "too much in every part: {query}");
        all
    })
}

#[test]
fn the_parts_of_a_query_add_up_to_the_whole() {
    let at = Instant::from_unix_millis(EVENING_MILLIS);
    let range = TimeRange::new(at - Duration::from_mins(3), at);
    let samples = DemoMesh::new().openmetrics(range, Duration::from_secs(15));
    let (whole, limited) = (Prometheus::start(&samples), Prometheus::start_with(&samples, &[AT_ONCE]));
    let mut refused = 0;
    for (question, query) in Plan::new(Duration::from_mins(1), &[], false).queries {
        let expect = ask(&whole, &query, at).expect("no limit");
        refused += usize::from(ask(&limited, &query, at).is_none());
        let seen = ask_in_parts(&limited, &query, 0, at);
        assert_eq!(seen.keys().collect::<Vec<_>>(), expect.keys().collect::<Vec<_>>(), "{question:?}");
        for (labels, value) in &seen {
            assert!((value - expect[labels]).abs() <= 1e-9 * value.abs(), "{question:?} {labels:?}");
        }
    }
    assert!(refused >= 3, "{refused} queries were too much");
}
