//! Counters whose value at any instant is known in closed form.

use super::rhythm::Rhythm;

/// Every target is scraped at the multiples of this.
pub(super) const SCRAPE_MILLIS: i64 = 15_000;
/// Nothing older is kept, counted from the end of the window asked for.
const RETENTION_MILLIS: i64 = 400 * 86_400_000;

/// When the process that counts starts anew, forgetting its counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Life {
    /// From one start to the next.
    pub period_millis: i64,
    /// One of the starts.
    pub start_millis: i64,
    /// In which of its periods it runs.
    pub turn: Turn,
}

/// In which periods of a [`Life`] a process runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// In all: each start is a restart of the same pod.
    Every,
    /// In every second one: each start replaces a pod by another, whose turn is the other one.
    Even,
    /// In the others.
    Odd,
}

/// A counter, or with no flow a gauge that never changes.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Counter {
    /// The value at each start.
    pub floor: f64,
    /// What is counted.
    pub flows: Vec<Increase>,
    /// The life of the process that counts.
    pub life: Life,
}

/// What one flow adds to a counter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Increase {
    /// Mean increase a second.
    pub per_sec: f64,
    /// The shape of the increase.
    pub rhythm: Rhythm,
    /// By how much its rhythm runs ahead, so that not all traffic moves in step.
    pub ahead_millis: i64,
}

/// What a window's samples amount to. There is at least one sample.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Window {
    /// Time and value of the first sample.
    pub first: (i64, f64),
    /// Time and value of the last sample.
    pub last: (i64, f64),
    /// How many samples there are.
    pub count: i64,
    /// The values lost at resets: what a `rate` adds.
    pub lost: f64,
    /// The greatest value.
    pub max: f64,
    /// The least value.
    pub min: f64,
}

impl Life {
    fn period(&self, unix_millis: i64) -> i64 {
        (unix_millis - self.start_millis).div_euclid(self.period_millis)
    }

    fn start(&self, period: i64) -> i64 {
        self.start_millis + period * self.period_millis
    }

    fn runs_in(&self, period: i64) -> bool {
        match self.turn {
            Turn::Every => true,
            Turn::Even => period.rem_euclid(2) == 0,
            Turn::Odd => period.rem_euclid(2) == 1,
        }
    }
}

impl Counter {
    /// Something that is there and does not change.
    pub(super) const fn constant(value: f64, life: Life) -> Self {
        Self { floor: value, flows: Vec::new(), life }
    }

    /// The value at an instant, to three decimals; nothing while the process does not run.
    pub(super) fn at(&self, unix_millis: i64) -> Option<f64> {
        let period = self.life.period(unix_millis);
        let [value] = self.since(self.life.start(period), [unix_millis]);
        self.life.runs_in(period).then_some(value)
    }

    /// The values at some instants of the life that began at `start`.
    fn since<const N: usize>(&self, start: i64, at: [i64; N]) -> [f64; N] {
        let mut values = [self.floor; N];
        for flow in &self.flows {
            let lead_secs = |at: i64| flow.rhythm.lead_secs(at + flow.ahead_millis);
            let at_start = lead_secs(start);
            for (value, at) in values.iter_mut().zip(at) {
                *value += flow.per_sec * ((at - start) as f64 / 1_000.0 + lead_secs(at) - at_start);
            }
        }
        values.map(|value| (value * 1_000.0).round_ties_even() / 1_000.0)
    }

    /// The sum of the samples scraped from one instant to another, both included, one by one.
    pub(super) fn sum(&self, from: i64, to: i64) -> f64 {
        let first = first_scrape(from.max(to - RETENTION_MILLIS));
        (first..=to).step_by(SCRAPE_MILLIS as usize).filter_map(|at| self.at(at)).sum()
    }

    /// The samples scraped from one instant to another, both included.
    ///
    /// Within a life the counter never falls, so the first and the last sample of each life tell all.
    pub(super) fn window(&self, from: i64, to: i64) -> Option<Window> {
        let from = from.max(to - RETENTION_MILLIS);
        let mut window: Option<Window> = None;
        for period in self.life.period(from)..=self.life.period(to) {
            let start = self.life.start(period);
            let first = first_scrape(from.max(start));
            let last = to.min(start + self.life.period_millis - 1).div_euclid(SCRAPE_MILLIS) * SCRAPE_MILLIS;
            if first > last || !self.life.runs_in(period) {
                continue;
            }
            let [low, high] = self.since(start, [first, last]);
            let count = (last - first) / SCRAPE_MILLIS + 1;
            window = Some(match window {
                None => Window { first: (first, low), last: (last, high), count, lost: 0.0, max: high, min: low },
                Some(before) => Window {
                    last: (last, high),
                    count: before.count + count,
                    lost: before.lost + if low < before.last.1 { before.last.1 } else { 0.0 },
                    max: before.max.max(high),
                    min: before.min.min(low),
                    ..before
                },
            });
        }
        window
    }
}

/// The first scrape at or after an instant.
const fn first_scrape(unix_millis: i64) -> i64 {
    -(-unix_millis).div_euclid(SCRAPE_MILLIS) * SCRAPE_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const LIFE: Life = Life { period_millis: HOUR, start_millis: 7_000, turn: Turn::Every };

    fn counter(turn: Turn) -> Counter {
        let life = Life { turn, ..LIFE };
        let flow = |per_sec, rhythm| Increase { per_sec, rhythm, ahead_millis: 123_456 };
        Counter { floor: 0.0, flows: vec![flow(2.0, Rhythm::Bursts), flow(0.5, Rhythm::Day)], life }
    }

    /// Walks over every sample, as a server does.
    fn walk(counter: &Counter, from: i64, to: i64) -> Option<Window> {
        let mut window: Option<Window> = None;
        let first = first_scrape(from);
        for at in (first..=to).step_by(SCRAPE_MILLIS as usize) {
            let Some(value) = counter.at(at) else { continue };
            window = Some(match window {
                None => Window { first: (at, value), last: (at, value), count: 1, lost: 0.0, max: value, min: value },
                Some(before) => Window {
                    last: (at, value),
                    count: before.count + 1,
                    lost: before.lost + if value < before.last.1 { before.last.1 } else { 0.0 },
                    max: before.max.max(value),
                    min: before.min.min(value),
                    ..before
                },
            });
        }
        window
    }

    #[test]
    fn the_closed_form_is_the_walk_over_every_sample() {
        for turn in [Turn::Every, Turn::Even, Turn::Odd] {
            for (from, to) in [
                (0, 0),
                (1, 14_999),
                (0, 60_000),
                (HOUR - 60_000, HOUR + 60_000),
                (HOUR + 7_000, HOUR + 7_000),
                (500_000, 5 * HOUR + 1),
                (-3 * HOUR, 2 * HOUR),
            ] {
                let counter = counter(turn);
                let (closed, walked) = (counter.window(from, to), walk(&counter, from, to));
                assert_eq!(closed.map(|w| w.first), walked.map(|w| w.first), "{turn:?} {from}..{to}");
                assert_eq!(
                    closed.map(|w| (w.last, w.count)),
                    walked.map(|w| (w.last, w.count)),
                    "{turn:?} {from}..{to}"
                );
                assert_eq!(closed.map(|w| w.lost), walked.map(|w| w.lost), "{turn:?} {from}..{to}");
                assert_eq!(closed.map(|w| (w.min, w.max)), walked.map(|w| (w.min, w.max)), "{turn:?} {from}..{to}");
            }
        }
    }

    #[test]
    fn a_start_sets_the_count_to_zero() {
        let counter = counter(Turn::Every);
        let start = 7_000 + 5 * HOUR;
        assert_eq!(counter.at(start), Some(0.0));
        assert!(counter.at(start - 1).is_some_and(|value| value > 8_000.0));
    }

    #[test]
    fn turns_take_turns() {
        for hour in -3..3 {
            let at = 7_000 + hour * HOUR;
            assert_ne!(counter(Turn::Even).at(at).is_some(), counter(Turn::Odd).at(at).is_some());
        }
    }

    #[test]
    fn a_window_of_ages_ends_soon() {
        assert!(counter(Turn::Every).window(-(1 << 52), 1 << 52).is_some());
    }
}
