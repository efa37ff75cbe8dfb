//! How traffic swells and ebbs, as a rate around 1 whose integral is known in closed form.

/// A shape of traffic over time. Its mean over a day is 1, and it never falls below 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rhythm {
    /// A little restless, the same all day.
    Steady,
    /// Quiet in the morning hours, busiest in the evening (UTC), restless within the hour.
    Day,
    /// Nothing by day, twice the mean in the small hours.
    Night,
    /// Comes and goes every twenty minutes.
    Bursts,
}

/// A periodic swing around zero.
struct Wave {
    /// How far it swings, as a part of the mean rate.
    amplitude: f64,
    period_secs: i64,
    /// Where in the period it passes zero upwards; the crest follows a quarter period later.
    rises_at_secs: i64,
}

const fn wave(amplitude: f64, period_secs: i64, rises_at_secs: i64) -> Wave {
    Wave { amplitude, period_secs, rises_at_secs }
}

const STEADY: [Wave; 1] = [wave(0.08, 420, 0)];
const DAY: [Wave; 3] = [wave(0.55, 86_400, 50_400), wave(0.15, 2_820, 0), wave(0.06, 390, 0)];
const NIGHT: [Wave; 1] = [wave(1.0, 86_400, 75_600)];
const BURSTS: [Wave; 1] = [wave(0.9, 1_200, 0)];

impl Rhythm {
    /// The integral of the rate from 1970 to an instant in Unix milliseconds, in seconds of mean rate.
    pub(super) fn integral_secs(self, unix_millis: i64) -> f64 {
        let waves: &[Wave] = match self {
            Self::Steady => &STEADY,
            Self::Day => &DAY,
            Self::Night => &NIGHT,
            Self::Bursts => &BURSTS,
        };
        waves.iter().fold(unix_millis as f64 / 1_000.0, |sum, wave| sum + wave.integral_secs(unix_millis))
    }
}

impl Wave {
    fn integral_secs(&self, unix_millis: i64) -> f64 {
        let period = self.period_secs * 1_000;
        let turn = (unix_millis - self.rises_at_secs * 1_000).rem_euclid(period) as f64 / period as f64;
        self.amplitude * self.period_secs as f64 * swing_integral(turn)
    }
}

/// The integral from 0 to `turn` (0 to 1) of two parabolas that look like a sine of amplitude 1: cheaper, and whole
/// periods add up to exactly nothing.
fn swing_integral(turn: f64) -> f64 {
    let half = |turn: f64| turn * turn * (4.0 - turn * (16.0 / 3.0));
    if turn < 0.5 { half(turn) } else { 1.0 / 3.0 - half(turn - 0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Rhythm; 4] = [Rhythm::Steady, Rhythm::Day, Rhythm::Night, Rhythm::Bursts];
    /// Long enough for whole periods of every wave: 86400 s × 47 × 91 would be; a year comes within a thousandth.
    const YEAR: i64 = 365 * 86_400_000;

    #[test]
    fn traffic_never_runs_backwards() {
        for rhythm in ALL {
            for at in (0..3 * 86_400_000).step_by(15_000) {
                let increase = rhythm.integral_secs(at + 15_000) - rhythm.integral_secs(at);
                assert!((-1e-9..60.0).contains(&increase), "{rhythm:?} at {at}: {increase}");
            }
        }
    }

    #[test]
    fn the_mean_is_one() {
        for rhythm in ALL {
            let mean = (rhythm.integral_secs(YEAR) - rhythm.integral_secs(0)) / (YEAR as f64 / 1_000.0);
            assert!((mean - 1.0).abs() < 1e-3, "{rhythm:?}: {mean}");
        }
    }

    #[test]
    fn evenings_are_busier_than_mornings() {
        let hour = |hour: i64| {
            let from = hour * 3_600_000;
            (Rhythm::Day.integral_secs(from + 3_600_000) - Rhythm::Day.integral_secs(from)) / 3_600.0
        };
        assert!(hour(19) > 1.4 && hour(7) < 0.6, "{} {}", hour(19), hour(7));
    }
}
