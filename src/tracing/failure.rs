//! Whether a span is an error.

use crate::backend::trace::{Span, SpanStatus};

/// Whether a span failed: its status says so, or its tag `error` does. The tag alone says nothing: back ends write
/// `error: false` and `error: unset` on good spans, and Zipkin's convention is a message in it.
pub fn is_error(span: &Span<'_>) -> bool {
    if span.status() == SpanStatus::Error {
        return true;
    }
    let says_no =
        |text: &str| ["", "false", "unset", "ok", "no", "none", "0"].iter().any(|no| no.eq_ignore_ascii_case(text));
    span.tags().get("error").is_some_and(|error| !says_no(error.trim()))
}
