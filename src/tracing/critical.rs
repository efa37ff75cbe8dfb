//! What a trace waits for.

use super::tree::Tree;
use crate::backend::trace::SpanKind;
use crate::order;

/// A stretch of time in which a trace waits for one span's own work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// The row of the span.
    pub row: usize,
    /// From when, in microseconds of Unix time.
    pub from_micros: i64,
    /// Until when, after `from_micros`.
    pub to_micros: i64,
}

/// A span on whose way back the walk is.
struct Frame {
    row: usize,
    /// When it begins, not before its parent.
    from: i64,
    /// Up to where its time is told.
    at: i64,
    /// Children with their stretches, those that end last at the end.
    children: Vec<(i64, i64, usize)>,
}

/// The critical path, first segment first: together they cover the root without gaps.
///
/// The walk begins at the root's end and goes back: what ended last before the point reached is what was waited for, down
/// into that child, and on from its start (Zhang et al., "CRISP: Critical Path Analysis of Large-Scale Microservice
/// Architectures", USENIX ATC 2022, section 4; `jaeger-ui` draws the same). Children are cut to their parents' time; what
/// lies outside, and what was sent without waiting, is not waited for.
pub fn critical_path(tree: &Tree<'_>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut stack = Vec::new();
    if let Some((row, span)) = tree.root().and_then(|row| Some((row, tree.span(row)?))) {
        stack.push(frame(tree, row, span.start_micros(), span.end_micros()));
    }
    let mut push = |row: usize, from_micros: i64, to_micros: i64| {
        if from_micros < to_micros {
            segments.push(Segment { row, from_micros, to_micros });
        }
    };
    while let Some(top) = stack.last_mut() {
        match top.children.pop() {
            // It overlaps one that was waited for, which ended later.
            Some((_, to, _)) if to > top.at => {}
            Some((from, to, child)) => {
                push(top.row, to, top.at);
                top.at = from;
                stack.push(frame(tree, child, from, to));
            }
            None => {
                push(top.row, top.from, top.at);
                stack.pop();
            }
        }
    }
    segments.reverse();
    segments
}

fn frame(tree: &Tree<'_>, row: usize, from: i64, to: i64) -> Frame {
    let mut children: Vec<(i64, i64, usize)> = Vec::new();
    for child in tree.children(row) {
        let Some(span) = tree.span(child).filter(|span| span.kind() != SpanKind::Consumer) else { continue };
        let (start, end) = (span.start_micros().max(from), span.end_micros().min(to));
        if start < end {
            children.push((start, end, child));
        }
    }
    order::sort_by(&mut children, |(_, one, _), (_, other, _)| one.cmp(other));
    Frame { row, from, at: to, children }
}
