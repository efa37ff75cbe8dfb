//! What spans do themselves.

use super::tree::Tree;

/// For each row how long its span lasts while none of its children does, in microseconds.
pub fn self_times(tree: &Tree<'_>) -> Vec<i64> {
    let own = |(row, (_, span)): (usize, (_, crate::backend::trace::Span<'_>))| {
        let (mut at, end, mut own) = (span.start_micros(), span.end_micros(), 0_i64);
        // Children come by their start: what lies between one's end and the next one's start is the span's own.
        for child in tree.children(row).filter_map(|child| tree.span(child)) {
            let start = child.start_micros().clamp(at, end);
            own += start - at;
            at = child.end_micros().clamp(start, end);
        }
        own + (end - at)
    };
    tree.iter().enumerate().map(own).collect()
}
