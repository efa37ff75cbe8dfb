//! Outlines as calls on a canvas.

use std::f64::consts::TAU;

use web_sys::CanvasRenderingContext2d;

use super::extent::in_sight;
use crate::geometry::{Path, Point, Rect, Segment};
use crate::scene::Shape;

/// Adds the shape's outline to the canvas' current path. Text has none. A canvas ignores calls with numbers that are
/// not finite, and refuses negative radii, which are taken as 0. Runs that no view shows are left out.
pub(super) fn trace(context: &CanvasRenderingContext2d, shape: &Shape, views: &[Rect]) {
    match shape {
        Shape::Box { rect, radius, .. } => trace_box(context, *rect, *radius),
        Shape::Disc { centre, radius, .. } => trace_disc(context, *centre, *radius),
        Shape::Line { path, .. } => trace_path(context, path),
        Shape::Runs { runs, stroke } => {
            for run in runs {
                if Rect::around(run.iter().copied()).is_some_and(|hull| in_sight(views, hull.inflate(stroke.width))) {
                    trace_run(context, run);
                }
            }
        }
        Shape::Area { outline, .. } => {
            trace_run(context, outline);
            context.close_path();
        }
        Shape::Text { .. } => {}
    }
}

pub(super) fn trace_disc(context: &CanvasRenderingContext2d, centre: Point, radius: f64) {
    // Without moving there first, a line would come from where the path ended.
    context.move_to(centre.x + radius.max(0.0), centre.y);
    let _ = context.arc(centre.x, centre.y, radius.max(0.0), 0.0, TAU);
}

fn trace_box(context: &CanvasRenderingContext2d, rect: Rect, radius: f64) {
    let (x, y, width, height) = (rect.min.x, rect.min.y, rect.width(), rect.height());
    if radius > 0.0 {
        let _ = context.round_rect_with_f64(x, y, width, height, radius);
    } else {
        context.rect(x, y, width, height);
    }
}

fn trace_path(context: &CanvasRenderingContext2d, path: &Path) {
    context.move_to(path.start.x, path.start.y);
    for segment in &path.segments {
        match *segment {
            Segment::Line(end) => context.line_to(end.x, end.y),
            Segment::Cubic(one, two, end) => context.bezier_curve_to(one.x, one.y, two.x, two.y, end.x, end.y),
        }
    }
}

fn trace_run(context: &CanvasRenderingContext2d, run: &[Point]) {
    let Some((first, rest)) = run.split_first() else { return };
    context.move_to(first.x, first.y);
    for point in rest {
        context.line_to(point.x, point.y);
    }
}
