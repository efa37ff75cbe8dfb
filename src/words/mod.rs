//! Every text shown, in every language.
//!
//! *Invariants.* One enum, one exhaustive match a language: a text that lacks a translation does not compile. Numbers
//! and times arrive here already printed for the reader; label values and metric names are never translated.

mod en;
mod language;
mod word;
mod zh;

pub use language::Language;
pub use word::Word;
