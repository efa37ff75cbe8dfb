//! Tests that cross layers, run natively; servers are real, each started by its test and stopped with it.
#![cfg(not(target_arch = "wasm32"))]
// A failed read or write ends the test with its reason; that is what is wanted here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod config_example;
mod demo;
mod golden;
mod hostile;
mod limits;
mod newborn;
mod pictures;
mod prometheus;
mod readme;
mod telemetry;
mod victoria;
