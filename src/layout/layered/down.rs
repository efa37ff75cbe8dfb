//! From the drawing as a whole down to the innermost boxes: layers, orders, and the ports on each border.
//!
//! *Before:* sizes of all items (estimated or known from the round before). *After:* for each box its parts with
//! ordered layers; for each edge that crosses a border, its place on that border.

use crate::order::sort_by;

use super::arrange::arrange;
use super::nest::Nest;
use super::part::{Link, Part, Reach, Side, split};
use super::proper::{Proper, Way};
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
    pub crossings: usize,
    /// How far what makes most of the drawing is from the wanted shape: 1 is near enough.
    pub off: f64,
    /// The width divided by height that its ranks would have had, if it stands in columns instead.
    pub strip: Option<f64>,
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
    /// Crossings of all boxes.
    pub crossings: usize,
    /// How far the drawing is from the wanted shape: 1 is near enough.
    pub off: f64,
}

const SHAPE_SLACK: f64 = 1.25;

impl Plan {
    /// The less the better. A shape that is a little off does not count: it is estimated.
    pub(super) fn cost(&self) -> f64 {
        (self.crossings + 1) as f64 * (self.off / SHAPE_SLACK).max(1.0)
    }
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
    let mut plan =
        Plan { parts: vec![Vec::new(); boxes], ports: vec![[Vec::new(), Vec::new()]; boxes], crossings: 0, off: 1.0 };
    for &item in &nest.boxes {
        let links = links(nest, item, &homes[item - nest.nodes], &plan.ports[item - nest.nodes], &locals);
        let items = &nest.children[item - nest.nodes];
        let sizes: Vec<(f64, f64)> = items.iter().map(|&item| known.extents[item]).collect();
        let parts = split(items, &sizes, &links).into_iter().map(|part| {
            let mut arranged = arrange(nest, style, known, item, part);
            plan.crossings += arranged.crossings;
            plan.off = plan.off.max(arranged.off);
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
            for &index in proper.beside[side].of(slot) {
                let segment = &proper.segments[index as usize];
                let link = &part.links[segment.link];
                // Both borders sort by the same sum, or edges that change sides would cross three times.
                let ends = nest.arcs[link.edge].map_or([0; 2], |arc| arc.ends);
                let height = known.middles[ends[0]] + known.middles[ends[1]];
                leaving.push((1, f64::from(places[segment.slots[side]]), height, segment.link));
            }
            if side == 1 {
                for &link in proper.hairpins.of(slot) {
                    let link = link as usize;
                    let Way::Hairpin { slots, .. } = proper.ways[link] else { continue };
                    let other = if slots[0] == slot { slots[1] } else { slots[0] };
                    let class = if places[other] < places[slot] { 0 } else { 2 };
                    leaving.push((class, -f64::from(places[other]), 0.0, link));
                }
            }
            sort_by(&mut leaving, |a, b| {
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3))
            });
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
