//! Points in time and lengths of time, both whole milliseconds.
//!
//! Milliseconds are what Prometheus stores, what `Date` speaks and what fits an exact `f64` for 285 000 years.

use std::fmt;
use std::ops::{Add, Div, Mul, Sub};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::number::parse_number;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored (Unix time).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

/// A signed length of time in milliseconds.
///
/// Its text is Prometheus' duration syntax (`1h30m`, `15s`, `250ms`; `d` is 24 h, `w` 7 d, `y` 365 d):
/// <https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations>.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Duration(i64);

/// Why a text is not a [`Duration`].
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{text}` is not a duration: write a whole number with a unit, such as `15s`, `5m` or `1h30m`")]
pub struct ParseDurationError {
    /// The text that was refused.
    pub text: String,
}

/// Why a text is not an [`Instant`].
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{text}` is not a time: write Unix seconds, such as `1700000000`")]
pub struct ParseInstantError {
    /// The text that was refused.
    pub text: String,
}

/// Largest first, so that printing takes the largest unit that divides.
const UNITS: [(&str, i64); 7] = [
    ("y", 365 * 86_400_000),
    ("w", 7 * 86_400_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// Twice this still fits an `i64`, and it is exact as an `f64`: about 142 000 years.
const MAX_MILLIS: i64 = 1 << 52;

impl Instant {
    /// The instant so many milliseconds after the epoch, clamped to ±142 000 years.
    pub fn from_unix_millis(unix_millis: i64) -> Self {
        Self(unix_millis.clamp(-MAX_MILLIS, MAX_MILLIS))
    }

    /// The nearest whole millisecond. NaN becomes the epoch.
    pub fn from_unix_secs(unix_secs: f64) -> Self {
        Self::from_unix_millis((unix_secs * 1_000.0).round() as i64)
    }

    /// Milliseconds since the epoch.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Seconds since the epoch.
    pub fn unix_secs(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// The last multiple of `step` since the epoch that is not after this instant; itself when `step` is not positive.
    #[must_use]
    pub fn floor_to(self, step: Duration) -> Self {
        if step.0 <= 0 { self } else { Self(self.0.div_euclid(step.0) * step.0) }
    }

    /// Unix seconds with at most three decimals, as Prometheus' `time`, `start` and `end` take them.
    ///
    /// # Errors
    /// When the text is not a finite decimal number.
    pub fn parse_unix_secs(text: &str) -> Result<Self, ParseInstantError> {
        match parse_number(text) {
            Some(secs) if secs.is_finite() => Ok(Self::from_unix_secs(secs)),
            _ => Err(ParseInstantError { text: text.to_owned() }),
        }
    }
}

/// Unix seconds: `1700000000`, or `1700000000.25` when there is a fraction.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (secs, millis) = (self.0.unsigned_abs() / 1_000, self.0.unsigned_abs() % 1_000);
        if millis == 0 {
            write!(f, "{sign}{secs}")
        } else {
            write!(f, "{sign}{secs}.{}", format!("{millis:03}").trim_end_matches('0'))
        }
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(if millis > MAX_MILLIS {
            MAX_MILLIS
        } else if millis < -MAX_MILLIS {
            -MAX_MILLIS
        } else {
            millis
        })
    }

    /// So many seconds.
    pub const fn from_secs(secs: i64) -> Self {
        Self::from_millis(secs.saturating_mul(1_000))
    }

    /// So many minutes.
    pub const fn from_mins(mins: i64) -> Self {
        Self::from_secs(mins.saturating_mul(60))
    }

    /// Whole milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Seconds, with a fraction.
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// The least multiple of `step` that is not shorter; itself when `step` is not positive.
    #[must_use]
    pub fn ceil_to(self, step: Self) -> Self {
        if step.0 <= 0 { self } else { Self::from_millis(-(-self.0).div_euclid(step.0) * step.0) }
    }

    /// Prometheus' duration syntax: units from large to small, each at most once.
    ///
    /// # Errors
    /// On anything else, an empty text and a bare number included.
    pub fn parse(text: &str) -> Result<Self, ParseDurationError> {
        let refuse = || ParseDurationError { text: text.to_owned() };
        if text == "0" {
            return Ok(Self::ZERO);
        }
        let (mut rest, mut total, mut units) = (text, 0_i64, &UNITS[..]);
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (count, after) = rest.split_at_checked(digits).ok_or_else(refuse)?;
            let count: i64 = count.parse().map_err(|_| refuse())?;
            let name = after.bytes().take_while(u8::is_ascii_lowercase).count();
            let (name, after) = after.split_at_checked(name).ok_or_else(refuse)?;
            let place = units.iter().position(|(unit, _)| *unit == name).ok_or_else(refuse)?;
            let millis = count.checked_mul(units[place].1).ok_or_else(refuse)?;
            total = total.checked_add(millis).filter(|sum| *sum <= MAX_MILLIS).ok_or_else(refuse)?;
            units = &units[place + 1..];
            rest = after;
        }
        if text.is_empty() { Err(refuse()) } else { Ok(Self(total)) }
    }
}

/// Prometheus' duration syntax. A negative length has a leading `-`; no time is `0s`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut rest = self.0.abs();
        for (unit, millis) in UNITS {
            // A year or a week only when nothing is left over: `9d`, not `1w2d`.
            let coarse = millis > 86_400_000;
            if rest >= millis && (!coarse || rest % millis == 0) {
                write!(f, "{}{unit}", rest / millis)?;
                rest %= millis;
            }
        }
        Ok(())
    }
}

impl Add<Duration> for Instant {
    type Output = Self;
    fn add(self, length: Duration) -> Self {
        Self::from_unix_millis(self.0 + length.0)
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;
    fn sub(self, length: Duration) -> Self {
        Self::from_unix_millis(self.0 - length.0)
    }
}

impl Sub for Instant {
    type Output = Duration;
    fn sub(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0 - earlier.0)
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::from_millis(self.0 + other.0)
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::from_millis(self.0 - other.0)
    }
}

impl Mul<i64> for Duration {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self::from_millis(self.0.saturating_mul(times))
    }
}

/// Rounds towards zero; by zero is zero.
impl Div<i64> for Duration {
    type Output = Self;
    fn div(self, parts: i64) -> Self {
        Self(self.0.checked_div(parts).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_as_they_parse() {
        for text in ["15s", "5m", "1h30m", "250ms", "30d", "9d", "2w", "1y", "1d1ms"] {
            assert_eq!(Duration::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_not_durations() {
        for text in ["", "5", "m", "5 m", "-5m", "1m1h", "5m5m", "5x", "9223372036854775807y", "１m", "5mm"] {
            assert_eq!(Duration::parse(text), Err(ParseDurationError { text: text.to_owned() }), "{text}");
        }
    }

    #[test]
    fn instants_print_as_unix_seconds() {
        assert_eq!(Instant::from_unix_millis(1_700_000_000_250).to_string(), "1700000000.25");
        assert_eq!(Instant::from_unix_millis(-1_500).to_string(), "-1.5");
        assert_eq!(Instant::parse_unix_secs("1700000000.25"), Ok(Instant::from_unix_millis(1_700_000_000_250)));
        assert!(Instant::parse_unix_secs("inf").is_err());
    }

    #[test]
    fn alignment_goes_down_for_instants_and_up_for_durations() {
        let step = Duration::from_secs(15);
        assert_eq!(Instant::from_unix_millis(31_000).floor_to(step), Instant::from_unix_millis(30_000));
        assert_eq!(Instant::from_unix_millis(-1).floor_to(step), Instant::from_unix_millis(-15_000));
        assert_eq!(Duration::from_secs(31).ceil_to(step), Duration::from_secs(45));
        assert_eq!(Duration::from_secs(30).ceil_to(step), Duration::from_secs(30));
    }
}
