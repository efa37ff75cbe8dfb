//! What spans mean, told in traces of a few spans.

mod alike;
mod finding;
mod hostile;
mod names;
mod placing;
mod timing;
mod trees;

use super::Tree;
use crate::backend::HttpAnswer;
use crate::backend::trace::{NewSpan, SpanId, SpanKind, Spans, TraceId, decode_trace};

const TRACES: &str = include_str!("../../../tests/data/traces/jaeger-traces.json");
const ZIPKIN: &str = include_str!("../../../tests/data/traces/zipkin-v2.json");

fn trace_id() -> TraceId {
    TraceId::from_bits(7).unwrap()
}

fn id(bits: u64) -> SpanId {
    SpanId::from_bits(bits).unwrap()
}

/// A span of a service named after its number, from one microsecond to another after a million.
fn span(number: u64, parent: u64, from: i64, to: i64) -> NewSpan<'static> {
    const NAMES: [&str; 10] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];
    NewSpan {
        parent: SpanId::from_bits(parent),
        service: NAMES[(number % 10) as usize],
        operation: "op",
        start_micros: 1_000_000 + from,
        duration_micros: to - from,
        ..NewSpan::new(trace_id(), id(number))
    }
}

fn of_kind(kind: SpanKind, span: NewSpan<'static>) -> NewSpan<'static> {
    NewSpan { kind, ..span }
}

fn read(body: &str) -> Spans {
    decode_trace(&HttpAnswer::json(200, body)).unwrap().rows
}

fn tree(spans: &Spans) -> Tree<'_> {
    Tree::of(spans.traces().next().unwrap())
}
