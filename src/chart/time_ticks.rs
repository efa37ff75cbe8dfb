//! Round instants for a time axis.

use crate::quantity::{Duration, Format, Instant, TimeRange};

/// Steps between ticks, in seconds; each divides a day or is whole days.
const STEPS: [i64; 22] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    1_296_000, 2_592_000,
];

/// The steps that give at most `most` (0 counts as 1) of them in the range, finest first; there always is one.
pub fn time_steps(range: TimeRange, most: usize) -> impl Iterator<Item = Duration> {
    let most = i64::try_from(most.max(1)).unwrap_or(i64::MAX);
    let length = range.length();
    // Beyond thirty days the step doubles; 2^32 of them are more time than there is.
    let longer = (1..32).map(|power| Duration::from_secs(2_592_000) * (1_i64 << power));
    STEPS.into_iter().map(Duration::from_secs).chain(longer).filter(move |step| *step * most >= length)
}

/// The instants of the range at which local time is a multiple of `step`, ascending. None when `step` is not positive.
///
/// Where a clock is put forward or back between two ticks, the ticks follow the clock.
pub fn time_ticks(range: TimeRange, step: Duration, format: &dyn Format) -> Vec<Instant> {
    if step <= Duration::ZERO {
        return Vec::new();
    }
    let first = (range.from + format.utc_offset(range.from)).floor_to(step);
    let mut ticks: Vec<Instant> = Vec::new();
    let count = range.length().millis() / step.millis();
    // The walk is in local time. A clock put back lengthens it, hence the spare steps.
    for place in 0..=(count + 2).min(MOST) {
        let local = first + step * place;
        let Some(instant) = instant_of(local, format.utc_offset(range.from), format) else { continue };
        let after = ticks.last().is_none_or(|last| *last < instant);
        if after && instant >= range.from && instant <= range.to {
            ticks.push(instant);
        }
    }
    ticks
}

/// The instant at which a clock shows `local`; nothing for a time that a clock put forward never shows.
fn instant_of(local: Instant, offset: Duration, format: &dyn Format) -> Option<Instant> {
    let guess = local - offset;
    let shows = |instant: &Instant| *instant + format.utc_offset(*instant) == local;
    [guess, local - format.utc_offset(guess)].into_iter().find(shows)
}

/// More ticks than that are never made, whatever is asked.
const MOST: i64 = 2_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Plain;

    /// Local time is ahead by the first offset, from the instant on by the second.
    struct Zone(i64, Instant, i64);

    impl Format for Zone {
        fn decimal(&self, value: f64, digits: u8) -> String {
            Plain.decimal(value, digits)
        }
        fn tick_time(&self, instant: Instant, step: Duration) -> String {
            Plain.tick_time(instant + self.utc_offset(instant), step)
        }
        fn date_time(&self, instant: Instant) -> String {
            Plain.date_time(instant + self.utc_offset(instant))
        }
        fn utc_offset(&self, instant: Instant) -> Duration {
            Duration::from_mins(if instant < self.1 { self.0 } else { self.2 })
        }
    }

    fn at(secs: i64) -> Instant {
        Instant::from_unix_millis(secs * 1_000)
    }

    fn check(format: &dyn Format, from: i64, length: i64, most: usize, expect: &str) {
        let range = TimeRange::new(at(from), at(from + length));
        let step = time_steps(range, most).next().unwrap();
        let ticks = time_ticks(range, step, format);
        let labels: Vec<String> = ticks.iter().map(|tick| format.tick_time(*tick, step)).collect();
        assert_eq!(labels.join(" "), expect);
    }

    #[test]
    fn ticks_fall_on_round_times() {
        check(&Plain, 1_700_000_000, 300, 6, "22:14 22:15 22:16 22:17 22:18");
        check(&Plain, 1_700_000_000, 3_600, 6, "22:20 22:30 22:40 22:50 23:00 23:10");
        check(&Plain, 1_700_000_000, 5, 5, "22:13:20 22:13:21 22:13:22 22:13:23 22:13:24 22:13:25");
        check(&Plain, 1_700_000_000, 7 * 86_400, 7, "11-15 11-16 11-17 11-18 11-19 11-20 11-21");
    }

    #[test]
    fn round_means_round_for_the_reader() {
        let india = Zone(330, at(0), 330);
        check(&india, 1_700_000_000, 6 * 3_600, 6, "04:00 05:00 06:00 07:00 08:00 09:00");
    }

    #[test]
    fn ticks_follow_a_clock_that_is_put_forward_and_back() {
        // Central Europe: 2023-03-26 01:00Z from +1 to +2, 2023-10-29 01:00Z from +2 to +1.
        let spring = Zone(60, at(1_679_792_400), 120);
        check(&spring, 1_679_792_400 - 7_200, 6 * 3_600, 3, "03-26 04:00 06:00");
        let autumn = Zone(120, at(1_698_541_200), 60);
        check(&autumn, 1_698_541_200 - 10_800, 6 * 3_600, 3, "10-29 02:00 04:00");
    }

    #[test]
    fn a_range_of_any_length_has_few_ticks() {
        let ends = [0, 1, 1 << 40, i64::MAX];
        for to in ends.map(Instant::from_unix_millis) {
            let range = TimeRange::new(at(0), to);
            let step = time_steps(range, 6).next().unwrap();
            assert!(time_ticks(range, step, &Plain).len() <= 8, "{to}");
        }
        assert!(time_ticks(TimeRange::new(at(0), at(9)), Duration::ZERO, &Plain).is_empty());
    }
}
