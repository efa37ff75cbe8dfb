//! Clocks that do not agree.

use super::tree::Tree;
use crate::backend::trace::SpanKind;

/// A call whose two spans cannot both be right about the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Skew {
    /// The row of the span that was asked.
    pub row: usize,
    /// By how much its clock is behind that of the span that asked, in microseconds; ahead when negative.
    pub behind_micros: i64,
}

/// Less than this is no news: clocks that are kept in step differ by as much.
const TOLERANCE_MICROS: i64 = 1_000;

/// Calls between two emitters of which the one asked begins before, or ends after, the one that asks.
///
/// How far the clocks are apart is guessed as Jaeger does (`jaeger internal/…/adjuster/clockskew.go`): the span that was
/// asked, when it is the shorter one, lies in the middle of the one that asked; otherwise it begins with it. What was sent
/// without waiting may end late, and is not looked at.
pub fn skews(tree: &Tree<'_>) -> Vec<Skew> {
    let mut found = Vec::new();
    for (row, (node, child)) in tree.iter().enumerate() {
        let Some(parent) = node.parent.and_then(|parent| tree.span(parent)) else { continue };
        let waits = !matches!(child.kind(), SpanKind::Consumer) && parent.kind() != SpanKind::Producer;
        let differs = parent.service() != child.service()
            || (parent.kind(), child.kind()) == (SpanKind::Client, SpanKind::Server);
        if !waits || !differs || child.start_micros() <= 0 || parent.start_micros() <= 0 {
            continue;
        }
        let early = parent.start_micros().saturating_sub(child.start_micros());
        let late = child.end_micros().saturating_sub(parent.end_micros());
        let spare = parent.duration_micros().saturating_sub(child.duration_micros());
        let is_off = early > TOLERANCE_MICROS || (spare >= 0 && late > TOLERANCE_MICROS);
        if is_off {
            found.push(Skew { row, behind_micros: early.saturating_add(spare.max(0) / 2) });
        }
    }
    found
}
