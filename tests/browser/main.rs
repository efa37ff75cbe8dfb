//! Tests of the browser's rim, in a real browser: `make test-browser`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod embed;

wasm_bindgen_test_configure!(run_in_browser);
