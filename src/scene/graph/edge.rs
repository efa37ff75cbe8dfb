//! An edge: line, arrowhead and label.

use crate::geometry::{Path, Point, Rect, Segment, Size};
use crate::layout::Route;

use super::super::ink::{Fill, Ink, Stroke};
use super::super::shape::{Scene, Shape};
use super::super::text::TextStyle;
use super::arrow::arrow;
use super::glyph::draw_open_lock;
use super::parts::{EdgePart, LabelLine};
use super::sight::Detail;

/// Size of an edge's label.
pub(super) const LABEL: f64 = 11.0;
/// Distance of its lines.
pub(super) const LINE: f64 = 14.0;
/// Width of an open lock with the gap after it.
pub(super) const LOCK: f64 = 13.0;
/// Left and right of a label's text on its plate.
pub(super) const PLATE: f64 = 3.0;
/// Lines are never thinner on the screen, in pixels.
const HAIRLINE: f64 = 0.75;

/// The rectangle of an edge's label.
pub(super) fn label_rect(part: &EdgePart, route: &Route) -> Rect {
    Rect::centred(route.label, part.label)
}

/// A rectangle that holds the whole edge: the hull of its control points and its label.
pub(super) fn hull(part: &EdgePart, route: &Route) -> Rect {
    let at = |point: Point| Rect { min: point, max: point };
    let grow = |all: Rect, segment: &Segment| match segment {
        Segment::Line(end) => all.union(at(*end)),
        Segment::Cubic(one, two, end) => all.union(at(*one)).union(at(*two)).union(at(*end)),
    };
    route.path.segments.iter().fold(at(route.path.start), grow).union(label_rect(part, route)).inflate(8.0)
}

/// The look of an edge's line. From afar, where lines lie close, it is thin, drawn through, and pale unless something
/// fails.
pub(super) fn stroke(part: &EdgePart, detail: Detail) -> Stroke {
    if detail.titles {
        let dash = part.stroke.dash.map(|(dash, gap)| (dash * detail.scale, gap * detail.scale));
        return Stroke { width: part.stroke.width.max(HAIRLINE * detail.scale), dash, ..part.stroke };
    }
    let alpha = match part.stroke.ink {
        Ink::Failing | Ink::Degraded => 0.8,
        _ => 0.3,
    };
    Stroke { ink: part.stroke.ink, alpha, width: HAIRLINE * detail.scale, dash: None }
}

/// Draws the line with its arrowhead.
pub(super) fn draw_line(path: &Path, stroke: Stroke, opacity: f32, scene: &mut Scene) {
    let (length, half) = (6.0 + 1.5 * stroke.width, 2.5 + stroke.width);
    let (shaft, head) = arrow(path, length, half);
    scene.push_faded(Shape::Line { path: shaft, stroke }, opacity);
    scene.push_faded(Shape::Area { outline: head, fill: Fill { ink: stroke.ink, alpha: stroke.alpha } }, opacity);
}

/// Draws a light under a line.
pub(super) fn draw_light(path: &Path, part: &EdgePart, alpha: f32, scene: &mut Scene) {
    let stroke = Stroke { ink: Ink::Accent, alpha, width: part.stroke.width + 6.0, dash: None };
    scene.push(Shape::Line { path: path.clone(), stroke });
}

/// Draws the label, centred on its place, on a plate that keeps the line away from the letters.
pub(super) fn draw_label(part: &EdgePart, route: &Route, scene: &mut Scene) {
    let widths = part.lines.iter().enumerate().map(|(row, line)| line.width() + indent(part, row));
    let width = widths.fold(indent(part, 0), f64::max);
    if width <= 0.0 {
        return;
    }
    let rows = part.lines.len().max(1) as f64;
    let rect = Rect::centred(route.label, Size::new(width + 2.0 * PLATE, rows * LINE));
    scene.push(Shape::Box { rect, radius: 4.0, fill: Some(Fill::solid(Ink::Ground)), stroke: None });
    let mut y = rect.min.y + LINE / 2.0;
    if part.plaintext {
        let first = part.lines.first().map_or(0.0, LabelLine::width) + indent(part, 0);
        draw_open_lock(Point::new(route.label.x - first / 2.0, y - 6.0), Ink::Muted, 1.0, scene);
    }
    for (row, line) in part.lines.iter().enumerate() {
        let mut x = route.label.x - (line.width() - indent(part, row)) / 2.0;
        for (text, ink, width) in &line.pieces {
            let style = TextStyle::new(LABEL, *ink);
            scene.push(Shape::Text { at: Point::new(x, y), text: text.clone(), style });
            x += width;
        }
        y += LINE;
    }
}

/// Room for the open lock before the first line.
fn indent(part: &EdgePart, row: usize) -> f64 {
    if row == 0 && part.plaintext { LOCK } else { 0.0 }
}
