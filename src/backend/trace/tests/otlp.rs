//! The same spans in every spelling of OTLP.

use std::fmt::Write as _;

use super::{TRACES, spans};
use crate::backend::trace::{Span, SpanKind, SpanStatus, Spans};

/// How a writer of OTLP spells.
#[derive(Clone, Copy)]
struct Spelling {
    /// `resourceSpans` or `batches`, and what stands round it.
    envelope: [&'static str; 2],
    base64: bool,
    names: bool,
    snake: bool,
}

fn base64(hex: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at > chunk.len() { '=' } else { letter as char });
        }
    }
    out
}

fn attributes<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let all: Vec<String> =
        tags.map(|(name, value)| format!("{{\"key\":{name:?},\"value\":{{\"stringValue\":{value:?}}}}}")).collect();
    format!("[{}]", all.join(","))
}

fn written(spans: &Spans, spelling: Spelling) -> String {
    let id = |hex: String| if spelling.base64 { base64(&hex) } else { hex };
    let mut out = String::from(spelling.envelope[0]);
    for (at, span) in spans.traces().flat_map(|trace| trace.iter()).enumerate() {
        let process = span.process_tags().iter().chain([("service.name", span.service())]);
        let process = attributes(process.collect::<Vec<_>>().into_iter());
        let parent = span.parent().map_or_else(String::new, |parent| id(parent.to_string()));
        let kind = if spelling.names {
            format!("\"SPAN_KIND_{}\"", span.kind().as_str().to_uppercase())
        } else {
            (span.kind() as u8).to_string()
        };
        let code = if spelling.names { "\"STATUS_CODE_ERROR\"" } else { "2" };
        let (start, end) = (span.start_micros() * 1_000, span.end_micros() * 1_000 + 999);
        let span = format!(
            "{{\"scopeSpans\":[{{\"scope\":{{}},\"spans\":[{{\"traceId\":\"{}\",\"spanId\":\"{}\",\"parentSpanId\":\"{parent}\",\
             \"name\":{:?},\"kind\":{kind},\"startTimeUnixNano\":\"{start}\",\"endTimeUnixNano\":\"{end}\",\
             \"attributes\":{},\"status\":{{\"code\":{code},\"message\":\"m\"}},\
             \"events\":[{{\"timeUnixNano\":\"{start}\",\"name\":\"e\",\"attributes\":[]}}],\
             \"links\":[{{\"traceId\":\"{}\",\"spanId\":\"{}\"}}]}}]}}],\"resource\":{{\"attributes\":{process}}}}}",
            id(span.trace_id().to_string()),
            id(span.id().to_string()),
            span.operation(),
            attributes(span.tags().iter()),
            id(span.trace_id().to_string()),
            id(span.id().to_string()),
        );
        write!(out, "{}{span}", if at > 0 { "," } else { "" }).unwrap();
    }
    out.push_str(spelling.envelope[1]);
    if spelling.snake {
        for (camel, snake) in [
            ("traceId", "trace_id"),
            ("parentSpanId", "parent_span_id"),
            ("spanId", "span_id"),
            ("startTimeUnixNano", "start_time_unix_nano"),
            ("endTimeUnixNano", "end_time_unix_nano"),
            ("\"timeUnixNano", "\"time_unix_nano"),
            ("scopeSpans", "scope_spans"),
            ("stringValue", "string_value"),
        ] {
            out = out.replace(camel, snake);
        }
    }
    out
}

fn facts(span: &Span<'_>) -> String {
    let tags: Vec<(&str, &str)> = span.tags().iter().filter(|(name, _)| *name != "otel.status_description").collect();
    let times = (span.start_micros(), span.duration_micros());
    format!("{:?} {:?} {times:?} {} {} {tags:?}", span.id(), span.parent(), span.service(), span.operation())
}

#[test]
fn every_spelling_says_the_same() {
    let (recorded, _) = spans(TRACES);
    let expect: Vec<String> = recorded.traces().flat_map(|trace| trace.iter()).map(|span| facts(&span)).collect();
    let v3 = ["{\"result\":{\"resourceSpans\":[", "]}}"];
    let tempo_1 = ["{\"batches\":[", "]}"];
    let tempo_2 = ["{\"trace\":{\"resourceSpans\":[", "]},\"metrics\":{},\"status\":\"COMPLETE\"}"];
    let file = ["{\"resource_spans\":[", "]}\n"];
    for (envelope, base64, names, snake) in [
        (v3, false, false, false),
        (v3, true, true, false),
        (tempo_1, true, true, false),
        (tempo_2, true, true, false),
        (["{\"resourceSpans\":[", "]}"], false, false, false),
        (file, false, false, true),
        (file, true, true, true),
    ] {
        let body = written(&recorded, Spelling { envelope, base64, names, snake });
        let (read, notices) = spans(&body);
        assert_eq!(notices, 0);
        let all: Vec<Span<'_>> = read.traces().flat_map(|trace| trace.iter()).collect();
        assert_eq!(all.iter().map(facts).collect::<Vec<_>>(), expect);
        let kinds = recorded.traces().flat_map(|trace| trace.iter()).map(|span| span.kind());
        assert!(all.iter().map(Span::kind).eq(kinds));
        for span in &all {
            assert_eq!((span.status(), span.tag("otel.status_description")), (SpanStatus::Error, Some("m")));
            assert_eq!(span.links(), [(span.trace_id(), span.id())]);
            assert_eq!(span.events().next().unwrap().fields.get("event"), Some("e"));
        }
    }
}

#[test]
fn what_is_left_out_is_empty() {
    let (read, notices) = spans(
        r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a72210f0eefa66d1","spanId":"1"},{"spanId":"2"}]}]},{}]}"#,
    );
    assert_eq!((read.len(), notices), (1, 1), "a span without a trace is skipped, and that is said");
    let span = read.traces().next().unwrap().get(0).unwrap();
    assert_eq!((span.service(), span.operation(), span.kind()), ("", "", SpanKind::Unspecified));
    assert_eq!((span.start_micros(), span.duration_micros(), span.parent()), (0, 0, None));
}

#[test]
fn a_file_of_one_text_a_line_is_read() {
    let line = |id: u8| {
        format!(
            "{{\"resourceSpans\":[{{\"scopeSpans\":[{{\"spans\":[{{\"traceId\":\"1\",\"spanId\":\"{id}\"}}]}}]}}]}}\n"
        )
    };
    let (read, _) = spans(&[line(1), line(2), line(3)].concat());
    assert_eq!((read.traces().len(), read.len()), (1, 3));
}
