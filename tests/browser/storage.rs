//! What the browser remembers.

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::web::storage::{Kept, Storage, Stored};

use crate::page::Replaced;

#[wasm_bindgen_test]
fn texts_are_remembered_under_their_prefix() {
    let (one, other) = (Storage::new("wayscope-test-1"), Storage::new("wayscope-test-2"));
    assert_eq!(one.write("theme", "dark"), Kept::Kept);
    assert_eq!(one.read("theme"), Stored::Text("dark".to_owned()));
    assert_eq!(other.read("theme"), Stored::Nothing);
    one.remove("theme");
    assert_eq!(one.read("theme"), Stored::Nothing);
}

#[wasm_bindgen_test]
fn a_full_storage_is_silent() {
    let storage = Storage::new("wayscope-test-full");
    assert_eq!(storage.write("all", &"x".repeat(20_000_000)), Kept::Lost);
    assert_eq!(storage.read("all"), Stored::Nothing);
}

#[wasm_bindgen_test]
fn a_denied_storage_is_silent() {
    for denied in ["{ get() { throw new DOMException('no', 'SecurityError') } }", "{ value: null }"] {
        let _denied = Replaced::new("localStorage", denied);
        let storage = Storage::new("wayscope-test");
        assert_eq!(storage.write("theme", "dark"), Kept::Lost);
        assert_eq!(storage.read("theme"), Stored::Denied);
        storage.remove("theme");
    }
}
