//! The seam between a number and a reader's language.

use super::time::{Duration, Instant};

/// Prints numbers and times for a reader. The rim implements it with `Intl`; tests and the SVG export use [`Plain`].
pub trait Format {
    /// A decimal number with at most so many digits after the point, trailing zeros cut.
    fn decimal(&self, value: f64, max_fraction_digits: u8) -> String;

    /// A label for a tick of a time axis whose ticks lie `step` apart: the time of day, or the date when `step` is a
    /// day or more or the tick is a midnight.
    fn tick_time(&self, instant: Instant, step: Duration) -> String;

    /// Date and time to the second.
    fn date_time(&self, instant: Instant) -> String;

    /// How far local time is ahead of UTC at that instant; ticks fall on local round times.
    fn utc_offset(&self, instant: Instant) -> Duration;
}

/// Decimal point, no grouping, UTC, ISO 8601 order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Format for Plain {
    fn decimal(&self, value: f64, max_fraction_digits: u8) -> String {
        if !value.is_finite() {
            return if value.is_nan() { "NaN".into() } else { if value > 0.0 { "∞" } else { "-∞" }.into() };
        }
        let text = format!("{value:.*}", usize::from(max_fraction_digits));
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        if text == "-0" { "0".into() } else { text.to_owned() }
    }

    fn tick_time(&self, instant: Instant, step: Duration) -> String {
        let civil = Civil::from(instant);
        if step >= Duration::from_mins(24 * 60) || civil.second_of_day == 0 {
            format!("{:02}-{:02}", civil.month, civil.day)
        } else if step >= Duration::from_mins(1) {
            format!("{:02}:{:02}", civil.second_of_day / 3600, civil.second_of_day / 60 % 60)
        } else {
            civil.clock()
        }
    }

    fn date_time(&self, instant: Instant) -> String {
        let civil = Civil::from(instant);
        format!("{:04}-{:02}-{:02} {}", civil.year, civil.month, civil.day, civil.clock())
    }

    fn utc_offset(&self, _: Instant) -> Duration {
        Duration::ZERO
    }
}

/// A UTC date in the proleptic Gregorian calendar.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl Civil {
    fn clock(&self) -> String {
        let second = self.second_of_day;
        format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
    }
}

impl From<Instant> for Civil {
    /// Days to a date by Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>):
    /// years begin in March, so that the leap day comes last.
    fn from(instant: Instant) -> Self {
        let secs = instant.unix_millis().div_euclid(1_000);
        let (days, second_of_day) = (secs.div_euclid(86_400) + 719_468, secs.rem_euclid(86_400));
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month, day: day_of_year - (153 * shifted + 2) / 5 + 1, second_of_day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_gregorian_calendar() {
        for (secs, expect) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_700_000_000, "2023-11-14 22:13:20"),
            (-1, "1969-12-31 23:59:59"),
        ] {
            assert_eq!(Plain.date_time(Instant::from_unix_millis(secs * 1_000)), expect);
        }
    }

    #[test]
    fn ticks_show_the_date_where_the_clock_says_nothing() {
        let midnight = Instant::from_unix_millis(951_782_400_000);
        assert_eq!(Plain.tick_time(midnight, Duration::from_mins(60)), "02-29");
        assert_eq!(Plain.tick_time(midnight + Duration::from_mins(90), Duration::from_mins(30)), "01:30");
        assert_eq!(Plain.tick_time(midnight + Duration::from_secs(5), Duration::from_secs(5)), "00:00:05");
    }
}
