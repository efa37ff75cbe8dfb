//! Every text shown, in every language.
//!
//! [`Label`] holds what stands on buttons and beside values, [`Sentence`] what has parts filled in; kinds of hop are said
//! by their own enum. Each language answers each of them in one exhaustive match.
//!
//! *Invariants.* A text that lacks a translation does not compile. Numbers and times arrive here already printed for the
//! reader; label values, metric names and Istio's own terms of art are never translated.

mod en;
mod label;
mod language;
mod sentence;
#[cfg(test)]
mod tests;
mod zh;

pub use label::Label;
pub use language::Language;
pub use sentence::Sentence;
