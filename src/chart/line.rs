//! A line of a chart: samples in time, with holes.

use crate::quantity::{Duration, Instant, TimeRange};

/// Samples of one quantity.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// What the legend calls it. Hostile input.
    pub name: String,
    /// Instants and values, ascending in time; a sample that is not after the one before it is passed over. NaN and the
    /// infinities are gaps.
    pub points: Vec<(Instant, f64)>,
    /// How far apart samples lie when none is missing. Not positive: no distance is a hole.
    pub step: Duration,
}

/// What a line says at an instant.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reading {
    /// Place of the line in its chart.
    pub line: usize,
    /// When its nearest sample was taken; the instant asked for when there is none near.
    pub at: Instant,
    /// The sample's value; nothing in a gap.
    pub value: Option<f64>,
}

impl Line {
    /// The connected pieces within the range. A line breaks at a hole longer than one and a half steps and at a value
    /// that is not finite; where it crosses the range's ends it is cut there, by linear interpolation.
    pub fn runs(&self, range: TimeRange) -> Vec<Vec<(Instant, f64)>> {
        let (mut runs, mut run): (Vec<_>, Vec<(Instant, f64)>) = (Vec::new(), Vec::new());
        let mut before: Option<(Instant, f64)> = None;
        let begin = self.points.partition_point(|(at, _)| *at < range.from).saturating_sub(1);
        for &(at, value) in self.points.get(begin..).unwrap_or_default() {
            if before.is_some_and(|(last, _)| at <= last) {
                continue;
            }
            let joined =
                before.filter(|(last, from)| from.is_finite() && value.is_finite() && !self.is_hole(at - *last));
            if joined.is_none() && !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
            if let Some(last) = joined.filter(|(last, _)| *last < range.from && at > range.from) {
                run.push((range.from, between(last, (at, value), range.from)));
            }
            if at > range.to {
                if let Some(last) = joined.filter(|(last, _)| *last < range.to) {
                    run.push((range.to, between(last, (at, value), range.to)));
                }
                break;
            }
            if value.is_finite() && at >= range.from {
                run.push((at, value));
            }
            before = Some((at, value));
        }
        if !run.is_empty() {
            runs.push(run);
        }
        runs
    }

    /// The sample nearest to the instant, the earlier of two equally near; nothing when there are none.
    pub fn nearest(&self, at: Instant) -> Option<(Instant, f64)> {
        let after = self.points.partition_point(|(point, _)| *point < at);
        let right = self.points.get(after);
        let left = after.checked_sub(1).and_then(|place| self.points.get(place));
        match (left, right) {
            (Some(left), Some(right)) if at - left.0 <= right.0 - at => Some(*left),
            (_, Some(right)) => Some(*right),
            (left, None) => left.copied(),
        }
    }

    /// What the line says at the instant: its nearest sample, unless that lies in a gap from there.
    pub fn reading(&self, line: usize, at: Instant) -> Reading {
        let near = |(point, _): &(Instant, f64)| {
            let distance = if *point < at { at - *point } else { *point - at };
            // Twice the distance, as samples that far apart to both sides would leave a hole between them.
            !self.is_hole(distance * 2)
        };
        match self.nearest(at).filter(near) {
            Some((at, value)) => Reading { line, at, value: value.is_finite().then_some(value) },
            None => Reading { line, at, value: None },
        }
    }

    fn is_hole(&self, distance: Duration) -> bool {
        self.step > Duration::ZERO && distance * 2 > self.step * 3
    }
}

fn between((from, low): (Instant, f64), (to, high): (Instant, f64), at: Instant) -> f64 {
    low + (high - low) * ((at - from).secs() / (to - from).secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: f64) -> Instant {
        Instant::from_unix_secs(secs)
    }

    fn line(points: &[(f64, f64)]) -> Line {
        let points = points.iter().map(|(secs, value)| (at(*secs), *value)).collect();
        Line { name: String::new(), points, step: Duration::from_secs(10) }
    }

    fn check(points: &[(f64, f64)], expect: &[&[(f64, f64)]]) {
        let runs = line(points).runs(TimeRange::new(at(0.0), at(100.0)));
        let got: Vec<Vec<(f64, f64)>> =
            runs.iter().map(|run| run.iter().map(|(at, value)| (at.unix_secs(), *value)).collect()).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn a_hole_longer_than_one_and_a_half_steps_breaks_the_line() {
        check(&[(0.0, 1.0), (15.0, 2.0)], &[&[(0.0, 1.0), (15.0, 2.0)]]);
        check(&[(0.0, 1.0), (15.001, 2.0)], &[&[(0.0, 1.0)], &[(15.001, 2.0)]]);
    }

    #[test]
    fn what_is_not_a_number_breaks_the_line() {
        for gap in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            check(&[(0.0, 1.0), (10.0, gap), (20.0, 2.0)], &[&[(0.0, 1.0)], &[(20.0, 2.0)]]);
        }
        check(&[(0.0, f64::NAN)], &[]);
        check(&[], &[]);
    }

    #[test]
    fn samples_out_of_order_are_passed_over() {
        check(&[(10.0, 1.0), (5.0, 9.0), (10.0, 9.0), (20.0, 2.0)], &[&[(10.0, 1.0), (20.0, 2.0)]]);
    }

    #[test]
    fn lines_are_cut_at_the_ends_of_the_range() {
        check(&[(-5.0, 0.0), (5.0, 10.0)], &[&[(0.0, 5.0), (5.0, 10.0)]]);
        check(&[(95.0, 0.0), (105.0, 10.0), (115.0, 3.0)], &[&[(95.0, 0.0), (100.0, 5.0)]]);
        check(&[(-10.0, 1.0), (0.0, 2.0)], &[&[(0.0, 2.0)]]);
        check(&[(-50.0, 1.0), (200.0, 2.0)], &[]);
    }

    #[test]
    fn a_line_may_pass_the_whole_range_without_a_sample_in_it() {
        let through = Line { step: Duration::ZERO, ..line(&[(-50.0, 0.0), (150.0, 2.0)]) };
        let range = TimeRange::new(at(0.0), at(100.0));
        assert_eq!(through.runs(range), [[(at(0.0), 0.5), (at(100.0), 1.5)]]);
    }

    #[test]
    fn readings_come_from_the_nearest_sample_and_keep_silent_in_gaps() {
        let line = line(&[(0.0, 1.0), (10.0, 2.0), (20.0, f64::NAN), (60.0, 3.0)]);
        for (asked, sample, value) in [
            (5.0, 0.0, Some(1.0)),
            (5.1, 10.0, Some(2.0)),
            (19.0, 20.0, None),
            (40.0, 40.0, None),
            (55.0, 60.0, Some(3.0)),
            (67.5, 60.0, Some(3.0)),
            (68.0, 68.0, None),
        ] {
            assert_eq!(line.reading(4, at(asked)), Reading { line: 4, at: at(sample), value }, "{asked}");
        }
        assert_eq!(Line::default().reading(0, at(1.0)).value, None);
    }
}
