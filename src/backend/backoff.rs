//! When to ask again.

use super::error::BackendError;
use crate::quantity::Duration;

/// How patiently a failed request is repeated: exponential growth with bounded jitter, so that many open pages do not
/// ask in step, and never sooner than the back end asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
    /// Longest wait after the first failure.
    pub first: Duration,
    /// Longest wait after any failure, unless the back end asks for more.
    pub longest: Duration,
    /// How often a request is repeated.
    pub retries: u32,
}

impl Default for Backoff {
    /// Up to 1 s, 2 s, 4 s, then given up.
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(30), retries: 3 }
    }
}

impl Backoff {
    /// How long to wait after a failure; nothing when asking again is of no use.
    ///
    /// `failures` counts this one, from 1. `jitter` is a random number from 0 to 1, clamped (NaN is 0): the wait is
    /// between half and the whole of the doubling length.
    pub fn wait(&self, error: &BackendError, failures: u32, jitter: f64) -> Option<Duration> {
        if !error.is_retryable() || failures > self.retries {
            return None;
        }
        let doublings = failures.saturating_sub(1).min(32);
        let ceiling = (self.first * (1_i64 << doublings)).min(self.longest).max(Duration::ZERO);
        let half = ceiling.millis() as f64 / 2.0;
        let jitter = if jitter > 0.0 { jitter.min(1.0) } else { 0.0 };
        let wait = Duration::from_millis((half + half * jitter) as i64);
        Some(error.retry_after().map_or(wait, |asked| asked + wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: Backoff =
        Backoff { first: Duration::from_secs(1), longest: Duration::from_secs(10), retries: u32::MAX };

    #[test]
    fn waits_double_up_to_the_longest() {
        let wait = |failures, jitter| PATIENT.wait(&BackendError::Unreachable, failures, jitter).unwrap().millis();
        for (failures, least, most) in
            [(1, 500, 1_000), (2, 1_000, 2_000), (5, 5_000, 10_000), (u32::MAX, 5_000, 10_000)]
        {
            assert_eq!((wait(failures, 0.0), wait(failures, 1.0)), (least, most), "{failures}");
            assert_eq!((wait(failures, -7.0), wait(failures, 7.0)), (least, most), "{failures}");
            assert_eq!(wait(failures, f64::NAN), least, "{failures}");
        }
    }

    #[test]
    fn the_back_end_is_left_alone_as_long_as_it_asks() {
        let retry_after = Some(Duration::from_secs(60));
        let error = BackendError::Status { status: 429, is_html: false, excerpt: String::new(), retry_after };
        assert_eq!(PATIENT.wait(&error, 1, 0.0), Some(Duration::from_millis(60_500)));
    }

    #[test]
    fn what_cannot_pass_is_not_repeated() {
        assert_eq!(PATIENT.wait(&BackendError::Html { status: 200 }, 1, 0.0), None);
        assert_eq!(Backoff::default().wait(&BackendError::Unreachable, 4, 0.0), None);
        assert!(Backoff::default().wait(&BackendError::Unreachable, 3, 0.0).is_some());
    }
}
