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

#[test]
fn jaegers_references_logs_and_warnings_are_read() {
    let body = r#"{"data":[{"traceID":"7","spans":[
        {"traceID":"7","spanID":"a","operationName":"o","processID":"p2","startTime":5,"duration":-3,"flags":1,
         "references":[{"refType":"CHILD_OF","traceID":"8","spanID":"1"},{"refType":"FOLLOWS_FROM","traceID":"7","spanID":"2"},
                       {"refType":"CHILD_OF","traceID":"7","spanID":"3"}],
         "tags":[{"key":"otel.status_code","type":"string","value":"ERROR"},{"key":"span.kind","type":"string","value":"consumer"}],
         "logs":[{"timestamp":6,"fields":[{"key":"event","type":"string","value":"retry"},{"key":"n","type":"int64","value":2}]}],
         "warnings":["clock skew","truncated"]},
        {"traceID":"7","spanID":"b","references":[{"refType":"FOLLOWS_FROM","traceID":"7","spanID":"a"}],"processID":"p9"},
        {"traceID":"7","spanID":"c","parentSpanID":"b","references":null,"processID":"p1"}],
        "processes":{"p1":{"serviceName":"one","tags":[]},"p2":{"serviceName":"two","tags":[{"key":"ip","type":"string","value":"::1"}]}},
        "warnings":["the trace is cut"]}],"errors":[{"msg":"trace not found","traceID":"9"}],"total":0}"#;
    let (spans, notices) = spans(body);
    assert_eq!(notices, 2, "of the trace and of the answer");
    let trace = spans.traces().next().unwrap();
    let [first, second, third] = [0, 1, 2].map(|place| trace.get(place).unwrap());
    let id = |text: &str| crate::backend::trace::SpanId::parse(text);
    assert_eq!((first.parent(), second.parent(), third.parent()), (id("3"), id("a"), id("b")));
    let links: Vec<String> =
        first.links().iter().map(|(trace, span)| format!("{:x}/{:x}", trace.bits(), span.bits())).collect();
    assert_eq!(links, ["8/1", "7/2"]);
    assert_eq!((first.service(), second.service(), third.service()), ("two", "", "one"));
    assert_eq!((first.kind(), first.status(), first.duration_micros()), (SpanKind::Consumer, SpanStatus::Error, 0));
    assert_eq!(first.warning(), Some("clock skew\ntruncated"));
    let event = first.events().next().unwrap();
    assert_eq!((event.at_micros, event.fields.get("event"), event.fields.get("n")), (6, Some("retry"), Some("2")));
    assert_eq!((second.events().len(), first.tag("ip")), (0, Some("::1")));
    let (numbers, text) = spans.to_wire();
    assert_eq!(Spans::from_wire(&numbers, &text), Some(spans));
}

#[test]
fn spans_of_one_trace_stand_together_wherever_they_came() {
    let body = r#"[[{"traceId":"1","id":"1"},{"traceId":"2","id":"1","shared":true}],[{"traceId":"1","id":"2"}]]"#;
    let (spans, _) = spans(body);
    let traces: Vec<(u128, usize)> = spans.traces().map(|trace| (trace.id().bits(), trace.len())).collect();
    assert_eq!(traces, [(1, 2), (2, 1)]);
    assert!(spans.traces().nth(1).unwrap().get(0).unwrap().is_shared());
    let (numbers, text) = spans.to_wire();
    assert_eq!(Spans::from_wire(&numbers, &text), Some(spans));
}
