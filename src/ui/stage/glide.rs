//! How a picture goes on moving after it was let go.

use crate::geometry::Vector;

/// Time in which a glide loses most (1 - 1/e) of its speed, in milliseconds.
const FADE_MS: f64 = 220.0;
/// Pixels a millisecond below which nothing is seen to move, and above which a hand does not mean it.
const SLOWEST: f64 = 0.03;
const FASTEST: f64 = 6.0;
/// A pause of so many milliseconds before it is let go means that it shall stay.
const PAUSE_MS: f64 = 60.0;
/// The longest time between two frames that counts, in milliseconds: after a stall the picture does not jump.
const LONGEST_MS: f64 = 50.0;

/// How fast a hand moves.
#[derive(Default)]
pub(super) struct Pace {
    velocity: Vector,
    last_ms: Option<f64>,
}

impl Pace {
    /// It moved by so many pixels.
    pub fn moved(&mut self, by: Vector, now_ms: f64) {
        if let Some(last) = self.last_ms.replace(now_ms) {
            let share = 1.0 / (now_ms - last).clamp(1.0, LONGEST_MS);
            // Half of what is new: hands tremble, and events come in bursts.
            self.velocity = self.velocity * 0.5 + by * (0.5 * share);
        }
    }

    /// Pixels a millisecond when it lets go.
    pub fn velocity(&self, now_ms: f64) -> Vector {
        let rested = self.last_ms.is_none_or(|last| now_ms - last > PAUSE_MS);
        if rested { Vector::default() } else { self.velocity }
    }
}

/// A movement that fades.
pub(super) struct Glide {
    velocity: Vector,
    last_ms: Option<f64>,
}

impl Glide {
    /// Nothing for what hardly moves.
    pub fn from(velocity: Vector) -> Option<Self> {
        let speed = velocity.length();
        (speed > SLOWEST).then(|| Self { velocity: velocity * (FASTEST / speed).min(1.0), last_ms: None })
    }

    /// How far it goes in the frame at that time; nothing when it has ended.
    pub fn step(&mut self, time_ms: f64) -> Option<Vector> {
        let elapsed = self.last_ms.replace(time_ms).map_or(0.0, |last| (time_ms - last).clamp(0.0, LONGEST_MS));
        let by = self.velocity * elapsed;
        self.velocity = self.velocity * (1.0 - elapsed / FADE_MS).max(0.0);
        (self.velocity.length() > SLOWEST).then_some(by)
    }
}
