//! Everything in its place: the display list of a graph.

use crate::geometry::{Point, Rect};
use crate::layout::{Layout, Route};
use crate::order;

use super::super::ink::{Ink, Stroke};
use super::super::shape::{Scene, Shape};
use super::bundles::{MANY, Runs, bundles};
use super::focus::Focus;
use super::hit::Target;
use super::parts::{EdgePart, GraphParts};
use super::sight::{Detail, Sight};
use super::view::Emphasis;
use super::{boxes, card, edge};

/// A drawn graph, and how far it serves.
#[derive(Clone, PartialEq, Debug)]
pub struct GraphScene {
    /// The picture in world units. Its bounds are those of the whole graph.
    pub scene: Scene,
    /// With how much detail it was drawn.
    pub detail: Detail,
    /// The part of the world that was drawn.
    pub covers: Rect,
    /// Whether edges between two boxes were drawn as one: none of them can be pointed at.
    pub bundled: bool,
}

/// Lights, rings and titles reach no further beyond the bounds, in world units.
const MARGIN: f64 = 400.0;

/// How strong a node out of focus is.
const FADED_NODE: f32 = 0.4;
/// How strong an edge out of focus is.
const FADED_EDGE: f32 = 0.22;

/// Draws what lies in sight or a quarter of a window beyond, so that small pans need no new picture.
///
/// The parts and the layout must come from one request; where they disagree, what has no place is left out.
pub fn compose(layout: &Layout, parts: &GraphParts, emphasis: &Emphasis, sight: Sight) -> GraphScene {
    let margin = sight.visible.width().max(sight.visible.height()) / 4.0;
    let covers = sight.visible.inflate(margin);
    let detail = Detail::at(sight.zoom);
    let focus = Focus::of(parts, emphasis);
    let scene = Scene { bounds: layout.bounds, items: Vec::new() };
    let bundled = sight.bundles && !detail.titles && parts.edges.len() > MANY;
    let mut composer = Composer { layout, parts, focus, covers, detail, bundled, scene };
    composer.frames();
    composer.lights(emphasis);
    composer.lines(false);
    composer.lines(true);
    composer.labels();
    composer.cards();
    composer.titles();
    composer.rings(emphasis);
    GraphScene { scene: composer.scene, detail, covers, bundled }
}

impl GraphScene {
    /// Whether all that is to be seen of the graph there has been drawn, at whatever detail.
    pub fn reaches(&self, visible: Rect) -> bool {
        let bounds = self.scene.bounds.inflate(MARGIN);
        let (min, max) = (visible.min, visible.max);
        let inside =
            |at: Point| Point::new(at.x.clamp(bounds.min.x, bounds.max.x), at.y.clamp(bounds.min.y, bounds.max.y));
        self.covers.encloses(Rect { min: inside(min), max: inside(max) })
    }

    /// Whether the picture also serves that sight: enough of the world at the same detail.
    pub fn serves(&self, sight: Sight) -> bool {
        self.reaches(sight.visible) && self.detail == Detail::at(sight.zoom)
    }
}

struct Composer<'a> {
    layout: &'a Layout,
    parts: &'a GraphParts,
    focus: Option<Focus>,
    covers: Rect,
    detail: Detail,
    /// Whether edges between two boxes are drawn as one.
    bundled: bool,
    scene: Scene,
}

impl<'a> Composer<'a> {
    fn edges(&self) -> impl Iterator<Item = (usize, &'a EdgePart, &'a Route)> + use<'a> {
        let covers = self.covers;
        let both = self.parts.edges.iter().zip(&self.layout.edges).enumerate();
        both.map(|(place, (part, route))| (place, part, route))
            .filter(move |(_, part, route)| edge::hull(part, route).overlaps(covers))
    }

    fn is_strong_edge(&self, place: usize) -> bool {
        self.focus.as_ref().is_none_or(|focus| focus.edge(place))
    }

    fn frames(&mut self) {
        for (part, rect) in self.parts.groups.iter().zip(&self.layout.groups) {
            if rect.overlaps(self.covers) {
                boxes::draw_frame(part.kind, *rect, self.detail.scale, 1.0, &mut self.scene);
            }
        }
    }

    /// Lights under the edges that are selected, pointed at or found.
    fn lights(&mut self, emphasis: &Emphasis) {
        let hovered = emphasis.hovered.into_iter().map(|target| (target, 0.2));
        let others = emphasis.selected.into_iter().chain(emphasis.found.iter().copied()).map(|target| (target, 0.35));
        for (target, alpha) in hovered.chain(others) {
            let Target::Edge(place) = target else { continue };
            if let (Some(part), Some(route)) = (self.parts.edges.get(place), self.layout.edges.get(place)) {
                edge::draw_light(&route.path, part, alpha, &mut self.scene);
            }
        }
    }

    /// The faded lines, or the strong ones. From afar, lines of one look are one shape.
    fn lines(&mut self, strong: bool) {
        let opacity = if strong { 1.0 } else { FADED_EDGE };
        let mut looks: Vec<Runs> = Vec::new();
        // What the reader's attention is on is shown edge by edge at any distance.
        let bundled = self.bundled && !(strong && self.focus.is_some());
        let mut one_by_one = None;
        if bundled {
            let belongs = |place: usize| self.is_strong_edge(place) == strong;
            let (runs, within) = bundles(self.layout, self.parts, self.detail, &belongs);
            (looks, one_by_one) = (runs, Some(within));
        }
        for (place, part, route) in self.edges() {
            let is_bundled = one_by_one.as_ref().is_some_and(|within| within.binary_search(&place).is_err());
            if is_bundled || self.is_strong_edge(place) != strong {
                continue;
            }
            let stroke = edge::stroke(part, self.detail);
            if self.detail.titles {
                edge::draw_line(&route.path, stroke, opacity, &mut self.scene);
                continue;
            }
            let run = route.path.flatten();
            match looks.iter_mut().find(|(look, _)| *look == stroke) {
                Some((_, runs)) => runs.push(run),
                None => looks.push((stroke, vec![run])),
            }
        }
        let is_ill = |stroke: &Stroke| matches!(stroke.ink, Ink::Degraded | Ink::Failing);
        order::sort_by(&mut looks, |(one, _), (other, _)| is_ill(one).cmp(&is_ill(other)));
        for (stroke, runs) in looks {
            self.scene.push_faded(Shape::Runs { runs, stroke }, opacity);
        }
    }

    fn labels(&mut self) {
        if !self.detail.edge_labels {
            return;
        }
        for (place, part, route) in self.edges() {
            if self.is_strong_edge(place) {
                edge::draw_label(part, route, &mut self.scene);
            }
        }
    }

    fn cards(&mut self) {
        for (place, (part, rect)) in self.parts.nodes.iter().zip(&self.layout.nodes).enumerate() {
            if rect.inflate(8.0).overlaps(self.covers) {
                let strong = self.focus.as_ref().is_none_or(|focus| focus.node(place));
                card::draw(part, *rect, self.detail, if strong { 1.0 } else { FADED_NODE }, &mut self.scene);
            }
        }
    }

    fn titles(&mut self) {
        for (part, rect) in self.parts.groups.iter().zip(&self.layout.groups) {
            if rect.overlaps(self.covers) {
                boxes::draw_title(part, *rect, self.detail, 1.0, &mut self.scene);
            }
        }
    }

    fn rings(&mut self, emphasis: &Emphasis) {
        let width = 2.0 * self.detail.scale.min(4.0);
        let ring = |alpha: f32, dash| Stroke { ink: Ink::Accent, alpha, width, dash };
        for target in &emphasis.found {
            self.ring(*target, ring(1.0, Some((5.0, 3.0))));
        }
        if let Some(target) = emphasis.hovered.filter(|_| emphasis.hovered != emphasis.selected) {
            self.ring(target, ring(0.5, None));
        }
        if let Some(target) = emphasis.selected {
            self.ring(target, ring(1.0, None));
        }
    }

    fn ring(&mut self, target: Target, stroke: Stroke) {
        match target {
            Target::Node(place) => {
                if let Some(rect) = self.layout.nodes.get(place) {
                    card::draw_ring(*rect, stroke, &mut self.scene);
                }
            }
            Target::Group(place) => {
                if let Some(rect) = self.layout.groups.get(place) {
                    boxes::draw_ring(*rect, stroke, &mut self.scene);
                }
            }
            Target::Edge(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
