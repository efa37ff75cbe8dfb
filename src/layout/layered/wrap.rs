//! Pass 2c: a long chain of layers, wrapped into rows like text.
//!
//! Rüegg, von Hanxleden: Wrapping layered graphs, Diagrams 2018, with cuts at equal distances.
//!
//! *Before:* ranks of which there are far too many. *After:* a column for each item, the next row beginning at the left
//! again, and a position in its row.

use super::fold::{Columns, Room};
use super::part::Part;

/// Edges for each item up to which a graph reads well when wrapped.
const MOST_EDGES: f64 = 1.2;

/// Whether rows suit the graph better than columns filled anew.
pub(super) fn is_chain(part: &Part) -> bool {
    part.links.len() as f64 <= MOST_EDGES * part.items.len() as f64
}

pub(super) fn wrap(part: &Part, ranks: &[usize], room: Room) -> Columns {
    let count = ranks.iter().max().map_or(0, |&last| last + 1);
    let mut heights = vec![0.0; count];
    let mut width = 0.0;
    for (&rank, size) in ranks.iter().zip(&part.sizes) {
        heights[rank] += size.1 + room.across;
        width += (size.0 + room.along) / part.items.len() as f64;
    }
    let tallest = heights.iter().copied().fold(1.0, f64::max);
    let columns = ((room.aspect * count as f64 * tallest / width).sqrt().ceil() as usize).clamp(1, count.max(1));
    let mut filled = vec![0.0; count];
    let place = |(&rank, size): (&usize, &(f64, f64))| {
        let row = rank / columns;
        let y = row as f64 * tallest + filled[rank] + f64::midpoint(size.1 + room.across, -heights[rank]);
        filled[rank] += size.1 + room.across;
        y
    };
    let y = ranks.iter().zip(&part.sizes).map(place).collect();
    Columns { of: ranks.iter().map(|rank| rank % columns).collect(), y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_ranks_become_a_few_rows_read_like_text() {
        let part = Part { items: (0..12).collect(), sizes: vec![(100.0, 40.0); 12], ..Part::default() };
        let ranks: Vec<usize> = (0..12).collect();
        let columns = wrap(&part, &ranks, Room { along: 60.0, across: 40.0, edge: 8.0, aspect: 1.0 });
        assert_eq!(columns.of, [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
        assert_eq!(columns.y, [0.0, 0.0, 0.0, 80.0, 80.0, 80.0, 160.0, 160.0, 160.0, 240.0, 240.0, 240.0]);
        assert!(is_chain(&part));
    }
}
