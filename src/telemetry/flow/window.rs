//! Resolution of a range query.

use crate::quantity::{Duration, TimeRange};

/// Which instants are asked for, and how far each looks back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FlowWindow {
    /// First and last instant, multiples of `step` since the epoch.
    pub range: TimeRange,
    /// Distance of neighbouring instants.
    pub step: Duration,
    /// The window of `rate()`.
    pub rate_window: Duration,
}

/// Steps that give round times.
const STEPS_SECS: [i64; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

/// Prometheus refuses more points than this for one series (`web/api/v1/api.go`).
const MAX_POINTS: i64 = 11_000;

impl FlowWindow {
    /// At most about `points` instants over `range`, at least a scrape apart.
    ///
    /// The step is rounded up to a round one and the range aligned to it, so that a refresh asks for the same instants
    /// again and caches hit. The rate looks back one step and one scrape, so that no increment falls between two
    /// windows, but at least four scrapes (Grafana's `$__rate_interval`).
    pub fn new(range: TimeRange, points: i64, scrape_interval: Duration) -> Self {
        let wanted = Duration::from_millis(range.length().millis() / points.clamp(2, MAX_POINTS));
        let wanted = wanted.max(scrape_interval).max(Duration::from_secs(1));
        let round = STEPS_SECS.into_iter().map(Duration::from_secs).find(|step| *step >= wanted);
        let step = round.unwrap_or_else(|| wanted.ceil_to(Duration::from_secs(86_400)));
        Self {
            range: TimeRange { from: range.from.floor_to(step), to: range.to.floor_to(step) },
            step,
            rate_window: (step + scrape_interval).max(scrape_interval * 4),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Instant;

    #[test]
    fn steps_are_round_and_never_shorter_than_a_scrape() {
        let check = |length: &str, points, scrape, step: &str, rate_window: &str| {
            let to = Instant::from_unix_millis(1_700_000_007_123);
            let range = TimeRange { from: to - Duration::parse(length).unwrap(), to };
            let window = FlowWindow::new(range, points, Duration::from_secs(scrape));
            assert_eq!(
                (window.step.to_string().as_str(), window.rate_window.to_string().as_str()),
                (step, rate_window)
            );
            assert_eq!(window.range.from, window.range.from.floor_to(window.step));
            assert!(window.range.length().millis() / window.step.millis() <= MAX_POINTS);
        };
        check("1m", 300, 15, "15s", "1m");
        check("1h", 300, 15, "15s", "1m");
        check("6h", 300, 15, "2m", "2m15s");
        check("30d", 300, 15, "4h", "4h15s");
        check("10m", 300, 60, "1m", "4m");
    }
}
