//! Pass 4: the order within the layers.
//!
//! Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) there and back; the order with the fewest crossings is kept and
//! then sifted.
//!
//! *Before:* a proper layering and a first position for each slot. *After:* layers in an order with few crossings,
//! positions in that order; ports keep the order that they had.

use super::crossings::crossings;
use super::proper::{Proper, Way};
use super::sift::sift;
use super::sweep::{Freedom, Gaps, Look, sweep};

const ROUNDS: usize = 8;
const PATIENCE: usize = 3;
const SIFTS: usize = 3;

/// Orders the layers, starting from `y`.
pub(super) fn order(proper: &mut Proper, y: &mut [f64], gaps: Gaps) {
    sort_by_position(proper, y);
    let mut best = (crossings(proper), proper.layers.clone());
    let mut since = 0;
    for round in 0..ROUNDS {
        let looks = if round % 2 == 0 { [Look::Left, Look::Right] } else { [Look::Both; 2] };
        for (from_left, look) in [(true, looks[0]), (false, looks[1])] {
            sweep(proper, y, gaps, (from_left, look), Freedom::Order);
            let count = crossings(proper);
            if count < best.0 {
                best = (count, proper.layers.clone());
                since = 0;
            }
        }
        since += 1;
        if best.0 == 0 || since > PATIENCE {
            break;
        }
    }
    proper.layers = best.1;
    for _ in 0..SIFTS {
        if best.0 == 0 || !sift(proper) {
            break;
        }
    }
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
        layer.sort_by(|&a, &b| y[a].total_cmp(&y[b]));
    }
}
