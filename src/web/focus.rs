//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, ShadowRoot};

use super::listen;

/// Gives the keyboard to the first button inside an element; does nothing when there is none.
pub fn first_button_of(element: Option<EventTarget>) {
    give(listen::element(element).and_then(|element| element.query_selector("button").ok().flatten()));
}

/// Gives the keyboard to an element. Some browsers do not when it is clicked.
pub fn onto(element: Option<EventTarget>) {
    give(listen::element(element));
}

/// Gives the keyboard to the first element that the selector finds in the shadow tree that holds another; does nothing
/// when there is none.
pub fn in_tree_of(other: Option<EventTarget>, selector: &str) {
    let root = listen::element(other).and_then(|other| other.get_root_node().dyn_into::<ShadowRoot>().ok());
    give(root.and_then(|root| root.query_selector(selector).ok().flatten()));
}

fn give(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that is hidden takes no focus; then it stays where it was.
        let _ = element.focus();
    }
}
