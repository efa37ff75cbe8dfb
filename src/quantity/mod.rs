//! Numbers with units: instants, durations, time windows, bytes and request rates, ratios.
//!
//! *Invariants.* Nothing here knows a metric, a colour or a language. Text made here uses a decimal point and no
//! grouping; what a reader sees passes through [`Format`], which the rim implements with the browser's `Intl`.

mod format;
mod number;
mod rate;
mod ratio;
mod scaled;
mod time;
mod window;

pub use format::{Format, Plain};
pub use number::{parse_decimal, parse_number, parse_printed};
pub use rate::{BytesPerSec, PerSec};
pub use ratio::Ratio;
pub use scaled::{Scaled, Unit};
pub use time::{Duration, Instant, ParseDurationError, ParseInstantError};
pub use window::{TimeRange, TimeWindow, rate_window};
