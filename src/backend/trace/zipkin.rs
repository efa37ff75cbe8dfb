//! Spans as Zipkin's version 2 writes them (`zipkin-api zipkin2-api.yaml`).

use super::attribute::Tags;
use super::id::{SpanId, TraceId};
use super::kind::SpanKind;
use super::reading::Reading;
use crate::backend::json::{Json, Read};
use crate::backend::labels::{LabelSet, Symbol};
use crate::order;

/// The processes of an answer by service: Zipkin says of an emitter only its name and address.
type Processes = order::Map<Symbol, u32>;

/// Reads the items of a list of spans, or of a list of traces that are such lists.
pub(super) fn read_list(reading: &mut Reading, list: Json<'_>) -> Read {
    let mut processes = Processes::default();
    list.items(&mut |item| match item {
        Json::List(_) => item.items(&mut |span| read_span(reading, &mut processes, span)),
        span => read_span(reading, &mut processes, span),
    })
}

fn read_span(reading: &mut Reading, processes: &mut Processes, span: Json<'_>) -> Read {
    let mut draft = reading.draft(u32::MAX);
    let (mut service, mut peer) = (String::new(), String::new());
    span.members(&mut |member, json| {
        match member {
            "traceId" => draft.trace = TraceId::parse(json.text()),
            "id" => draft.id = SpanId::parse(json.text()),
            "parentId" => draft.parent = SpanId::parse(json.text()),
            "name" => draft.operation = Some(reading.symbol(&json)),
            "kind" => draft.kind = SpanKind::parse(json.text()),
            "timestamp" => draft.start_micros = json.int().unwrap_or_default(),
            "duration" => draft.duration_micros = json.int().unwrap_or_default(),
            "shared" => draft.is_shared = matches!(json, Json::Bool(true)),
            "localEndpoint" => return read_endpoint(&mut service, json),
            "remoteEndpoint" => return read_endpoint(&mut peer, json),
            "tags" => return reading.tags.read_map(&mut reading.spans.table, json),
            "annotations" => return json.items(&mut |annotation| read_annotation(reading, annotation)),
            _ => {}
        }
        Ok(())
    })?;
    if !peer.is_empty() {
        reading.tags.add(&mut reading.spans.table, "peer.service", &peer);
    }
    let symbol = reading.spans.table.symbol(&service, None);
    draft.process = *processes.entry(symbol).or_insert_with(|| reading.spans.process(&service, LabelSet::default()));
    reading.push(&draft);
    Ok(())
}

fn read_endpoint(service: &mut String, endpoint: Json<'_>) -> Read {
    endpoint.members(&mut |member, json| if member == "serviceName" { json.print(service) } else { Ok(()) })
}

fn read_annotation(reading: &mut Reading, annotation: Json<'_>) -> Read {
    let (mut at_micros, mut fields) = (0, Tags::default());
    annotation.members(&mut |member, json| {
        match member {
            "timestamp" => at_micros = json.int().unwrap_or_default(),
            "value" => fields.add(&mut reading.spans.table, "event", json.text()),
            _ => {}
        }
        Ok(())
    })?;
    reading.push_event(at_micros, &mut fields);
    Ok(())
}
