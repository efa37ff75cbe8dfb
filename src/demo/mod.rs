//! A simulated mesh that answers the same requests as real back ends do, for demonstrations and tests.
//!
//! ```text
//! shop (tables) ─ leg (who reports) ─ traffic (labels and counters) ─ book ─ eval (PromQL) ─ answer (bytes) ─ http
//! ```
//!
//! *Invariants.*
//! - Everything follows from the tables in `shop` by rule: no series is written down by hand.
//! - No clock, no randomness, no state: an answer depends on the question alone.
//! - The page's program is linked without it: `src/bin/demo.rs` is a program of its own.
//! - Nothing here knows how the program reads what it is told: neither roles nor edges, only what proxies write.

mod answer;
mod book;
mod counter;
mod ends;
mod eval;
mod http;
mod labels;
mod leg;
mod mesh;
mod openmetrics;
mod outcome;
mod pod;
mod rhythm;
mod shop;
#[cfg(test)]
mod tests;
mod traffic;
mod world;

pub use mesh::DemoMesh;
