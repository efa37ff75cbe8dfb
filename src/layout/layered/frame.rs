//! One part in its final place within its box.
//!
//! *Before:* positions along and across. *After:* corners of items (from the corner of their box) and pieces of edges.

use super::channels::bulge;
use super::down::Arranged;
use super::part::{Link, Reach};
use super::proper::{Segment, Way};
use super::route::{Knot, Piece};
use super::up::Drawing;

/// A part, the left and right edge of each of its layers, and its upper left corner in the box.
pub(super) struct Frame<'a> {
    pub arranged: &'a Arranged,
    pub edges: &'a [[f64; 2]],
    pub corner: (f64, f64),
}

impl Frame<'_> {
    /// Writes everything into the drawing of the box `item`.
    pub(super) fn keep(&self, item: usize, drawing: &mut Drawing) {
        let Arranged { part, proper, y, .. } = self.arranged;
        for (slot, &inner) in part.items.iter().enumerate() {
            let [left, _] = self.sides(slot);
            drawing.corners[inner] = (left, self.corner.1 + y[slot] - part.sizes[slot].1 / 2.0);
        }
        for (link, way) in part.links.iter().zip(&proper.ways) {
            let end = matches!(link.reach, Reach::Border { .. }).then_some(link.end);
            let piece = match *way {
                Way::Through { first, count } => self.through(item, end, link, &proper.segments[first..first + count]),
                Way::Hairpin { slots, offsets } => self.hairpin(item, end, slots, offsets),
            };
            drawing.pieces[link.edge].push(piece);
        }
    }

    /// Left and right side of a layer.
    fn layer(&self, slot: usize) -> [f64; 2] {
        self.edges[self.arranged.proper.layer_of[slot]].map(|x| self.corner.0 + x)
    }

    /// Left and right side of an item, which stands in the middle of its layer; of anything else that of its layer.
    fn sides(&self, slot: usize) -> [f64; 2] {
        let [left, right] = self.layer(slot);
        self.arranged.part.sizes.get(slot).map_or([left, right], |size| {
            let middle = f64::midpoint(left, right);
            [middle - size.0 / 2.0, middle + size.0 / 2.0]
        })
    }

    /// How an edge passes (0, 1 for the two ends: leaves or reaches) a slot.
    fn knot(&self, slot: usize, offset: f64, end: Option<usize>) -> Knot {
        let ([left, right], [near, far]) = (self.layer(slot), self.sides(slot));
        let x = match end.filter(|_| slot < self.arranged.part.sizes.len()) {
            Some(0) => [far, right],
            Some(_) => [left, near],
            None => [left, right],
        };
        Knot { x, y: self.corner.1 + self.arranged.y[slot] + offset }
    }

    fn through(&self, home: usize, end: Option<usize>, link: &Link, segments: &[Segment]) -> Piece {
        let mut knots = Vec::with_capacity(segments.len() + 1);
        knots.extend(segments.first().map(|head| self.knot(head.slots[0], head.offsets[0], Some(0))));
        knots.extend(segments.iter().map(|segment| self.knot(segment.slots[1], segment.offsets[1], Some(1))));
        let reversed = match link.reach {
            Reach::Within { source, .. } => segments.first().is_none_or(|head| head.slots[0] != source),
            Reach::Border { side, .. } => (side.index() == 0) == (link.end == 0),
        };
        Piece { home, end, knots, hairpin: None, reversed, label: segments.len() / 2 }
    }

    fn hairpin(&self, home: usize, end: Option<usize>, slots: [usize; 2], offsets: [f64; 2]) -> Piece {
        let layer = self.arranged.proper.layer_of[slots[0]];
        let knots = [0, 1].map(|tip| self.knot(slots[tip], offsets[tip], Some(0)));
        let room = self.edges.get(layer + 1).map_or(0.0, |next| next[0] - self.edges[layer][1]);
        let bulge = bulge(knots[0].y - knots[1].y).min(room * 0.8);
        Piece { home, end, knots: knots.to_vec(), hairpin: Some(bulge), reversed: false, label: 0 }
    }
}
