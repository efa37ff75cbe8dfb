//! How well traffic goes.

use crate::quantity::Ratio;

/// The state of an edge or node, from best to worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Health {
    /// No traffic in the window.
    Idle,
    /// Byte streams only, whose success nobody reports.
    Streams,
    /// Requests, and failures below every tolerance.
    Healthy,
    /// Some failures.
    Degraded,
    /// Many failures.
    Failing,
}

/// From which shares of failed requests on traffic counts as degraded and as failing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tolerance {
    /// Degraded from this share on; zero means any failure at all.
    pub degraded_from: Ratio,
    /// Failing from this share on.
    pub failing_from: Ratio,
}

/// The tolerances of the two kinds of failure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tolerances {
    /// HTTP 5xx, gRPC codes other than 0, no response, failed connections.
    pub failures: Tolerance,
    /// HTTP 4xx, which are often the client's own doing.
    pub client_errors: Tolerance,
}

/// What operators of Istio are used to: any failure degrades and a tenth of them fails; client errors count from a tenth
/// and a fifth on.
impl Default for Tolerances {
    fn default() -> Self {
        let percent = |degraded: f64, failing: f64| {
            let share = |percent: f64| Ratio::of(percent, 100.0).unwrap_or_default();
            Tolerance { degraded_from: share(degraded), failing_from: share(failing) }
        };
        Self { failures: percent(0.0, 10.0), client_errors: percent(10.0, 20.0) }
    }
}

impl Tolerance {
    /// The state of traffic of which that share failed. Without any failure it is healthy.
    pub fn judge(self, share: Ratio) -> Health {
        if share.value() <= 0.0 || share < self.degraded_from {
            Health::Healthy
        } else if share < self.failing_from {
            Health::Degraded
        } else {
            Health::Failing
        }
    }
}

impl Health {
    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Streams => "streams",
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Failing => "failing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_failure_is_healthy_whatever_the_tolerance() {
        let none = Ratio::default();
        assert_eq!(Tolerance { degraded_from: none, failing_from: none }.judge(none), Health::Healthy);
    }

    #[test]
    fn client_errors_are_forgiven_longer_than_failures() {
        let check = |percent, failure, client_error| {
            let share = Ratio::of(percent, 100.0).unwrap();
            let Tolerances { failures, client_errors } = Tolerances::default();
            assert_eq!((failures.judge(share), client_errors.judge(share)), (failure, client_error), "{percent}");
        };
        check(0.1, Health::Degraded, Health::Healthy);
        check(10.0, Health::Failing, Health::Degraded);
        check(20.0, Health::Failing, Health::Failing);
    }
}
