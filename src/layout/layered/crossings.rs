//! Counting crossings of a proper layering.
//!
//! As Barth, Jünger, Mutzel: Simple and efficient bilayer cross counting, GD 2002: with the segments sorted by their left
//! ends, crossings are the inversions of their right ends; counted here while merging.

use super::proper::{Proper, Segment};

/// Steps into which the side of an item is divided.
const STEPS: f64 = 1024.0;

/// Where a segment touches its slot, as a whole number that grows downwards: place in the layer, then the offset along
/// the slot's side.
pub(super) fn key(segment: &Segment, end: usize, places: &[u32], extents: &[f64]) -> u32 {
    let slot = segment.slots[end];
    let share = (0.5 + segment.offsets[end] / (extents[slot] + 1.0)).clamp(0.0, 0.999);
    places[slot] * STEPS as u32 + (share * STEPS) as u32
}

/// All crossings between neighbouring layers; segments that touch the same place do not cross. Hairpins do not count.
pub(super) fn crossings(proper: &Proper) -> usize {
    let places = proper.places();
    let (mut ends, mut rights, mut spare) = (Vec::new(), Vec::new(), Vec::new());
    let mut total = 0;
    for layer in &proper.layers {
        ends.clear();
        for &slot in layer {
            for segment in proper.beside[1].of(slot).map(|index| &proper.segments[index]) {
                let [left, right] = [0, 1].map(|end| u64::from(key(segment, end, &places, &proper.extents)));
                ends.push((left << 32) | right);
            }
        }
        ends.sort_unstable();
        rights.clear();
        rights.extend(ends.iter().map(|&both| both as u32));
        total += inversions(&mut rights, &mut spare);
    }
    total
}

/// Pairs of which the first is greater than the second; sorts the values.
pub(super) fn inversions(values: &mut Vec<u32>, spare: &mut Vec<u32>) -> usize {
    let count = values.len();
    let (mut total, mut width) = (0, 1);
    while width < count {
        spare.clear();
        for run in values.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
                if first <= second {
                    spare.push(*first);
                    left = left_rest;
                } else {
                    total += left.len();
                    spare.push(*second);
                    right = right_rest;
                }
            }
            spare.extend_from_slice(left);
            spare.extend_from_slice(right);
        }
        std::mem::swap(values, spare);
        width *= 2;
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
