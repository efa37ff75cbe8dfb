//! Linear maps from values and instants to pixels, and back.

use crate::quantity::{Instant, TimeRange};

/// A linear map from values to places.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    /// The values at both ends.
    pub domain: (f64, f64),
    /// The places, in pixels, that belong to them; the first may be the greater one.
    pub span: (f64, f64),
}

impl Scale {
    /// Where a value lies; outside the span for a value outside the domain. All values lie at the span's begin when the
    /// domain has no extent. NaN stays NaN.
    pub fn place(&self, value: f64) -> f64 {
        interpolate(share(value, self.domain), self.span)
    }

    /// Which value lies there, under the same rules.
    pub fn value(&self, place: f64) -> f64 {
        interpolate(share(place, self.span), self.domain)
    }
}

/// A linear map from instants to places.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimeScale {
    /// The instants at both ends.
    pub range: TimeRange,
    /// The places, in pixels, that belong to them.
    pub span: (f64, f64),
}

impl TimeScale {
    /// Where an instant lies; outside the span for one outside the range.
    pub fn place(&self, instant: Instant) -> f64 {
        // Relative to the range's begin, so that no digit is lost to the size of Unix time.
        interpolate(share((instant - self.range.from).secs(), (0.0, self.range.length().secs())), self.span)
    }

    /// Which instant lies there: the nearest millisecond, never outside the range.
    pub fn instant(&self, place: f64) -> Instant {
        let share = share(place, self.span);
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let millis = self.range.length().millis() as f64 * share;
        Instant::from_unix_millis(self.range.from.unix_millis() + millis.round() as i64)
    }
}

fn share(value: f64, (from, to): (f64, f64)) -> f64 {
    let extent = to - from;
    if extent == 0.0 { 0.0 } else { (value - from) / extent }
}

fn interpolate(share: f64, (from, to): (f64, f64)) -> f64 {
    from + (to - from) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_places_answer_each_other() {
        let scale = Scale { domain: (0.0, 200.0), span: (100.0, 0.0) };
        for (value, place) in [(0.0, 100.0), (50.0, 75.0), (200.0, 0.0), (400.0, -100.0)] {
            assert!((scale.place(value) - place).abs() < 1e-9, "{value}");
            assert!((scale.value(place) - value).abs() < 1e-9, "{place}");
        }
        assert!(scale.place(f64::NAN).is_nan());
    }

    #[test]
    fn a_domain_without_extent_puts_everything_at_the_begin() {
        let scale = Scale { domain: (3.0, 3.0), span: (10.0, 20.0) };
        assert!((scale.place(3.0) - 10.0).abs() < f64::EPSILON);
        let now = Instant::from_unix_millis(1_700_000_000_000);
        let point = TimeScale { range: TimeRange::new(now, now), span: (10.0, 20.0) };
        assert!((point.place(now) - 10.0).abs() < f64::EPSILON);
        assert_eq!(point.instant(17.0), now);
    }

    #[test]
    fn a_place_outside_the_span_means_the_nearest_end() {
        let from = Instant::from_unix_millis(1_700_000_000_000);
        let to = Instant::from_unix_millis(1_700_000_060_000);
        let scale = TimeScale { range: TimeRange::new(from, to), span: (0.0, 600.0) };
        for (place, millis) in [(-5.0, 0), (0.0, 0), (150.0, 15_000), (600.0, 60_000), (9e9, 60_000), (f64::NAN, 0)] {
            assert_eq!(scale.instant(place).unix_millis() - from.unix_millis(), millis, "{place}");
        }
        assert!((scale.place(Instant::from_unix_millis(1_700_000_015_000)) - 150.0).abs() < 1e-9);
    }
}
