//! Pass 5: slots move within their layer to where they cause the fewest crossings.
//!
//! Matuszewski, Schönfeld, Molitor: Using sifting for k-layer straightline crossing minimization, GD 1999.
//!
//! *Before:* any order. *After:* an order with as many or fewer crossings.

use super::crossings::{inversions, key};
use super::proper::{Kind, Proper};

/// How many places a slot may look away from its own.
const REACH: usize = 24;

/// One pass over all layers; true if something moved.
pub(super) fn sift(proper: &mut Proper) -> bool {
    let mut places = proper.places();
    let mut moved = false;
    for layer in 0..proper.layers.len() {
        let mut slots = std::mem::take(&mut proper.layers[layer]);
        if slots.len() > 1 && slots.first().is_some_and(|&slot| proper.kinds[slot] != Kind::Port) {
            moved |= sift_layer(proper, &places, &mut slots);
            for (place, &slot) in (0..).zip(&slots) {
                places[slot] = place;
            }
        }
        proper.layers[layer] = slots;
    }
    moved
}

fn sift_layer(proper: &Proper, places: &[u32], slots: &mut Vec<usize>) -> bool {
    let ends = Ends::of(proper, places, slots);
    let mut order: Vec<usize> = (0..slots.len()).collect();
    let mut at: Vec<usize> = order.clone();
    let mut moved = false;
    for one in 0..slots.len() {
        let here = at[one];
        let (mut best, mut target) = (0, here);
        let mut change = 0;
        let end = (here + 1 + REACH).min(order.len());
        for (place, &other) in order.iter().enumerate().take(end).skip(here + 1) {
            change += ends.gain(other, one);
            if change < best {
                (best, target) = (change, place);
            }
        }
        change = 0;
        for place in (here.saturating_sub(REACH)..here).rev() {
            change += ends.gain(one, order[place]);
            if change < best {
                (best, target) = (change, place);
            }
        }
        if target == here {
            continue;
        }
        moved = true;
        if target > here {
            order[here..=target].rotate_left(1);
        } else {
            order[target..=here].rotate_right(1);
        }
        let (first, last) = (here.min(target), here.max(target));
        for (place, &other) in order.iter().enumerate().take(last + 1).skip(first) {
            at[other] = place;
        }
    }
    *slots = order.into_iter().map(|index| slots[index]).collect();
    moved
}

/// Where the segments of each slot of a layer end in the two neighbouring layers, sorted.
struct Ends {
    keys: Vec<u32>,
    /// For each slot: where its ends to the left and to the right begin in `keys`; both are followed by the next.
    starts: Vec<u32>,
}

impl Ends {
    fn of(proper: &Proper, places: &[u32], slots: &[usize]) -> Self {
        let mut ends = Self { keys: Vec::new(), starts: vec![0] };
        let (mut sorted, mut spare) = (Vec::new(), Vec::new());
        for &slot in slots {
            for side in [0, 1] {
                let segments = proper.beside[side].of(slot).map(|index| &proper.segments[index]);
                sorted.clear();
                sorted.extend(segments.map(|segment| key(segment, side, places, &proper.extents)));
                inversions(&mut sorted, &mut spare);
                ends.keys.extend_from_slice(&sorted);
                ends.starts.push(ends.keys.len() as u32);
            }
        }
        ends
    }

    fn side(&self, slot: usize, side: usize) -> &[u32] {
        &self.keys[self.starts[2 * slot + side] as usize..self.starts[2 * slot + side + 1] as usize]
    }

    /// Crossings with `above` over `below` less those with `below` over `above`.
    fn gain(&self, above: usize, below: usize) -> i64 {
        balance(self.side(above, 0), self.side(below, 0)) + balance(self.side(above, 1), self.side(below, 1))
    }
}

/// Pairs in which the first is greater less pairs in which the second is greater; both lists sorted.
fn balance(above: &[u32], below: &[u32]) -> i64 {
    if let ([one], [other]) = (above, below) {
        return i64::from(one > other) - i64::from(one < other);
    }
    if above.len() > below.len() {
        return -balance(below, above);
    }
    let mut total = 0_i64;
    for key in above {
        let less = below.partition_point(|other| other < key);
        let not_greater = less + below[less..].partition_point(|other| other == key);
        total = total.saturating_add_unsigned(less as u64).saturating_sub_unsigned((below.len() - not_greater) as u64);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::super::crossings::crossings;
    use super::super::part::{Link, Part, Reach};
    use super::*;

    #[test]
    fn balance_counts_pairs_both_ways() {
        assert_eq!(balance(&[1, 3], &[2]), 0);
        assert_eq!(balance(&[3, 4], &[1, 3]), 3);
        assert_eq!(balance(&[1, 3], &[3, 4]), -3);
        assert_eq!(balance(&[], &[1]), 0);
        assert_eq!(balance(&[2], &[1]), 1);
    }

    #[test]
    fn a_twisted_ladder_is_untwisted() {
        let arcs = [(0, 5), (1, 4), (2, 3)];
        let link =
            |(source, target)| Link { edge: 0, end: 0, reach: Reach::Within { source, target }, label: (0.0, 0.0) };
        let part = Part {
            items: vec![0; 6],
            sizes: vec![(1.0, 1.0); 6],
            links: arcs.map(link).to_vec(),
            ports: [vec![], vec![]],
        };
        let mut proper = Proper::new(&part, &[0, 0, 0, 1, 1, 1]);
        assert_eq!(crossings(&proper), 3);
        assert!(sift(&mut proper));
        assert_eq!(crossings(&proper), 0);
        assert!(!sift(&mut proper));
    }
}
