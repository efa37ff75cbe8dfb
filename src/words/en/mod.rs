//! The catalogue in English.

mod hop;
mod label;
mod sentence;

pub(super) use hop::hop;
pub(super) use label::label;
pub(super) use sentence::say;
