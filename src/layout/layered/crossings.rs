//! Counting crossings of a proper layering.
//!
//! As Barth, Jünger, Mutzel: Simple and efficient bilayer cross counting, GD 2002: with the segments sorted by their left
//! ends, crossings are the inversions of their right ends; counted here while merging.

use super::proper::{Proper, Segment};

/// Steps into which the side of an item is divided.
const STEPS: u32 = 1024;

/// Where a segment touches its slot, as a whole number that grows downwards: place in the layer, then the offset along
/// the slot's side.
pub(super) fn key(segment: &Segment, end: usize, places: &[u32], extents: &[f64]) -> u32 {
    places[segment.slots[end]] * STEPS + step(segment, end, extents)
}

fn step(segment: &Segment, end: usize, extents: &[f64]) -> u32 {
    let share = (0.5 + segment.offsets[end] / (extents[segment.slots[end]] + 1.0)).clamp(0.0, 0.999);
    (share * f64::from(STEPS)) as u32
}

/// One end of a segment as the slot at the other end sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Strand {
    /// Where it leaves this slot, in steps.
    near: u32,
    /// The other slot, and where it touches that, in steps.
    other: u32,
    far: u32,
}

/// The segments of each slot, made ready for counting again and again while orders change and offsets do not.
pub(super) struct Strands {
    all: Vec<Strand>,
    /// Where those to the left and to the right of each slot begin, each sorted by where they leave; one more at the end.
    starts: Vec<u32>,
    keys: Vec<u32>,
    spare: Vec<u32>,
}

impl Strands {
    pub(super) fn of(proper: &Proper) -> Self {
        let mut strands: Vec<Strand> = Vec::with_capacity(2 * proper.segments.len());
        let mut starts = Vec::with_capacity(2 * proper.kinds.len() + 1);
        for slot in 0..proper.kinds.len() {
            for side in [0, 1] {
                let start = strands.len();
                starts.push(start as u32);
                for &index in proper.beside[side].of(slot) {
                    let segment = &proper.segments[index as usize];
                    let [near, far] = [1 - side, side].map(|end| step(segment, end, &proper.extents));
                    let strand = Strand { near, other: segment.slots[side] as u32, far };
                    // Most slots have few segments, and most segments of a slot leave it at the same place.
                    let mut place = strands.len();
                    while place > start && strands[place - 1].near > near {
                        place -= 1;
                    }
                    strands.insert(place, strand);
                }
            }
        }
        starts.push(strands.len() as u32);
        Self { all: strands, starts, keys: Vec::new(), spare: Vec::new() }
    }

    fn side(&self, slot: usize, side: usize) -> &[Strand] {
        let (strands, starts): (&[Strand], &[u32]) = (&self.all, &self.starts);
        &strands[starts[2 * slot + side] as usize..starts[2 * slot + side + 1] as usize]
    }

    /// All crossings between neighbouring layers; segments that touch the same place do not cross. Hairpins do not count.
    pub(super) fn crossings(&mut self, proper: &Proper, places: &mut Vec<u32>) -> usize {
        proper.write_places(places);
        let (mut keys, mut spare) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.spare));
        let places: &[u32] = places;
        let mut total = 0;
        for layer in &proper.layers {
            keys.clear();
            for &slot in layer {
                let mut run = (u32::MAX, keys.len());
                for strand in self.side(slot, 1) {
                    if strand.near != run.0 {
                        inversions(&mut keys[run.1..], &mut spare);
                        run = (strand.near, keys.len());
                    }
                    keys.push(places[strand.other as usize] * STEPS + strand.far);
                }
                inversions(&mut keys[run.1..], &mut spare);
            }
            total += inversions(&mut keys, &mut spare);
        }
        (self.keys, self.spare) = (keys, spare);
        total
    }

    /// Where the segments on one side of a slot end, sorted.
    pub(super) fn ends(&mut self, slot: usize, side: usize, places: &[u32], ends: &mut Vec<u32>) {
        let start = ends.len();
        for strand in self.side(slot, side) {
            ends.push(places[strand.other as usize] * STEPS + strand.far);
        }
        inversions(&mut ends[start..], &mut self.spare);
    }
}

/// Values that are sorted by insertion, before the merging begins.
const BLOCK: usize = 16;

/// Pairs of which the first is greater than the second; sorts the values.
pub(super) fn inversions(values: &mut [u32], spare: &mut Vec<u32>) -> usize {
    let mut total = 0;
    for block in values.chunks_mut(BLOCK) {
        for place in 1..block.len() {
            let (value, mut at) = (block[place], place);
            while at > 0 && block[at - 1] > value {
                block[at] = block[at - 1];
                at -= 1;
            }
            block[at] = value;
            total += place - at;
        }
    }
    let mut width = BLOCK;
    while width < values.len() {
        spare.clear();
        spare.extend_from_slice(values);
        for (from, to) in spare.chunks(2 * width).zip(values.chunks_mut(2 * width)) {
            let (left, right) = from.split_at(width.min(from.len()));
            let (mut one, mut other) = (0, 0);
            for value in to {
                if other == right.len() || (one < left.len() && left[one] <= right[other]) {
                    *value = left[one];
                    one += 1;
                } else {
                    *value = right[other];
                    other += 1;
                    total += left.len() - one;
                }
            }
        }
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
        let proper = Proper::new(&part, &[0, 0, 0, 1, 1, 1]);
        assert_eq!(Strands::of(&proper).crossings(&proper, &mut Vec::new()), expected);
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
