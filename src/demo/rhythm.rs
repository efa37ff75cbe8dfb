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

/// Midnight (UTC) at the beginning of 2025: the nearer, the more exact.
const NEAR_MILLIS: i64 = 1_735_689_600_000;

/// A periodic swing around zero.
struct Wave {
    /// How far it swings, as a part of the mean rate.
    amplitude: f64,
    period_secs: f64,
    /// Where in the period it passes zero upwards; the crest follows a quarter period later.
    rises_at_secs: f64,
}

const fn wave(amplitude: f64, period_secs: f64, rises_at_secs: f64) -> Wave {
    Wave { amplitude, period_secs, rises_at_secs }
}

const DAY_SECS: f64 = 86_400.0;
const STEADY: [Wave; 1] = [wave(0.08, 420.0, 0.0)];
const DAY: [Wave; 3] = [wave(0.55, DAY_SECS, 50_400.0), wave(0.15, 2_820.0, 0.0), wave(0.06, 390.0, 0.0)];
const NIGHT: [Wave; 1] = [wave(1.0, DAY_SECS, 75_600.0)];
const BURSTS: [Wave; 1] = [wave(0.9, 1_200.0, 0.0)];

impl Rhythm {
    /// How far the traffic up to an instant in Unix milliseconds is ahead of steady traffic, in seconds of mean rate.
    /// Between two instants so much flows as the time between them and the difference of their leads say.
    pub(super) fn lead_secs(self, unix_millis: i64) -> f64 {
        let waves: &[Wave] = match self {
            Self::Steady => &STEADY,
            Self::Day => &DAY,
            Self::Night => &NIGHT,
            Self::Bursts => &BURSTS,
        };
        let secs = (unix_millis - NEAR_MILLIS) as f64 / 1_000.0;
        waves.iter().map(|wave| wave.integral_secs(secs)).sum()
    }
}

impl Wave {
    fn integral_secs(&self, secs: f64) -> f64 {
        let turns = (secs - self.rises_at_secs) / self.period_secs;
        self.amplitude * self.period_secs * swing_integral(turns - turns.floor())
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

    /// The mean rate between two instants.
    fn mean(rhythm: Rhythm, from: i64, to: i64) -> f64 {
        1.0 + (rhythm.lead_secs(to) - rhythm.lead_secs(from)) * 1_000.0 / (to - from) as f64
    }

    #[test]
    fn traffic_never_runs_backwards() {
        for rhythm in ALL {
            for at in (0..3 * 86_400_000).step_by(15_000) {
                let mean = mean(rhythm, at, at + 15_000);
                assert!((-1e-9..4.0).contains(&mean), "{rhythm:?} at {at}: {mean}");
            }
        }
    }

    #[test]
    fn the_mean_of_a_year_is_one() {
        for rhythm in ALL {
            let mean = mean(rhythm, 0, 365 * 86_400_000);
            assert!((mean - 1.0).abs() < 1e-3, "{rhythm:?}: {mean}");
        }
    }

    #[test]
    fn evenings_are_busier_than_mornings() {
        let hour = |hour: i64| mean(Rhythm::Day, hour * 3_600_000, (hour + 1) * 3_600_000);
        assert!(hour(19) > 1.4 && hour(7) < 0.6, "{} {}", hour(19), hour(7));
    }
}
