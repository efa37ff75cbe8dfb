//! Pass 4: the order within the layers.
//!
//! Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) there and back; the order with the fewest crossings is kept and
//! then sifted.
//!
//! *Before:* a proper layering and a first position for each slot. *After:* layers in an order with few crossings,
//! positions in that order; ports keep the order that they had.

use crate::order::sort_by;

use super::crossings::Strands;
use super::proper::{Proper, Way};
use super::sift::sift;
use super::sweep::{Freedom, Gaps, Look, Sweeps};

/// How much work an order is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effort {
    /// A few sweeps, where only sizes matter.
    Rough,
    /// Sweeps until they gain nothing, then sifting.
    Full,
}

const ROUNDS: usize = 8;
const ROUGH_ROUNDS: usize = 2;
/// Rounds without a gain before the sweeps end.
const PATIENCE: usize = 2;
const SIFTS: usize = 1;

/// Orders the layers, starting from `y`; tells how many crossings are left.
pub(super) fn order(proper: &mut Proper, y: &mut [f64], gaps: Gaps, effort: Effort) -> usize {
    sort_by_position(proper, y);
    let (mut strands, mut places) = (Strands::of(proper), Vec::new());
    let mut best = (strands.crossings(proper, &mut places), proper.layers.clone());
    let mut since = 0;
    let mut sweeps = Sweeps::over(proper, gaps, Freedom::Order);
    for round in 0..if effort == Effort::Rough { ROUGH_ROUNDS } else { ROUNDS } {
        let looks = if round % 2 == 0 { [Look::Left, Look::Right] } else { [Look::Both; 2] };
        since += 1;
        for (from_left, look) in [(true, looks[0]), (false, looks[1])] {
            sweeps.sweep(proper, y, from_left, look);
            let count = strands.crossings(proper, &mut places);
            if count < best.0 {
                best.0 = count;
                best.1.clone_from(&proper.layers);
                since = 0;
            }
        }
        if best.0 == 0 || since >= PATIENCE {
            break;
        }
    }
    proper.layers = best.1;
    if effort == Effort::Full && best.0 > 0 {
        proper.write_places(&mut places);
        for _ in 0..SIFTS {
            if !sift(proper, &mut strands, &mut places) {
                break;
            }
        }
        return strands.crossings(proper, &mut places);
    }
    best.0
}

/// Crossings of hairpins with the segments that leave between their ends.
pub(super) fn hairpin_crossings(proper: &Proper) -> usize {
    let places = proper.places();
    let hairpins = proper.ways.iter().filter_map(|way| match way {
        Way::Hairpin { slots, .. } => Some(slots),
        Way::Through { .. } => None,
    });
    let between = hairpins.map(|&[one, other]| {
        let (first, last) = (places[one].min(places[other]) as usize, places[one].max(places[other]) as usize);
        let slots = &proper.layers[proper.layer_of[one]][first..last];
        slots.iter().skip(1).map(|&slot| proper.beside[1].of(slot).len()).sum::<usize>()
    });
    between.sum()
}

/// Fills the positions of dummies and ports from those of the items.
pub(super) fn interpolate(proper: &Proper, items: usize, y: &mut [f64]) {
    for way in &proper.ways {
        let Way::Through { first, count } = *way else { continue };
        let segments = &proper.segments[first..first + count];
        let (Some(head), Some(tail)) = (segments.first(), segments.last()) else { continue };
        let (from, to) = (head.slots[0], tail.slots[1]);
        let (start, end) = match (from < items, to < items) {
            (true, true) => (y[from] + head.offsets[0], y[to] + tail.offsets[1]),
            (true, false) => (y[from] + head.offsets[0], y[to]),
            (false, _) => (y[from], y[to] + tail.offsets[1]),
        };
        for (step, segment) in segments.iter().enumerate().skip(1) {
            y[segment.slots[0]] = start + (end - start) * step as f64 / count as f64;
        }
    }
}

fn sort_by_position(proper: &mut Proper, y: &[f64]) {
    let inner = 1..proper.layers.len().saturating_sub(1);
    for layer in &mut proper.layers[inner] {
        sort_by(layer, |&a, &b| y[a].total_cmp(&y[b]));
    }
}
