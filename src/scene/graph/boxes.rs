//! Boxes round clusters and namespaces.

use crate::geometry::{Point, Rect};

use super::super::ink::{Fill, Ink, Stroke};
use super::super::shape::{Scene, Shape};
use super::super::text::{Anchor, TextStyle, Weight};
use super::groups::{HEADER, PAD, TITLE};
use super::parts::{GroupKind, GroupPart};
use super::sight::Detail;

fn ink(kind: GroupKind) -> Ink {
    match kind {
        GroupKind::Cluster => Ink::Cluster,
        GroupKind::Namespace | GroupKind::App => Ink::Namespace,
    }
}

/// Draws the frame: a cluster's is dashed, a namespace's drawn through, an app's dotted.
pub(super) fn draw_frame(kind: GroupKind, rect: Rect, scale: f64, opacity: f32, scene: &mut Scene) {
    let (radius, tint, dash) = match kind {
        GroupKind::Cluster => (12.0, 0.03, Some((6.0 * scale, 4.0 * scale))),
        GroupKind::Namespace => (8.0, 0.06, None),
        GroupKind::App => (8.0, 0.06, Some((2.0 * scale, 3.0 * scale))),
    };
    let radius = f64::min(radius, rect.height() / 4.0);
    let stroke = Stroke { ink: ink(kind), alpha: 0.35, width: scale, dash };
    scene.push_faded(
        Shape::Box { rect, radius, fill: Some(Fill::tint(ink(kind), tint)), stroke: Some(stroke) },
        opacity,
    );
}

/// Draws the title: in its header while nodes have titles; from afar large, over the middle of a namespace, or above
/// the box when it is a cluster's or so small that the title would hide what it holds.
pub(super) fn draw_title(part: &GroupPart, rect: Rect, detail: Detail, opacity: f32, scene: &mut Scene) {
    let wanted = TITLE * detail.scale;
    let fitting = |room: f64| TITLE * room / part.title.1.max(1.0);
    let style = TextStyle { weight: Weight::Bold, ..TextStyle::new(TITLE, ink(part.kind)) };
    let far = TextStyle { halo: Some(Ink::Ground), ..style };
    let (at, style) = if detail.titles {
        let size = wanted.min(HEADER - 12.0).min(fitting(rect.width() - 2.0 * PAD)).max(TITLE);
        (Point::new(rect.min.x + PAD, rect.min.y + HEADER / 2.0), TextStyle { size, ..style })
    } else if part.kind == GroupKind::Cluster || wanted > rect.height() * 0.4 {
        let size = wanted.min(fitting(rect.width() * 1.5)).max(TITLE);
        (Point::new(rect.min.x, rect.min.y - size * 0.75), TextStyle { size, ink: Ink::Muted, ..far })
    } else {
        let size = wanted.min(fitting(rect.width() * 1.2)).max(TITLE);
        (rect.centre(), TextStyle { size, anchor: Anchor::Middle, ink: Ink::Text, ..far })
    };
    scene.push_faded(Shape::Text { at, text: part.title.0.clone(), style }, opacity);
}

/// Draws the frame of a chosen box.
pub(super) fn draw_ring(rect: Rect, stroke: Stroke, scene: &mut Scene) {
    scene.push(Shape::Box { rect, radius: 8.0, fill: None, stroke: Some(stroke) });
}
