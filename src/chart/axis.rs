//! How far a value axis reaches.

use crate::quantity::{Format, Unit};

use super::ticks::{Ticks, step};

/// A value axis: its ends are ticks.
#[derive(Clone, PartialEq, Debug)]
pub struct Axis {
    /// The least value; 0 unless a sample is negative.
    pub low: f64,
    /// The greatest value, a little above every sample.
    pub high: f64,
    /// The ticks.
    pub ticks: Ticks,
    /// What the values are.
    pub unit: Unit,
}

/// Free room above the highest sample, as a share of it.
const ROOM: f64 = 0.05;

/// Magnitudes outside of these count as nothing or as the limit.
const MAGNITUDES: (f64, f64) = (1e-12, 1e300);

impl Axis {
    /// An axis that holds all `values` (what is not finite is left out) with about `most` steps. It begins at 0, since
    /// a rate's height is read as an amount. Without values, or when all are zero, it gets a small round height.
    pub fn of(values: impl Iterator<Item = f64>, most: usize, unit: Unit) -> Self {
        let limit = MAGNITUDES.1;
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = (room(low, unit).max(-limit), room(high, unit).min(limit));
        let high = if low == 0.0 && high == 0.0 { flat(unit) } else { high };
        let step = step(high - low, most, unit);
        let (low, high) = ((low / step).floor() * step, (high / step - 1e-9).ceil() * step);
        Self { low, high, ticks: Ticks::between(low, high, (high - low).div_euclid(step) as usize + 1, unit), unit }
    }

    /// The ticks with their labels.
    pub fn labels(&self, format: &dyn Format) -> Vec<(f64, String)> {
        let reference = self.reference();
        let label = |value: &f64| (*value, self.ticks.label(*value, reference, self.unit, format));
        self.ticks.values.iter().map(label).collect()
    }

    /// The magnitude whose prefix all labels share: that of the greatest value, but where this is just one of its
    /// unit, the unit below: `256 B/s` up to `1024 B/s` read better than `0.25 KiB/s` up to `1 KiB/s`.
    fn reference(&self) -> f64 {
        let most = self.high.max(-self.low);
        if self.unit.scale(most).value <= 1.0 { most * 0.999 } else { most }
    }
}

fn room(extreme: f64, unit: Unit) -> f64 {
    match unit {
        _ if extreme.abs() < MAGNITUDES.0 => 0.0,
        Unit::Percent if extreme > 0.0 && extreme <= 1.0 => (extreme * (1.0 + ROOM)).min(1.0),
        _ => extreme * (1.0 + ROOM),
    }
}

/// The height of an axis on which nothing happens.
fn flat(unit: Unit) -> f64 {
    match unit {
        Unit::Bytes | Unit::BytesPerSec => 1024.0,
        Unit::Seconds => 0.1,
        Unit::PerSec | Unit::Percent | Unit::Count => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Plain;

    fn check(unit: Unit, values: &[f64], expect: &str) {
        let axis = Axis::of(values.iter().copied(), 4, unit);
        let labels: Vec<String> = axis.labels(&Plain).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels.join(" ").replace('\u{202f}', ""), expect, "{values:?} {unit:?}");
    }

    #[test]
    fn an_axis_begins_at_zero_and_leaves_room_above() {
        check(Unit::PerSec, &[900.0, 1_000.0], "0 0.5k/s 1k/s 1.5k/s");
        check(Unit::BytesPerSec, &[900_000.0], "0 256KiB/s 512KiB/s 768KiB/s 1024KiB/s");
        check(Unit::BytesPerSec, &[1024.0 * 1024.0], "0 0.5MiB/s 1MiB/s 1.5MiB/s");
        check(Unit::Percent, &[0.99], "0 50% 100%");
        check(Unit::Seconds, &[0.012], "0 5ms 10ms 15ms");
    }

    #[test]
    fn nothing_to_show_still_gives_a_sane_axis() {
        for values in [&[][..], &[0.0, 0.0], &[f64::NAN], &[f64::INFINITY, f64::NEG_INFINITY], &[1e-300]] {
            check(Unit::BytesPerSec, values, "0 256B/s 512B/s 768B/s 1024B/s");
        }
        check(Unit::PerSec, &[0.0], "0 0.5/s 1/s");
    }

    #[test]
    fn negative_values_are_shown_not_cut() {
        check(Unit::PerSec, &[-3.0, 1.0], "-4/s -2/s 0 2/s");
    }

    #[test]
    fn the_greatest_number_still_fits() {
        let axis = Axis::of([f64::MAX, f64::MIN].into_iter(), 4, Unit::BytesPerSec);
        assert!(axis.high.is_finite() && axis.low.is_finite() && axis.ticks.values.len() < 9, "{axis:?}");
    }
}
