//! A magnitude brought to a readable prefix: what a formatter prints before the language comes in.

use super::format::Format;

/// A unit as it is printed. The symbols are those of SI and IEC 80000-13 and are the same in every language.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// Bytes per second, with binary prefixes: `B/s`, `KiB/s` … `PiB/s`.
    BytesPerSec,
    /// Events per second, with decimal prefixes: `/s`, `k/s` … `G/s`.
    PerSec,
    /// Bytes, with binary prefixes.
    Bytes,
    /// Seconds, scaled down to `ms` and `µs`.
    Seconds,
    /// A share, printed in per cent.
    Percent,
    /// A plain number.
    Count,
}

/// A number between 1 and the prefix's base (when there is a prefix), and the unit text that goes with it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scaled {
    /// The number to print.
    pub value: f64,
    /// How many digits after the point a reader needs: three significant ones in all.
    pub fraction_digits: u8,
    /// The prefix and unit, empty for a plain number.
    pub unit: &'static str,
}

const BINARY_RATE: [&str; 6] = ["B/s", "KiB/s", "MiB/s", "GiB/s", "TiB/s", "PiB/s"];
const BINARY: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DECIMAL_RATE: [&str; 4] = ["/s", "k/s", "M/s", "G/s"];

impl Unit {
    /// Brings `value` (in the base unit: B/s, 1/s, B, s, a share of 1, a count) to the prefix that suits it.
    ///
    /// NaN and the infinities keep the base unit.
    pub fn scale(self, value: f64) -> Scaled {
        self.scale_like(value, value)
    }

    /// As [`scale`](Self::scale), with the prefix that suits `reference`: all ticks of one axis share a unit.
    pub fn scale_like(self, value: f64, reference: f64) -> Scaled {
        let (factor, unit) = self.prefix(reference.abs());
        let value = value / factor;
        Scaled { value, fraction_digits: fraction_digits(value), unit }
    }

    fn prefix(self, magnitude: f64) -> (f64, &'static str) {
        match self {
            Self::BytesPerSec => step_up(magnitude, 1024.0, &BINARY_RATE),
            Self::Bytes => step_up(magnitude, 1024.0, &BINARY),
            Self::PerSec => step_up(magnitude, 1000.0, &DECIMAL_RATE),
            Self::Percent => (0.01, "%"),
            Self::Count => (1.0, ""),
            Self::Seconds if magnitude >= 1.0 || magnitude == 0.0 || !magnitude.is_finite() => (1.0, "s"),
            Self::Seconds if magnitude >= 1e-3 => (1e-3, "ms"),
            Self::Seconds => (1e-6, "µs"),
        }
    }
}

fn step_up(magnitude: f64, base: f64, units: &[&'static str]) -> (f64, &'static str) {
    let (mut factor, mut place) = (1.0, 0);
    // 999.5 of one unit prints as 1000; it belongs to the next.
    while magnitude.is_finite() && magnitude / factor >= base - 0.5 && place + 1 < units.len() {
        factor *= base;
        place += 1;
    }
    (factor, units[place])
}

fn fraction_digits(value: f64) -> u8 {
    match value.abs() {
        large if large >= 99.95 => 0,
        none if none < 0.0005 => 0,
        tens if tens >= 9.995 => 1,
        ones if ones >= 0.0995 => 2,
        _ => 3,
    }
}

impl Scaled {
    /// Number and unit as one text, a narrow no-break space (U+202F) between them where a space belongs.
    pub fn text(self, format: &dyn Format) -> String {
        let number = format.decimal(self.value, self.fraction_digits);
        match self.unit {
            "" => number,
            "%" | "/s" => format!("{number}{}", self.unit),
            unit => format!("{number}\u{202f}{unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Plain;
    use super::*;

    fn check(unit: Unit, value: f64, expect: &str) {
        assert_eq!(unit.scale(value).text(&Plain).replace('\u{202f}', " "), expect, "{value} {unit:?}");
    }

    #[test]
    fn three_significant_digits_and_a_prefix() {
        check(Unit::BytesPerSec, 0.0, "0 B/s");
        check(Unit::BytesPerSec, 0.25, "0.25 B/s");
        check(Unit::BytesPerSec, 1023.0, "1023 B/s");
        check(Unit::BytesPerSec, 1023.6, "1 KiB/s");
        check(Unit::BytesPerSec, 1536.0, "1.5 KiB/s");
        check(Unit::BytesPerSec, 52.4 * 1024.0 * 1024.0, "52.4 MiB/s");
        check(Unit::PerSec, 12.345, "12.3/s");
        check(Unit::PerSec, 1_250.0, "1.25 k/s");
        check(Unit::Percent, 0.031, "3.1%");
        check(Unit::Seconds, 0.012, "12 ms");
        check(Unit::Seconds, 2.5, "2.5 s");
        check(Unit::Count, 40.0, "40");
    }

    #[test]
    fn odd_numbers_keep_the_base_unit() {
        check(Unit::BytesPerSec, f64::NAN, "NaN B/s");
        check(Unit::BytesPerSec, f64::INFINITY, "∞ B/s");
    }

    #[test]
    fn ticks_of_one_axis_share_a_unit() {
        let tick = Unit::BytesPerSec.scale_like(512.0, 4096.0);
        assert_eq!((tick.value, tick.unit), (0.5, "KiB/s"));
    }
}
