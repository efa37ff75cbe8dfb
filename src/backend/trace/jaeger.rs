//! Traces as Jaeger's own interface reads them (`jaeger internal/uimodel/model.go`).

use super::attribute::Tags;
use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::reading::{Draft, Reading};
use crate::backend::json::{Json, Read};
use crate::backend::labels::Symbol;
use crate::order;

/// What stands for a process that is not there.
const NOBODY: u32 = u32::MAX;

/// Reads the member `data`: a list of traces.
pub(super) fn read_traces(reading: &mut Reading, data: Json<'_>) -> Read {
    data.items(&mut |trace| read_trace(reading, trace))
}

/// Reads the member `errors`, which an answer may have besides traces.
pub(super) fn read_errors(reading: &mut Reading, errors: Json<'_>) -> Read {
    errors.items(&mut |error| {
        error.members(&mut |member, json| {
            if member == "msg" {
                reading.warn(json.text());
            }
            Ok(())
        })
    })
}

/// Reads a trace. Its spans name their processes, whose names mean something in this trace only, and may stand before
/// them.
fn read_trace(reading: &mut Reading, trace: Json<'_>) -> Read {
    let first_row = reading.spans.rows.len();
    let mut processes: order::Map<Symbol, u32> = order::Map::default();
    trace.members(&mut |member, json| match member {
        "spans" => json.items(&mut |span| read_span(reading, span)),
        "processes" => json.members(&mut |name, process| {
            let number = read_process(reading, process)?;
            processes.insert(reading.spans.table.symbol(name, None), number);
            Ok(())
        }),
        "warnings" => json.items(&mut |warning| {
            reading.warn(warning.text());
            Ok(())
        }),
        _ => Ok(()),
    })?;
    for row in reading.spans.rows.get_mut(first_row..).unwrap_or_default() {
        row.process = processes.get(&row.process).copied().unwrap_or(NOBODY);
    }
    Ok(())
}

fn read_process(reading: &mut Reading, process: Json<'_>) -> Result<u32, crate::backend::json::Broken> {
    let mut service = String::new();
    process.members(&mut |member, json| match member {
        "serviceName" => json.print(&mut service),
        "tags" => reading.read_tags(json),
        _ => Ok(()),
    })?;
    let tags = reading.tags.close(&mut reading.spans.table);
    Ok(reading.spans.process(&service, tags))
}

fn read_span(reading: &mut Reading, span: Json<'_>) -> Read {
    let mut draft = reading.draft(NOBODY);
    let mut parent = None;
    let mut references = Vec::new();
    span.members(&mut |member, json| {
        match member {
            "traceID" => draft.trace = TraceId::parse(json.text()),
            "spanID" => draft.id = SpanId::parse(json.text()),
            "parentSpanID" => parent = SpanId::parse(json.text()),
            "operationName" => draft.operation = Some(reading.symbol(&json)),
            "startTime" => draft.start_micros = json.int().unwrap_or_default(),
            "duration" => draft.duration_micros = json.int().unwrap_or_default(),
            "processID" => draft.process = reading.spans.table.symbol(json.text(), None),
            "references" => return json.items(&mut |reference| read_reference(&mut references, reference)),
            "tags" => return reading.read_tags(json),
            "logs" => return json.items(&mut |log| read_log(reading, log)),
            "warnings" => {
                return json.items(&mut |warning| {
                    draft.warn(warning.text());
                    Ok(())
                });
            }
            _ => {}
        }
        Ok(())
    })?;
    draft.parent = chosen_parent(reading, &draft, &references).or(parent);
    let table = &reading.spans.table;
    draft.kind = SpanKind::parse(reading.tags.get(table, "span.kind"));
    draft.status = SpanStatus::parse(reading.tags.get(table, "otel.status_code"));
    reading.push(&draft);
    Ok(())
}

/// A reference to a span, and whether it is to a parent that waits.
type Reference = (TraceId, SpanId, bool);

fn read_reference(references: &mut Vec<Reference>, reference: Json<'_>) -> Read {
    let (mut trace, mut span, mut waits) = (None, None, false);
    reference.members(&mut |member, json| {
        match member {
            "traceID" => trace = TraceId::parse(json.text()),
            "spanID" => span = SpanId::parse(json.text()),
            "refType" => waits = json.text() == "CHILD_OF",
            _ => {}
        }
        Ok(())
    })?;
    references.extend(trace.zip(span).map(|(trace, span)| (trace, span, waits)));
    Ok(())
}

/// The parent is the first span of the same trace that is referred to, one that waits before one that does not; the
/// others become links.
fn chosen_parent(reading: &mut Reading, draft: &Draft, references: &[Reference]) -> Option<SpanId> {
    let own = |reference: &&Reference| Some(reference.0) == draft.trace;
    let waiting = references.iter().filter(own).find(|(_, _, waits)| *waits);
    let chosen = waiting.or_else(|| references.iter().find(own));
    let others = references.iter().filter(|reference| Some(*reference) != chosen);
    reading.spans.links.extend(others.map(|(trace, span, _)| (*trace, *span)));
    chosen.map(|(_, span, _)| *span)
}

fn read_log(reading: &mut Reading, log: Json<'_>) -> Read {
    let (mut at_micros, mut fields) = (0, Tags::default());
    log.members(&mut |member, json| match member {
        "timestamp" => {
            at_micros = json.int().unwrap_or_default();
            Ok(())
        }
        "fields" => fields.read_list(&mut reading.spans.table, json),
        _ => Ok(()),
    })?;
    reading.push_event(at_micros, &mut fields);
    Ok(())
}
