//! Fewer points, same picture.

use crate::geometry::Point;

/// What is kept of one pixel column.
struct Column {
    /// Which column: the floor of x.
    place: f64,
    first: Point,
    last: Point,
    /// The highest and the lowest point with their places in the column's sequence.
    least: (usize, Point),
    most: (usize, Point),
    count: usize,
}

/// The points of a line (x ascending, all finite, in pixels) with at most four of each pixel column: the first, the
/// last, the highest and the lowest, so that every spike survives and neighbours join where they did. O(n).
///
/// M4: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014.
pub fn thin(points: &[Point]) -> Vec<Point> {
    let width = points.last().map_or(0.0, |last| last.x - points.first().map_or(0.0, |first| first.x));
    if points.len() as f64 <= 2.0 * width {
        return points.to_vec();
    }
    let mut kept = Vec::new();
    let mut open: Option<Column> = None;
    for &point in points {
        match open.as_mut().filter(|column| point.x.floor() <= column.place) {
            Some(column) => column.add(point),
            None => {
                if let Some(column) = open.replace(Column::of(point)) {
                    column.close(&mut kept);
                }
            }
        }
    }
    if let Some(column) = open {
        column.close(&mut kept);
    }
    kept
}

impl Column {
    fn of(point: Point) -> Self {
        Self { place: point.x.floor(), first: point, last: point, least: (0, point), most: (0, point), count: 1 }
    }

    fn add(&mut self, point: Point) {
        if point.y < self.least.1.y {
            self.least = (self.count, point);
        }
        if point.y > self.most.1.y {
            self.most = (self.count, point);
        }
        self.last = point;
        self.count += 1;
    }

    fn close(self, kept: &mut Vec<Point>) {
        let mut extremes = [self.least, self.most];
        extremes.sort_by_key(|(place, _)| *place);
        let mut last = 0;
        kept.push(self.first);
        for (place, point) in extremes.into_iter().chain([(self.count - 1, self.last)]) {
            if place > last {
                kept.push(point);
                last = place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(xs: &[(f64, f64)]) -> Vec<Point> {
        xs.iter().map(|(x, y)| Point::new(*x, *y)).collect()
    }

    #[test]
    fn a_spike_survives_among_ten_thousand_samples() {
        let spike = Point::new(33.335, 100.0);
        let mut line: Vec<Point> = (0..10_000).map(|place| Point::new(f64::from(place) / 100.0, 0.0)).collect();
        line.insert(3_334, spike);
        let thinned = thin(&line);
        assert!(thinned.contains(&spike) && thinned.len() <= 400, "{}", thinned.len());
    }

    #[test]
    fn first_last_least_and_most_stay_in_their_order() {
        let column = points(&[(1.0, 5.0), (1.1, 9.0), (1.2, 6.0), (1.3, 1.0), (1.4, 4.0), (1.5, 5.0)]);
        assert_eq!(thin(&column), points(&[(1.0, 5.0), (1.1, 9.0), (1.3, 1.0), (1.5, 5.0)]));
    }

    #[test]
    fn sparse_lines_stay_as_they_are() {
        let sparse = points(&[(0.0, 1.0), (0.2, 2.0), (50.0, 3.0)]);
        assert_eq!(thin(&sparse), sparse);
        assert_eq!(thin(&[]), []);
        assert_eq!(thin(&sparse[..1]), sparse[..1]);
    }

    proptest! {
        #[test]
        fn every_column_keeps_its_extremes(ys in proptest::collection::vec(-1e6..1e6_f64, 1..400), step in 0.01..0.6_f64) {
            let line: Vec<Point> = (0..).zip(&ys).map(|(place, y)| Point::new(f64::from(place) * step, *y)).collect();
            let thinned = thin(&line);
            let extremes = |points: &[Point], column: i64| {
                let ys = points.iter().filter(|point| point.x.floor() as i64 == column).map(|point| point.y);
                ys.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)))
            };
            for point in &line {
                let column = point.x.floor() as i64;
                prop_assert_eq!(extremes(&line, column), extremes(&thinned, column));
            }
            prop_assert!(thinned.windows(2).all(|pair| pair[0].x <= pair[1].x));
        }
    }
}
