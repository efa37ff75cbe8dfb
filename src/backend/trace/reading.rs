//! What the decoders of spans share: the spans so far, and the span that is being read.

use super::attribute::Tags;
use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::overview::Overview;
use super::spans::{EventRow, Row, Spans};
use crate::backend::answer::Notice;
use crate::backend::json::{Json, Read};
use crate::backend::labels::Symbol;

/// What was found in a body so far.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) spans: Spans,
    /// The tags that are being read.
    pub(super) tags: Tags,
    pub(super) overviews: Vec<Overview>,
    pub(super) notices: Vec<Notice>,
    /// Spans and traces without identifiers.
    pub(super) skipped: usize,
    /// Whether the body has a shape that is known, and whether it is one of overviews.
    pub(super) is_known: bool,
    pub(super) is_of_overviews: bool,
}

/// The span that is being read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) trace: Option<TraceId>,
    pub(super) id: Option<SpanId>,
    pub(super) parent: Option<SpanId>,
    pub(super) start_micros: i64,
    pub(super) duration_micros: i64,
    pub(super) operation: Option<Symbol>,
    pub(super) process: u32,
    pub(super) kind: SpanKind,
    pub(super) status: SpanStatus,
    pub(super) is_shared: bool,
    warning: String,
    first_event: u32,
    first_link: u32,
}

impl Reading {
    /// Begins a span.
    pub(super) fn draft(&self, process: u32) -> Draft {
        let (first_event, first_link) = (self.spans.events.len() as u32, self.spans.links.len() as u32);
        Draft { process, first_event, first_link, ..Draft::default() }
    }

    /// Ends a span, whose tags were the last that were read. Without identifiers it is skipped.
    pub(super) fn push(&mut self, draft: &Draft) {
        let tags = self.tags.close(&mut self.spans.table);
        let (Some(trace), Some(id)) = (draft.trace, draft.id) else {
            self.skipped += 1;
            self.spans.events.truncate(draft.first_event as usize);
            self.spans.links.truncate(draft.first_link as usize);
            return;
        };
        let row = Row {
            parent: draft.parent,
            start_micros: draft.start_micros,
            duration_micros: draft.duration_micros.max(0),
            operation: draft.operation.unwrap_or_else(|| self.spans.table.symbol("", None)),
            kind: draft.kind,
            status: draft.status,
            is_shared: draft.is_shared,
            tags,
            events: (draft.first_event, self.spans.events.len() as u32),
            links: (draft.first_link, self.spans.links.len() as u32),
            warning: (!draft.warning.is_empty()).then(|| self.spans.table.symbol(&draft.warning, None)),
            ..Row::new(trace, id, draft.process)
        };
        self.spans.rows.push(row);
    }

    /// The symbol of a text.
    pub(super) fn symbol(&mut self, json: &Json<'_>) -> Symbol {
        // Operations repeat: that of the span before is looked at first.
        let hint = self.spans.rows.last().map(|row| row.operation);
        self.spans.table.symbol(json.text(), hint)
    }

    /// Reads the tags of the span: see [`Tags::read_list`].
    pub(super) fn read_tags(&mut self, list: Json<'_>) -> Read {
        self.tags.read_list(&mut self.spans.table, list)
    }

    /// Adds an event with the fields in `fields`.
    pub(super) fn push_event(&mut self, at_micros: i64, fields: &mut Tags) {
        let fields = fields.close(&mut self.spans.table);
        self.spans.events.push(EventRow { at_micros, fields });
    }

    /// Adds what the back end remarks on an answer.
    pub(super) fn warn(&mut self, text: &str) {
        if !text.is_empty() {
            self.notices.push(Notice::Warning { text: text.to_owned() });
        }
    }
}

impl Draft {
    /// Adds what the back end remarks on a span.
    pub(super) fn warn(&mut self, text: &str) {
        if !self.warning.is_empty() {
            self.warning.push('\n');
        }
        self.warning.push_str(text);
    }
}
