//! Open paths of straight and cubic pieces.

use super::point::Point;
use super::rect::Rect;

/// One piece of a path, from where the piece before ended.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Segment {
    /// Straight to a point.
    Line(Point),
    /// A cubic Bézier curve: two control points, then the end.
    Cubic(Point, Point, Point),
}

/// A connected open path.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Path {
    /// Where it begins.
    pub start: Point,
    /// Its pieces in order.
    pub segments: Vec<Segment>,
}

/// Straight pieces that stand for one curve where lengths and distances are measured.
const PIECES: usize = 12;

impl Segment {
    /// Where the piece ends.
    pub fn end(self) -> Point {
        match self {
            Self::Line(end) | Self::Cubic(_, _, end) => end,
        }
    }

    /// The place at parameter `t` (0…1) of the piece that begins at `start`.
    pub fn at(self, start: Point, t: f64) -> Point {
        match self {
            Self::Line(end) => start.lerp(end, t),
            Self::Cubic(one, two, end) => {
                // De Casteljau: three linear interpolations, then two, then one.
                let (a, b, c) = (start.lerp(one, t), one.lerp(two, t), two.lerp(end, t));
                a.lerp(b, t).lerp(b.lerp(c, t), t)
            }
        }
    }
}

impl Path {
    /// A path that so far is only its first point.
    pub fn from(start: Point) -> Self {
        Self { start, segments: Vec::new() }
    }

    /// Straight lines through all points; an empty path at the origin for none.
    pub fn polyline(points: impl IntoIterator<Item = Point>) -> Self {
        let mut points = points.into_iter();
        let mut path = Self::from(points.next().unwrap_or_default());
        path.segments.extend(points.map(Segment::Line));
        path
    }

    /// Adds a straight piece.
    pub fn line_to(&mut self, end: Point) -> &mut Self {
        self.segments.push(Segment::Line(end));
        self
    }

    /// Adds a cubic piece.
    pub fn cubic_to(&mut self, one: Point, two: Point, end: Point) -> &mut Self {
        self.segments.push(Segment::Cubic(one, two, end));
        self
    }

    /// Where it ends.
    pub fn end(&self) -> Point {
        self.segments.last().map_or(self.start, |segment| segment.end())
    }

    /// The path as straight pieces: a line is itself, a curve is twelve chords.
    pub fn flatten(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        let mut from = self.start;
        for segment in &self.segments {
            match segment {
                Segment::Line(end) => points.push(*end),
                Segment::Cubic(..) => {
                    points.extend((1..=PIECES).map(|piece| segment.at(from, piece as f64 / PIECES as f64)));
                }
            }
            from = segment.end();
        }
        points
    }

    /// Length, curves measured by their chords.
    pub fn length(&self) -> f64 {
        self.flatten().windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    /// The place a share `t` (0…1) of the length along the path, and the direction of travel there (length 1).
    pub fn along(&self, t: f64) -> (Point, super::Vector) {
        let points = self.flatten();
        let mut left = self.length() * t.clamp(0.0, 1.0);
        for pair in points.windows(2) {
            let length = pair[0].distance(pair[1]);
            if left <= length && length > 0.0 {
                return (pair[0].lerp(pair[1], left / length), (pair[1] - pair[0]).normalised());
            }
            left -= length;
        }
        let direction = points.windows(2).next_back().map_or(super::Vector::default(), |pair| pair[1] - pair[0]);
        (self.end(), direction.normalised())
    }

    /// The least rectangle that holds the path as it is drawn, curves by their chords.
    pub fn bounds(&self) -> Rect {
        Rect::around(self.flatten()).unwrap_or_default()
    }

    /// Distance from the point to the nearest place of the path.
    pub fn distance(&self, point: Point) -> f64 {
        let points = self.flatten();
        points
            .windows(2)
            .map(|pair| distance_to_segment(point, pair[0], pair[1]))
            .fold(self.start.distance(point), f64::min)
    }
}

fn distance_to_segment(point: Point, from: Point, to: Point) -> f64 {
    let (along, out) = (to - from, point - from);
    let square = along.x * along.x + along.y * along.y;
    let share = if square > 0.0 { ((out.x * along.x + out.y * along.y) / square).clamp(0.0, 1.0) } else { 0.0 };
    point.distance(from.lerp(to, share))
}

#[cfg(test)]
mod tests {
    use super::super::Vector;
    use super::*;

    #[test]
    fn a_share_of_the_way_counts_length_not_pieces() {
        let path = Path::polyline([Point::new(0.0, 0.0), Point::new(1.0, 0.0), Point::new(1.0, 9.0)]);
        assert_eq!(path.along(0.5), (Point::new(1.0, 4.0), Vector::new(0.0, 1.0)));
        assert_eq!(path.along(2.0).0, path.end());
    }

    #[test]
    fn distance_is_to_the_drawn_line_not_to_its_corners() {
        let path = Path::polyline([Point::new(0.0, 0.0), Point::new(10.0, 0.0)]);
        assert!((path.distance(Point::new(5.0, 3.0)) - 3.0).abs() < 1e-12);
        assert!((path.distance(Point::new(13.0, 4.0)) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_straight_cubic_has_the_length_of_its_chord() {
        let mut path = Path::from(Point::new(0.0, 0.0));
        path.cubic_to(Point::new(1.0, 0.0), Point::new(2.0, 0.0), Point::new(3.0, 0.0));
        assert!((path.length() - 3.0).abs() < 1e-12);
        assert_eq!(path.bounds(), Rect { min: Point::new(0.0, 0.0), max: Point::new(3.0, 0.0) });
    }
}
