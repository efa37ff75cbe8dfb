//! Finding out which dialect is spoken, and below which path.
//!
//! *Invariants.* Whoever performs the questions passes in what came of them, in the questions' order; no clock, no I/O.
//! What a browser hides stays a likelihood: see [`WhyNone::is_established`].

mod look;
mod rounds;
#[cfg(test)]
mod tests;
mod verdict;

pub use look::{Look, Outcome, Seen};
pub use rounds::{Ask, Probe, Question};
pub use verdict::{Choice, Verdict, WhyNone};
