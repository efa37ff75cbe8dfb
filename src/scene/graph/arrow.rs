//! Arrowheads.

use crate::geometry::{Path, Point, Segment, Vector};

/// The path without its last stretch, and the corners of the arrowhead that fills it. `length` and `half` are the
/// head's length and half its breadth.
pub(super) fn arrow(path: &Path, length: f64, half: f64) -> (Path, Vec<Point>) {
    let tip = path.end();
    let shaft = shortened(path, length);
    let mut direction = (tip - shaft.end()).normalised();
    if direction == Vector::default() {
        direction = (tip - path.start).normalised();
    }
    let back = tip + direction * -length;
    let side = direction.turned() * half;
    (shaft, vec![tip, back + side, back + -side])
}

/// The path up to the place that lies `length` from its end as the crow flies; the last piece is dropped when it is
/// shorter.
fn shortened(path: &Path, length: f64) -> Path {
    let mut path = path.clone();
    let Some(last) = path.segments.pop() else { return path };
    let (from, tip) = (path.end(), last.end());
    if from.distance(tip) <= length {
        return path;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..16 {
        let middle = f64::midpoint(low, high);
        if last.at(from, middle).distance(tip) > length {
            low = middle;
        } else {
            high = middle;
        }
    }
    path.segments.push(split(last, from, low));
    path
}

/// The part of a piece before parameter `t`, by De Casteljau.
fn split(segment: Segment, from: Point, t: f64) -> Segment {
    match segment {
        Segment::Line(end) => Segment::Line(from.lerp(end, t)),
        Segment::Cubic(one, two, end) => {
            let (a, b) = (from.lerp(one, t), one.lerp(two, t));
            Segment::Cubic(a, a.lerp(b, t), Segment::Cubic(one, two, end).at(from, t))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_ends_where_the_path_ended_and_the_shaft_where_the_head_begins() {
        let mut curve = Path::from(Point::new(0.0, 0.0));
        curve.cubic_to(Point::new(50.0, 0.0), Point::new(50.0, 100.0), Point::new(100.0, 100.0));
        for path in [Path::polyline([Point::new(0.0, 0.0), Point::new(100.0, 0.0)]), curve] {
            let (shaft, head) = arrow(&path, 10.0, 4.0);
            assert_eq!(head[0], path.end());
            assert!((shaft.end().distance(path.end()) - 10.0).abs() < 0.01, "{:?}", shaft.end());
            assert_eq!(shaft.start, path.start);
            assert!((head[1].distance(head[2]) - 8.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_path_without_length_still_has_finite_corners() {
        for path in [Path::default(), Path::polyline([Point::new(1.0, 1.0), Point::new(1.0, 1.0)])] {
            let (_, head) = arrow(&path, 10.0, 4.0);
            assert!(head.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()));
        }
    }
}
