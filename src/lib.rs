//! Wayscope: a service-mesh explorer that runs in the browser and needs no server of its own.
//!
//! Data flows one way:
//!
//! ```text
//! back end text ─ backend ─ rows ─ telemetry / tracing ─ mesh facts ─ layout ─ positions ─ scene ─ shapes ─ paint ─ pixels
//!                     ▲                                                                                 │
//!                     └────── app: State, update(Message) -> Vec<Effect> ◄──── ui ◄─────────────────────┘
//! ```
//!
//! The modules stand in reading order: each may import only modules above it, and of those only the ones that the
//! table in `tests/tidy.rs` names. The core is compiled everywhere and tested natively; the rim exists only on wasm32, with
//! the feature `page`. `src/main.rs` is the page's program, all but `demo`; `src/bin/demo.rs` is that alone, and the page
//! asks it as it would ask a server.

// The core.
pub mod order;

pub mod quantity;

pub mod geometry;

pub mod promql;

pub mod backend;

pub mod mesh;

pub mod telemetry;

pub mod tracing;

pub mod doctor;

pub mod layout;

pub mod chart;

pub mod words;

pub mod scene;

pub mod demo;

pub mod app;

// The rim.
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod web;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod paint;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod ui;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod embed;
