//! The program against real servers, each started by its test and stopped with it.
#![cfg(not(target_arch = "wasm32"))]

mod prometheus;
