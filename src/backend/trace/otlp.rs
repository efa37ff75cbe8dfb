//! Spans as OTLP writes them, in all its spellings: OTLP/JSON's own (hexadecimal identifiers, numbers for enumerations),
//! protobuf's (base64, names), `snake_case`, and the envelopes of Jaeger's `api_v3` and of Tempo
//! (opentelemetry-proto `trace/v1/trace.proto`, <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>).

use super::attribute::Tags;
use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::reading::{Draft, Reading};
use super::spans::Process;
use crate::backend::json::{Json, Read};
use crate::backend::labels::LabelSet;

/// Reads a list of resources with their spans.
pub(super) fn read_resources(reading: &mut Reading, list: Json<'_>) -> Read {
    list.items(&mut |resource| read_resource(reading, resource))
}

/// Whether a member of an object holds a list of resources.
pub(super) fn is_of_resources(member: &str) -> bool {
    matches!(member, "resourceSpans" | "resource_spans" | "batches")
}

fn read_resource(reading: &mut Reading, resource: Json<'_>) -> Read {
    // The spans may stand before the resource that they belong to.
    let number = reading.spans.process("", LabelSet::default());
    resource.members(&mut |member, json| match member {
        "resource" => json.members(&mut |member, json| {
            if member == "attributes" {
                reading.read_tags(json)?;
                let service = reading.tags.get(&reading.spans.table, "service.name").to_owned();
                let service = reading.spans.table.symbol(&service, None);
                let tags = reading.tags.close(&mut reading.spans.table);
                if let Some(process) = reading.spans.processes.get_mut(number as usize) {
                    *process = Process { service, tags };
                }
            }
            Ok(())
        }),
        "scopeSpans" | "scope_spans" | "instrumentationLibrarySpans" => json.items(&mut |scope| {
            scope.members(&mut |member, json| match member {
                "spans" => json.items(&mut |span| read_span(reading, number, span)),
                _ => Ok(()),
            })
        }),
        _ => Ok(()),
    })
}

fn micros(nanos: &Json<'_>) -> i64 {
    nanos.int().unwrap_or_default().div_euclid(1_000)
}

fn read_span(reading: &mut Reading, process: u32, span: Json<'_>) -> Read {
    let mut draft = reading.draft(process);
    let mut end_micros = 0;
    span.members(&mut |member, json| {
        match member {
            "traceId" | "trace_id" => draft.trace = TraceId::parse(json.text()),
            "spanId" | "span_id" => draft.id = SpanId::parse(json.text()),
            "parentSpanId" | "parent_span_id" => draft.parent = SpanId::parse(json.text()),
            "name" => draft.operation = Some(reading.symbol(&json)),
            "kind" => draft.kind = json.int().map_or_else(|| SpanKind::parse(json.text()), SpanKind::from_number),
            "startTimeUnixNano" | "start_time_unix_nano" => draft.start_micros = micros(&json),
            "endTimeUnixNano" | "end_time_unix_nano" => end_micros = micros(&json),
            "attributes" => return reading.read_tags(json),
            "events" => return json.items(&mut |event| read_event(reading, event)),
            "links" => return json.items(&mut |link| read_link(reading, link)),
            "status" => return read_status(reading, &mut draft, json),
            _ => {}
        }
        Ok(())
    })?;
    draft.duration_micros = end_micros.saturating_sub(draft.start_micros);
    reading.push(&draft);
    Ok(())
}

/// The status' message becomes the tag that Jaeger makes of it (`otel.status_description`).
fn read_status(reading: &mut Reading, draft: &mut Draft, status: Json<'_>) -> Read {
    status.members(&mut |member, json| {
        match member {
            "code" => {
                draft.status = json.int().map_or_else(|| SpanStatus::parse(json.text()), SpanStatus::from_number);
            }
            "message" => reading.tags.add(&mut reading.spans.table, "otel.status_description", json.text()),
            _ => {}
        }
        Ok(())
    })
}

/// The event's name becomes the field `event`, as in Jaeger.
fn read_event(reading: &mut Reading, event: Json<'_>) -> Read {
    let (mut at_micros, mut fields) = (0, Tags::default());
    event.members(&mut |member, json| {
        match member {
            "timeUnixNano" | "time_unix_nano" => at_micros = micros(&json),
            "name" => fields.add(&mut reading.spans.table, "event", json.text()),
            "attributes" => return fields.read_list(&mut reading.spans.table, json),
            _ => {}
        }
        Ok(())
    })?;
    reading.push_event(at_micros, &mut fields);
    Ok(())
}

fn read_link(reading: &mut Reading, link: Json<'_>) -> Read {
    let (mut trace, mut span) = (None, None);
    link.members(&mut |member, json| {
        match member {
            "traceId" | "trace_id" => trace = TraceId::parse(json.text()),
            "spanId" | "span_id" => span = SpanId::parse(json.text()),
            _ => {}
        }
        Ok(())
    })?;
    reading.spans.links.extend(trace.zip(span));
    Ok(())
}
