//! Pass 10: a free place on its edge for each label.
//!
//! *Before:* each label in the middle of a curve. *After:* if that lies on a node or on a label before it, the first of
//! some other places along the edge, or else close by, that is free; the old place if none is.

use rustc_hash::FxHashMap;

use super::super::request::LayoutRequest;
use super::super::result::Layout;
use crate::geometry::{Rect, Size, Vector};

/// Shares of the way that are tried.
const PLACES: [f64; 8] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82];
/// How many of its own heights a label moves up or down, off its edge, if all of these are taken.
const BESIDE: [f64; 4] = [-1.0, 1.0, -2.0, 2.0];
/// Side of the squares into which the plane is divided to find neighbours.
const SQUARE: f64 = 150.0;
/// A thing covers at most so many squares along each side.
const MOST_SQUARES: i64 = 64;

pub(super) fn labels(request: &LayoutRequest, layout: &mut Layout) {
    if !request.edges.iter().any(|edge| has_label(edge.label)) {
        return;
    }
    let mut taken = Taken::default();
    for node in &layout.nodes {
        taken.add(*node);
    }
    for (edge, route) in request.edges.iter().zip(&mut layout.edges) {
        if !has_label(edge.label) || route.path.segments.is_empty() {
            continue;
        }
        let other = PLACES.iter().map(|&share| route.path.along(share).0);
        let free = std::iter::once(route.label)
            .chain(other)
            .chain(BESIDE.iter().map(|share| route.label + Vector::new(0.0, share * (edge.label.height + 4.0))))
            .find(|&place| taken.is_free(Rect::centred(place, edge.label).inflate(1.0)));
        route.label = free.unwrap_or(route.label);
        taken.add(Rect::centred(route.label, edge.label));
    }
}

/// Whether there is something to find room for; what is not finite is not.
pub(super) fn has_label(size: Size) -> bool {
    size.width > 0.0 && size.width.is_finite() && size.height >= 0.0 && size.height.is_finite()
}

/// Rectangles, found by the squares that they touch.
#[derive(Default)]
struct Taken {
    rects: Vec<Rect>,
    squares: FxHashMap<(i64, i64), Vec<usize>>,
}

impl Taken {
    fn squares(rect: Rect) -> impl Iterator<Item = (i64, i64)> {
        let at = |value: f64| (value / SQUARE).floor() as i64;
        let (left, top) = (at(rect.min.x), at(rect.min.y));
        let (right, bottom) = (at(rect.max.x).min(left + MOST_SQUARES), at(rect.max.y).min(top + MOST_SQUARES));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    fn add(&mut self, rect: Rect) {
        for square in Self::squares(rect) {
            self.squares.entry(square).or_default().push(self.rects.len());
        }
        self.rects.push(rect);
    }

    fn is_free(&self, rect: Rect) -> bool {
        Self::squares(rect)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .all(|&other| !self.rects[other].overlaps(rect))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::result::Route;
    use super::*;
    use crate::geometry::{Path, Point};

    #[test]
    fn a_second_label_on_the_same_line_moves_along_it() {
        let route = Route {
            path: Path::polyline([Point::new(0.0, 0.0), Point::new(1000.0, 0.0)]),
            label: Point::new(500.0, 0.0),
        };
        let mut layout = Layout { edges: vec![route.clone(), route], ..Layout::default() };
        let edge = super::super::super::request::EdgeSpec { label: Size::new(60.0, 10.0), ..Default::default() };
        labels(&LayoutRequest { edges: vec![edge; 2], ..LayoutRequest::default() }, &mut layout);
        assert_eq!(layout.edges[0].label, Point::new(500.0, 0.0));
        assert_eq!(layout.edges[1].label, Point::new(420.0, 0.0));
    }
}
