//! Shapes of one look, drawn as one path.

use super::pen::Pen;
use super::trace::{trace, trace_disc};
use crate::geometry::{Point, Rect};
use crate::scene::{Fill, Item, Shape, Stroke};

/// What decides whether two shapes can share a path.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    fill: Option<Fill>,
    stroke: Option<Stroke>,
    opacity: f32,
}

/// Consecutive items of one look, already traced on the canvas but not yet drawn.
///
/// Filled shapes share a path only while they don't overlap: otherwise a later one's inside would no longer cover an
/// earlier one's outline. Lines always may; translucent ones then don't darken where they cross.
pub(super) struct Batch<'a> {
    /// The parts of the world that are seen.
    views: &'a [Rect],
    look: Option<Look>,
    /// Where the filled shapes of the batch lie.
    taken: Vec<Rect>,
    lines: usize,
    /// Runs of one point, which a stroke would not show.
    dots: Vec<Point>,
}

/// Comparing with more than this costs more than another path.
const MOST_FILLED: usize = 48;

/// Rasterisers sort the edges of a path, so that very long ones cost more than several short ones.
const MOST_LINES: usize = 256;

impl<'a> Batch<'a> {
    pub(super) fn new(views: &'a [Rect]) -> Self {
        Self { views, look: None, taken: Vec::new(), lines: 0, dots: Vec::new() }
    }

    /// Adds a shape that is not text, after drawing what it cannot be drawn together with.
    pub(super) fn add(&mut self, pen: &mut Pen<'_>, item: &Item, extent: Option<Rect>) {
        let look = look(item);
        if self.look != Some(look) || !self.has_room(look, extent) {
            self.draw(pen);
            self.look = Some(look);
            pen.context.begin_path();
        }
        match (look.fill, extent) {
            (Some(_), Some(extent)) => self.taken.push(extent),
            _ => self.lines += 1,
        }
        trace(pen.context, &item.shape, self.views);
        if let Shape::Runs { runs, .. } = &item.shape {
            self.dots.extend(runs.iter().filter_map(|run| match run[..] {
                [point] => Some(point),
                _ => None,
            }));
        }
    }

    /// Draws what was added since the last time.
    pub(super) fn draw(&mut self, pen: &mut Pen<'_>) {
        let Some(look) = self.look.take() else { return };
        if let Some(fill) = look.fill {
            pen.fill(fill, look.opacity);
        }
        if let Some(stroke) = look.stroke {
            pen.stroke(stroke, look.opacity);
            self.draw_dots(pen, stroke, look.opacity);
        }
        self.taken.clear();
        self.lines = 0;
    }

    fn draw_dots(&mut self, pen: &mut Pen<'_>, stroke: Stroke, opacity: f32) {
        if self.dots.is_empty() {
            return;
        }
        pen.context.begin_path();
        for dot in self.dots.drain(..) {
            trace_disc(pen.context, dot, stroke.width);
        }
        pen.fill(Fill { ink: stroke.ink, alpha: stroke.alpha }, opacity);
    }

    fn has_room(&self, look: Look, extent: Option<Rect>) -> bool {
        if look.fill.is_none() {
            return self.lines < MOST_LINES;
        }
        let free = |extent: Rect| self.taken.iter().all(|taken| !taken.overlaps(extent));
        self.lines == 0 && self.taken.len() < MOST_FILLED && extent.is_some_and(free)
    }
}

fn look(item: &Item) -> Look {
    let (fill, stroke) = match &item.shape {
        Shape::Box { fill, stroke, .. } | Shape::Disc { fill, stroke, .. } => (*fill, *stroke),
        Shape::Line { stroke, .. } | Shape::Runs { stroke, .. } => (None, Some(*stroke)),
        Shape::Area { fill, .. } => (Some(*fill), None),
        Shape::Text { .. } => (None, None),
    };
    Look { fill, stroke, opacity: item.opacity }
}
