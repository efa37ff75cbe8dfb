//! From the drawing as a whole down to the innermost boxes: layers, orders, and the ports on each border.
//!
//! *Before:* sizes of all items (estimated or known from the round before). *After:* for each box its parts with
//! ordered layers; for each edge that crosses a border, its place on that border.

use super::acyclic::linear_order;
use super::crossings::key;
use super::fold::{Room, fold, shape};
use super::nest::Nest;
use super::order::{interpolate, order};
use super::part::{Link, Part, Reach, Side, split};
use super::proper::{Kind, Proper, Way};
use super::rank::ranks;
use super::style::Style;
use super::sweep::Gaps;
use super::up::Drawing;

/// One part with its layers.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Arranged {
    pub part: Part,
    pub proper: Proper,
    pub y: Vec<f64>,
    pub gaps: Gaps,
    /// For each link and each of its two ends (left and right, or the two slots of a hairpin): if that end is a box,
    /// the place among the ports on its border.
    pub tips: Vec<[usize; 2]>,
}

/// The end `.1` of edge `.0` crosses a border.
pub(super) type Port = (usize, usize);

/// A drawing without coordinates.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Plan {
    /// Of each box, by `item - nodes`.
    pub parts: Vec<Vec<Arranged>>,
    /// The ports on the left and the right border of each box, from the top down.
    pub ports: Vec<[Vec<Port>; 2]>,
}

pub(super) fn plan(nest: &Nest, style: &Style, known: &Drawing) -> Plan {
    let boxes = nest.children.len();
    let mut homes: Vec<Vec<usize>> = vec![Vec::new(); boxes];
    for (edge, arc) in nest.arcs.iter().enumerate() {
        if let Some(arc) = arc {
            homes[arc.home - nest.nodes].push(edge);
        }
    }
    let mut locals = vec![0; nest.root() + 1];
    for children in &nest.children {
        for (local, &item) in children.iter().enumerate() {
            locals[item] = local;
        }
    }
    let mut plan = Plan { parts: vec![Vec::new(); boxes], ports: vec![[Vec::new(), Vec::new()]; boxes] };
    for &item in &nest.boxes {
        let links = links(nest, item, &homes[item - nest.nodes], &plan.ports[item - nest.nodes], &locals);
        let items = &nest.children[item - nest.nodes];
        let sizes: Vec<(f64, f64)> = items.iter().map(|&item| known.extents[item]).collect();
        let parts = split(items, &sizes, &links).into_iter().map(|part| {
            let mut arranged = arrange(nest, style, known, item, part);
            assign_ports(nest, known, &mut arranged, &mut plan.ports);
            arranged
        });
        plan.parts[item - nest.nodes] = parts.collect();
    }
    plan
}

/// The edges that a box has to do with, ports in order.
fn links(nest: &Nest, item: usize, home: &[usize], ports: &[Vec<Port>; 2], locals: &[usize]) -> Vec<Link> {
    let mut links = Vec::with_capacity(home.len() + ports[0].len() + ports[1].len());
    for &edge in home {
        let Some(arc) = nest.arcs[edge] else { continue };
        let [source, target] = arc.ends.map(|node| locals[nest.child_towards(item, node)]);
        links.push(Link { edge, end: 0, reach: Reach::Within { source, target }, label: arc.label });
    }
    for (side, ports) in [Side::Left, Side::Right].into_iter().zip(ports) {
        for &(edge, end) in ports {
            let Some(arc) = nest.arcs[edge] else { continue };
            let inner = locals[nest.child_towards(item, arc.ends[end])];
            links.push(Link { edge, end, reach: Reach::Border { item: inner, side }, label: (0.0, 0.0) });
        }
    }
    links
}

fn arrange(nest: &Nest, style: &Style, known: &Drawing, item: usize, part: Part) -> Arranged {
    let room = Room { along: style.layer, across: style.node, aspect: style.aspect };
    let ranks = ranks(&part, &linear_order(&part));
    let natural = shape(&part, &ranks, room);
    let tolerance = if item == nest.root() { 1.6 } else { 3.0 };
    let strip = natural < style.aspect / tolerance || natural > style.aspect * tolerance;
    let (layers, first) = if part.items.len() > 8 && strip {
        let columns = fold(&part, &ranks, room, style.seed.wrapping_add(item as u64));
        (columns.of, columns.y)
    } else {
        let first = if known.first { depth_first(&part) } else { known_positions(&part, known) };
        (ranks, first)
    };
    let mut proper = Proper::new(&part, &layers);
    let gaps = gaps(style, &proper);
    let mut y = vec![0.0; proper.kinds.len()];
    y[..first.len()].copy_from_slice(&first);
    if !known.first {
        hint_offsets(nest, known, &part, &mut proper);
    }
    spread_ports(&proper, &mut y);
    interpolate(&proper, part.items.len(), &mut y);
    order(&mut proper, &mut y, gaps);
    let tips = vec![[0; 2]; part.links.len()];
    Arranged { part, proper, y, gaps, tips }
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

/// Which end of its edge a link has at this item.
pub(super) fn end_at(link: &Link, item: usize) -> usize {
    match link.reach {
        Reach::Within { source, .. } => usize::from(source != item),
        Reach::Border { .. } => link.end,
    }
}

/// Gives the boxes of a part their ports, in the order in which their edges leave.
fn assign_ports(nest: &Nest, known: &Drawing, arranged: &mut Arranged, ports: &mut [[Vec<Port>; 2]]) {
    let (part, proper) = (&arranged.part, &arranged.proper);
    let places = proper.places();
    for (slot, &item) in part.items.iter().enumerate().filter(|(_, item)| **item >= nest.nodes) {
        for side in [0, 1] {
            let mut leaving: Vec<(u8, f64, f64, usize)> = Vec::new();
            for segment in proper.beside[side].of(slot).map(|index| &proper.segments[index]) {
                let link = &part.links[segment.link];
                let near = end_node(nest, link, slot);
                let place = key(segment, side, &places, &proper.extents);
                leaving.push((1, place, known.middles[near], segment.link));
            }
            if side == 1 {
                for link in proper.hairpins.of(slot) {
                    let Way::Hairpin { slots, .. } = proper.ways[link] else { continue };
                    let other = if slots[0] == slot { slots[1] } else { slots[0] };
                    let class = if places[other] < places[slot] { 0 } else { 2 };
                    leaving.push((class, -(places[other] as f64), 0.0, link));
                }
            }
            leaving
                .sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
            for (index, &(_, _, _, link)) in leaving.iter().enumerate() {
                arranged.tips[link][tip_of(&proper.ways[link], slot, side)] = index;
                let link = &part.links[link];
                ports[item - nest.nodes][side].push((link.edge, end_at(link, slot)));
            }
        }
    }
}

/// Which of the two tips of a link lies at this slot, given the side of the slot by which it leaves.
pub(super) fn tip_of(way: &Way, slot: usize, side: usize) -> usize {
    match *way {
        Way::Through { .. } => 1 - side,
        Way::Hairpin { slots, .. } => usize::from(slots[0] != slot),
    }
}
