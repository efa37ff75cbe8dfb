//! Which stretch of time is looked at, and how long a rate must look back.

use std::fmt;

use super::time::{Duration, Instant};

/// What the reader chose: a stretch that moves with the clock, or a fixed one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TimeWindow {
    /// The last so-and-so long, up to now. Longer than zero.
    Last(Duration),
    /// From one instant to another, `from` before `to`.
    Between(TimeRange),
}

/// A stretch of time, both ends included; `from` is not after `to`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TimeRange {
    /// First instant.
    pub from: Instant,
    /// Last instant.
    pub to: Instant,
}

impl TimeRange {
    /// The range between two instants, whichever comes first.
    pub fn new(one: Instant, other: Instant) -> Self {
        Self { from: one.min(other), to: one.max(other) }
    }

    /// How long it is.
    pub fn length(self) -> Duration {
        self.to - self.from
    }
}

impl TimeWindow {
    /// The stretch meant at the instant `now`.
    pub fn resolve(self, now: Instant) -> TimeRange {
        match self {
            Self::Last(length) => TimeRange { from: now - length, to: now },
            Self::Between(range) => range,
        }
    }

    /// How long it is.
    pub fn length(self) -> Duration {
        match self {
            Self::Last(length) => length,
            Self::Between(range) => range.length(),
        }
    }

    /// Whether its end follows the clock, so that asking again can answer differently.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Last(_))
    }
}

impl fmt::Display for TimeWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last(length) => length.fmt(f),
            Self::Between(TimeRange { from, to }) => write!(f, "{from}..{to}"),
        }
    }
}

/// How far a `rate()` must look back: the chosen window, but at least four scrape intervals.
///
/// Two samples make a rate, a lost scrape and an unlucky phase cost one each, and Prometheus 3 leaves out a sample that
/// lies exactly on the window's left edge (<https://github.com/prometheus/prometheus/pull/13904>).
pub fn rate_window(chosen: Duration, scrape_interval: Duration) -> Duration {
    chosen.max(scrape_interval * 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_shorter_than_four_scrapes_is_widened() {
        let scrape = Duration::from_secs(15);
        assert_eq!(rate_window(Duration::from_secs(30), scrape), Duration::from_secs(60));
        assert_eq!(rate_window(Duration::from_mins(5), scrape), Duration::from_mins(5));
    }

    #[test]
    fn only_the_last_so_long_moves_with_the_clock() {
        let now = Instant::from_unix_millis(1_000_000);
        let fixed = TimeRange::new(now, now - Duration::from_secs(60));
        assert_eq!(TimeWindow::Between(fixed).resolve(now + Duration::from_secs(9)), fixed);
        assert_eq!(TimeWindow::Last(Duration::from_secs(60)).resolve(now), fixed);
    }
}
