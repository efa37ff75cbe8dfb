//! Pass 9: the pieces of each edge joined to one smooth path.
//!
//! *Before:* pieces of edges, each within one box. *After:* paths from border to border, level where they pass a layer
//! and curved in the channels between, with horizontal tangents at both ends of each curve, so that two edges cross in
//! a channel at most once.

use super::super::request::{Direction, LayoutRequest};
use super::super::result::{Layout, Route};
use super::labels::{has_label, labels};
use super::nest::Nest;
use super::style::loop_room;
use super::up::Drawing;
use crate::geometry::{Path, Point, Rect, Segment};

/// A level stretch of an edge, from `x[0]` to `x[1]`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Knot {
    pub x: [f64; 2],
    pub y: f64,
}

/// The way of an edge within one box.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Piece {
    /// The box.
    pub home: usize,
    /// The end of the edge that lies in the box; none if both do.
    pub end: Option<usize>,
    /// From left to right; for a hairpin the source and the target, both from left to right.
    pub knots: Vec<Knot>,
    /// How far a hairpin reaches out.
    pub hairpin: Option<f64>,
    /// The edge runs from right to left.
    pub reversed: bool,
    /// The curve after this knot less one carries the label.
    pub label: usize,
}

pub(super) fn finish(request: &LayoutRequest, nest: &Nest, drawing: &Drawing) -> Layout {
    let rect = |item: usize| {
        let ((x, y), (along, across)) = (drawing.corners[item], drawing.extents[item]);
        Rect { min: Point::new(x, y), max: Point::new(x + along, y + across) }
    };
    let nodes: Vec<Rect> = (0..nest.nodes)
        .map(|node| {
            let mut rect = rect(node);
            rect.min.y += loop_room(nest.loops[node].len());
            rect
        })
        .collect();
    let groups = (nest.nodes..nest.root()).map(rect).collect();
    let mut edges: Vec<Route> = drawing.pieces.iter().map(|pieces| join(pieces, drawing)).collect();
    for (rect, loops) in nodes.iter().zip(&nest.loops) {
        for (index, &edge) in loops.iter().enumerate() {
            edges[edge] = self_loop(*rect, index);
        }
    }
    let mut layout = Layout { nodes, groups, edges, bounds: Rect::default() };
    if request.options.direction == Direction::TopToBottom {
        turn(&mut layout);
    }
    labels(request, &mut layout);
    anchor(request, &mut layout);
    layout
}

/// One way through all boxes.
fn join(pieces: &[Piece], drawing: &Drawing) -> Route {
    let from = pieces.iter().filter(|piece| piece.end == Some(0));
    let home = pieces.iter().filter(|piece| piece.end.is_none());
    let to = pieces.iter().rev().filter(|piece| piece.end == Some(1));
    let mut pen = Pen { path: None, label: Point::default() };
    for piece in from.chain(home).chain(to) {
        let corner = drawing.corners[piece.home];
        let place = |x: f64, y: f64| Point::new(corner.0 + x, corner.1 + y);
        if let (Some(bulge), [source, target]) = (piece.hairpin, piece.knots.as_slice()) {
            pen.level(place(source.x[0], source.y), place(source.x[1], source.y), false);
            pen.hairpin(bulge, place(target.x[1], target.y));
            pen.level(place(target.x[1], target.y), place(target.x[0], target.y), false);
            continue;
        }
        let count = piece.knots.len();
        for step in 0..count {
            let index = if piece.reversed { count - 1 - step } else { step };
            let knot = piece.knots[index];
            let (enter, leave) = if piece.reversed { (knot.x[1], knot.x[0]) } else { (knot.x[0], knot.x[1]) };
            let labelled = piece.end.is_none() && index == piece.label + usize::from(!piece.reversed);
            pen.level(place(enter, knot.y), place(leave, knot.y), labelled);
        }
    }
    Route { path: pen.path.unwrap_or_default(), label: pen.label }
}

/// Draws a path from level stretches.
struct Pen {
    path: Option<Path>,
    label: Point,
}

/// Differences in height that nobody sees.
const LEVEL: f64 = 0.05;

impl Pen {
    /// On to `enter`, by a curve if that is higher or lower, then straight to `leave`.
    fn level(&mut self, enter: Point, leave: Point, labelled: bool) {
        let path = self.path.get_or_insert_with(|| Path::from(enter));
        let at = path.end();
        if labelled {
            self.label = at.lerp(enter, 0.5);
        }
        if (at.y - enter.y).abs() > LEVEL {
            let middle = f64::midpoint(at.x, enter.x);
            path.cubic_to(Point::new(middle, at.y), Point::new(middle, enter.y), enter);
        } else if at != enter {
            straight(path, enter);
        }
        if enter != leave {
            straight(path, leave);
        }
    }

    fn hairpin(&mut self, bulge: f64, to: Point) {
        let Some(path) = &mut self.path else { return };
        let at = path.end();
        let reach = at.x.max(to.x) + bulge * 4.0 / 3.0;
        path.cubic_to(Point::new(reach, at.y), Point::new(reach, to.y), to);
        self.label = Point::new(at.x.max(to.x) + bulge, f64::midpoint(at.y, to.y));
    }
}

/// Adds a straight line, or lengthens the one before.
fn straight(path: &mut Path, to: Point) {
    if let Some(Segment::Line(end)) = path.segments.last_mut()
        && (end.y - to.y).abs() <= LEVEL
    {
        *end = to;
        return;
    }
    path.line_to(to);
}

/// An arch over the far end of the node's upper side.
fn self_loop(rect: Rect, index: usize) -> Route {
    let step = index.min(20) as f64;
    let (half, rise) = ((rect.width() * 0.2).min(12.0 + 2.0 * step), 14.0 + 6.0 * step);
    let middle = rect.centre().x + rect.width() * 0.2;
    let (start, end) = (Point::new(middle - half, rect.min.y), Point::new(middle + half, rect.min.y));
    let mut path = Path::from(start);
    path.cubic_to(Point::new(start.x - 4.0, start.y - rise), Point::new(end.x + 4.0, end.y - rise), end);
    Route { path, label: Point::new(middle, rect.min.y - 0.75 * rise) }
}

/// From left-to-right to top-to-bottom.
fn turn(layout: &mut Layout) {
    let point = |point: &mut Point| std::mem::swap(&mut point.x, &mut point.y);
    for rect in layout.nodes.iter_mut().chain(&mut layout.groups) {
        point(&mut rect.min);
        point(&mut rect.max);
    }
    for route in &mut layout.edges {
        each_point(&mut route.path, point);
        point(&mut route.label);
    }
}

fn each_point(path: &mut Path, change: impl Fn(&mut Point)) {
    change(&mut path.start);
    for segment in &mut path.segments {
        match segment {
            Segment::Line(end) => change(end),
            Segment::Cubic(one, two, end) => [one, two, end].into_iter().for_each(&change),
        }
    }
}

/// Moves the drawing so that its upper left corner is the origin.
fn anchor(request: &LayoutRequest, layout: &mut Layout) {
    let rects = layout.nodes.iter().chain(&layout.groups).copied();
    let paths = layout.edges.iter().filter(|route| !route.path.segments.is_empty()).map(|route| route.path.bounds());
    let labels = request
        .edges
        .iter()
        .zip(&layout.edges)
        .filter(|(edge, route)| has_label(edge.label) && !route.path.segments.is_empty());
    let labels = labels.map(|(edge, route)| Rect::centred(route.label, edge.label));
    let Some(bounds) = rects.chain(paths).chain(labels).reduce(Rect::union) else { return };
    let by = Point::default() - bounds.min;
    layout.bounds = bounds.translate(by);
    for rect in layout.nodes.iter_mut().chain(&mut layout.groups) {
        *rect = rect.translate(by);
    }
    for route in layout.edges.iter_mut().filter(|route| !route.path.segments.is_empty()) {
        each_point(&mut route.path, |point| *point = *point + by);
        route.label = route.label + by;
    }
}
