//! A trace and a span, as they are looked at.

use std::fmt;

use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::spans::{Row, Spans};
use crate::backend::labels::Labels;

/// The spans of one trace.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    pub(super) spans: &'a Spans,
    pub(super) id: TraceId,
    pub(super) rows: &'a [Row],
}

/// A span.
#[derive(Clone, Copy)]
pub struct Span<'a> {
    spans: &'a Spans,
    row: &'a Row,
}

/// Something that happened within a span.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Event<'a> {
    /// When, in microseconds of Unix time.
    pub at_micros: i64,
    /// What; its name, if it has one, is the field `event`.
    pub fields: Labels<'a>,
}

/// A span that another refers to without being its child.
pub type Link = (TraceId, SpanId);

impl<'a> Trace<'a> {
    /// Which trace.
    pub const fn id(&self) -> TraceId {
        self.id
    }

    /// How many spans there are; at least one.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The span at a place, in the back end's order.
    pub fn get(&self, place: usize) -> Option<Span<'a>> {
        self.rows.get(place).map(|row| Span { spans: self.spans, row })
    }

    /// All spans, in the back end's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Span<'a>> + use<'a> {
        let spans = self.spans;
        self.rows.iter().map(move |row| Span { spans, row })
    }
}

impl<'a> Span<'a> {
    /// Its trace.
    pub const fn trace_id(&self) -> TraceId {
        self.row.trace
    }

    /// Which span. In traces of Zipkin's client and server of one call may share it.
    pub const fn id(&self) -> SpanId {
        self.row.id
    }

    /// The span that caused it, which need not be there.
    pub const fn parent(&self) -> Option<SpanId> {
        self.row.parent
    }

    /// Whether Zipkin says that the client's span has the same identifier.
    pub const fn is_shared(&self) -> bool {
        self.row.is_shared
    }

    /// Who emits it; empty when nobody says.
    pub fn service(&self) -> &'a str {
        self.spans.processes.get(self.row.process as usize).map_or("", |process| self.spans.table.text(process.service))
    }

    /// What is done.
    pub fn operation(&self) -> &'a str {
        self.spans.table.text(self.row.operation)
    }

    /// Its part in a call.
    pub const fn kind(&self) -> SpanKind {
        self.row.kind
    }

    /// What its own status says.
    pub const fn status(&self) -> SpanStatus {
        self.row.status
    }

    /// When it begins, in microseconds of Unix time.
    pub const fn start_micros(&self) -> i64 {
        self.row.start_micros
    }

    /// How long it takes, in microseconds; not negative.
    pub const fn duration_micros(&self) -> i64 {
        self.row.duration_micros
    }

    /// When it ends, in microseconds of Unix time.
    pub const fn end_micros(&self) -> i64 {
        self.row.start_micros.saturating_add(self.row.duration_micros)
    }

    /// What is said of it.
    pub fn tags(&self) -> Labels<'a> {
        self.spans.table.labels(self.row.tags)
    }

    /// What is said of its emitter.
    pub fn process_tags(&self) -> Labels<'a> {
        let process = self.spans.processes.get(self.row.process as usize);
        self.spans.table.labels(process.map_or_else(Default::default, |process| process.tags))
    }

    /// The value of a tag, its own before its emitter's.
    pub fn tag(&self, name: &str) -> Option<&'a str> {
        self.tags().get(name).or_else(|| self.process_tags().get(name))
    }

    /// What happened within it, in the back end's order.
    pub fn events(&self) -> impl ExactSizeIterator<Item = Event<'a>> + use<'a> {
        let (table, (start, end)) = (&self.spans.table, self.row.events);
        let events = self.spans.events.get(start as usize..end as usize).unwrap_or_default();
        events.iter().map(|event| Event { at_micros: event.at_micros, fields: table.labels(event.fields) })
    }

    /// What it refers to besides its parent.
    pub fn links(&self) -> &'a [Link] {
        let (start, end) = self.row.links;
        self.spans.links.get(start as usize..end as usize).unwrap_or_default()
    }

    /// What the back end remarks on it, one remark a line; clocks that were put right, for example.
    pub fn warning(&self) -> Option<&'a str> {
        self.row.warning.map(|warning| self.spans.table.text(warning))
    }
}

impl PartialEq for Span<'_> {
    fn eq(&self, other: &Self) -> bool {
        let scalars = |span: &Self| {
            let row = span.row;
            let (times, states) = ((row.start_micros, row.duration_micros), (row.kind, row.status, row.is_shared));
            ((row.trace, row.id, row.parent), times, states)
        };
        scalars(self) == scalars(other)
            && (self.service(), self.operation()) == (other.service(), other.operation())
            && self.warning() == other.warning()
            && (self.tags(), self.process_tags()) == (other.tags(), other.process_tags())
            && self.events().eq(other.events())
            && self.links() == other.links()
    }
}

impl fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Span")
            .field("trace", &self.trace_id())
            .field("id", &self.id())
            .field("parent", &self.parent())
            .field("service", &self.service())
            .field("operation", &self.operation())
            .field("kind", &self.kind())
            .field("status", &self.status())
            .field("micros", &(self.start_micros(), self.duration_micros()))
            .field("tags", &self.tags())
            .finish_non_exhaustive()
    }
}
