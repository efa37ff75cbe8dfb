//! What the back ends speak: a request as a value, and each answer's body decoded to rows.
//!
//! A [`Request`] goes out, an [`HttpAnswer`] or a [`BackendError`] comes back, and the module of the back end decodes it.
//!
//! *Invariants.*
//! - No I/O, no clock and no randomness: whoever performs the request passes in what came of it.
//! - The shapes of the answers' JSON stay private; out come rows with interned labels, and [`BackendError`]s.
//! - Whatever the bytes, decoding ends with rows or an error and never panics.
//! - Nothing here knows a metric or what an edge is.

mod answer;
mod backoff;
mod error;
mod json;
mod labels;
pub mod prometheus;
mod request;
pub mod trace;

pub use answer::{Answer, HttpAnswer, MAX_BODY_BYTES, Notice, parse_retry_after};
pub use backoff::Backoff;
pub use error::BackendError;
pub use labels::Labels;
pub use request::{Method, Request};
