//! Sweeps over the layers: each slot moves to the weighted mean of its neighbours, least distances kept.
//!
//! The barycentre rule of Sugiyama, Tagawa, Toda (1981), on positions instead of places, so that ordering and
//! coordinates come from the same movement.

use super::proper::{Kind, Proper, Way};
use super::settle::{Settler, Wish};

/// Free room across the flow.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Gaps {
    pub node: f64,
    pub edge: f64,
}

impl Gaps {
    pub(super) fn between(self, above: Kind, below: Kind) -> f64 {
        match (above, below) {
            (Kind::Item, Kind::Item) => self.node,
            (Kind::Item, _) | (_, Kind::Item) => (self.node / 2.0).max(self.edge),
            _ => self.edge,
        }
    }
}

/// Which neighbours count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    Left,
    Right,
    Both,
}

/// What a sweep may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Freedom {
    /// Order and positions; all neighbours count the same.
    Order,
    /// Positions only; long edges pull hard, so that they become straight.
    Positions,
}

/// A pull of one slot towards another.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Spring {
    other: u32,
    weight: f32,
    /// Where the slot would like to be, from the middle of the other.
    shift: f64,
}

/// Sweeps over one layering, whose segments stay as they are meanwhile.
pub(super) struct Sweeps {
    freedom: Freedom,
    gaps: Gaps,
    springs: Vec<Spring>,
    /// Of each slot: where in `springs` its pulls to the left, within the layer and to the right begin. One more at the
    /// end.
    starts: Vec<[u32; 3]>,
    /// Of the slots of the layer at hand.
    wishes: Vec<Wish>,
    order: Vec<u64>,
    spare: Vec<usize>,
    settler: Settler,
}

impl Sweeps {
    pub(super) fn over(proper: &Proper, gaps: Gaps, freedom: Freedom) -> Self {
        let slots = proper.kinds.len();
        let mut springs = Vec::with_capacity(2 * proper.segments.len());
        let mut starts = Vec::with_capacity(slots + 1);
        for slot in 0..slots {
            let mut start = [springs.len() as u32; 3];
            for side in [0, 1] {
                start[2 * side] = springs.len() as u32;
                for &index in proper.beside[side].of(slot) {
                    let segment = &proper.segments[index as usize];
                    let other = segment.slots[side];
                    let weight = match freedom {
                        Freedom::Order => 1.0,
                        Freedom::Positions => stiffness(proper.kinds[slot], proper.kinds[other]),
                    };
                    let shift = segment.offsets[side] - segment.offsets[1 - side];
                    springs.push(Spring { other: other as u32, weight, shift });
                }
                if side == 0 {
                    start[1] = springs.len() as u32;
                    for &link in proper.hairpins.of(slot) {
                        if let Way::Hairpin { slots, .. } = proper.ways[link as usize] {
                            let other = if slots[0] == slot { slots[1] } else { slots[0] };
                            springs.push(Spring { other: other as u32, weight: 0.5, shift: 0.0 });
                        }
                    }
                }
            }
            starts.push(start);
        }
        starts.push([springs.len() as u32; 3]);
        Self {
            freedom,
            gaps,
            springs,
            starts,
            wishes: Vec::new(),
            order: Vec::new(),
            spare: Vec::new(),
            settler: Settler::default(),
        }
    }

    /// Visits the layers from the left (or from the right) and moves their slots.
    pub(super) fn sweep(&mut self, proper: &mut Proper, y: &mut [f64], from_left: bool, look: Look) {
        let mut layers = std::mem::take(&mut proper.layers);
        let count = layers.len();
        for step in 0..count {
            let layer = if from_left { step } else { count - 1 - step };
            self.move_layer(proper, y, &mut layers[layer], look);
        }
        proper.layers = layers;
    }

    fn move_layer(&mut self, proper: &Proper, y: &mut [f64], slots: &mut [usize], look: Look) {
        let Some(&first) = slots.first() else { return };
        let wishes = &mut self.wishes;
        wishes.clear();
        let (springs, starts): (&[Spring], &[[u32; 3]]) = (&self.springs, &self.starts);
        for &slot in &*slots {
            let (from, to) = match look {
                Look::Left => (starts[slot][0], starts[slot][2]),
                Look::Right => (starts[slot][1], starts[slot + 1][0]),
                Look::Both => (starts[slot][0], starts[slot + 1][0]),
            };
            wishes.push(wish(&springs[from as usize..to as usize], y, slot));
        }
        let (kinds, extents): (&[Kind], &[f64]) = (&proper.kinds, &proper.extents);
        if self.freedom == Freedom::Order && kinds[first] != Kind::Port {
            self.reorder(slots);
        }
        let mut above = first;
        for (place, (wish, &slot)) in self.wishes.iter_mut().zip(&*slots).enumerate() {
            if place > 0 {
                wish.gap = f64::midpoint(extents[above], extents[slot]) + self.gaps.between(kinds[above], kinds[slot]);
            }
            above = slot;
        }
        for (&at, &slot) in self.settler.settle(&self.wishes).iter().zip(&*slots) {
            y[slot] = at;
        }
    }

    /// Sorts the slots, and their wishes with them, by where they would like to be; to a sixteenth, and equal ones in the
    /// order that they have.
    fn reorder(&mut self, slots: &mut [usize]) {
        self.order.clear();
        self.spare.clear();
        self.spare.extend_from_slice(slots);
        for (place, wish) in (0..).zip(&self.wishes) {
            let height = (wish.at * 16.0).clamp(-HIGHEST, HIGHEST) + HIGHEST;
            self.order.push((height as u64) << PLACE_BITS | place);
        }
        self.order.sort_unstable();
        let wishes: Vec<Wish> = std::mem::take(&mut self.wishes);
        for (slot, key) in slots.iter_mut().zip(&self.order) {
            let place = (key & ((1 << PLACE_BITS) - 1)) as usize;
            *slot = self.spare[place];
            self.wishes.push(wishes[place]);
        }
    }
}

/// Bits of a key for the place of a slot in its layer, and the greatest height that the others hold.
const PLACE_BITS: u32 = 24;
const HIGHEST: f64 = (1_u64 << 38) as f64;

/// Where a slot would like to be and how much that counts.
fn wish(springs: &[Spring], y: &[f64], slot: usize) -> Wish {
    let (mut sum, mut total) = (0.0, 0.0);
    for spring in springs {
        let weight = f64::from(spring.weight);
        sum += weight * (y[spring.other as usize] + spring.shift);
        total += weight;
    }
    if total > 0.0 {
        Wish { at: sum / total, weight: total, gap: 0.0 }
    } else {
        Wish { at: y[slot], weight: 0.01, gap: 0.0 }
    }
}

/// Gansner et al. (1993) §4.1: the more of an edge's ends are dummies, the straighter it is to be.
fn stiffness(one: Kind, other: Kind) -> f32 {
    match (one == Kind::Item, other == Kind::Item) {
        (true, true) => 1.0,
        (false, false) => 8.0,
        _ => 2.0,
    }
}
