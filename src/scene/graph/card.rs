//! A node as a card: a bar in the colour of its health, a glyph for its part, title and caption.

use crate::geometry::{Point, Rect, Size, Vector};

use super::super::ink::{Fill, Ink, Stroke};
use super::super::shape::{Scene, Shape};
use super::super::text::{TextStyle, Weight};
use super::parts::NodePart;
use super::sight::Detail;

/// Height of a card.
pub(super) const HEIGHT: f64 = 48.0;
/// Size of the title.
pub(super) const TITLE: f64 = 13.0;
/// Size of the caption.
pub(super) const CAPTION: f64 = 11.0;
/// No text of a card is wider.
pub(super) const TEXT_ROOM: f64 = 168.0;
/// Where the text begins.
const TEXT: f64 = 40.0;
/// Right of the text.
const PAD: f64 = 12.0;
/// A card is at least as wide.
const LEAST: f64 = 104.0;
/// Where a title without glyph and caption begins, and how large it grows.
const BARE_TITLE: (f64, f64) = (18.0, 16.0);
/// Corner radius.
const RADIUS: f64 = 6.0;

/// Width of the card round a text of that width.
pub(super) fn width(text: f64) -> f64 {
    (TEXT + text + PAD).max(LEAST)
}

/// Draws a card.
pub(super) fn draw(part: &NodePart, rect: Rect, detail: Detail, opacity: f32, scene: &mut Scene) {
    if !detail.titles {
        return draw_block(part, rect, opacity, scene);
    }
    let outline = Shape::Box {
        rect,
        radius: RADIUS,
        fill: Some(Fill::solid(Ink::Surface)),
        stroke: Some(Stroke::solid(Ink::Line, 1.0)),
    };
    scene.push_faded(outline, opacity);
    let bar = Rect::new(rect.min + Vector::new(6.0, 8.0), Size::new(3.0, (rect.height() - 16.0).max(0.0)));
    scene.push_faded(Shape::Box { rect: bar, radius: 1.5, fill: Some(Fill::solid(part.ink)), stroke: None }, opacity);
    if detail.captions {
        draw_text(part, rect, opacity, scene);
    } else {
        draw_bare_title(part, rect, opacity, scene);
    }
    draw_badge(part, rect, opacity, scene);
}

/// Glyph, title and caption.
fn draw_text(part: &NodePart, rect: Rect, opacity: f32, scene: &mut Scene) {
    let middle = rect.centre().y;
    part.glyph.draw(Point::new(rect.min.x + 16.0, middle - 8.0), Ink::Muted, opacity, scene);
    let mut y = middle;
    if !part.caption.is_empty() {
        y = middle - 8.0;
        let at = Point::new(rect.min.x + TEXT, middle + 9.0);
        let style = TextStyle::new(CAPTION, Ink::Muted);
        scene.push_faded(Shape::Text { at, text: part.caption.clone(), style }, opacity);
    }
    let style = TextStyle { weight: Weight::Bold, ..TextStyle::new(TITLE, Ink::Text) };
    let at = Point::new(rect.min.x + TEXT, y);
    scene.push_faded(Shape::Text { at, text: part.title.0.clone(), style }, opacity);
}

/// The title alone, as large as the card allows.
fn draw_bare_title(part: &NodePart, rect: Rect, opacity: f32, scene: &mut Scene) {
    let (left, most) = BARE_TITLE;
    let room = rect.width() - left - PAD;
    let size = (TITLE * room / part.title.1.max(1.0)).clamp(TITLE, most);
    let style = TextStyle { weight: Weight::Bold, ..TextStyle::new(size, Ink::Text) };
    let at = Point::new(rect.min.x + left, rect.centre().y);
    scene.push_faded(Shape::Text { at, text: part.title.0.clone(), style }, opacity);
}

/// Far away: one shape in the colour of the health.
fn draw_block(part: &NodePart, rect: Rect, opacity: f32, scene: &mut Scene) {
    let alpha = if matches!(part.ink, Ink::Degraded | Ink::Failing) { 1.0 } else { 0.55 };
    scene.push_faded(
        Shape::Box { rect, radius: RADIUS, fill: Some(Fill::tint(part.ink, alpha)), stroke: None },
        opacity,
    );
}

/// A mark on the corner of what is not well, so that the colour is not its only sign: a bar for degraded, a cross for
/// failing.
fn draw_badge(part: &NodePart, rect: Rect, opacity: f32, scene: &mut Scene) {
    let centre = Point::new(rect.max.x - 4.0, rect.min.y + 4.0);
    let place = |x: f64, y: f64| centre + Vector::new(x, y);
    let runs = match part.ink {
        Ink::Degraded => vec![vec![place(-3.0, 0.0), place(3.0, 0.0)]],
        Ink::Failing => {
            vec![vec![place(-2.5, -2.5), place(2.5, 2.5)], vec![place(-2.5, 2.5), place(2.5, -2.5)]]
        }
        _ => return,
    };
    let (fill, border) = (Some(Fill::solid(part.ink)), Some(Stroke::solid(Ink::Surface, 1.5)));
    scene.push_faded(Shape::Disc { centre, radius: 7.0, fill, stroke: border }, opacity);
    scene.push_faded(Shape::Runs { runs, stroke: Stroke::solid(Ink::Surface, 1.75) }, opacity);
}

/// Draws a ring round a card.
pub(super) fn draw_ring(rect: Rect, stroke: Stroke, scene: &mut Scene) {
    scene.push(Shape::Box { rect: rect.inflate(3.0), radius: RADIUS + 3.0, fill: None, stroke: Some(stroke) });
}
