//! Scales, ticks, lines with gaps, stacking and brushing: the arithmetic of a chart.
//!
//! *Conventions.* Values are in their base unit (B/s, 1/s, s, a share of 1); places are pixels, y grows down.
//!
//! *Invariants.* Nothing here draws, knows a colour or measures text. A sample that is missing or not a number is a
//! gap: never zero, never bridged.

mod axis;
mod brush;
mod line;
mod scale;
mod stack;
mod thin;
mod ticks;
mod time_ticks;

pub use axis::Axis;
pub use brush::Brush;
pub use line::{Line, Reading};
pub use scale::{Scale, TimeScale};
pub use stack::stack;
pub use thin::thin;
pub use ticks::Ticks;
pub use time_ticks::{time_steps, time_ticks};
