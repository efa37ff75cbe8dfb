//! Pass 5: slots move within their layer to where they cause the fewest crossings.
//!
//! Matuszewski, Schönfeld, Molitor: Using sifting for k-layer straightline crossing minimization, GD 1999.
//!
//! *Before:* any order. *After:* an order with as many or fewer crossings.

use super::crossings::Strands;
use super::proper::{Kind, Proper};

/// How many places a slot may look away from its own.
const REACH: usize = 24;

/// One pass over all layers; true if something moved. `places` are those of the slots in their layers, before and after.
pub(super) fn sift(proper: &mut Proper, strands: &mut Strands, places: &mut [u32]) -> bool {
    let mut moved = false;
    let mut ends = Ends::default();
    for layer in 0..proper.layers.len() {
        let slots: &mut [usize] = &mut proper.layers[layer];
        if slots.len() > 1 && slots.first().is_some_and(|&slot| proper.kinds[slot] != Kind::Port) {
            ends.read(strands, places, slots);
            moved |= sift_layer(&ends, slots);
            for (place, &slot) in (0..).zip(&*slots) {
                places[slot] = place;
            }
        }
    }
    moved
}

fn sift_layer(ends: &Ends, slots: &mut [usize]) -> bool {
    let mut order: Vec<usize> = (0..slots.len()).collect();
    let mut at: Vec<usize> = order.clone();
    let (order, at): (&mut [usize], &mut [usize]) = (&mut order, &mut at);
    let mut moved = false;
    for one in 0..slots.len() {
        let here = at[one];
        let (mut best, mut target) = (0, here);
        let mut change = 0;
        for (place, &other) in (here + 1..).zip(order[here + 1..].iter().take(REACH)) {
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
        for place in here.min(target)..=here.max(target) {
            at[order[place]] = place;
        }
    }
    if moved {
        let before = slots.to_vec();
        for (slot, &index) in slots.iter_mut().zip(&*order) {
            *slot = before[index];
        }
    }
    moved
}

/// Where the segments of each slot of a layer end in the two neighbouring layers, sorted.
#[derive(Default)]
struct Ends {
    keys: Vec<u32>,
    /// For each slot: where its ends to the left and to the right begin in `keys`; both are followed by the next.
    starts: Vec<u32>,
}

impl Ends {
    fn read(&mut self, strands: &mut Strands, places: &[u32], slots: &[usize]) {
        self.keys.clear();
        self.starts.clear();
        for &slot in slots {
            for side in [0, 1] {
                self.starts.push(self.keys.len() as u32);
                strands.ends(slot, side, places, &mut self.keys);
            }
        }
        self.starts.push(self.keys.len() as u32);
    }

    /// Crossings with `above` over `below` less those with `below` over `above`.
    fn gain(&self, above: usize, below: usize) -> isize {
        let (keys, starts): (&[u32], &[u32]) = (&self.keys, &self.starts);
        let (above, below) = (&starts[2 * above..2 * above + 3], &starts[2 * below..2 * below + 3]);
        balance(&keys[above[0] as usize..above[1] as usize], &keys[below[0] as usize..below[1] as usize])
            + balance(&keys[above[1] as usize..above[2] as usize], &keys[below[1] as usize..below[2] as usize])
    }
}

/// How much longer a list must be than another for it to be searched instead of walked through.
const MUCH_LONGER: usize = 8;

/// Pairs in which the first is greater less pairs in which the second is greater; both lists sorted.
fn balance(above: &[u32], below: &[u32]) -> isize {
    if let ([one], [other]) = (above, below) {
        return isize::from(one > other) - isize::from(one < other);
    }
    if above.len() > below.len() {
        return -balance(below, above);
    }
    let search = below.len() > MUCH_LONGER * above.len();
    // Of `below`: how many are less than the key, and how many are not greater.
    let (mut less, mut within, mut total) = (0, 0, 0);
    for &key in above {
        if search {
            less = below.partition_point(|&other| other < key);
            within = less;
        }
        while less < below.len() && below[less] < key {
            less += 1;
        }
        while within < below.len() && below[within] <= key {
            within += 1;
        }
        total += (less + within).cast_signed() - below.len().cast_signed();
    }
    total
}

#[cfg(test)]
mod tests {
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
        let (mut strands, mut places) = (Strands::of(&proper), Vec::new());
        assert_eq!(strands.crossings(&proper, &mut places), 3);
        assert!(sift(&mut proper, &mut strands, &mut places));
        assert_eq!(strands.crossings(&proper, &mut places), 0);
        assert!(!sift(&mut proper, &mut strands, &mut places));
    }
}
