//! Traces in one line each: Tempo's search (`tempo pkg/tempopb/tempo.proto`, `SearchResponse`) and Jaeger's
//! `trace-summaries` (`jaeger-idl proto/api_v3/query_service.proto`, `FindTraceSummaries`).

use super::id::TraceId;
use super::overview::{Overview, ServiceCount};
use super::reading::Reading;
use crate::backend::json::{Json, Read};

/// What Tempo writes for the root's service while the root has not arrived (`tempo pkg/search/util.go`).
const NO_ROOT_YET: &str = "<root span not yet received>";

/// Reads a list of overviews of either.
pub(super) fn read_overviews(reading: &mut Reading, list: Json<'_>) -> Read {
    reading.is_of_overviews = true;
    list.items(&mut |item| read_overview(reading, item))
}

fn read_overview(reading: &mut Reading, item: Json<'_>) -> Read {
    let (mut trace, mut service, mut operation) = (None, String::new(), String::new());
    let (mut start_nanos, mut end_nanos, mut duration_millis) = (0_i64, 0_i64, 0_i64);
    let (mut spans, mut errors, mut orphans) = (None, None, None);
    let mut services = Vec::new();
    let mut is_jaegers = false;
    item.members(&mut |member, json| {
        match member {
            "traceID" => trace = TraceId::parse(json.text()),
            "traceId" | "trace_id" => (trace, is_jaegers) = (TraceId::parse(json.text()), true),
            "rootServiceName" => return json.print(&mut service),
            "rootTraceName" | "rootOperationName" => return json.print(&mut operation),
            "startTimeUnixNano" | "minStartTimeUnixNano" => start_nanos = json.int().unwrap_or_default(),
            "maxEndTimeUnixNano" => end_nanos = json.int().unwrap_or_default(),
            "durationMs" => duration_millis = json.int().unwrap_or_default(),
            "spanCount" => spans = count(&json),
            "errorSpanCount" => errors = count(&json),
            "orphanSpanCount" => orphans = count(&json),
            "services" => return json.items(&mut |one| read_service(&mut services, one)),
            "serviceStats" => return json.members(&mut |name, one| read_stats(&mut services, name, one)),
            _ => {}
        }
        Ok(())
    })?;
    let Some(trace) = trace else {
        reading.skipped += 1;
        return Ok(());
    };
    if is_jaegers {
        // Jaeger leaves out what is zero.
        (errors, orphans) = (errors.or(Some(0)), orphans.or(Some(0)));
    } else if !services.is_empty() {
        spans = Some(services.iter().fold(0, |sum: u32, one| sum.saturating_add(one.spans)));
        errors = Some(services.iter().fold(0, |sum: u32, one| sum.saturating_add(one.errors)));
    }
    let start_micros = start_nanos.div_euclid(1_000);
    let duration_micros =
        duration_millis.saturating_mul(1_000).max(end_nanos.div_euclid(1_000).saturating_sub(start_micros));
    let has_root = !(service.is_empty() && operation.is_empty() || service == NO_ROOT_YET);
    let (root, duration_micros) = (has_root.then_some((service, operation)), duration_micros.max(0));
    reading.overviews.push(Overview { trace, root, start_micros, duration_micros, spans, errors, orphans, services });
    Ok(())
}

fn count(json: &Json<'_>) -> Option<u32> {
    json.int().map(|count| count.clamp(0, i64::from(u32::MAX)) as u32)
}

/// Tempo's counts, whose names stand before them.
fn read_stats(services: &mut Vec<ServiceCount>, name: &str, one: Json<'_>) -> Read {
    read_service(services, one)?;
    if let Some(last) = services.last_mut() {
        name.clone_into(&mut last.service);
    }
    Ok(())
}

fn read_service(services: &mut Vec<ServiceCount>, one: Json<'_>) -> Read {
    let mut service = ServiceCount::default();
    one.members(&mut |member, json| {
        match member {
            "name" => return json.print(&mut service.service),
            "spanCount" => service.spans = count(&json).unwrap_or_default(),
            "errorSpanCount" | "errorCount" => service.errors = count(&json).unwrap_or_default(),
            _ => {}
        }
        Ok(())
    })?;
    services.push(service);
    Ok(())
}
