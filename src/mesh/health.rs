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

/// From which share of failed requests on an edge counts as degraded or failing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tolerances {
    /// Degraded above this share.
    pub degraded_above: Ratio,
    /// Failing from this share on.
    pub failing_from: Ratio,
}

/// Any failure degrades; a tenth of all requests fails.
impl Default for Tolerances {
    fn default() -> Self {
        let share = |percent: f64| Ratio::of(percent, 100.0).unwrap_or_default();
        Self { degraded_above: share(0.0), failing_from: share(10.0) }
    }
}

impl Health {
    /// The state of requests of which that share failed.
    pub fn of_errors(share: Ratio, tolerances: Tolerances) -> Self {
        if share >= tolerances.failing_from && share.value() > 0.0 {
            Self::Failing
        } else if share > tolerances.degraded_above {
            Self::Degraded
        } else {
            Self::Healthy
        }
    }

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
    fn no_failure_is_healthy_whatever_the_tolerances() {
        let none = Ratio::default();
        let strict = Tolerances { degraded_above: none, failing_from: none };
        assert_eq!(Health::of_errors(none, strict), Health::Healthy);
    }

    #[test]
    fn a_tenth_of_failures_is_failing() {
        let check = |errors, expect| {
            let share = Ratio::of(errors, 100.0).unwrap();
            assert_eq!(Health::of_errors(share, Tolerances::default()), expect, "{errors}");
        };
        check(0.1, Health::Degraded);
        check(9.9, Health::Degraded);
        check(10.0, Health::Failing);
    }
}
