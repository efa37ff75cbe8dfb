//! The APIs of trace back ends: Jaeger's two, Grafana Tempo's, Zipkin's, and OTLP's JSON.
//!
//! A [`Call`] becomes a request in the back end's [`Dialect`], the answer becomes [`Spans`] or [`Overview`]s; [`Probe`]
//! finds out which dialect is spoken, and below which path.
//!
//! *Invariants.*
//! - Identifiers leave here in one form, times in microseconds, and whatever type a tag had, its value is a text.
//! - A span without identifiers is left out with a notice; anything else that is odd is left as it is. What spans mean to
//!   each other, `tracing` says.

mod address;
mod attribute;
mod call;
mod decode;
mod dialect;
mod id;
mod jaeger;
mod kind;
mod names;
mod otlp;
mod overview;
mod probe;
mod query;
mod reading;
mod refusal;
mod span;
mod spans;
mod summaries;
#[cfg(test)]
mod tests;
mod traceql;
mod wire;
mod zipkin;

pub use address::{Address, PortHint};
pub use call::Call;
pub use decode::{Found, MAX_TRACE_BYTES, decode_found, decode_names, decode_otlp, decode_trace};
pub use dialect::Dialect;
pub use id::{SpanId, TraceId};
pub use kind::{SpanKind, SpanStatus};
pub use overview::{Overview, ServiceCount};
pub use probe::{Ask, Choice, Look, Outcome, Probe, Question, Seen, Verdict, WhyNone};
pub use query::Query;
pub use span::{Event, Link, Span, Trace};
pub use spans::{NewSpan, Spans};
