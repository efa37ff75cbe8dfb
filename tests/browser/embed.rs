//! The widget comes and goes without leaving anything behind.

use js_sys::Object;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::embed::WayscopeMesh;
use web_sys::{HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

/// A host on the page with an empty shadow root.
fn host() -> (HtmlElement, ShadowRoot) {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let host: HtmlElement = document.create_element("div").expect("a div").unchecked_into();
    document.body().expect("a body").append_child(&host).expect("a place on the page");
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).expect("a shadow root");
    (host, root)
}

/// A widget without any option.
fn mounted(host: &HtmlElement, root: &ShadowRoot) -> WayscopeMesh {
    WayscopeMesh::new(host.clone(), root.clone(), Object::new().into()).expect("a widget")
}

#[wasm_bindgen_test]
fn disposing_empties_the_shadow_root() {
    let (host, root) = host();
    let mut mesh = mounted(&host, &root);
    assert!(root.child_element_count() > 0);
    mesh.dispose();
    assert_eq!(root.child_element_count(), 0);
    host.remove();
}

#[wasm_bindgen_test]
fn the_same_root_can_be_mounted_again() {
    let (host, root) = host();
    for _ in 0..3 {
        let mut mesh = mounted(&host, &root);
        assert!(root.child_element_count() > 0);
        mesh.dispose();
    }
    assert_eq!(root.child_element_count(), 0);
    host.remove();
}
