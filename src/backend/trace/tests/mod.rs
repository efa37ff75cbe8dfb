//! Bodies as real back ends write them, in every spelling, and as no back end writes them.

mod broken;
mod names;
mod otlp;
mod recorded;

use super::{Found, Spans, decode_found};
use crate::backend::answer::HttpAnswer;

pub const TRACES: &str = include_str!("../../../../tests/data/traces/jaeger-traces.json");
pub const TRACE: &str = include_str!("../../../../tests/data/traces/jaeger-trace.json");
pub const ZIPKIN: &str = include_str!("../../../../tests/data/traces/zipkin-v2.json");

/// The spans of a body, and how many remarks there are.
fn spans(body: &str) -> (Spans, usize) {
    let answer = decode_found(&HttpAnswer::json(200, body)).unwrap();
    match answer.rows {
        Found::Spans(spans) => (spans, answer.notices.len()),
        Found::Overviews(_) => panic!("overviews"),
    }
}
