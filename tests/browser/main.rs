//! The rim in a real browser: what handles clean up, what requests become, what mounting leaves behind, which pixels a scene makes.
#![cfg(target_arch = "wasm32")]
// The permission of `.clippy.toml` covers test functions, but not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod clock;
mod embed;
mod fetch;
mod frame;
mod locale;
mod location;
mod page;
mod paint;
mod palette;
mod pointer;
mod regex;
mod storage;
mod surface;
mod text;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
