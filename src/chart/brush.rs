//! Choosing a stretch of time by dragging across a chart.

use crate::quantity::{Duration, Instant, TimeRange};

use super::scale::TimeScale;

/// A stretch of the x axis under the pointer, in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Brush {
    /// Where the drag began.
    pub from: f64,
    /// Where it is now; may be left of `from`.
    pub to: f64,
}

/// A drag shorter than that many pixels was a click.
const LEAST: f64 = 4.0;

impl Brush {
    /// The brush that covers a range.
    pub fn over(range: TimeRange, scale: &TimeScale) -> Self {
        Self { from: scale.place(range.from), to: scale.place(range.to) }
    }

    /// The stretch of time it covers, widened to whole seconds and never outside the scale's range; nothing for a drag
    /// so short that it was a click.
    pub fn range(self, scale: &TimeScale) -> Option<TimeRange> {
        let (left, right) = (self.from.min(self.to), self.from.max(self.to));
        let second = Duration::from_secs(1);
        let up =
            |instant: Instant| Instant::from_unix_millis(0) + (instant - Instant::from_unix_millis(0)).ceil_to(second);
        (right - left >= LEAST).then(|| TimeRange {
            from: scale.instant(left).floor_to(second).max(scale.range.from),
            to: up(scale.instant(right)).min(scale.range.to),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> TimeScale {
        let at = Instant::from_unix_millis;
        TimeScale { range: TimeRange::new(at(1_000_500), at(1_060_500)), span: (50.0, 650.0) }
    }

    fn check(from: f64, to: f64, expect: Option<(i64, i64)>) {
        let range = Brush { from, to }.range(&scale());
        assert_eq!(range.map(|range| (range.from.unix_millis(), range.to.unix_millis())), expect, "{from} {to}");
    }

    #[test]
    fn a_drag_chooses_whole_seconds_in_either_direction() {
        check(52.0, 152.0, Some((1_000_500, 1_011_000)));
        check(252.0, 152.0, Some((1_010_000, 1_021_000)));
    }

    #[test]
    fn a_drag_beyond_the_chart_ends_with_it() {
        check(-500.0, 9e9, Some((1_000_500, 1_060_500)));
    }

    #[test]
    fn a_click_is_no_drag() {
        check(100.0, 103.0, None);
        check(f64::NAN, 300.0, None);
    }

    #[test]
    fn a_brush_covers_the_range_it_was_made_for() {
        assert_eq!(Brush::over(scale().range, &scale()), Brush { from: 50.0, to: 650.0 });
    }
}
