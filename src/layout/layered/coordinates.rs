//! Pass 6: positions across the flow.
//!
//! Alternating sweeps of weighted least squares (see [`settle`](super::settle)), long edges pulling hardest. Where the
//! edges of a node touch it is spread over its side in the order in which they leave.
//!
//! *Before:* ordered layers, extents of all slots, ports on boxes. *After:* positions in that order with the least
//! distances kept, the topmost edge of anything at zero.

use crate::order::sort_by;

use super::crossings::key;
use super::proper::{Proper, Way};
use super::sweep::{Freedom, Gaps, Look, Sweeps};

const ROUNDS: usize = 3;
/// Share of a node's side over which its edges are spread, and their greatest distance there.
const SPREAD: f64 = 0.6;
const SPREAD_STEP: f64 = 9.0;

/// Moves the slots; returns the height of it all.
pub(super) fn coordinates(proper: &mut Proper, y: &mut [f64], gaps: Gaps) -> f64 {
    let mut sweeps = Sweeps::over(proper, gaps, Freedom::Positions);
    for _ in 0..ROUNDS {
        for (from_left, look) in [(true, Look::Left), (false, Look::Right), (true, Look::Both), (false, Look::Both)] {
            sweeps.sweep(proper, y, from_left, look);
        }
    }
    let reach = |slot: usize, sign: f64| y[slot] + sign * proper.extents[slot] / 2.0;
    let slots = || proper.layers.iter().flatten().copied();
    let top = slots().map(|slot| reach(slot, -1.0)).fold(f64::INFINITY, f64::min);
    let bottom = slots().map(|slot| reach(slot, 1.0)).fold(f64::NEG_INFINITY, f64::max);
    if top > bottom {
        return 0.0;
    }
    for slot in slots() {
        y[slot] -= top;
    }
    bottom - top
}

/// Where the edges of a slot touch it on one side: the ends in the order in which they leave.
pub(super) fn leaving(proper: &Proper, places: &[u32], slot: usize, side: usize) -> Vec<End> {
    let mut ends: Vec<(u8, u32, usize, End)> = Vec::new();
    for &index in proper.beside[side].of(slot) {
        let segment = &proper.segments[index as usize];
        ends.push((1, key(segment, side, places, &proper.extents), segment.link, End::Segment(index as usize)));
    }
    if side == 1 {
        for &link in proper.hairpins.of(slot) {
            let link = link as usize;
            let Way::Hairpin { slots, .. } = proper.ways[link] else { continue };
            let tip = usize::from(slots[0] != slot);
            let other = places[slots[1 - tip]];
            // Nested: the nearest is outermost on the node.
            let class = if other < places[slot] { 0 } else { 2 };
            ends.push((class, u32::MAX - other, link, End::Hairpin(link, tip)));
        }
    }
    sort_by(&mut ends, |a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    ends.into_iter().map(|end| end.3).collect()
}

/// An end of a segment, or of a hairpin with its tip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    Segment(usize),
    Hairpin(usize, usize),
}

/// Spreads the ends of the edges over the side of a node, around `middle` (from the middle of the slot).
pub(super) fn spread(proper: &mut Proper, places: &[u32], slot: usize, (middle, height): (f64, f64)) {
    for side in [0, 1] {
        let ends = leaving(proper, places, slot, side);
        let step = (SPREAD * height / ends.len() as f64).min(SPREAD_STEP);
        for (index, end) in ends.iter().enumerate() {
            let offset = middle + (index as f64 - (ends.len() - 1) as f64 / 2.0) * step;
            set_offset(proper, *end, side, offset);
        }
    }
}

pub(super) fn set_offset(proper: &mut Proper, end: End, side: usize, offset: f64) {
    match end {
        End::Segment(index) => proper.segments[index].offsets[1 - side] = offset,
        End::Hairpin(link, tip) => {
            if let Way::Hairpin { offsets, .. } = &mut proper.ways[link] {
                offsets[tip] = offset;
            }
        }
    }
}
