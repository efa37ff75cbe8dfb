//! Spans and overviews as numbers and one text, to cross from a worker to the page.
//!
//! What is read is checked: what breaks off is nothing, and places that cannot be lead to empty texts.

use std::slice::Iter;

use super::id::{SpanId, TraceId};
use super::kind::{SpanKind, SpanStatus};
use super::overview::{Overview, ServiceCount};
use super::spans::{EventRow, Process, Row, Spans};
use crate::backend::labels::{LabelSet, LabelTable};

/// What stands for nothing where zero is something.
const NONE: u32 = u32::MAX;

impl Spans {
    /// The spans as numbers and a text.
    pub fn to_wire(&self) -> (Vec<u32>, String) {
        let (mut out, mut text) = (Vec::new(), String::new());
        self.table.write(&mut out, &mut text);
        let counts = [self.processes.len(), self.rows.len(), self.events.len(), self.links.len()];
        out.extend(counts.map(|count| count as u32));
        for process in &self.processes {
            out.push(process.service);
            out.extend(process.tags.numbers());
        }
        for row in &self.rows {
            out.extend(quarters(row.trace.bits()));
            out.extend(halves(row.id.bits()));
            out.extend(halves(row.parent.map_or(0, SpanId::bits)));
            out.extend(halves(row.start_micros.cast_unsigned()));
            out.extend(halves(row.duration_micros.cast_unsigned()));
            let state = [row.kind as u32, row.status as u32, u32::from(row.is_shared)];
            out.extend([row.operation, row.process, row.warning.unwrap_or(NONE)].into_iter().chain(state));
            out.extend(row.tags.numbers());
            out.extend([row.events.0, row.events.1, row.links.0, row.links.1]);
        }
        for event in &self.events {
            out.extend(halves(event.at_micros.cast_unsigned()));
            out.extend(event.fields.numbers());
        }
        for (trace, span) in &self.links {
            out.extend(quarters(trace.bits()));
            out.extend(halves(span.bits()));
        }
        (out, text)
    }

    /// The spans that were written; nothing when they break off.
    pub fn from_wire(numbers: &[u32], mut text: &str) -> Option<Self> {
        let mut numbers = numbers.iter();
        let table = LabelTable::read(&mut numbers, &mut text)?;
        let mut numbers = Numbers(numbers);
        let mut spans = Self { table, ..Self::default() };
        let [processes, rows, events, links] = numbers.next()?;
        for _ in 0..processes {
            let [service, start, end] = numbers.next()?;
            spans.processes.push(Process { service, tags: LabelSet::of([start, end]) });
        }
        for _ in 0..rows {
            spans.rows.push(numbers.row()?);
        }
        for _ in 0..events {
            let (at_micros, fields) = (numbers.signed()?, LabelSet::of(numbers.next()?));
            spans.events.push(EventRow { at_micros, fields });
        }
        for _ in 0..links {
            spans.links.push((numbers.trace()?, SpanId::from_bits(numbers.whole()?)?));
        }
        spans.group();
        Some(spans)
    }
}

impl Overview {
    /// Overviews as numbers and a text.
    pub fn to_wire(overviews: &[Self]) -> (Vec<u32>, String) {
        let (mut out, mut text) = (Vec::new(), String::new());
        let mut write = |out: &mut Vec<u32>, one: &str| {
            out.push(one.len() as u32);
            text.push_str(one);
        };
        for overview in overviews {
            out.extend(quarters(overview.trace.bits()));
            out.extend(halves(overview.start_micros.cast_unsigned()));
            out.extend(halves(overview.duration_micros.cast_unsigned()));
            let counts = [overview.spans, overview.errors, overview.orphans];
            out.extend(counts.map(|count| count.unwrap_or(NONE)));
            out.push(u32::from(overview.root.is_some()));
            for one in overview.root.iter().flat_map(|(service, operation)| [service, operation]) {
                write(&mut out, one);
            }
            out.push(overview.services.len() as u32);
            for service in &overview.services {
                write(&mut out, &service.service);
                out.extend([service.spans, service.errors]);
            }
        }
        (out, text)
    }

    /// The overviews that were written; nothing when they break off.
    pub fn from_wire(numbers: &[u32], mut text: &str) -> Option<Vec<Self>> {
        let mut numbers = Numbers(numbers.iter());
        let mut overviews = Vec::new();
        while !numbers.0.as_slice().is_empty() {
            let (trace, start_micros, duration_micros) = (numbers.trace()?, numbers.signed()?, numbers.signed()?);
            let [spans, errors, orphans] = numbers.next()?.map(|count| (count != NONE).then_some(count));
            let [has_root] = numbers.next()?;
            let root = if has_root == 0 { None } else { Some((numbers.text(&mut text)?, numbers.text(&mut text)?)) };
            let mut services = Vec::new();
            let [count] = numbers.next()?;
            for _ in 0..count {
                let service = numbers.text(&mut text)?;
                let [spans, errors] = numbers.next()?;
                services.push(ServiceCount { service, spans, errors });
            }
            overviews.push(Self { trace, root, start_micros, duration_micros, spans, errors, orphans, services });
        }
        Some(overviews)
    }
}

const fn halves(bits: u64) -> [u32; 2] {
    [(bits >> 32) as u32, bits as u32]
}

const fn quarters(bits: u128) -> [u32; 4] {
    [(bits >> 96) as u32, (bits >> 64) as u32, (bits >> 32) as u32, bits as u32]
}

struct Numbers<'a>(Iter<'a, u32>);

impl Numbers<'_> {
    fn next<const N: usize>(&mut self) -> Option<[u32; N]> {
        let (taken, rest) = self.0.as_slice().split_first_chunk::<N>()?;
        self.0 = rest.iter();
        Some(*taken)
    }

    fn whole(&mut self) -> Option<u64> {
        let [high, low] = self.next()?;
        Some(u64::from(high) << 32 | u64::from(low))
    }

    fn signed(&mut self) -> Option<i64> {
        self.whole().map(u64::cast_signed)
    }

    fn trace(&mut self) -> Option<TraceId> {
        let (high, low) = (self.whole()?, self.whole()?);
        TraceId::from_bits(u128::from(high) << 64 | u128::from(low))
    }

    fn text(&mut self, text: &mut &str) -> Option<String> {
        let [length] = self.next()?;
        let (one, rest) = text.split_at_checked(length as usize)?;
        *text = rest;
        Some(one.to_owned())
    }

    fn row(&mut self) -> Option<Row> {
        let (trace, id, parent) = (self.trace()?, SpanId::from_bits(self.whole()?)?, SpanId::from_bits(self.whole()?));
        let (start_micros, duration_micros) = (self.signed()?, self.signed()?);
        let [operation, process, warning, kind, status, is_shared] = self.next()?;
        let tags = LabelSet::of(self.next()?);
        let [first_event, last_event, first_link, last_link] = self.next()?;
        Some(Row {
            parent,
            start_micros,
            duration_micros: duration_micros.max(0),
            operation,
            kind: SpanKind::from_number(i64::from(kind)),
            status: SpanStatus::from_number(i64::from(status)),
            is_shared: is_shared != 0,
            tags,
            events: (first_event, last_event),
            links: (first_link, last_link),
            warning: (warning != NONE).then_some(warning),
            ..Row::new(trace, id, process)
        })
    }
}
