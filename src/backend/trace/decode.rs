//! Answers, from their bytes to rows. The body's own shape says whose it is.

use super::overview::Overview;
use super::reading::Reading;
use super::refusal::Refusal;
use super::spans::Spans;
use super::{jaeger, names, otlp, summaries, zipkin};
use crate::backend::answer::{Answer, HttpAnswer, Notice};
use crate::backend::error::BackendError;
use crate::backend::json::{Json, Read, read};
use crate::order;

/// Larger bodies are refused before they are read.
pub const MAX_TRACE_BYTES: usize = 50_000_000;

/// What a search finds: whole traces, or a line about each.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// All spans of the traces found.
    Spans(Spans),
    /// A line about each trace found.
    Overviews(Vec<Overview>),
}

/// Reads the answer to a list of services or operations: sorted, each once.
///
/// # Errors
/// When the answer is an error, or no list of names.
pub fn decode_names(answer: &HttpAnswer) -> Result<Answer<Vec<String>>, BackendError> {
    check(answer)?;
    let (mut names, mut is_known) = (Vec::new(), false);
    read(answer, &mut |body| {
        is_known |= names::read_names(&mut names, body)?;
        Ok(())
    })?;
    if !is_known {
        return Err(unknown(answer));
    }
    order::sort_unique(&mut names);
    Ok(Answer { rows: names, notices: Vec::new() })
}

/// Reads the answer to a search. That nothing was found is no error, however the back end says it.
///
/// # Errors
/// When the answer is an error, or holds no traces.
pub fn decode_found(answer: &HttpAnswer) -> Result<Answer<Found>, BackendError> {
    match check(answer) {
        Ok(true) => read_all(answer),
        Ok(false) => Ok(Answer { rows: Found::Spans(Spans::default()), notices: Vec::new() }),
        Err(error) => Err(error),
    }
}

/// Reads the answer to a trace's identifier: no spans when the back end has no such trace.
///
/// # Errors
/// When the answer is an error, or holds no spans.
pub fn decode_trace(answer: &HttpAnswer) -> Result<Answer<Spans>, BackendError> {
    // Tempo's first version says so.
    if answer.status == 404 && answer.body.is_empty() {
        return Ok(Answer { rows: Spans::default(), notices: Vec::new() });
    }
    let Answer { rows, notices } = decode_found(answer)?;
    match rows {
        Found::Spans(rows) => Ok(Answer { rows, notices }),
        Found::Overviews(_) => {
            Err(BackendError::UnexpectedResult { expected: "spans", found: "overviews of traces".to_owned() })
        }
    }
}

/// Reads a file of spans: what OTLP's file exporter writes, one JSON text a line or all in one, or any body that
/// [`decode_trace`] reads.
///
/// # Errors
/// As [`decode_trace`].
pub fn decode_otlp(file: Vec<u8>) -> Result<Answer<Spans>, BackendError> {
    decode_trace(&HttpAnswer { status: 200, body: file, ..HttpAnswer::default() })
}

/// Whether there is a body to read: false when it says that nothing was found.
fn check(answer: &HttpAnswer) -> Result<bool, BackendError> {
    answer.check_size(MAX_TRACE_BYTES)?;
    if answer.is_success() {
        return Ok(true);
    }
    match Refusal::of(answer) {
        Some(refusal) if refusal.is_of_absence(answer) => Ok(false),
        Some(refusal) => Err(refusal.into_error(answer)),
        None => Err(answer.bare_status()),
    }
}

fn unknown(answer: &HttpAnswer) -> BackendError {
    let malformed = || BackendError::Malformed { reason: format!("`{}`", answer.excerpt()) };
    Refusal::of(answer).map_or_else(malformed, |refusal| refusal.into_error(answer))
}

fn read_all(answer: &HttpAnswer) -> Result<Answer<Found>, BackendError> {
    let mut reading = Reading::default();
    read(answer, &mut |body| read_body(&mut reading, body))?;
    if !reading.is_known {
        return Err(unknown(answer));
    }
    let mut notices = reading.notices;
    if reading.skipped > 0 {
        notices.push(Notice::RowsSkipped { rows: reading.skipped });
    }
    if reading.is_of_overviews {
        return Ok(Answer { rows: Found::Overviews(reading.overviews), notices });
    }
    reading.spans.group();
    Ok(Answer { rows: Found::Spans(reading.spans), notices })
}

fn read_body(reading: &mut Reading, body: Json<'_>) -> Read {
    if matches!(body, Json::List(_)) {
        reading.is_known = true;
        return zipkin::read_list(reading, body);
    }
    // Protobuf's JSON leaves out what is empty.
    let (is_object, mut is_empty) = (matches!(body, Json::Object(_)), true);
    body.members(&mut |member, json| {
        is_empty = false;
        read_member(reading, member, json)
    })?;
    reading.is_known |= is_object && is_empty;
    Ok(())
}

fn read_member(reading: &mut Reading, member: &str, json: Json<'_>) -> Read {
    let is_list = matches!(json, Json::List(_) | Json::Null);
    match member {
        "data" if is_list => {
            reading.is_known = true;
            jaeger::read_traces(reading, json)
        }
        "errors" => jaeger::read_errors(reading, json),
        "summaries" | "traces" if is_list => {
            reading.is_known = true;
            summaries::read_overviews(reading, json)
        }
        "result" | "trace" if !is_list => {
            reading.is_known = true;
            json.members(&mut |member, json| {
                if otlp::is_of_resources(member) { otlp::read_resources(reading, json) } else { Ok(()) }
            })
        }
        "message" => {
            reading.warn(json.text());
            Ok(())
        }
        member if otlp::is_of_resources(member) && is_list => {
            reading.is_known = true;
            otlp::read_resources(reading, json)
        }
        _ => Ok(()),
    }
}
