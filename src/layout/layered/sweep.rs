//! One sweep over the layers: each slot moves to the weighted mean of its neighbours, least distances kept.
//!
//! The barycentre rule of Sugiyama, Tagawa, Toda (1981), on positions instead of places, so that ordering and
//! coordinates come from the same movement.

use crate::order::sort_by;

use super::proper::{Kind, Proper, Way};
use super::settle::{Wish, settle};

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

/// Visits the layers from the left (or from the right) and moves their slots.
pub(super) fn sweep(proper: &mut Proper, y: &mut [f64], gaps: Gaps, (from_left, look): (bool, Look), freedom: Freedom) {
    let count = proper.layers.len();
    for step in 0..count {
        let layer = if from_left { step } else { count - 1 - step };
        move_layer(proper, y, gaps, layer, look, freedom);
    }
}

fn move_layer(proper: &mut Proper, y: &mut [f64], gaps: Gaps, layer: usize, look: Look, freedom: Freedom) {
    let mut slots = std::mem::take(&mut proper.layers[layer]);
    let mut dreams: Vec<(f64, f64, usize)> = slots.iter().map(|&slot| wish(proper, y, slot, look, freedom)).collect();
    let fixed = slots.first().is_none_or(|&slot| proper.kinds[slot] == Kind::Port);
    if freedom == Freedom::Order && !fixed {
        sort_by(&mut dreams, |a, b| a.0.total_cmp(&b.0));
    }
    let mut wishes = Vec::with_capacity(dreams.len());
    let mut above: Option<usize> = None;
    for (slot, &(at, weight, dreamer)) in slots.iter_mut().zip(&dreams) {
        *slot = dreamer;
        let gap = above.map_or(0.0, |above| distance(proper, gaps, above, dreamer));
        wishes.push(Wish { at, weight, gap });
        above = Some(dreamer);
    }
    for (at, &slot) in settle(&wishes).into_iter().zip(&slots) {
        y[slot] = at;
    }
    proper.layers[layer] = slots;
}

/// Least distance of the middles of two slots, one directly below the other.
pub(super) fn distance(proper: &Proper, gaps: Gaps, above: usize, below: usize) -> f64 {
    f64::midpoint(proper.extents[above], proper.extents[below]) + gaps.between(proper.kinds[above], proper.kinds[below])
}

/// Where a slot would like to be, how much that counts, and the slot.
fn wish(proper: &Proper, y: &[f64], slot: usize, look: Look, freedom: Freedom) -> (f64, f64, usize) {
    let (mut sum, mut total) = (0.0, 0.0);
    for side in [0, 1] {
        if (side == 0 && look == Look::Right) || (side == 1 && look == Look::Left) {
            continue;
        }
        for segment in proper.beside[side].of(slot).map(|index| &proper.segments[index]) {
            let other = segment.slots[side];
            let weight = match freedom {
                Freedom::Order => 1.0,
                Freedom::Positions => stiffness(proper.kinds[slot], proper.kinds[other]),
            };
            sum += weight * (y[other] + segment.offsets[side] - segment.offsets[1 - side]);
            total += weight;
        }
    }
    for link in proper.hairpins.of(slot) {
        if let Way::Hairpin { slots, .. } = proper.ways[link] {
            let other = if slots[0] == slot { slots[1] } else { slots[0] };
            sum += 0.5 * y[other];
            total += 0.5;
        }
    }
    if total > 0.0 { (sum / total, total, slot) } else { (y[slot], 0.01, slot) }
}

/// Gansner et al. (1993) §4.1: the more of an edge's ends are dummies, the straighter it is to be.
fn stiffness(one: Kind, other: Kind) -> f64 {
    match (one == Kind::Item, other == Kind::Item) {
        (true, true) => 1.0,
        (false, false) => 8.0,
        _ => 2.0,
    }
}
