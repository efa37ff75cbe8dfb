//! Round values for an axis, and their labels.

use crate::quantity::{Format, Scaled, Unit};

/// Round values, a constant step apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Ticks {
    /// The step between neighbours; greater than zero.
    pub step: f64,
    /// The values, ascending.
    pub values: Vec<f64>,
}

/// More ticks than that are never made, whatever is asked.
const MOST: f64 = 64.0;

impl Ticks {
    /// The ticks from `low` to `high` (finite, `low` below `high`), both ends included, at most `most` steps apart.
    ///
    /// Bytes step by powers of two, so that labels read `512 KiB/s`; below one byte, and for every other unit, steps
    /// are 1, 2 or 5 times a power of ten. Counts never step by less than one.
    pub fn between(low: f64, high: f64, most: usize, unit: Unit) -> Self {
        let step = step(high - low, most, unit);
        let first = (low / step - SLACK).ceil();
        let count = ((high / step + SLACK).floor() - first).clamp(0.0, MOST) as usize;
        Self { step, values: (0..=count).map(|place| (first + place as f64) * step).collect() }
    }

    /// The label of a tick. All labels of an axis share the prefix that suits `reference`, the greatest magnitude of
    /// the axis, and show the digits that its step needs; zero is bare.
    pub fn label(&self, value: f64, reference: f64, unit: Unit, format: &dyn Format) -> String {
        if value == 0.0 {
            return format.decimal(0.0, 0);
        }
        let step = unit.scale_like(self.step, reference).value;
        let scaled = unit.scale_like(value, reference);
        Scaled { fraction_digits: digits(step), ..scaled }.text(format)
    }
}

/// Tolerance for quotients that should be whole.
const SLACK: f64 = 1e-9;

/// The least round step of which at most `most` (0 counts as 1) cover `extent`; 1 when that is not a positive number.
pub(super) fn step(extent: f64, most: usize, unit: Unit) -> f64 {
    let rough = extent / most.max(1) as f64;
    if !(rough > 0.0 && rough.is_finite()) {
        return 1.0;
    }
    match unit {
        Unit::Bytes | Unit::BytesPerSec if rough > 0.5 => 2_f64.powi((rough.log2() - SLACK).ceil() as i32),
        Unit::Count => decimal_step(rough).max(1.0),
        _ => decimal_step(rough),
    }
}

fn decimal_step(rough: f64) -> f64 {
    let power = 10_f64.powi(rough.log10().floor() as i32).max(f64::MIN_POSITIVE);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| power * factor >= rough * (1.0 - SLACK));
    power * factor.unwrap_or(10.0)
}

/// How many digits after the point tell multiples of `step` apart, at most three.
fn digits(step: f64) -> u8 {
    let whole = |digits: &u8| {
        let scaled = step * 10_f64.powi(i32::from(*digits));
        (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0) && scaled.round() > 0.0
    };
    (0..3).find(whole).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Plain;

    const KIB: f64 = 1024.0;
    const MIB: f64 = KIB * 1024.0;

    fn check(unit: Unit, high: f64, most: usize, expect: &str) {
        let ticks = Ticks::between(0.0, high, most, unit);
        let labels: Vec<String> = ticks.values.iter().map(|value| ticks.label(*value, high, unit, &Plain)).collect();
        assert_eq!(labels.join(" ").replace('\u{202f}', ""), expect, "{high} {unit:?}");
    }

    #[test]
    fn bytes_step_by_powers_of_two() {
        check(Unit::BytesPerSec, 1000.0, 4, "0 256B/s 512B/s 768B/s");
        check(Unit::BytesPerSec, 600.0 * KIB, 5, "0 128KiB/s 256KiB/s 384KiB/s 512KiB/s");
        check(Unit::BytesPerSec, 2.0 * MIB, 4, "0 0.5MiB/s 1MiB/s 1.5MiB/s 2MiB/s");
        check(Unit::Bytes, 3.0 * MIB, 3, "0 1MiB 2MiB 3MiB");
        check(Unit::BytesPerSec, 5.0, 5, "0 1B/s 2B/s 3B/s 4B/s 5B/s");
        check(Unit::BytesPerSec, 0.5, 5, "0 0.1B/s 0.2B/s 0.3B/s 0.4B/s 0.5B/s");
        check(Unit::Bytes, 2_f64.powi(62), 4, "0 1024PiB 2048PiB 3072PiB 4096PiB");
    }

    #[test]
    fn other_units_step_by_one_two_and_five() {
        check(Unit::PerSec, 12.0, 4, "0 5/s 10/s");
        check(Unit::PerSec, 1_500.0, 4, "0 0.5k/s 1k/s 1.5k/s");
        check(Unit::Seconds, 0.25, 5, "0 50ms 100ms 150ms 200ms 250ms");
        check(Unit::Percent, 0.031, 4, "0 1% 2% 3%");
        check(Unit::Count, 2.0, 5, "0 1 2");
        check(Unit::PerSec, 1e-4, 2, "0 0/s 0/s");
    }

    #[test]
    fn ticks_may_lie_below_zero() {
        let ticks = Ticks::between(-25.0, 12.0, 4, Unit::PerSec);
        assert_eq!(ticks.values, [-20.0, -10.0, 0.0, 10.0]);
    }

    #[test]
    fn odd_extents_still_give_a_bounded_axis() {
        for high in [0.0, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE] {
            let ticks = Ticks::between(0.0, high, 5, Unit::BytesPerSec);
            assert!(ticks.values.len() <= 65 && ticks.step > 0.0, "{high}: {ticks:?}");
        }
    }
}
