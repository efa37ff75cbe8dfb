//! Bodies that nobody should send.

use proptest::prelude::*;

use super::{TRACE, ZIPKIN};
use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::backend::trace::{Found, MAX_TRACE_BYTES, Spans, decode_found, decode_names};

const OVERVIEWS: &str = r#"{"traces":[{"traceID":"1","durationMs":-9223372036854775808,"startTimeUnixNano":"9223372036854775807",
    "serviceStats":{"a":{"spanCount":4294967296,"errorCount":-1},"b":{"spanCount":4294967295}}}]}"#;
const OTLP: &str = r#"{"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},
    "scopeSpans":[{"spans":[{"traceId":"pyIQ8O76ZtFFri4S+Wv/Zw==","spanId":"LLBIfdlAbvA=","kind":"SPAN_KIND_SERVER",
    "startTimeUnixNano":"9223372036854775807","endTimeUnixNano":-9223372036854775808,"status":{"code":2},
    "links":[{"traceId":"1","spanId":"1"}],"events":[{"timeUnixNano":1.5e300}]}]}]}]}}"#;

/// Reads a body in every way, and looks at all that came.
fn look(body: &[u8]) {
    let answer = HttpAnswer::json(200, body);
    let _ = decode_names(&answer);
    let Ok(answer) = decode_found(&answer) else { return };
    if let Found::Spans(spans) = answer.rows {
        for span in spans.traces().flat_map(|trace| trace.iter()) {
            assert!(span.duration_micros() >= 0 && span.end_micros() >= span.start_micros());
            assert!(span.events().all(|event| event.fields.len() < 1_000) && span.links().len() < 1_000);
            assert!(!format!("{span:?}").is_empty());
        }
        let (numbers, text) = spans.to_wire();
        assert_eq!(Spans::from_wire(&numbers, &text), Some(spans));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_the_bytes_reading_ends(
        which in 0_usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 0..8),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut body = [TRACE, ZIPKIN, OVERVIEWS, OTLP][which].as_bytes().to_vec();
        for (place, byte, what) in changes {
            let place = place.index(body.len());
            match what {
                0 => body[place] = byte,
                1 => body[place] = *b"[]{}\",:0-".get(usize::from(byte) % 9).unwrap_or(&b'0'),
                _ => drop(body.remove(place)),
            }
        }
        if cuts {
            body.truncate(cut.index(body.len()));
        }
        look(&body);
    }

    #[test]
    fn numbers_that_nobody_wrote_are_read_without_harm(
        mut numbers in proptest::collection::vec(any::<u32>(), 0..80),
        swaps in proptest::collection::vec((any::<prop::sample::Index>(), any::<u32>()), 1..6),
    ) {
        let _ = Spans::from_wire(&numbers, "text");
        numbers.truncate(4);
        let (mut written, text) = super::spans(ZIPKIN).0.to_wire();
        for (place, number) in swaps {
            let place = place.index(written.len());
            written[place] = number;
        }
        if let Some(spans) = Spans::from_wire(&written, &text) {
            for span in spans.traces().flat_map(|trace| trace.iter()) {
                let _ = (span.service(), span.operation(), span.tag("x"), span.warning(), span.events().count(), span.links());
            }
        }
    }
}

#[test]
fn other_shapes_where_something_is_expected_do_no_harm() {
    for odd in ["null", "7", "-1e400", "\"x\"", "[[]]", "{}", "[{\"key\":[],\"value\":{}}]", "true"] {
        for body in [TRACE, ZIPKIN, OVERVIEWS, OTLP] {
            // The recorded trace repeats itself.
            let step = if body.len() > 5_000 { 7 } else { 1 };
            for (at, _) in body.match_indices("\":").step_by(step) {
                let rest = &body[at + 2..];
                // Replaces what is a bare value; anything else breaks, which is a test too.
                let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
                look([&body[..at + 2], odd, &rest[end..]].concat().as_bytes());
            }
        }
    }
}

#[test]
fn bodies_that_are_too_large_are_refused_before_they_are_read() {
    let body = vec![b' '; MAX_TRACE_BYTES + 1];
    let error = BackendError::TooLarge { bytes: MAX_TRACE_BYTES + 1, limit_bytes: MAX_TRACE_BYTES };
    assert_eq!(decode_found(&HttpAnswer::json(200, body.clone())), Err(error.clone()));
    assert_eq!(decode_found(&HttpAnswer::json(500, body)), Err(error));
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let value = [r#"{"arrayValue":{"values":["#.repeat(400), "]}}".repeat(400)].concat();
    let body = format!(r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"a","value":{value}}}]}}}}]}}"#);
    assert!(decode_found(&HttpAnswer::json(200, body)).is_err());
}
