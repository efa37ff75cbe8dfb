//! A trace in one line, made of its spans.

use super::failure::is_error;
use super::tree::Tree;
use crate::backend::trace::{Overview, ServiceCount};
use crate::order::Map;

/// How many spans of a trace come from where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SpanCounts {
    /// Emitted by proxies of the mesh.
    pub proxies: usize,
    /// Emitted by applications.
    pub applications: usize,
}

impl SpanCounts {
    /// The counts of a trace. Envoy says of itself `component: proxy`; Istio's conventions in OpenTelemetry's spelling
    /// leave a `node_id`.
    pub fn of(tree: &Tree<'_>) -> Self {
        let proxies = tree.iter().filter(|(_, span)| super::facts::is_proxy(span)).count();
        Self { proxies, applications: tree.rows().len() - proxies }
    }
}

/// The trace in one line. Spans that do not say when they began do not move its start.
pub fn overview(tree: &Tree<'_>) -> Overview {
    let mut services: Map<&str, ServiceCount> = Map::default();
    let (mut start, mut end, mut errors, mut orphans) = (i64::MAX, i64::MIN, 0_u32, 0_u32);
    for (row, span) in tree.iter() {
        let failed = u32::from(is_error(&span));
        let service = services.entry(span.service()).or_default();
        service.spans += 1;
        service.errors += failed;
        errors += failed;
        orphans += u32::from(row.is_orphan);
        if span.start_micros() > 0 {
            start = start.min(span.start_micros());
            end = end.max(span.end_micros());
        }
    }
    let root = tree.root().filter(|root| tree.rows().get(*root).is_some_and(|row| !row.is_orphan));
    let root = root.and_then(|root| tree.span(root));
    let named = |(name, count): (&str, ServiceCount)| ServiceCount { service: name.to_owned(), ..count };
    Overview {
        trace: tree.trace().id(),
        root: root.map(|span| (span.service().to_owned(), span.operation().to_owned())),
        start_micros: if end < start { 0 } else { start },
        duration_micros: end.saturating_sub(start).max(0),
        spans: Some(tree.rows().len() as u32),
        errors: Some(errors),
        orphans: Some(orphans),
        services: services.into_iter().map(named).collect(),
    }
}
