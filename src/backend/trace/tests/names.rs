//! Lists of names, overviews, and what says that there is nothing.

use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::backend::trace::{Found, decode_found, decode_names, decode_trace};

#[test]
fn lists_of_names_are_read_in_every_dialect() {
    for (body, expect) in [
        (
            include_str!("../../../../tests/data/traces/jaeger-services.json"),
            "productpage.bookinfo ratings.bookinfo reviews.bookinfo",
        ),
        (
            include_str!("../../../../tests/data/traces/jaeger-operations.json"),
            "ratings.bookinfo.svc.cluster.local:9080/* reviews.bookinfo.svc.cluster.local:9080/*",
        ),
        (
            r#"{"data":[{"name":"b","spanKind":"server"},{"name":"a","spanKind":""},{"name":"b","spanKind":"client"}]}"#,
            "a b",
        ),
        (r#"{"data":null,"total":0,"errors":null}"#, ""),
        (r#"{"services":["b","a"]}"#, "a b"),
        (r#"{"operations":[{"name":"GET","spanKind":"internal"}]}"#, "GET"),
        ("{}", ""),
        (r#"{"tagValues":[{"type":"string","value":"a"}],"metrics":{"inspectedBytes":"9"}}"#, "a"),
        (r#"{"tagValues":["a"]}"#, "a"),
        (r#"["a"]"#, "a"),
    ] {
        let names = decode_names(&HttpAnswer::json(200, body)).unwrap().rows;
        assert_eq!(names.join(" "), expect, "{body}");
    }
    for body in [r#"{"status":"success","data":{"a":1}}"#, "null", "7", r#"{"message":"hello"}"#] {
        assert!(decode_names(&HttpAnswer::json(200, body)).is_err(), "{body}");
    }
}

#[test]
fn overviews_are_read() {
    let tempo = r#"{"traces":[{"traceID":"2e299711ce47710289dc6640727404f","rootServiceName":"gw.shop",
        "rootTraceName":"web.shop.svc.cluster.local:80/*","startTimeUnixNano":"1736952956641922999","durationMs":12,
        "spanSets":[{"spans":[{"spanID":"289dc6640727404f"}],"matched":4}],
        "serviceStats":{"gw.shop":{"spanCount":1},"waypoint.shop":{"spanCount":3,"errorCount":1}}},
        {"traceID":"1","rootServiceName":"<root span not yet received>"},{"rootServiceName":"nobody"}],"metrics":{}}"#;
    let answer = decode_found(&HttpAnswer::json(200, tempo)).unwrap();
    let Found::Overviews(overviews) = answer.rows else { panic!() };
    assert_eq!((overviews.len(), answer.notices.len()), (2, 1));
    let one = &overviews[0];
    assert_eq!(one.trace.to_string(), "02e299711ce47710289dc6640727404f");
    assert_eq!(one.root.as_ref().map(|(service, _)| service.as_str()), Some("gw.shop"));
    assert_eq!((one.start_micros, one.duration_micros), (1_736_952_956_641_922, 12_000));
    assert_eq!((one.spans, one.errors, one.orphans, one.services.len()), (Some(4), Some(1), None, 2));
    assert_eq!((&overviews[1].root, overviews[1].spans), (&None, None));

    let jaeger = r#"{"summaries":[{"traceId":"a72210f0eefa66d145ae2e12f96bff67","rootServiceName":"web.shop",
        "rootOperationName":"GET /","minStartTimeUnixNano":"1000000","maxEndTimeUnixNano":"3500000","spanCount":5,
        "services":[{"name":"web.shop","spanCount":5}]}]}"#;
    let Found::Overviews(overviews) = decode_found(&HttpAnswer::json(200, jaeger)).unwrap().rows else { panic!() };
    let one = &overviews[0];
    assert_eq!((one.start_micros, one.duration_micros), (1_000, 2_500));
    assert_eq!((one.spans, one.errors, one.orphans), (Some(5), Some(0), Some(0)), "Jaeger leaves out zeros");
}

#[test]
fn nothing_found_is_no_error_however_it_is_said() {
    let of =
        |status, body: &str| HttpAnswer { content_type: Some("text/plain".into()), ..HttpAnswer::json(status, body) };
    for (status, body) in [
        (200, r#"{"data":[],"total":0,"errors":null}"#),
        (404, r#"{"error":{"httpCode":404,"message":"No traces found"}}"#),
        (404, r#"{"data":null,"total":0,"errors":[{"code":404,"msg":"trace not found"}]}"#),
        (200, r#"{"result":{}}"#),
        (200, r#"{"trace":{},"metrics":{}}"#),
        (200, r#"{"traces":[],"metrics":{}}"#),
        (200, r#"{"summaries":[]}"#),
        (200, "{}"),
        (200, "[]"),
    ] {
        let found = decode_found(&of(status, body)).unwrap().rows;
        let is_empty = match &found {
            Found::Spans(spans) => spans.is_empty(),
            Found::Overviews(overviews) => overviews.is_empty(),
        };
        assert!(is_empty, "{body}");
    }
    assert!(decode_trace(&of(404, "")).unwrap().rows.is_empty(), "Tempo's first version");
    assert!(decode_found(&of(404, "")).is_err());
}

#[test]
fn refusals_are_read_whatever_their_type() {
    for (status, body, message) in [
        (
            400,
            r#"{"data":null,"errors":[{"code":400,"msg":"parameter 'service' is required"}]}"#,
            "parameter 'service' is required",
        ),
        (
            400,
            r#"{"error":{"httpCode":400,"message":"malformed parameter query.startTimeMin"}}"#,
            "malformed parameter query.startTimeMin",
        ),
        (404, r#"{"message":"no Route matched with those values"}"#, "no Route matched with those values"),
        (403, r#"{"error":"forbidden"}"#, "forbidden"),
        (200, r#"{"error":"quota"}"#, "quota"),
    ] {
        match decode_found(&HttpAnswer::json(status, body)) {
            Err(BackendError::Refused { status: found, message: said, .. }) => {
                assert_eq!((found, said.as_str()), (status, message));
            }
            other => panic!("{other:?}"),
        }
    }
    let prose = HttpAnswer {
        status: 400,
        body: b"range specified by start and end exceeds 168h0m0s\n".to_vec(),
        ..HttpAnswer::default()
    };
    assert!(
        matches!(decode_found(&prose), Err(BackendError::Status { status: 400, excerpt, .. }) if excerpt.contains("168h"))
    );
    let page = HttpAnswer { status: 200, body: b"<!doctype html>".to_vec(), ..HttpAnswer::default() };
    assert_eq!(decode_found(&page), Err(BackendError::Html { status: 200 }));
    let overviews = HttpAnswer::json(200, r#"{"traces":[]}"#);
    assert!(matches!(decode_trace(&overviews), Err(BackendError::UnexpectedResult { expected: "spans", .. })));
}
