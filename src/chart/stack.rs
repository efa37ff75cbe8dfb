//! Lines on top of each other.

use crate::order::sort_unique;
use crate::quantity::{Duration, Instant};

use super::line::Line;

/// Running totals: the nth line of the answer is the sum of the first n lines, at every instant at which any line has a
/// sample. A line without a value at such an instant adds nothing there; where no line has one, all have a gap.
///
/// All lines of the answer have the same instants, so the stretch between two neighbours is one line's share.
pub fn stack(lines: &[Line]) -> Vec<Line> {
    let mut instants: Vec<Instant> = lines.iter().flat_map(|line| line.points.iter().map(|point| point.0)).collect();
    sort_unique(&mut instants);
    let step = lines.iter().map(|line| line.step).max().unwrap_or(Duration::ZERO);
    let values: Vec<Vec<f64>> = lines.iter().map(|line| aligned(line, &instants)).collect();
    let silent: Vec<bool> = (0..instants.len())
        .map(|at| values.iter().all(|line| line.get(at).is_none_or(|value| value.is_nan())))
        .collect();
    let mut totals: Vec<f64> = silent.iter().map(|silent| if *silent { f64::NAN } else { 0.0 }).collect();
    let add = |(line, values): (&Line, Vec<f64>)| {
        for (total, value) in totals.iter_mut().zip(values).filter(|(_, value)| !value.is_nan()) {
            *total += value;
        }
        Line { name: line.name.clone(), points: instants.iter().copied().zip(totals.iter().copied()).collect(), step }
    };
    lines.iter().zip(values).map(add).collect()
}

/// The line's value at each instant (ascending), NaN where it has none or none that is finite.
fn aligned(line: &Line, instants: &[Instant]) -> Vec<f64> {
    let mut points = line.points.iter().peekable();
    let value_at = |at: &Instant| {
        while points.next_if(|(point, _)| point < at).is_some() {}
        points.next_if(|(point, value)| point == at && value.is_finite()).map_or(f64::NAN, |(_, value)| *value)
    };
    instants.iter().map(value_at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(i64, f64)]) -> Line {
        let points = points.iter().map(|(millis, value)| (Instant::from_unix_millis(*millis), *value)).collect();
        Line { name: String::new(), points, step: Duration::from_secs(1) }
    }

    fn check(lines: &[Line], expect: &[&[(i64, f64)]]) {
        let show = |lines: &[Line]| -> Vec<Vec<(i64, String)>> {
            let point = |(at, value): &(Instant, f64)| (at.unix_millis(), value.to_string());
            lines.iter().map(|line| line.points.iter().map(point).collect()).collect()
        };
        assert_eq!(show(&stack(lines)), show(&expect.iter().map(|points| line(points)).collect::<Vec<_>>()));
    }

    #[test]
    fn each_line_stands_on_those_before_it() {
        let (low, high) = (line(&[(0, 1.0), (10, 2.0)]), line(&[(0, 10.0), (10, 20.0)]));
        check(&[low, high], &[&[(0, 1.0), (10, 2.0)], &[(0, 11.0), (10, 22.0)]]);
    }

    #[test]
    fn a_missing_sample_adds_nothing_and_only_a_common_gap_is_one() {
        let (one, two) = (line(&[(0, 1.0), (20, f64::NAN), (30, 3.0)]), line(&[(10, 5.0), (20, f64::NAN), (30, 4.0)]));
        check(
            &[one, two],
            &[&[(0, 1.0), (10, 0.0), (20, f64::NAN), (30, 3.0)], &[(0, 1.0), (10, 5.0), (20, f64::NAN), (30, 7.0)]],
        );
        check(&[], &[]);
    }
}
