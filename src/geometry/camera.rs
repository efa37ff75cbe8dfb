//! The window through which a world is seen.

use super::point::{Point, Size, Vector};
use super::rect::Rect;

/// A zoom and a shift: `screen = world × zoom + shift`, no rotation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Camera {
    /// Screen pixels per world unit; greater than zero.
    pub zoom: f64,
    /// Where the world's origin lies on the screen.
    pub shift: Vector,
}

impl Default for Camera {
    fn default() -> Self {
        Self { zoom: 1.0, shift: Vector::default() }
    }
}

impl Camera {
    /// The nearest and the farthest view that zooming reaches.
    pub const ZOOM_RANGE: (f64, f64) = (0.02, 8.0);

    /// Shows all of `world` centred in a screen of that size, `margin` pixels free on each side, never larger than
    /// `max_zoom` (greater than zero), which is also what a world without extent gets.
    pub fn fit(world: Rect, screen: Size, margin: f64, max_zoom: f64) -> Self {
        let free = |extent: f64| (extent - 2.0 * margin).max(1.0);
        let zoom = (free(screen.width) / world.width()).min(free(screen.height) / world.height()).min(max_zoom);
        let centre = world.centre();
        let shift = Vector::new(screen.width / 2.0 - centre.x * zoom, screen.height / 2.0 - centre.y * zoom);
        Self { zoom, shift }
    }

    /// Where a place of the world is seen.
    pub fn screen_from_world(self, world: Point) -> Point {
        Point::new(world.x * self.zoom + self.shift.x, world.y * self.zoom + self.shift.y)
    }

    /// Which place of the world is seen there.
    pub fn world_from_screen(self, screen: Point) -> Point {
        Point::new((screen.x - self.shift.x) / self.zoom, (screen.y - self.shift.y) / self.zoom)
    }

    /// The part of the world that a screen of that size shows.
    pub fn visible(self, screen: Size) -> Rect {
        Rect {
            min: self.world_from_screen(Point::default()),
            max: self.world_from_screen(Point::new(screen.width, screen.height)),
        }
    }

    /// Moved by so many screen pixels.
    #[must_use]
    pub fn panned(self, by: Vector) -> Self {
        Self { shift: self.shift + by, ..self }
    }

    /// Nearer by `factor`, the world place under `screen` staying where it is, within [`ZOOM_RANGE`](Self::ZOOM_RANGE).
    #[must_use]
    pub fn zoomed(self, factor: f64, screen: Point) -> Self {
        let world = self.world_from_screen(screen);
        let zoom = (self.zoom * factor).clamp(Self::ZOOM_RANGE.0, Self::ZOOM_RANGE.1);
        Self { zoom, shift: Vector::new(screen.x - world.x * zoom, screen.y - world.y * zoom) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let camera = Camera { zoom: 0.5, shift: Vector::new(7.0, -3.0) };
        let pointer = Point::new(120.0, 80.0);
        let zoomed = camera.zoomed(1.7, pointer);
        assert!(camera.world_from_screen(pointer).distance(zoomed.world_from_screen(pointer)) < 1e-9);
        assert!((zoomed.zoom - 0.85).abs() < 1e-12);
    }

    #[test]
    fn fitting_centres_and_never_magnifies_beyond_the_limit() {
        let world = Rect::new(Point::new(10.0, 10.0), Size::new(100.0, 10.0));
        let camera = Camera::fit(world, Size::new(400.0, 400.0), 20.0, 1.5);
        assert!((camera.zoom - 1.5).abs() < 1e-12);
        assert!(camera.screen_from_world(world.centre()).distance(Point::new(200.0, 200.0)) < 1e-9);
        assert!((Camera::fit(Rect::default(), Size::default(), 20.0, 1.5).zoom - 1.5).abs() < f64::EPSILON);
    }
}
