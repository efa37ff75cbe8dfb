//! From the innermost boxes up to the drawing as a whole: coordinates and sizes.
//!
//! *Before:* a plan. *After:* the place and extent of every item and the pieces of every edge.

use super::channels::channels;
use super::coordinates::{coordinates, leaving, set_offset, spread};
use super::down::{Arranged, Plan};
use super::fold::even_shape;
use super::frame::Frame;
use super::nest::Nest;
use super::pack::pack;
use super::route::Piece;
use super::style::{Style, loop_room};

/// What a drawing is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// Sizes of boxes are guesses, positions are unknown.
    Guessed,
    /// Sizes are right, and positions those of the drawing before.
    Sized,
}

/// Places of all items.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Drawing {
    pub stage: Stage,
    /// Of each box, how much wider than tall its contents should be planned so that they come out as wanted.
    pub stretch: Vec<f64>,
    /// Of each box whose contents are one piece, the width divided by height that the plain layers have.
    pub shapes: Vec<Option<f64>>,
    /// Extent of each item along and across; the root is the last.
    pub extents: Vec<(f64, f64)>,
    /// Upper left corner of each item.
    pub corners: Vec<(f64, f64)>,
    /// Middle of each item across.
    pub middles: Vec<f64>,
    /// Of each edge, those nearer to the nodes before those nearer to the root.
    pub pieces: Vec<Vec<Piece>>,
}

impl Drawing {
    fn new(nest: &Nest) -> Self {
        let items = nest.root() + 1;
        let mut extents = vec![(0.0, 0.0); items];
        for (node, size) in nest.sizes.iter().enumerate() {
            extents[node] = (size.0, size.1 + loop_room(nest.loops[node].len()));
        }
        Self {
            stage: Stage::Guessed,
            stretch: vec![1.0; nest.children.len()],
            shapes: vec![None; nest.children.len()],
            extents,
            corners: vec![(0.0, 0.0); items],
            middles: vec![0.0; items],
            pieces: vec![Vec::new(); nest.arcs.len()],
        }
    }
}

/// Rough sizes: contents with as much again around them.
pub(super) fn estimate(nest: &Nest, style: &Style) -> Drawing {
    let mut drawing = Drawing::new(nest);
    for &item in nest.boxes.iter().rev() {
        let insets = nest.insets[item - nest.nodes];
        let extents = nest.children[item - nest.nodes].iter().map(|&child| drawing.extents[child]);
        let area: f64 = extents.map(|(along, across)| (along + style.layer) * (across + 1.5 * style.node)).sum();
        let along = (area * 1.3).sqrt() + insets.along[0] + insets.along[1];
        let across = (area / 1.3).sqrt() + insets.across[0] + insets.across[1];
        drawing.extents[item] = (along.max(insets.least.0), across.max(insets.least.1));
    }
    drawing
}

pub(super) fn compose(nest: &Nest, style: &Style, mut plan: Plan) -> Drawing {
    let mut drawing = Drawing::new(nest);
    drawing.stage = Stage::Sized;
    let mut port_y: Vec<[Vec<f64>; 2]> =
        plan.ports.iter().map(|ports| [0, 1].map(|side| vec![0.0; ports[side].len()])).collect();
    for &item in nest.boxes.iter().rev() {
        let mut parts = std::mem::take(&mut plan.parts[item - nest.nodes]);
        compose_box(nest, style, item, &mut parts, &mut drawing, &mut port_y);
    }
    for &item in &nest.boxes {
        let corner = drawing.corners[item];
        for &child in &nest.children[item - nest.nodes] {
            let (x, y) = drawing.corners[child];
            drawing.corners[child] = (corner.0 + x, corner.1 + y);
            drawing.middles[child] = corner.1 + y + drawing.extents[child].1 / 2.0;
        }
    }
    drawing
}

/// The parts of one box with coordinates, the box's size, and the heights of its ports.
fn compose_box(
    nest: &Nest,
    style: &Style,
    item: usize,
    parts: &mut [Arranged],
    drawing: &mut Drawing,
    port_y: &mut [[Vec<f64>; 2]],
) {
    let insets = nest.insets[item - nest.nodes];
    let has_ports = parts.first().is_some_and(|first| first.part.ports.iter().any(|ports| !ports.is_empty()));
    let mut layers = Vec::with_capacity(parts.len());
    let mut sizes = Vec::with_capacity(parts.len());
    for (index, arranged) in parts.iter_mut().enumerate() {
        touch(nest, drawing, port_y, arranged);
        let height = coordinates(&mut arranged.proper, &mut arranged.y, arranged.gaps);
        let border = if has_ports && index == 0 { insets.along } else { [0.0; 2] };
        let edges = channels(&arranged.part, &arranged.proper, &arranged.y, style, border);
        sizes.push((edges.last().map_or(0.0, |last| last[1]), height));
        layers.push(edges);
    }
    let main = usize::from(has_ports);
    let (mut corners, packed) = pack(&sizes[main..], style.node, style.aspect);
    for corner in &mut corners {
        *corner = (corner.0 + insets.along[0], corner.1 + insets.across[0]);
    }
    let mut content = (packed.0 + insets.along[0] + insets.along[1], packed.1);
    if has_ports {
        let below = if corners.is_empty() { 0.0 } else { sizes[0].1 + style.node };
        for corner in &mut corners {
            corner.1 += below;
        }
        corners.insert(0, (0.0, insets.across[0]));
        content = (content.0.max(sizes[0].0), (packed.1 + below).max(sizes[0].1));
    }
    let extent = (content.0.max(insets.least.0 + 2.0 * style.padding), content.1 + insets.across[0] + insets.across[1]);
    if item != nest.root() || !nest.children[item - nest.nodes].is_empty() {
        drawing.extents[item] = (extent.0, extent.1.max(insets.least.1));
    }
    if let ([arranged], [size]) = (&*parts, sizes.as_slice()) {
        let planned = even_shape(&arranged.part, &arranged.proper.layer_of, style.room());
        let actual = size.0 / size.1.max(1.0);
        drawing.stretch[item - nest.nodes] = (planned / actual.max(0.01)).clamp(0.25, 4.0);
        // What was folded stays so.
        drawing.shapes[item - nest.nodes] = Some(arranged.strip.unwrap_or(actual));
    }
    for ((arranged, mut edges), corner) in parts.iter().zip(layers).zip(corners) {
        if let Some(last) = edges.last_mut().filter(|_| has_ports && corner.0 == 0.0) {
            last[1] = drawing.extents[item].0;
        }
        Frame { arranged, edges: &edges, corner }.keep(item, drawing);
        for side in [0, 1] {
            for (index, &link) in arranged.part.ports[side].iter().enumerate() {
                port_y[item - nest.nodes][side][index] = corner.1 + arranged.y[arranged.proper.port(link, side)];
            }
        }
    }
}

/// Extents of the items, now known, and where edges touch them.
fn touch(nest: &Nest, drawing: &Drawing, port_y: &[[Vec<f64>; 2]], arranged: &mut Arranged) {
    let places = arranged.proper.places();
    for (slot, &item) in arranged.part.items.iter().enumerate() {
        let extent = drawing.extents[item];
        arranged.part.sizes[slot] = extent;
        arranged.proper.extents[slot] = extent.1;
        if item < nest.nodes {
            let middle = loop_room(nest.loops[item].len()) / 2.0;
            spread(&mut arranged.proper, &places, slot, (middle, nest.sizes[item].1));
            continue;
        }
        for side in [0, 1] {
            for end in leaving(&arranged.proper, &places, slot, side) {
                let (link, tip) = match end {
                    super::coordinates::End::Segment(index) => (arranged.proper.segments[index].link, 1 - side),
                    super::coordinates::End::Hairpin(link, tip) => (link, tip),
                };
                let y = port_y[item - nest.nodes][side].get(arranged.tips[link][tip]).copied().unwrap_or(0.0);
                set_offset(&mut arranged.proper, end, side, y - extent.1 / 2.0);
            }
        }
    }
}
