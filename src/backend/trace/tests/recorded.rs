//! What a real Envoy sent, read back from a real back end.

use super::{TRACE, TRACES, ZIPKIN, spans};
use crate::backend::answer::HttpAnswer;
use crate::backend::trace::{Overview, Span, SpanKind, SpanStatus, Spans, TraceId, decode_trace};

fn line(span: &Span<'_>) -> String {
    let parent = span.parent().map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!(
        "{parent} > {} {} {} {} {}",
        span.id(),
        span.service(),
        span.kind().as_str(),
        span.duration_micros(),
        span.tag("http.status_code").unwrap_or_default()
    )
}

#[test]
fn jaegers_answer_to_a_search_is_read() {
    let (spans, notices) = spans(TRACES);
    assert_eq!((spans.traces().len(), spans.len(), notices), (5, 14, 0));
    let id = TraceId::parse("1ae85e55ce7db18885b81ecf3b4768d8").unwrap();
    let lines: Vec<String> = spans.trace(id).unwrap().iter().map(|span| line(&span)).collect();
    assert_eq!(
        lines,
        [
            "9c939e533f99d0a2 > 96fd15671314ed56 reviews.bookinfo server 43684 503",
            "- > 9c939e533f99d0a2 productpage.bookinfo client 44545 503"
        ]
    );
}

#[test]
fn a_trace_reads_alike_by_its_identifier() {
    let one = decode_trace(&HttpAnswer::json(200, TRACE)).unwrap().rows;
    let trace = one.traces().next().unwrap();
    let (all, _) = spans(TRACES);
    assert!(all.trace(trace.id()).unwrap().iter().eq(trace.iter()));
    let span = trace.get(0).unwrap();
    assert_eq!(
        (span.start_micros(), span.duration_micros(), span.end_micros()),
        (1_795_320_547_518_010, 90_988, 1_795_320_547_608_998)
    );
    assert_eq!(span.operation(), "reviews.bookinfo.svc.cluster.local:9080/*");
    assert_eq!((span.tag("error"), span.status()), (Some("unset"), SpanStatus::Unset));
    assert_eq!(span.tag("telemetry.sdk.name"), Some("envoy"), "the emitter's tags are found too");
    assert_eq!(span.tags().get("telemetry.sdk.name"), None);
    assert_eq!((span.warning(), span.links().len(), span.events().len(), trace.get(9)), (None, 0, 0, None));
}

#[test]
fn zipkins_spans_are_read() {
    let (spans, notices) = spans(ZIPKIN);
    assert_eq!((spans.traces().len(), spans.len(), notices), (3, 8, 0));
    let span = spans.traces().next().unwrap().get(0).unwrap();
    assert_eq!(line(&span), "34092ebf92c1a57c > 48a7ac9ed925f79d productpage.bookinfo server 12153 200");
    let event = span.events().next().unwrap();
    assert_eq!((event.at_micros, event.fields.get("event")), (1_795_320_669_834_428, Some("ss")));
    assert_eq!((span.kind(), span.is_shared()), (SpanKind::Server, false));
}

#[test]
fn spans_and_overviews_cross_to_another_thread() {
    for body in [TRACES, ZIPKIN, "[]"] {
        let (spans, _) = spans(body);
        let (numbers, text) = spans.to_wire();
        assert_eq!(Spans::from_wire(&numbers, &text), Some(spans));
        for cut in [0, 1, numbers.len() / 2, numbers.len() - 1] {
            assert_eq!(Spans::from_wire(&numbers[..cut], &text), None);
        }
    }
    let service = super::super::ServiceCount { service: "ü".into(), spans: 2, errors: 1 };
    let overview = Overview {
        trace: TraceId::from_bits(u128::MAX - 7).unwrap(),
        root: Some(("a".into(), String::new())),
        start_micros: -5,
        duration_micros: i64::MAX,
        spans: Some(3),
        errors: None,
        orphans: Some(0),
        services: vec![service.clone(), service],
    };
    let all = vec![overview.clone(), Overview { root: None, services: vec![], ..overview }];
    let (numbers, text) = Overview::to_wire(&all);
    assert_eq!(Overview::from_wire(&numbers[..numbers.len() - 1], &text), None);
    assert_eq!(Overview::from_wire(&numbers, &text), Some(all));
}
