//! Spans as trees.

use crate::backend::trace::{Span, SpanId, SpanKind, Trace};
use crate::order;

/// A trace in the order in which it is shown: each span before its children, children by their start.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    trace: Trace<'a>,
    rows: Vec<Row>,
    oddities: Vec<Oddity>,
}

/// A span in its tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its place in the trace.
    pub place: usize,
    /// The row of its parent; none for a root.
    pub parent: Option<usize>,
    /// How many spans stand above it.
    pub depth: usize,
    /// The row after those of its descendants.
    pub end: usize,
    /// Whether it names a parent that is not there.
    pub is_orphan: bool,
}

/// What is odd about a trace. What was done about it is said with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Oddity {
    /// A parent is missing; its children became roots.
    MissingParent {
        /// The parent.
        parent: SpanId,
        /// How many spans name it.
        children: usize,
    },
    /// There are several roots that name no parent.
    SeveralRoots {
        /// How many.
        roots: usize,
    },
    /// Spans are their own ancestors; this one of them, the first to start, became a root.
    Cycle {
        /// The span.
        id: SpanId,
    },
    /// The same span came more than once; one was kept.
    Duplicate {
        /// The span.
        id: SpanId,
        /// How many were left out.
        left_out: usize,
    },
    /// Different spans share an identifier, other than the client's and the server's of one call, as Zipkin has it.
    SharedId {
        /// The identifier.
        id: SpanId,
    },
}

/// No parent.
const NONE: usize = usize::MAX;

impl<'a> Tree<'a> {
    /// The tree of a trace.
    pub fn of(trace: Trace<'a>) -> Self {
        let mut growing = Growing::of(trace);
        growing.find_duplicates();
        growing.find_parents();
        growing.break_cycles();
        let rows = growing.rows();
        let mut oddities = growing.oddities;
        let roots = rows.iter().filter(|row| row.parent.is_none() && !row.is_orphan).count();
        if roots > 1 {
            oddities.push(Oddity::SeveralRoots { roots });
        }
        Self { trace, rows, oddities }
    }

    /// The trace.
    pub const fn trace(&self) -> Trace<'a> {
        self.trace
    }

    /// The rows in order. Spans left out as duplicates have none.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What is odd.
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    /// The span of a row.
    pub fn span(&self, row: usize) -> Option<Span<'a>> {
        self.trace.get(self.rows.get(row)?.place)
    }

    /// All spans with their rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Row, Span<'a>)> {
        self.rows.iter().filter_map(|row| Some((row, self.trace.get(row.place)?)))
    }

    /// The rows of a row's children, in order.
    pub fn children(&self, row: usize) -> impl Iterator<Item = usize> {
        let end = self.rows.get(row).map_or(0, |row| row.end);
        let first = Some(row + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| {
            self.rows.get(*child).map(|child| child.end).filter(|next| *next < end)
        })
    }

    /// The row that the trace begins with: the first root that names no parent, or else the first root.
    pub fn root(&self) -> Option<usize> {
        let roots = || self.rows.iter().enumerate().filter(|(_, row)| row.parent.is_none());
        roots().find(|(_, row)| !row.is_orphan).or_else(|| roots().next()).map(|(row, _)| row)
    }
}

/// A tree that is being made. Everything is by place.
struct Growing<'a> {
    trace: Trace<'a>,
    /// Identifiers with their places, sorted.
    ids: Vec<(SpanId, usize)>,
    parents: Vec<usize>,
    is_orphan: Vec<bool>,
    is_left_out: Vec<bool>,
    oddities: Vec<Oddity>,
}

impl<'a> Growing<'a> {
    fn of(trace: Trace<'a>) -> Self {
        let mut ids: Vec<(SpanId, usize)> = trace.iter().enumerate().map(|(place, span)| (span.id(), place)).collect();
        order::sort_by(&mut ids, Ord::cmp);
        let count = trace.len();
        let (parents, flags) = (vec![NONE; count], vec![false; count]);
        Self { trace, ids, parents, is_orphan: flags.clone(), is_left_out: flags, oddities: Vec::new() }
    }

    /// The places of an identifier.
    fn places(&self, id: SpanId) -> &[(SpanId, usize)] {
        let start = self.ids.partition_point(|(other, _)| *other < id);
        let rest = self.ids.get(start..).unwrap_or_default();
        let count = rest.partition_point(|(other, _)| *other == id);
        rest.get(..count).unwrap_or_default()
    }

    fn find_duplicates(&mut self) {
        let mut start = 0;
        while let Some(&(id, _)) = self.ids.get(start) {
            let count = self.places(id).len();
            if count > 1 {
                self.look_at_shared(id, start, count);
            }
            start += count.max(1);
        }
    }

    /// Leaves out what came twice. Of one call, the server hangs below the client.
    fn look_at_shared(&mut self, id: SpanId, start: usize, count: usize) {
        let places: Vec<usize> =
            self.ids.get(start..start + count).unwrap_or_default().iter().map(|(_, place)| *place).collect();
        let spans: Vec<Span<'a>> = places.iter().filter_map(|place| self.trace.get(*place)).collect();
        let is_same = |one: &Span<'_>, other: &Span<'_>| {
            (one.kind(), one.start_micros(), one.duration_micros(), one.service(), one.operation())
                == (other.kind(), other.start_micros(), other.duration_micros(), other.service(), other.operation())
        };
        // Of a flood of one identifier only the first few are compared.
        let mut kept: Vec<usize> = Vec::new();
        let mut left_out = 0;
        for at in 0..spans.len() {
            let again = kept.iter().take(8).any(|before| match (spans.get(*before), spans.get(at)) {
                (Some(before), Some(span)) => is_same(before, span),
                _ => false,
            });
            if again {
                left_out += 1;
                if let Some(flag) = places.get(at).and_then(|place| self.is_left_out.get_mut(*place)) {
                    *flag = true;
                }
            } else {
                kept.push(at);
            }
        }
        if left_out > 0 {
            self.oddities.push(Oddity::Duplicate { id, left_out });
        }
        let is_call = |at: &&usize, side: fn(SpanKind) -> bool| spans.get(**at).is_some_and(|span| side(span.kind()));
        let client = kept.iter().find(|at| is_call(at, SpanKind::asks));
        let server = kept.iter().find(|at| is_call(at, SpanKind::serves));
        match (client, server) {
            (Some(client), Some(server)) if kept.len() == 2 => {
                if let (Some(client), Some(server)) = (places.get(*client), places.get(*server)) {
                    self.parents[*server] = *client;
                }
            }
            _ if kept.len() > 1 => self.oddities.push(Oddity::SharedId { id }),
            _ => {}
        }
    }

    fn find_parents(&mut self) {
        let mut missing: Vec<SpanId> = Vec::new();
        for (place, span) in self.trace.iter().enumerate() {
            let Some(parent) = span.parent().filter(|_| self.parents[place] == NONE && !self.is_left_out[place]) else {
                continue;
            };
            // Of a flood of one identifier only the first few are looked at; the first is never left out.
            let few = self.places(parent).iter().take(8).map(|(_, place)| *place);
            let kept = || few.clone().filter(|place| !self.is_left_out[*place]);
            // What a server asks in turn hangs below the server, not below the client with the same identifier.
            let server = kept().find(|place| self.trace.get(*place).is_some_and(|span| span.kind().serves()));
            if let Some(found) = server.filter(|server| *server != place).or_else(|| kept().next()) {
                self.parents[place] = found;
            } else {
                self.is_orphan[place] = true;
                missing.push(parent);
            }
        }
        order::sort_by(&mut missing, Ord::cmp);
        for group in missing.chunk_by(|one, other| one == other) {
            let parent = group.first().copied();
            self.oddities.extend(parent.map(|parent| Oddity::MissingParent { parent, children: group.len() }));
        }
    }

    fn break_cycles(&mut self) {
        // The walk in which a place was first met; zero for none.
        let mut walks = vec![0_usize; self.parents.len()];
        for start in 0..self.parents.len() {
            let (mut at, walk) = (start, start + 1);
            while at != NONE && walks[at] == 0 {
                walks[at] = walk;
                at = self.parents[at];
            }
            if at != NONE && walks[at] == walk {
                self.break_cycle(at);
            }
        }
    }

    fn break_cycle(&mut self, on_it: usize) {
        let key = |place: usize| (self.trace.get(place).map(|span| span.start_micros()), place);
        let (mut first, mut at) = (on_it, self.parents[on_it]);
        while at != on_it {
            first = if key(at) < key(first) { at } else { first };
            at = self.parents[at];
        }
        self.parents[first] = NONE;
        self.oddities.extend(self.trace.get(first).map(|span| Oddity::Cycle { id: span.id() }));
    }

    fn rows(&self) -> Vec<Row> {
        // Children by parent, each parent's by their start; roots first, as no place is greater than none.
        let mut family: Vec<(usize, i64, usize)> = (self.trace.iter().enumerate())
            .filter(|(place, _)| !self.is_left_out[*place])
            .map(|(place, span)| (self.parents[place], span.start_micros(), place))
            .collect();
        order::sort_by(&mut family, Ord::cmp);
        let mut firsts = vec![0; self.parents.len() + 1];
        for (parent, _, _) in &family {
            let after = if *parent == NONE { self.parents.len() } else { *parent };
            firsts[after] += 1;
        }
        let mut sum = 0;
        for first in &mut firsts {
            sum += std::mem::replace(first, sum);
        }
        let children = |parent: usize| {
            let end = firsts.get(parent + 1).copied().unwrap_or(family.len());
            family.get(firsts[parent]..end).unwrap_or_default()
        };
        let mut rows: Vec<Row> = Vec::with_capacity(family.len());
        // What is to come, last first: a place with its parent's row, or the end of a row.
        let mut stack: Vec<Result<(usize, Option<usize>), usize>> =
            children(self.parents.len()).iter().rev().map(|(_, _, place)| Ok((*place, None))).collect();
        while let Some(next) = stack.pop() {
            match next {
                Ok((place, parent)) => {
                    let row = rows.len();
                    let depth = parent.map_or(0, |parent: usize| rows[parent].depth + 1);
                    rows.push(Row { place, parent, depth, end: row, is_orphan: self.is_orphan[place] });
                    stack.push(Err(row));
                    stack.extend(children(place).iter().rev().map(|(_, _, child)| Ok((*child, Some(row)))));
                }
                Err(row) => rows[row].end = rows.len(),
            }
        }
        rows
    }
}
