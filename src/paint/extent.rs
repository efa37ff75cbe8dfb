//! What part of the world a shape can touch, found without measuring curves or text.

use crate::geometry::{Path, Point, Rect, Segment};
use crate::scene::{Anchor, Shape, Stroke, TextStyle};

/// A rectangle that holds the shape as it is drawn; larger than needed for curves and text. `None` when there are so
/// many points that looking costs more than drawing.
pub(super) fn extent(shape: &Shape) -> Option<Rect> {
    match shape {
        Shape::Box { rect, stroke, .. } => Some(rect.inflate(half_width(stroke.as_ref()))),
        Shape::Disc { centre, radius, stroke, .. } => {
            Some(Rect { min: *centre, max: *centre }.inflate(radius + half_width(stroke.as_ref())))
        }
        Shape::Line { path, stroke } => Some(hull(path).inflate(half_width(Some(stroke)))),
        Shape::Area { outline, .. } if outline.len() <= 16 => Rect::around(outline.iter().copied()),
        Shape::Runs { .. } | Shape::Area { .. } => None,
        Shape::Text { at, text, style } => Some(text_extent(*at, text, style)),
    }
}

/// Whether one of the views shows some of the rectangle.
pub(super) fn in_sight(views: &[Rect], rect: Rect) -> bool {
    views.iter().any(|view| view.overlaps(rect))
}

/// Round joins and butt ends reach half a width out.
fn half_width(stroke: Option<&Stroke>) -> f64 {
    stroke.map_or(0.0, |stroke| stroke.width / 2.0)
}

/// A Bézier curve stays within the hull of its control points.
fn hull(path: &Path) -> Rect {
    let mut hull = Rect { min: path.start, max: path.start };
    let mut include = |point: Point| hull = hull.union(Rect { min: point, max: point });
    for segment in &path.segments {
        match *segment {
            Segment::Line(end) => include(end),
            Segment::Cubic(one, two, end) => {
                include(one);
                include(two);
                include(end);
            }
        }
    }
    hull
}

/// No letter is wider than the font's size, bar a few ligatures and rules, and every letter has a byte or more.
fn text_extent(at: Point, text: &str, style: &TextStyle) -> Rect {
    let width = text.len() as f64 * style.size;
    let left = match style.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => width / 2.0,
        Anchor::End => width,
    };
    let min = Point::new(at.x - left, at.y - style.size);
    Rect { min, max: Point::new(min.x + width, at.y + style.size) }.inflate(style.size * 0.25)
}
