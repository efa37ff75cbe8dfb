//! Axis-parallel rectangles.

use serde::{Deserialize, Serialize};

use super::point::{Point, Size, Vector};

/// An axis-parallel rectangle; `min` is its upper left corner.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Upper left corner.
    pub min: Point,
    /// Lower right corner, nowhere less than `min`.
    pub max: Point,
}

impl Rect {
    /// From the upper left corner and a size.
    pub fn new(min: Point, size: Size) -> Self {
        Self { min, max: Point::new(min.x + size.width, min.y + size.height) }
    }

    /// Of that size around `centre`.
    pub fn centred(centre: Point, size: Size) -> Self {
        Self::new(Point::new(centre.x - size.width / 2.0, centre.y - size.height / 2.0), size)
    }

    /// The least rectangle that holds all points; nothing for no point.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |all: Option<Self>, point| {
            let one = Self { min: point, max: point };
            Some(all.map_or(one, |all| all.union(one)))
        })
    }

    /// Extent along x.
    pub fn width(self) -> f64 {
        self.max.x - self.min.x
    }

    /// Extent along y.
    pub fn height(self) -> f64 {
        self.max.y - self.min.y
    }

    /// Width and height.
    pub fn size(self) -> Size {
        Size::new(self.width(), self.height())
    }

    /// The middle.
    pub fn centre(self) -> Point {
        self.min.lerp(self.max, 0.5)
    }

    /// The least rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// Wider by `margin` on each side (narrower when negative, but never turned inside out).
    #[must_use]
    pub fn inflate(self, margin: f64) -> Self {
        let (dx, dy) = (margin.max(-self.width() / 2.0), margin.max(-self.height() / 2.0));
        Self { min: Point::new(self.min.x - dx, self.min.y - dy), max: Point::new(self.max.x + dx, self.max.y + dy) }
    }

    /// Moved by `by`.
    #[must_use]
    pub fn translate(self, by: Vector) -> Self {
        Self { min: self.min + by, max: self.max + by }
    }

    /// Whether the point lies inside or on the border.
    pub fn contains(self, point: Point) -> bool {
        point.x >= self.min.x && point.x <= self.max.x && point.y >= self.min.y && point.y <= self.max.y
    }

    /// Whether `other` lies wholly inside.
    pub fn encloses(self, other: Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// Whether the insides overlap; touching borders do not.
    pub fn overlaps(self, other: Self) -> bool {
        self.min.x < other.max.x && other.min.x < self.max.x && self.min.y < other.max.y && other.min.y < self.max.y
    }

    /// Where the straight line from the centre towards `target` leaves the rectangle; the centre when they coincide.
    pub fn border_towards(self, target: Point) -> Point {
        let centre = self.centre();
        let out = target - centre;
        let reach = |half: f64, along: f64| if along == 0.0 { f64::INFINITY } else { half / along.abs() };
        let share = reach(self.width() / 2.0, out.x).min(reach(self.height() / 2.0, out.y));
        if share.is_finite() { centre + out * share } else { centre }
    }

    /// Distance from the point to the nearest place of the rectangle; 0 inside.
    pub fn distance(self, point: Point) -> f64 {
        let dx = (self.min.x - point.x).max(point.x - self.max.x).max(0.0);
        let dy = (self.min.y - point.y).max(point.y - self.max.y).max(0.0);
        dx.hypot(dy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { min: Point::new(-1.0, -1.0), max: Point::new(1.0, 1.0) };

    #[test]
    fn a_ray_from_the_centre_leaves_through_the_nearest_side() {
        assert_eq!(UNIT.border_towards(Point::new(10.0, 0.0)), Point::new(1.0, 0.0));
        assert_eq!(UNIT.border_towards(Point::new(5.0, 10.0)), Point::new(0.5, 1.0));
        assert_eq!(UNIT.border_towards(Point::default()), Point::default());
    }

    #[test]
    fn touching_rectangles_do_not_overlap() {
        assert!(!UNIT.overlaps(UNIT.translate(Vector::new(2.0, 0.0))));
        assert!(UNIT.overlaps(UNIT.translate(Vector::new(1.9, 0.0))));
    }

    #[test]
    fn shrinking_stops_at_the_middle() {
        assert_eq!(UNIT.inflate(-5.0), Rect { min: Point::default(), max: Point::default() });
    }
}
