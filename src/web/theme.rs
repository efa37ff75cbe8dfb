//! Changes that may change colours.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit, ShadowRoot};

use super::listen::Listener;
use super::media::{PREFERS_DARK, observe_media};

/// Watches for changes of theme.
#[must_use = "dropping it ends the watching"]
pub struct ThemeObserver {
    attributes: Option<MutationObserver>,
    _scheme: Option<Listener>,
    _closure: Closure<dyn FnMut()>,
}

/// Tells when colours should be read again: when the preferred colour scheme changes, or an attribute (class, style,
/// `theme`, `data-…`) of `host`, of the document's root or of its body. It may tell without any colour having changed.
///
/// An element inside a shadow tree stands for the tree's host: reading colours touches the element's own style, and
/// watching that would never come to rest.
pub fn observe_theme(host: &Element, changed: impl FnMut() + 'static) -> ThemeObserver {
    observe(host, Rc::new(RefCell::new(changed)))
}

fn observe(host: &Element, changed: Rc<RefCell<dyn FnMut()>>) -> ThemeObserver {
    let tell = move || {
        if let Ok(mut changed) = changed.try_borrow_mut() {
            changed();
        }
    };
    let by_scheme = tell.clone();
    let scheme = observe_media(PREFERS_DARK, move |_| by_scheme());
    let closure = Closure::<dyn FnMut()>::new(tell);
    let attributes = MutationObserver::new(closure.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &attributes {
        watch(observer, &shadow_host(host).unwrap_or_else(|| host.clone()));
    }
    ThemeObserver { attributes, _scheme: scheme, _closure: closure }
}

fn shadow_host(element: &Element) -> Option<Element> {
    element.get_root_node().dyn_into::<ShadowRoot>().ok().map(|root| root.host())
}

fn watch(observer: &MutationObserver, host: &Element) {
    let options = MutationObserverInit::new();
    options.set_attributes(true);
    let _ = observer.observe_with_options(host, &options);
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(root) = document.document_element() {
        let _ = observer.observe_with_options(&root, &options);
    }
    if let Some(body) = document.body() {
        let _ = observer.observe_with_options(&body, &options);
    }
}

impl Drop for ThemeObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.attributes {
            observer.disconnect();
        }
    }
}
