//! Probes of back ends as they are, and as they are set up wrong.

use super::*;
use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::backend::trace::{Dialect, PortHint};
use crate::quantity::Duration;

fn text(status: u16, kind: &str, body: &str) -> Outcome {
    let content_type = Some(kind.to_owned());
    Outcome::Answer(HttpAnswer { status, content_type, body: body.into(), ..HttpAnswer::default() })
}

fn json(body: &str) -> Outcome {
    text(200, "application/json", body)
}

fn page() -> Outcome {
    text(200, "text/html", "<!doctype html><title>UI</title>")
}

fn not_found() -> Outcome {
    text(404, "text/plain; charset=utf-8", "404 page not found\n")
}

fn silent() -> Outcome {
    Outcome::Failed(BackendError::Unreachable)
}

type Server<'a> = &'a dyn Fn(&Question) -> Outcome;

const LEGACY: &str = r#"{"data":["b","a"],"total":2,"limit":0,"offset":0,"errors":null}"#;
const V3: &str = r#"{"services":["a","b"]}"#;

/// Jaeger as of 2.17 below `/jaeger`: both sorts of routes, no summaries.
fn jaeger_2_17(question: &Question) -> Outcome {
    match (question.base.as_str(), question.request.path.as_str()) {
        ("http://h:1/jaeger", "api/services") => json(LEGACY),
        ("http://h:1/jaeger", "api/v3/services") => json(V3),
        _ => not_found(),
    }
}

fn run(mut probe: Probe, server: &dyn Fn(&Question) -> Outcome) -> (Verdict, usize) {
    let mut asked = 0;
    for _ in 0..6 {
        let questions = probe.questions();
        asked += questions.len();
        let outcomes: Vec<Outcome> = questions.iter().map(server).collect();
        probe.heard(&outcomes);
        if let Some(verdict) = probe.verdict() {
            assert!(probe.questions().is_empty());
            return (verdict.clone(), asked);
        }
    }
    panic!("no verdict after six rounds: {probe:?}");
}

fn found(base: &str, server: &dyn Fn(&Question) -> Outcome) -> Choice {
    match run(Probe::new(base, None, false, false), server) {
        (Verdict::Found(choice), asked) if asked <= 20 => choice,
        other => panic!("{other:?}"),
    }
}

fn none(base: &str, has_headers: bool, server: &dyn Fn(&Question) -> Outcome) -> WhyNone {
    match run(Probe::new(base, None, false, has_headers), server) {
        (Verdict::None(why), asked) if asked <= 20 => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn dialects_and_releases_are_told_apart() {
    let summaries_refused =
        || text(400, "text/plain", r#"{"error":{"httpCode":400,"message":"malformed parameter query.startTimeMin"}}"#);
    let jaeger_2_20 = |question: &Question| match question.request.path.as_str() {
        "api/services" => json(LEGACY),
        "api/v3/services" => json(V3),
        "api/v3/trace-summaries" => summaries_refused(),
        _ => not_found(),
    };
    let next_jaeger = |question: &Question| match question.request.path.as_str() {
        "api/services" => not_found(),
        _ => jaeger_2_20(question),
    };
    let jaeger_1 = |question: &Question| match question.request.path.as_str() {
        "api/services" => json(LEGACY),
        "api/v3/services" => json("{}"),
        _ => page(),
    };
    let tempo = |question: &Question| match question.request.path.as_str() {
        "api/v2/search/tag/resource.service.name/values" => {
            json(r#"{"tagValues":[{"type":"string","value":"a"}],"metrics":{}}"#)
        }
        "api/v2/traces/00000000000000000000000000000001" => json(r#"{"trace":{},"metrics":{}}"#),
        _ => not_found(),
    };
    let old_tempo = |question: &Question| match question.request.path.as_str() {
        "api/v2/traces/00000000000000000000000000000001" => not_found(),
        _ => tempo(question),
    };
    let zipkin = |question: &Question| match question.request.path.as_str() {
        "api/v2/services" => json(r#"["a"]"#),
        _ => page(),
    };
    let victoria_traces = |question: &Question| match question.request.path.as_str() {
        "api/services" => json(r#"{"data":["a"],"errors": null,"limit": 0,"offset": 0,"total":1}"#),
        _ => text(400, "text/plain", "unsupported path requested"),
    };
    for (server, expect) in [
        (&jaeger_2_20 as Server<'_>, Dialect::JaegerV3 { has_summaries: true }),
        (&next_jaeger, Dialect::JaegerV3 { has_summaries: true }),
        (&jaeger_1, Dialect::Jaeger),
        (&tempo, Dialect::Tempo { has_v2: true }),
        (&old_tempo, Dialect::Tempo { has_v2: false }),
        (&zipkin, Dialect::Zipkin),
        (&victoria_traces, Dialect::Jaeger),
    ] {
        assert_eq!(found("http://h:1", server).dialect, expect);
    }
    assert!(!found("http://h:1", &next_jaeger).has_legacy);
    assert_eq!(found("http://h:1", &jaeger_1).services, ["a", "b"]);
}

#[test]
fn a_back_end_below_another_path_is_found() {
    for base in [
        "http://h:1",
        "http://h:1/",
        "http://h:1/jaeger",
        "http://h:1/jaeger/api/services",
        "http://h:1/jaeger/search?service=a&limit=20",
        "http://h:1/jaeger/trace/a72210f0eefa66d1",
    ] {
        let choice = found(base, &jaeger_2_17);
        assert_eq!((choice.base.as_str(), choice.dialect), ("http://h:1/jaeger", Dialect::Jaeger), "{base}");
    }
    let at_root = |question: &Question| match (question.base.as_str(), question.request.path.as_str()) {
        ("http://h:1", "api/services") => json(LEGACY),
        _ => page(),
    };
    assert_eq!(found("http://h:1/wrong", &at_root).base, "http://h:1");
}

#[test]
fn what_the_reader_fixed_is_not_second_guessed() {
    let probe = Probe::new("http://h:1", None, true, false);
    assert_eq!(run(probe, &jaeger_2_17).0, Verdict::None(WhyNone::NoApi));
    let v3 = Dialect::JaegerV3 { has_summaries: true };
    let probe = Probe::new("http://h:1/jaeger", Some(v3), true, false);
    let (Verdict::Found(choice), _) = run(probe, &jaeger_2_17) else { panic!() };
    assert_eq!(choice.dialect, Dialect::JaegerV3 { has_summaries: false }, "the release is asked for all the same");
    let probe = Probe::new("http://h:1/jaeger", Some(Dialect::Zipkin), true, false);
    let (verdict, _) = run(probe, &jaeger_2_17);
    let base = "http://h:1/jaeger".to_owned();
    let why = WhyNone::OtherDialect { wanted: Dialect::Zipkin, found: Dialect::Jaeger, base };
    assert_eq!(verdict, Verdict::None(why));
}

#[test]
fn what_no_path_mends_is_said_at_once() {
    for (outcome, expect) in [
        (text(415, "application/grpc", ""), WhyNone::Grpc),
        (text(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n"), WhyNone::WantsTls),
        (text(401, "text/plain", "no org id\n"), WhyNone::TenantMissing { message: "no org id".into() }),
        (
            text(401, "text/plain", "missing tenant header"),
            WhyNone::TenantMissing { message: "missing tenant header".into() },
        ),
        (text(401, "text/html", "<h1>Log in</h1>"), WhyNone::Denied { status: 401 }),
        (text(403, "application/json", r#"{"message":"RBAC: access denied"}"#), WhyNone::Denied { status: 403 }),
    ] {
        assert_eq!(none("http://h:1", false, &|_| outcome.clone()), expect);
        assert!(expect.is_established());
    }
    let storage = text(500, "text/plain", r#"{"data":null,"errors":[{"code":500,"msg":"no living connections"}]}"#);
    let why = none("http://h:1", false, &|_| storage.clone());
    assert!(matches!(
        why,
        WhyNone::Fails { dialect: Dialect::Jaeger, error: BackendError::Refused { status: 500, .. }, .. }
    ));
    assert_eq!(none("http://h:1", false, &|_| page()), WhyNone::OnlyPages);
    assert_eq!(none("http://h:1", false, &|_| not_found()), WhyNone::NoApi);
    assert_eq!(none("http://h:1", false, &|_| json(r#"{"status":"success"}"#)), WhyNone::NoApi);
}

#[test]
fn what_a_browser_hides_stays_a_likelihood() {
    let shares_nothing = |question: &Question| if question.ask == Ask::Reach { Outcome::Reached } else { silent() };
    assert_eq!(none("http://h:1", false, &shares_nothing), WhyNone::NotShared);
    assert_eq!(none("http://h:1", true, &shares_nothing), WhyNone::NotShared);
    let shares_below_a_path = |question: &Question| match (question.ask, question.base.as_str()) {
        (Ask::Reach, _) => Outcome::Reached,
        (_, "http://h:1/jaeger") => jaeger_2_17(question),
        _ => silent(),
    };
    assert_eq!(found("http://h:1", &shares_below_a_path).base, "http://h:1/jaeger", "a gateway's 404 has no CORS");
    let refuses_preflights = |question: &Question| if question.ask == Ask::ReadBare { json(LEGACY) } else { silent() };
    assert_eq!(none("http://h:1", true, &refuses_preflights), WhyNone::PreflightRefused);
    let nothing = WhyNone::Unreachable { hint: PortHint::Grpc(16686) };
    assert_eq!(none("http://h:16685", true, &|_| silent()), nothing);
    let after = Duration::from_secs(10);
    let slow = Outcome::Failed(BackendError::TimedOut { after });
    assert_eq!(none("http://h:1", false, &|_| slow.clone()), WhyNone::TimedOut { after });
    assert!(!nothing.is_established() && !WhyNone::NotShared.is_established());
}

#[test]
fn an_outcome_that_is_missing_is_no_answer() {
    let mut probe = Probe::new("", None, false, false);
    for _ in 0..3 {
        probe.heard(&[]);
    }
    assert_eq!(probe.verdict(), Some(&Verdict::None(WhyNone::Unreachable { hint: PortHint::Nothing })));
}
