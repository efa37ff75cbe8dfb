//! From afar, the edges between two boxes as one.
//!
//! Thousands of lines in the width of a screen say nothing but that there are many. One line for all that runs between two
//! boxes, the wider the more there are, shows who depends on whom; what fails keeps its colour.

use crate::geometry::{Point, Rect};
use crate::layout::Layout;

use super::super::ink::{Ink, Stroke};
use super::parts::{EdgePart, GraphParts, GroupKind};
use super::sight::Detail;

/// Fewer edges are drawn one by one from afar, too.
pub(super) const MANY: usize = 400;
/// How strong a single edge is, how much stronger a bundle of twice as many, and the strongest.
const FAINT: f32 = 0.14;
const STRONGER: f32 = 0.11;
const STRONGEST: f32 = 0.6;
/// What is not well is stronger.
const ILL: f32 = 0.75;
/// Width of a single edge, and how much wider a bundle of twice as many is, in pixels.
const THIN: f64 = 1.0;
const WIDER: f64 = 0.6;
/// How far a bundle bends aside, as a share of its length, so that two that meet in a box come from different sides.
const BEND: f64 = 0.08;
/// Straight pieces of a bent line.
const PIECES: usize = 8;

/// Lines of one look.
pub(super) type Runs = (Stroke, Vec<Vec<Point>>);

/// The bundles of the edges that `belongs` holds of, and the other edges: those within one box.
pub(super) fn bundles(
    layout: &Layout,
    parts: &GraphParts,
    detail: Detail,
    belongs: &dyn Fn(usize) -> bool,
) -> (Vec<Runs>, Vec<usize>) {
    let mut within = Vec::new();
    let mut pairs: Vec<u64> = Vec::new();
    for (place, part) in parts.edges.iter().enumerate().filter(|(place, _)| belongs(*place)) {
        let (one, other) = (end(parts, part.ends.0), end(parts, part.ends.1));
        if one == other {
            within.push(place);
        } else {
            pairs.push(pair(one.min(other), one.max(other)) | urgency(part));
        }
    }
    pairs.sort_unstable();
    let mut looks: Vec<Runs> = Vec::new();
    for run in pairs.chunk_by(|one, other| one >> 3 == other >> 3) {
        let Some(&worst) = run.last() else { continue };
        let (one, other) = ((worst >> 33) as usize, (worst >> 3 & MOST) as usize);
        let (Some(from), Some(to)) = (rect(layout, one), rect(layout, other)) else { continue };
        let ink = INKS.get((worst & 7) as usize).copied().unwrap_or(Ink::Idle);
        let doublings = run.len().ilog2();
        let width = (THIN + WIDER * f64::from(doublings)) * detail.scale;
        let is_ill = matches!(ink, Ink::Degraded | Ink::Failing);
        let alpha = if is_ill { ILL } else { (FAINT + STRONGER * doublings as f32).min(STRONGEST) };
        let stroke = Stroke { ink, alpha, width, dash: None };
        let line = line(from, to);
        match looks.iter_mut().find(|(look, _)| *look == stroke) {
            Some((_, lines)) => lines.push(line),
            None => looks.push((stroke, vec![line])),
        }
    }
    (looks, within)
}

/// What is bundled: the namespace that the node stands in, else the node. Boxes come before nodes.
fn end(parts: &GraphParts, node: usize) -> usize {
    let group = parts.nodes.get(node).and_then(|part| part.group);
    let outer = |group: usize| match parts.groups.get(group) {
        Some(part) if part.kind == GroupKind::App => part.parent,
        _ => Some(group),
    };
    group.and_then(outer).map_or(node << 1 | 1, |group| group << 1)
}

fn rect(layout: &Layout, end: usize) -> Option<Rect> {
    if end & 1 == 0 { layout.groups.get(end >> 1).copied() } else { layout.nodes.get(end >> 1).copied() }
}

/// Greatest number of an end.
const MOST: u64 = (1 << 30) - 1;

/// Two ends as one number; the last three bits are left free.
fn pair(one: usize, other: usize) -> u64 {
    (one as u64) << 33 | (other as u64 & MOST) << 3
}

/// What a bundle may say, the later the more urgent.
const INKS: [Ink; 5] = [Ink::Idle, Ink::Tcp, Ink::Healthy, Ink::Degraded, Ink::Failing];

fn urgency(part: &EdgePart) -> u64 {
    INKS.iter().zip(0..).find(|(ink, _)| **ink == part.stroke.ink).map_or(0, |(_, urgency)| urgency)
}

/// From border to border, bent a little.
fn line(from: Rect, to: Rect) -> Vec<Point> {
    let (start, end) = (border(from, to.centre()), border(to, from.centre()));
    let along = end - start;
    let middle = start.lerp(end, 0.5);
    let control = Point::new(middle.x - along.y * BEND, middle.y + along.x * BEND);
    let at = |step: usize| {
        let share = step as f64 / PIECES as f64;
        start.lerp(control, share).lerp(control.lerp(end, share), share)
    };
    (0..=PIECES).map(at).collect()
}

/// Where the way from the middle of the rectangle to `goal` leaves it.
fn border(rect: Rect, goal: Point) -> Point {
    let centre = rect.centre();
    let way = goal - centre;
    let share = |way: f64, half: f64| if way.abs() > half { half / way.abs() } else { 1.0 };
    let out = share(way.x, rect.width() / 2.0).min(share(way.y, rect.height() / 2.0));
    centre.lerp(goal, out)
}

#[cfg(test)]
mod tests {
    use super::super::super::ink::Stroke;
    use super::super::glyph::Glyph;
    use super::super::parts::{GroupPart, NodePart};
    use super::*;
    use crate::geometry::Size;

    fn node(group: Option<usize>) -> NodePart {
        NodePart {
            name: String::new(),
            title: (String::new(), 0.0),
            caption: String::new(),
            glyph: Glyph::Plain,
            ink: Ink::Healthy,
            group,
        }
    }

    fn edge(ends: (usize, usize), ink: Ink) -> EdgePart {
        EdgePart { ends, stroke: Stroke::solid(ink, 1.0), lines: Vec::new(), label: Size::default(), plaintext: false }
    }

    fn group(kind: GroupKind, parent: Option<usize>) -> GroupPart {
        GroupPart { kind, name: String::new(), title: (String::new(), 0.0), parent }
    }

    #[test]
    fn edges_between_two_boxes_are_one_line_in_the_colour_of_the_worst() {
        let square = |x: f64| Rect::new(Point::new(x, 0.0), Size::new(10.0, 10.0));
        let parts = GraphParts {
            // The last box is an app's within the second.
            groups: vec![
                group(GroupKind::Namespace, None),
                group(GroupKind::Namespace, None),
                group(GroupKind::App, Some(1)),
            ],
            nodes: vec![node(Some(0)), node(Some(0)), node(Some(1)), node(Some(2)), node(None)],
            edges: vec![
                edge((0, 2), Ink::Healthy),
                edge((3, 1), Ink::Failing),
                edge((0, 1), Ink::Healthy),
                edge((2, 4), Ink::Healthy),
                edge((1, 2), Ink::Degraded),
            ],
        };
        let layout = Layout {
            nodes: vec![square(0.0), square(0.0), square(100.0), square(100.0), square(200.0)],
            groups: vec![square(0.0), square(100.0), square(100.0)],
            ..Layout::default()
        };
        let (looks, within) = bundles(&layout, &parts, Detail::at(1.0), &|_| true);
        assert_eq!(within, [2]);
        let looks: Vec<(Ink, f64, usize)> =
            looks.iter().map(|(stroke, lines)| (stroke.ink, stroke.width, lines.len())).collect();
        assert_eq!(looks, [(Ink::Failing, THIN + WIDER, 1), (Ink::Healthy, THIN, 1)]);
    }

    #[test]
    fn a_line_runs_from_border_to_border() {
        let rect = |x: f64| Rect::new(Point::new(x, 0.0), Size::new(10.0, 10.0));
        let line = line(rect(0.0), rect(100.0));
        assert_eq!((line.first(), line.last()), (Some(&Point::new(10.0, 5.0)), Some(&Point::new(100.0, 5.0))));
        assert!((line[PIECES / 2].y - 5.0).abs() > 1.0);
    }
}
