//! The browser: one file an interface, each resource a value that cleans up when it is dropped.
//!
//! *Invariants.* Nothing here decides anything about meshes, queries or pictures: it carries values to the browser and
//! back. No closure, listener, timer, observer or request outlives its handle. A missing or refused interface (private
//! mode, insecure page, sandboxed frame) is a value, never a panic. Nothing here knows which component asks.

pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod demo;
pub mod download;
pub mod fetch;
pub mod focus;
pub mod form;
pub mod frame;
pub mod keyboard;
pub mod listen;
pub mod locale;
pub mod location;
pub mod media;
pub mod permission;
mod pinch;
pub mod pointer;
pub mod policy;
pub mod regex;
pub mod resize;
pub mod storage;
pub mod style;
pub mod theme;
pub mod visibility;
pub mod worker;
