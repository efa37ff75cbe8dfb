//! Counting crossings of a proper layering.
//!
//! Barth, Jünger, Mutzel: Simple and efficient bilayer cross counting, GD 2002: with the segments sorted by their left
//! ends, crossings are the inversions of their right ends, counted with a tree of partial sums.

use super::proper::{Proper, Segment};

/// Where a segment touches its slot: place in the layer, refined by the offset along the slot's border.
pub(super) fn key(segment: &Segment, end: usize, places: &[usize], extents: &[f64]) -> f64 {
    let slot = segment.slots[end];
    places[slot] as f64 + 0.5 * segment.offsets[end] / (extents[slot] + 1.0)
}

/// All crossings between neighbouring layers; segments that touch the same place do not cross. Hairpins do not count.
pub(super) fn crossings(proper: &Proper) -> usize {
    let places = proper.places();
    proper.layers.iter().map(|layer| crossings_right_of(proper, layer, &places)).sum()
}

/// The crossings of the segments that leave a layer to the right.
fn crossings_right_of(proper: &Proper, layer: &[usize], places: &[usize]) -> usize {
    let mut ends: Vec<(f64, f64)> = Vec::new();
    for &slot in layer {
        for segment in proper.beside[1].of(slot).map(|index| &proper.segments[index]) {
            ends.push((key(segment, 0, places, &proper.extents), key(segment, 1, places, &proper.extents)));
        }
    }
    ends.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut rights: Vec<f64> = ends.iter().map(|end| end.1).collect();
    rights.sort_unstable_by(f64::total_cmp);
    rights.dedup();
    let mut sums = vec![0_usize; rights.len() + 1];
    let mut total = 0;
    for (seen, end) in ends.iter().enumerate() {
        let rank = rights.partition_point(|right| *right < end.1) + 1;
        let mut at = rank;
        let mut not_above = 0;
        while at > 0 {
            not_above += sums[at];
            at &= at - 1;
        }
        total += seen - not_above;
        at = rank;
        while at < sums.len() {
            sums[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::super::part::{Link, Part, Reach};
    use super::*;

    fn check(arcs: &[(usize, usize)], expected: usize) {
        let link = |&(source, target): &(usize, usize)| Link {
            edge: 0,
            end: 0,
            reach: Reach::Within { source, target: 3 + target },
            label: (0.0, 0.0),
        };
        let part = Part {
            items: vec![0; 6],
            sizes: vec![(1.0, 1.0); 6],
            links: arcs.iter().map(link).collect(),
            ports: [vec![], vec![]],
        };
        assert_eq!(crossings(&Proper::new(&part, &[0, 0, 0, 1, 1, 1])), expected);
    }

    #[test]
    fn segments_cross_when_their_ends_change_sides() {
        check(&[(0, 0), (1, 1), (2, 2)], 0);
        check(&[(0, 2), (1, 1), (2, 0)], 3);
        check(&[(0, 1), (1, 0), (0, 2), (2, 0)], 4);
    }

    #[test]
    fn segments_with_a_common_end_do_not_cross() {
        check(&[(0, 0), (0, 1), (1, 1), (0, 0)], 0);
    }
}
