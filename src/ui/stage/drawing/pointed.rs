//! What lies where on the picture.

use super::{Drawing, MARGIN};
use crate::app::Selection;
use crate::geometry::Point;
use crate::scene::{Detail, Sight, Target, compose, svg};

/// How near a pointer must come to an edge, in pixels.
const REACH: f64 = 6.0;

impl Drawing {
    /// What lies there, and whether that is news.
    pub fn hover(&mut self, at: Option<Point>) -> bool {
        let target = at.and_then(|at| self.hit(at)).filter(|target| !matches!(target, Target::Group(_)));
        let is_news = self.emphasis.hovered != target;
        if is_news {
            self.emphasis.hovered = target;
            self.dirty();
        }
        is_news
    }

    pub fn hovered(&self) -> Option<Target> {
        self.emphasis.hovered
    }

    pub fn hit(&self, at: Point) -> Option<Target> {
        let placed = self.placed.as_ref()?;
        let world = self.camera.world_from_screen(at);
        let hit = placed.index().hit(world, REACH / self.camera.zoom, Detail::at(self.camera.zoom));
        let bundled = self.drawn.as_ref().is_some_and(|(scene, _)| scene.bundled);
        hit.filter(|hit| !(bundled && matches!(hit, Target::Edge(_))))
    }

    pub fn set_cursor(&self, cursor: &str) {
        let _ = self.picture.surface().canvas().style().set_property("cursor", cursor);
    }

    /// What of the mesh lies there; nothing where there is nothing, or a box.
    pub fn selection_at(&self, at: Point) -> Option<Selection> {
        self.placed.as_ref()?.selection(self.hit(at)?)
    }

    /// The whole picture as SVG, in the present theme.
    pub fn svg(&self) -> Option<String> {
        let placed = self.placed.as_ref()?;
        let sight = Sight { visible: placed.layout.bounds.inflate(MARGIN), zoom: 1.0, bundles: false };
        let drawn = compose(&placed.layout, &placed.parts, &self.emphasis, sight);
        Some(svg(&drawn.scene, &|ink| self.palette.colour(ink).to_owned()))
    }
}
