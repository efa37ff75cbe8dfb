//! One piece with its layers in order.
//!
//! *Before:* a piece and the sizes of its items. *After:* ordered layers. Small pieces that have to be folded are tried
//! in several ways, of which the one with the fewest crossings stays.

use super::acyclic::linear_order;
use super::down::{Arranged, end_at};
use super::fold::{Columns, Search, even_shape, fold, shape};
use super::nest::Nest;
use super::order::{Effort, hairpin_crossings, interpolate, order};
use super::part::{Link, Part, Reach};
use super::proper::{Kind, Proper};
use super::rank::ranks;
use super::style::Style;
use super::sweep::Gaps;
use super::up::{Drawing, Stage};
use super::wrap::{is_chain, wrap};

/// Fewer items stand well in any layers: in the whole drawing or in what makes most of it, and in any other box.
const FEWEST_TO_FOLD: usize = 5;
const FEWEST_TO_FOLD_INSIDE: usize = 9;
/// How far from the wanted shape the layers of the whole drawing or of what makes most of it, and of any other box, may be
/// before they are folded.
const TOLERANCE: f64 = 1.3;
const TOLERANCE_INSIDE: f64 = 3.0;
/// Exchanges tried for each item, at first and at last.
const ROUGH_TRIES: usize = 30;
const TRIES: usize = 100;
/// What edges against the flow cost, in the order in which it is tried.
const BACKWARD: [f64; 2] = [2.0, 1.0];
/// Items that are folded at most, all attempts together, and attempts at most: only what makes most of the drawing is
/// worth several.
const ITEMS_IN_ATTEMPTS: usize = 150;
const MOST_ATTEMPTS: usize = 3;

/// The layers of a piece of the box `item`.
pub(super) fn arrange(nest: &Nest, style: &Style, known: &Drawing, item: usize, part: Part) -> Arranged {
    let ranks = ranks(&part, &linear_order(&part));
    let natural = known.shapes[item - nest.nodes].unwrap_or_else(|| shape(&part, &ranks, style.room()));
    let is_main = nest.holds_most(item);
    let (tolerance, fewest) =
        if is_main { (TOLERANCE, FEWEST_TO_FOLD) } else { (TOLERANCE_INSIDE, FEWEST_TO_FOLD_INSIDE) };
    let strip = natural < style.aspect / tolerance || natural > style.aspect * tolerance;
    let is_rough = known.stage == Stage::Guessed;
    let draft = |columns: &Columns, hints, effort| {
        let hints = if hints { Some((nest, known)) } else { None };
        Draft::of(style, &part, columns, hints, effort)
    };
    if part.items.len() < fewest || !strip {
        let y = if is_rough { depth_first(&part) } else { known_positions(&part, known) };
        let draft = draft(&Columns { of: ranks, y }, !is_rough, Effort::Full);
        return draft.arranged(part, None);
    }
    let stretch = known.stretch[item - nest.nodes];
    let room = style.room().stretched(stretch);
    let effort = if is_rough { Effort::Rough } else { Effort::Full };
    if natural > style.aspect && is_chain(&part) {
        let draft = draft(&wrap(&part, &ranks, room), false, effort);
        return draft.arranged(part, Some(natural));
    }
    let search = |attempt: usize| Search {
        seed: style.seed.wrapping_add((item + 1000 * attempt) as u64),
        tries: if is_rough { ROUGH_TRIES } else { TRIES },
        wider: attempt % 2,
        backward: BACKWARD[attempt / 2 % 2],
    };
    let attempts =
        if is_rough || !is_main { 1 } else { (ITEMS_IN_ATTEMPTS / part.items.len()).clamp(1, MOST_ATTEMPTS) };
    let off = |columns: &Columns| {
        let ratio = even_shape(&part, &columns.of, style.room()) / stretch / style.aspect;
        if ratio > 1.0 { (ratio / 1.3).max(1.0) } else { (0.7 / ratio).max(1.0) }
    };
    let cost = |columns: &Columns| (draft(columns, false, Effort::Rough).crossings + 1) as f64 * off(columns);
    let mut best = fold(&part, &ranks, room, search(0));
    let mut least = if attempts > 1 { cost(&best) } else { 0.0 };
    for attempt in 1..attempts {
        let columns = fold(&part, &ranks, room, search(attempt));
        let cost = cost(&columns);
        if cost < least {
            (least, best) = (cost, columns);
        }
    }
    let mut draft = draft(&best, false, effort);
    if is_main {
        draft.off = off(&best);
    }
    draft.arranged(part, Some(natural))
}

/// Ordered layers.
struct Draft {
    proper: Proper,
    y: Vec<f64>,
    gaps: Gaps,
    crossings: usize,
    /// How far the shape is from the wanted one: 1 is near enough.
    off: f64,
}

impl Draft {
    /// For items in given columns. `hints` tell where edges will touch boxes: helpful unless items changed columns.
    fn of(style: &Style, part: &Part, columns: &Columns, hints: Option<(&Nest, &Drawing)>, effort: Effort) -> Self {
        let mut proper = Proper::new(part, &columns.of);
        let gaps = gaps(style, &proper);
        let mut y = vec![0.0; proper.kinds.len()];
        y[..columns.y.len()].copy_from_slice(&columns.y);
        if let Some((nest, known)) = hints {
            hint_offsets(nest, known, part, &mut proper);
        }
        spread_ports(&proper, &mut y);
        interpolate(&proper, part.items.len(), &mut y);
        let crossings = order(&mut proper, &mut y, gaps, effort) + hairpin_crossings(&proper);
        Self { proper, y, gaps, crossings, off: 1.0 }
    }

    fn arranged(self, part: Part, strip: Option<f64>) -> Arranged {
        let Self { proper, y, gaps, crossings, off } = self;
        let tips = vec![[0; 2]; part.links.len()];
        Arranged { part, proper, y, gaps, crossings, off, strip, tips }
    }
}

/// Dummies take no more than half of the room that the items take.
fn gaps(style: &Style, proper: &Proper) -> Gaps {
    let (mut items, mut dummies) = (style.node, 0.0_f64);
    for (&kind, extent) in proper.kinds.iter().zip(&proper.extents) {
        match kind {
            Kind::Item => items += extent + style.node,
            _ => dummies += style.edge,
        }
    }
    Gaps {
        node: style.node,
        edge: (style.edge * (0.6 * items / dummies.max(1.0)).min(1.0)).max(1.5_f64.min(style.edge)),
    }
}

fn known_positions(part: &Part, known: &Drawing) -> Vec<f64> {
    let y: Vec<f64> = part.items.iter().map(|&item| known.middles[item]).collect();
    let mean = y.iter().sum::<f64>() / y.len().max(1) as f64;
    y.into_iter().map(|y| y - mean).collect()
}

/// Positions in the order of a depth-first walk, so that neighbours begin near each other.
fn depth_first(part: &Part) -> Vec<f64> {
    let count = part.items.len();
    let mut near = vec![Vec::new(); count];
    for link in &part.links {
        if let Reach::Within { source, target } = link.reach {
            near[source].push(target);
            near[target].push(source);
        }
    }
    let mut y = vec![f64::NAN; count];
    let mut next = 0.0;
    for start in 0..count {
        let mut stack = vec![start];
        while let Some(item) = stack.pop() {
            if y[item].is_nan() {
                y[item] = next;
                next += part.sizes[item].1;
                stack.extend(near[item].iter().rev().filter(|&&other| y[other].is_nan()));
            }
        }
    }
    y.into_iter().map(|y| y - next / 2.0).collect()
}

/// Ports evenly over the height of the items.
fn spread_ports(proper: &Proper, y: &mut [f64]) {
    let height: f64 = proper.extents.iter().sum::<f64>() / (proper.layers.len().max(3) - 2) as f64;
    for layer in [proper.layers.first(), proper.layers.last()].into_iter().flatten() {
        for (place, &slot) in layer.iter().enumerate() {
            y[slot] = ((place as f64 + 0.5) / layer.len() as f64 - 0.5) * height;
        }
    }
}

/// Where edges will touch a box, as far as the round before tells.
fn hint_offsets(nest: &Nest, known: &Drawing, part: &Part, proper: &mut Proper) {
    for segment in &mut proper.segments {
        for end in [0, 1] {
            let Some(&item) = part.items.get(segment.slots[end]) else { continue };
            if item < nest.nodes {
                continue;
            }
            let node = end_node(nest, &part.links[segment.link], segment.slots[end]);
            segment.offsets[end] = known.middles[node] - known.middles[item];
        }
    }
}

/// The node in which a link ends at this item.
fn end_node(nest: &Nest, link: &Link, item: usize) -> usize {
    nest.arcs[link.edge].map_or(0, |arc| arc.ends[end_at(link, item)])
}
