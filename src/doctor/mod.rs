//! Why there are no traces, or why nothing can be asked: findings with their evidence, and what mends them.
//!
//! *Invariants.*
//! - No sentence: a [`Finding`] has the fields that one needs, in any language.
//! - What was seen is established, what most likely lies behind something that a browser hides is likely; nothing else is
//!   said.
//! - What a reader may paste into a shell is quoted, whatever the names in it.

mod absence;
mod command;
mod connection;
mod finding;
mod remedy;
#[cfg(test)]
mod tests;
mod traffic;

pub use absence::{Absence, DEFAULT_SAMPLING, diagnose_absence};
pub use connection::{Page, diagnose_connection, diagnose_found};
pub use finding::{Certainty, Finding, Trouble};
pub use remedy::Remedy;
pub use traffic::Traffic;
