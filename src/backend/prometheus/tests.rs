//! Bodies in the shapes that servers send: Prometheus `web/api/v1/api.go`, Thanos `pkg/api`, `VictoriaMetrics`.

use proptest::prelude::*;

use super::*;
use crate::backend::{BackendError, HttpAnswer, Notice};
use crate::quantity::{Duration, Instant};

const VECTOR: &str = r#"{"status":"success","data":{"resultType":"vector","result":[
    {"metric":{"__name__":"up","pod":"a-1","ü":"\u00fc\"\\"},"value":[1700000000.25,"1.5"]},
    {"metric":{"__name__":"up","pod":"b-1","empty":""},"value":[1700000000,"NaN"]},
    {"metric":{},"value":[1700000000,"+Inf"]}]}}"#;

const MATRIX: &str = r#"{"status":"success","data":{"resultType":"matrix","result":[
    {"metric":{"pod":"a"},"values":[[1700000000,"1"],[1700000015.5,"-Inf"],[1700000030,"1.2e-7"]]},
    {"metric":{"pod":"b"},"values":[[1700000000,"0"]]}]}}"#;

fn ok(body: &str) -> HttpAnswer {
    HttpAnswer::json(200, body)
}

fn with_type(status: u16, content_type: &str, body: &str) -> HttpAnswer {
    HttpAnswer { content_type: Some(content_type.into()), ..HttpAnswer::json(status, body) }
}

fn at(secs: f64) -> Instant {
    Instant::from_unix_secs(secs)
}

#[test]
fn a_vector_keeps_labels_times_and_special_values() {
    let answer = decode_vector(&ok(VECTOR)).unwrap();
    assert_eq!(answer.notices, []);
    let samples: Vec<Sample> = answer.rows.samples().collect();
    let [first, second, third] = samples.as_slice() else { panic!("{samples:?}") };
    assert_eq!((first.at, first.value), (at(1_700_000_000.25), 1.5));
    assert_eq!(first.labels.get("ü"), Some("ü\"\\"));
    assert_eq!((second.labels.get("pod"), second.labels.get("empty")), (Some("b-1"), None));
    assert!(second.value.is_nan());
    assert_eq!((third.labels.len(), third.value), (0, f64::INFINITY));
}

#[test]
fn a_matrix_keeps_each_series_points() {
    let matrix = decode_matrix(&ok(MATRIX)).unwrap().rows;
    let series: Vec<Series> = matrix.series().collect();
    let [a, b] = series.as_slice() else { panic!("{series:?}") };
    assert_eq!(a.labels.get("pod"), Some("a"));
    let points = [(at(1_700_000_000.0), 1.0), (at(1_700_000_015.5), f64::NEG_INFINITY), (at(1_700_000_030.0), 1.2e-7)];
    assert_eq!(a.points, points);
    assert_eq!((b.labels.get("pod"), b.points), (Some("b"), &[(at(1_700_000_000.0), 0.0)][..]));
}

#[test]
fn fields_may_come_in_any_order_and_unknown_ones_are_passed_over() {
    let body = r#"{"stats":{"seriesFetched":"2"},"data":{"analysis":[{}],"result":[{"value":[1,"2"],"new":[1],
        "metric":{"a":"b"}}],"resultType":"vector"},"isPartial":false,"warnings":null,"status":"success"}"#;
    let answer = decode_vector(&ok(body)).unwrap();
    assert_eq!(answer.notices, []);
    assert_eq!(
        answer.rows.samples().next().map(|sample| (sample.value, sample.labels.get("a"))),
        Some((2.0, Some("b")))
    );
}

#[test]
fn values_are_read_in_every_spelling() {
    for (text, expect) in [
        (r#""1""#, 1.0),
        ("1", 1.0),
        ("-1", -1.0),
        ("1.5", 1.5),
        (r#""1e+21""#, 1e21),
        (r#""-inf""#, f64::NEG_INFINITY),
        (r#""Inf""#, f64::INFINITY),
        (r#""+INF""#, f64::INFINITY),
    ] {
        let body =
            [r#"{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"#, text, "]}]}}"].concat();
        let vector = decode_vector(&ok(&body)).unwrap().rows;
        assert_eq!(vector.samples().next().map(|sample| sample.value), Some(expect), "{text}");
    }
}

#[test]
fn an_empty_result_is_an_answer() {
    for result in ["[]", "null"] {
        let body = |kind: &str| format!(r#"{{"status":"success","data":{{"resultType":"{kind}","result":{result}}}}}"#);
        assert!(decode_vector(&ok(&body("vector"))).unwrap().rows.is_empty());
        assert!(decode_matrix(&ok(&body("matrix"))).unwrap().rows.is_empty());
    }
}

#[test]
fn partial_answers_say_so() {
    let warning = |text: &str| Notice::Warning { text: text.into() };
    for (extra, inside, expect) in [
        (r#","warnings":["store down"]"#, "", warning("store down")),
        (
            r#","infos":["metric might not be a counter"]"#,
            "",
            Notice::Info { text: "metric might not be a counter".into() },
        ),
        (r#","isPartial":true"#, "", Notice::Partial),
        ("", r#","warnings":["old Thanos"]"#, warning("old Thanos")),
    ] {
        let body = format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[]{inside}}}{extra}}}"#);
        assert_eq!(decode_vector(&ok(&body)).unwrap().notices, [expect], "{body}");
    }
}

#[test]
fn native_histograms_and_rows_without_samples_are_left_out_aloud() {
    let vector = r#"{"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"a":"1"},"histogram":[1,{"count":"2","sum":"3","buckets":[[0,"1","2","2"]]}]},
        {"metric":{"a":"2"}},{"metric":{"a":"3"},"values":[[1,"2"]]},{"metric":{"a":"4"},"value":[1,"4"]}]}}"#;
    let answer = decode_vector(&ok(vector)).unwrap();
    assert_eq!(answer.notices, [Notice::HistogramsSkipped { series: 1 }, Notice::RowsSkipped { rows: 2 }]);
    assert_eq!(answer.rows.samples().map(|sample| sample.labels.get("a")).collect::<Vec<_>>(), [Some("4")]);
    let matrix = r#"{"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"a":"1"},"value":[1,"9"],"values":[[1,"9"]]},
        {"metric":{"a":"2"},"values":[[1,"2"]],"histograms":[[1,{"count":"2","sum":"3"}]]}]}}"#;
    let answer = decode_matrix(&ok(matrix)).unwrap();
    assert_eq!(answer.notices, [Notice::HistogramsSkipped { series: 1 }, Notice::RowsSkipped { rows: 1 }]);
    assert_eq!(answer.rows.series().map(|series| series.points).collect::<Vec<_>>(), [[(at(1.0), 2.0)]]);
}

#[test]
fn refusals_keep_the_servers_words_whatever_the_status() {
    for (status, kind, message) in [
        (400, "bad_data", r#"invalid parameter "query": 1:15: parse error: unexpected end of input"#),
        (422, "execution", "multiple matches for labels: many-to-one matching must be explicit"),
        (422, "422", "error when executing query"),
        (499, "canceled", "query was canceled in expression evaluation"),
        (503, "timeout", "query timed out in expression evaluation"),
        (500, "internal", "proxy error"),
        (401, "", "no org id"),
        (200, "execution", "unavailable with Prometheus Agent"),
    ] {
        let answer = HttpAnswer::json(status, encode_error(kind, message));
        let refused = BackendError::Refused { status, kind: kind.into(), message: message.into(), retry_after: None };
        assert_eq!(decode_vector(&answer), Err(refused.clone()));
        assert_eq!(decode_matrix(&answer), Err(refused));
    }
    for body in [
        r#"{"status":"error","errorType":"internal","error":"partial","data":[1]}"#,
        r#"{"data":[1],"errorType":"internal","error":"partial","status":"error"}"#,
    ] {
        let error = decode_vector(&ok(body)).unwrap_err();
        assert!(matches!(error, BackendError::Refused { status: 200, .. }), "{error:?}");
    }
}

#[test]
fn what_is_no_answer_of_the_api_is_named() {
    let page = "<!DOCTYPE html><title>Log in</title>";
    let bare = |status, is_html, excerpt: &str| BackendError::Status {
        status,
        is_html,
        excerpt: excerpt.into(),
        retry_after: None,
    };
    let not_json = |excerpt: &str| BackendError::NotJson { status: 200, excerpt: excerpt.into() };
    let unexpected = |found: &str| BackendError::UnexpectedResult { expected: "vector", found: found.into() };
    for (answer, expect) in [
        (with_type(200, "text/html", page), BackendError::Html { status: 200 }),
        (with_type(200, "", page), BackendError::Html { status: 200 }),
        (with_type(502, "text/html", page), bare(502, true, "")),
        (with_type(404, "text/plain", "404 page not found\n"), bare(404, false, "404 page not found")),
        (with_type(503, "text/plain", "Service Unavailable"), bare(503, false, "Service Unavailable")),
        (HttpAnswer::json(429, r#"{"message":"slow"}"#), bare(429, false, r#"{"message":"slow"}"#)),
        (with_type(301, "", ""), bare(301, false, "")),
        (with_type(200, "text/plain", "OK"), not_json("OK")),
        (ok(&[VECTOR, "x"].concat()), not_json(&ok(VECTOR).excerpt())),
        (ok(""), BackendError::Truncated { bytes: 0 }),
        (ok(MATRIX), unexpected("matrix")),
        (ok(r#"{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}"#), unexpected("scalar")),
        (ok(r#"{"status":"success","data":{"resultType":"string","result":[1.5,"x"]}}"#), unexpected("string")),
        (ok(r#"{"status":"success","data":{}}"#), unexpected("")),
        (ok(r#"{"status":"success","data":null}"#), unexpected("")),
        (ok(r#"{"status":"success"}"#), unexpected("")),
    ] {
        assert_eq!(decode_vector(&answer), Err(expect));
    }
    for body in [
        "{}",
        "[]",
        "1",
        r#"{"status":"odd"}"#,
        r#"{"status":1}"#,
        r#"{"status":"success","data":["up"]}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":{}}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[[]]}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":[]}]}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":1}}]}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[{"value":[1]}]}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"much"]}]}}"#,
        r#"{"status":"success","data":{"resultType":"vector","result":[{"value":[1,null]}]}}"#,
    ] {
        let error = decode_vector(&ok(body)).unwrap_err();
        assert!(matches!(error, BackendError::Malformed { .. }), "{body}: {error:?}");
    }
}

#[test]
fn the_time_to_wait_travels_with_the_error() {
    let retry_after = Some(Duration::from_secs(7));
    let plain = HttpAnswer { retry_after, ..with_type(503, "text/plain", "busy") };
    assert_eq!(decode_vector(&plain).unwrap_err().retry_after(), retry_after);
    let told = HttpAnswer { retry_after, ..HttpAnswer::json(429, encode_error("too_many_requests", "slow down")) };
    assert_eq!(decode_vector(&told).unwrap_err().retry_after(), retry_after);
}

#[test]
fn a_body_cut_anywhere_is_truncated() {
    for whole in [VECTOR, MATRIX] {
        for end in 0..whole.len() {
            let answer = HttpAnswer::json(200, &whole.as_bytes()[..end]);
            for error in [decode_vector(&answer).map(|_| ()), decode_matrix(&answer).map(|_| ())] {
                assert_eq!(error, Err(BackendError::Truncated { bytes: end }));
            }
        }
    }
    let refusal = encode_error("bad_data", "no");
    for end in 0..refusal.len() {
        let error = decode_vector(&HttpAnswer::json(400, &refusal.as_bytes()[..end])).unwrap_err();
        assert_eq!(error.status(), Some(400));
    }
}

#[test]
fn too_large_a_body_is_not_read() {
    let bytes = crate::backend::MAX_BODY_BYTES + 1;
    let answer = HttpAnswer::json(200, vec![b' '; bytes]);
    assert_eq!(decode_vector(&answer), Err(BackendError::TooLarge { bytes, limit_bytes: bytes - 1 }));
}

#[test]
fn servers_say_who_they_are_and_how_often_they_scrape() {
    let build = decode_build_info(&ok(&encode_build_info("3.10.0"))).unwrap();
    assert_eq!(build, BuildInfo { version: Some("3.10.0".into()), application: None });
    let mimir = r#"{"status":"success","data":{"application":"Grafana Mimir","version":"2.11.0","features":{}}}"#;
    assert_eq!(decode_build_info(&ok(mimir)).unwrap().application.as_deref(), Some("Grafana Mimir"));
    let empty = r#"{"status":"success","data":{}}"#;
    assert_eq!(decode_build_info(&ok(empty)), Ok(BuildInfo::default()));
    assert_eq!(decode_scrape_interval(&ok(empty)), Ok(None));
    let config = encode_config("global:\n  scrape_interval: 15s\n");
    assert_eq!(decode_scrape_interval(&ok(&config)), Ok(Some(Duration::from_secs(15))));
    assert!(decode_scrape_interval(&with_type(404, "text/plain", "not here")).is_err());
}

fn labels() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec(("[a-z_]{1,3}", ".{0,4}"), 0..4)
}

fn pairs(labels: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    labels.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

fn nearly(one: f64, other: f64) -> bool {
    one.to_bits().abs_diff(other.to_bits()) <= 2 || one.is_nan() && other.is_nan()
}

fn instant() -> impl Strategy<Value = Instant> {
    (-10_000_000_000_i64..10_000_000_000_000).prop_map(Instant::from_unix_millis)
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(rows in proptest::collection::vec((labels(), instant(), any::<f64>()), 0..6)) {
        let (mut vector, mut matrix) = (Vector::new(), Matrix::new());
        for (labels, at, value) in &rows {
            vector.push(pairs(labels), *at, *value);
            matrix.push(pairs(labels), [(*at, *value), (*at + Duration::from_millis(1), 0.0)]);
        }
        // Values are read within two units in the last place, all else exactly.
        let (vector_text, matrix_text) = (encode_vector(&vector), encode_matrix(&matrix));
        let vector_read = decode_vector(&ok(&vector_text)).unwrap().rows;
        let matrix_read = decode_matrix(&ok(&matrix_text)).unwrap().rows;
        let (mut vector, mut matrix) = (Vector::new(), Matrix::new());
        for ((sample, series), (_, _, value)) in vector_read.samples().zip(matrix_read.series()).zip(&rows) {
            prop_assert!(nearly(sample.value, *value), "{} {value}", sample.value);
            prop_assert!(nearly(series.points[0].1, *value), "{} {value}", series.points[0].1);
            vector.push(sample.labels.iter(), sample.at, *value);
            matrix.push(series.labels.iter(), [(series.points[0].0, *value), series.points[1]]);
        }
        prop_assert_eq!(encode_vector(&vector), vector_text);
        prop_assert_eq!(encode_matrix(&matrix), matrix_text);
    }

    #[test]
    fn damaged_bodies_never_panic(
        whole in prop::sample::select(vec![VECTOR, MATRIX]),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = whole.as_bytes().to_vec();
        for (place, byte) in damage {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let answer = HttpAnswer::json(200, body);
        let (vector, matrix) = (decode_vector(&answer), decode_matrix(&answer));
        // The rows of a damaged body must still be safe to walk.
        let samples = vector.iter().flat_map(|answer| answer.rows.samples());
        let walked: usize = samples.map(|row| row.labels.iter().count()).sum();
        let series = matrix.iter().flat_map(|answer| answer.rows.series());
        let points: usize = series.map(|row| row.points.len()).sum();
        prop_assert!(walked + points < whole.len());
    }
}

/// Prints how decoding compares with the least work `serde_json` can do on the same bytes:
/// `cargo test --release --lib ten_thousand -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn ten_thousand_series_decode_about_as_fast_as_json_is_scanned() {
    use std::time::Instant as Clock;
    let mut vector = Vector::new();
    for n in 0..10_000 {
        let texts: Vec<(String, String)> =
            (0..17).map(|l| (format!("destination_label_{l}"), format!("value-{}-{l}", n / (l * l + 1)))).collect();
        vector.push(pairs(&texts), at(1_700_000_000.0), f64::from(n) * 0.1);
    }
    let answer = ok(&encode_vector(&vector));
    let best = |work: &dyn Fn()| {
        let time = || {
            let start = Clock::now();
            work();
            start.elapsed()
        };
        (0..9).map(|_| time()).min().unwrap_or_default()
    };
    let scan = best(&|| drop(std::hint::black_box(serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body))));
    let read = best(&|| drop(std::hint::black_box(decode_vector(&answer))));
    let tree = best(&|| drop(std::hint::black_box(serde_json::from_slice::<serde_json::Value>(&answer.body))));
    println!("{} bytes: scanned in {scan:?}, decoded in {read:?}, as a JSON tree in {tree:?}", answer.body.len());
}
