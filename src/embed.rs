//! The JavaScript API of the widget: mount, unmount, configuration from JavaScript values.
//!
//! `www/wayscope-mesh.js` is the only caller: it makes one [`WayscopeMesh`] for each element on the page.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// One mounted mesh explorer.
#[wasm_bindgen]
pub struct WayscopeMesh {
    /// Dropping it disposes of the reactive owner and removes what was rendered.
    mounted: Option<Box<dyn std::any::Any>>,
}

#[wasm_bindgen]
impl WayscopeMesh {
    /// Renders into `root`, the shadow root of `host`, as `options` say.
    #[wasm_bindgen(constructor)]
    pub fn new(_host: web_sys::HtmlElement, root: web_sys::ShadowRoot, _options: JsValue) -> Self {
        let handle = leptos::mount::mount_to(root.unchecked_into(), || view! { <p>"Wayscope"</p> });
        Self { mounted: Some(Box::new(handle)) }
    }

    /// Takes new options.
    pub fn update(&self, _options: JsValue) {}

    /// What is shown, as a plain JavaScript value.
    #[wasm_bindgen(js_name = exportJson)]
    pub fn export_json(&self) -> JsValue {
        JsValue::NULL
    }

    /// Asks the back ends again.
    pub fn refresh(&self) {}

    /// Brings the whole mesh into view.
    pub fn fit(&self) {}

    /// Removes everything from the shadow root and stops all work. Nothing may be called afterwards.
    pub fn dispose(&mut self) {
        self.mounted = None;
    }
}
