//! Tests that cross layers, run natively.

// A failed read or write ends the test with its reason; that is what is wanted here.
#![allow(clippy::unwrap_used)]

mod golden;
mod pictures;
