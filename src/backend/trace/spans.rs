//! Spans of any number of traces, in few bytes.

use std::fmt;

use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::span::Trace;
use crate::backend::labels::{LabelSet, LabelTable, Symbol};
use crate::order;

/// Spans, each distinct text kept once. Those of one trace stand together, in the back end's order.
#[derive(Clone, Default)]
pub struct Spans {
    pub(super) table: LabelTable,
    pub(super) processes: Vec<Process>,
    pub(super) rows: Vec<Row>,
    pub(super) events: Vec<EventRow>,
    pub(super) links: Vec<(TraceId, SpanId)>,
    /// Where the spans of each trace end; they begin where those of the trace before end.
    pub(super) traces: Vec<(TraceId, u32)>,
}

/// Who emits: a service, and what is said of it besides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Process {
    pub(super) service: Symbol,
    pub(super) tags: LabelSet,
}

/// A span without its texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) trace: TraceId,
    pub(super) id: SpanId,
    pub(super) parent: Option<SpanId>,
    pub(super) start_micros: i64,
    pub(super) duration_micros: i64,
    pub(super) operation: Symbol,
    pub(super) process: u32,
    pub(super) kind: SpanKind,
    pub(super) status: SpanStatus,
    pub(super) is_shared: bool,
    pub(super) tags: LabelSet,
    /// Where its events begin and end, and its links.
    pub(super) events: (u32, u32),
    pub(super) links: (u32, u32),
    /// What the back end remarks on it.
    pub(super) warning: Option<Symbol>,
}

/// Something that happened within a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventRow {
    pub(super) at_micros: i64,
    pub(super) fields: LabelSet,
}

/// A span to be added by hand: for back ends that exist only in memory, and for tests.
#[derive(Clone, Copy, Debug)]
pub struct NewSpan<'a> {
    /// Its trace.
    pub trace: TraceId,
    /// Itself.
    pub id: SpanId,
    /// The span that caused it.
    pub parent: Option<SpanId>,
    /// Who emits it.
    pub service: &'a str,
    /// What is said of the emitter besides.
    pub process_tags: &'a [(&'a str, &'a str)],
    /// What is done.
    pub operation: &'a str,
    /// Its part in a call.
    pub kind: SpanKind,
    /// How it went.
    pub status: SpanStatus,
    /// When it begins, in microseconds of Unix time.
    pub start_micros: i64,
    /// How long it takes, in microseconds.
    pub duration_micros: i64,
    /// What is said of it.
    pub tags: &'a [(&'a str, &'a str)],
}

impl NewSpan<'_> {
    /// A span of which nothing is said but who it is.
    pub const fn new(trace: TraceId, id: SpanId) -> Self {
        Self {
            trace,
            id,
            parent: None,
            service: "",
            process_tags: &[],
            operation: "",
            kind: SpanKind::Unspecified,
            status: SpanStatus::Unset,
            start_micros: 0,
            duration_micros: 0,
            tags: &[],
        }
    }
}

impl Spans {
    /// The spans added by hand.
    pub fn of(spans: &[NewSpan<'_>]) -> Self {
        let mut all = Self::default();
        for span in spans {
            let tags = all.table.push(span.process_tags.iter().copied());
            let process = all.process(span.service, tags);
            let row = Row {
                parent: span.parent,
                start_micros: span.start_micros,
                duration_micros: span.duration_micros.max(0),
                operation: all.table.symbol(span.operation, None),
                kind: span.kind,
                status: span.status,
                tags: all.table.push(span.tags.iter().copied()),
                ..Row::new(span.trace, span.id, process)
            };
            all.rows.push(row);
        }
        all.group();
        all
    }

    /// Traces in the order in which they came.
    pub fn traces(&self) -> impl ExactSizeIterator<Item = Trace<'_>> {
        let mut start = 0;
        self.traces.iter().map(move |&(id, end)| {
            let rows = self.rows.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            Trace { spans: self, id, rows }
        })
    }

    /// One trace; nothing when none of its spans is here.
    pub fn trace(&self, id: TraceId) -> Option<Trace<'_>> {
        self.traces().find(|trace| trace.id == id)
    }

    /// How many spans there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of a new process.
    pub(super) fn process(&mut self, service: &str, tags: LabelSet) -> u32 {
        let service = self.table.symbol(service, None);
        self.processes.push(Process { service, tags });
        self.processes.len() as u32 - 1
    }

    /// Puts the spans of each trace together.
    pub(super) fn group(&mut self) {
        let mut numbers = order::Map::default();
        let mut last = None;
        let mut numbered: Vec<(u32, Row)> = Vec::with_capacity(self.rows.len());
        for row in self.rows.drain(..) {
            let number = match last {
                Some((trace, number)) if trace == row.trace => number,
                _ => {
                    let next = numbers.len() as u32;
                    *numbers.entry(row.trace).or_insert(next)
                }
            };
            last = Some((row.trace, number));
            numbered.push((number, row));
        }
        if !numbered.is_sorted_by_key(|(number, _)| *number) {
            order::sort_by(&mut numbered, |(one, _), (other, _)| one.cmp(other));
        }
        self.traces.clear();
        for (_, row) in numbered {
            self.rows.push(row);
            let end = self.rows.len() as u32;
            match self.traces.last_mut() {
                Some(trace) if trace.0 == row.trace => trace.1 = end,
                _ => self.traces.push((row.trace, end)),
            }
        }
    }
}

impl Row {
    pub(super) fn new(trace: TraceId, id: SpanId, process: u32) -> Self {
        Self {
            trace,
            id,
            parent: None,
            start_micros: 0,
            duration_micros: 0,
            operation: 0,
            process,
            kind: SpanKind::Unspecified,
            status: SpanStatus::Unset,
            is_shared: false,
            tags: LabelSet::default(),
            events: (0, 0),
            links: (0, 0),
            warning: None,
        }
    }
}

/// The same spans in the same order, whatever the table they share.
impl PartialEq for Spans {
    fn eq(&self, other: &Self) -> bool {
        self.traces.len() == other.traces.len()
            && self.traces().zip(other.traces()).all(|(one, other)| one.iter().eq(other.iter()))
    }
}

impl fmt::Debug for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.traces().flat_map(|trace| trace.iter())).finish()
    }
}
