//! Changes of an element's size.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

use crate::geometry::Size;

/// Watches the size of one element.
#[derive(Debug)]
#[must_use = "dropping it ends the watching"]
pub struct SizeObserver {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

/// Tells the size of the element's content box in CSS pixels, once soon after this call and then whenever it changes,
/// at most once a frame. 0 × 0 while the element is hidden.
pub fn observe_size(element: &Element, changed: impl FnMut(Size) + 'static) -> SizeObserver {
    observe(element, Box::new(changed))
}

fn observe(element: &Element, mut changed: Box<dyn FnMut(Size)>) -> SizeObserver {
    let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.pop().dyn_into::<ResizeObserverEntry>() {
            let content = entry.content_rect();
            changed(Size::new(content.width(), content.height()));
        }
    });
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    SizeObserver { observer, _closure: closure }
}

/// The size of the element without its border, in whole CSS pixels.
pub fn client_size(element: &Element) -> Size {
    Size::new(element.client_width().into(), element.client_height().into())
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
