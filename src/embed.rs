//! The JavaScript API of the widget: mount, unmount, configuration from JavaScript values.
//!
//! `www/wayscope-mesh.js` is the only caller: it makes one [`WayscopeMesh`] for each element on the page.

use std::any::Any;

use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;

use crate::app::config::Config;
use crate::app::export::export;
use crate::layout::{place, read_request, write_layout};
use crate::ui::{Setup, Store, root, stop, stopped_words};
use crate::web::{regex, worker};

/// What the element passes: its attributes and properties. Absent ones are not set.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    /// The configuration as JSON text, from the file or from the property.
    config: Option<String>,
    /// Why there is no configuration although one was named.
    config_error: Option<String>,
    /// The page is the explorer's own: the view lives in its address.
    standalone: bool,
    /// Offer the demo mesh.
    demo: bool,
    /// A Prometheus by its address, in place of `backends`.
    src_prometheus: Option<String>,
    /// Its tenant.
    tenant: Option<String>,
    /// Its headers; may hold secrets.
    headers: Option<Map<String, Value>>,
    range: Option<String>,
    refresh_every: Option<String>,
    namespaces: Option<String>,
    locale: Option<String>,
    theme: Option<String>,
}

impl Options {
    fn read(value: JsValue) -> Result<Self, JsError> {
        serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&format!("options: {error}")))
    }

    /// The configuration in force, and why the file could not be read; empty when it could.
    fn config(&self) -> (Config, String) {
        let text = self.config.as_deref().unwrap_or("{}");
        let (file, error) = match serde_json::from_slice::<Value>(text.as_bytes()) {
            Ok(value) => (value, String::new()),
            Err(error) => (json!({}), error.to_string()),
        };
        let error = self.config_error.clone().unwrap_or(error);
        (Config::from_layers([&file, &self.layer()], regex::whole), error)
    }

    /// Attributes and properties as a layer over the file.
    fn layer(&self) -> Value {
        let mut layer = Map::new();
        if self.demo {
            layer.insert("demo".into(), true.into());
        }
        if let Some(url) = &self.src_prometheus {
            let mut back_end = Map::new();
            back_end.insert("url".into(), json!(url));
            back_end.insert("name".into(), json!("prometheus"));
            back_end.extend(self.tenant.iter().map(|tenant| ("tenant".to_owned(), json!(tenant))));
            back_end.extend(self.headers.iter().map(|headers| ("headers".to_owned(), json!(headers))));
            layer.insert("backends".into(), json!([back_end]));
        }
        let mut defaults = Map::new();
        for (name, value) in [("range", &self.range), ("refresh", &self.refresh_every)] {
            defaults.extend(value.iter().map(|value| (name.to_owned(), json!(value))));
        }
        if let Some(names) = &self.namespaces {
            let names: Vec<&str> = names.split([',', ' ']).filter(|name| !name.is_empty()).collect();
            defaults.insert("namespaces".into(), json!(names));
        }
        if !defaults.is_empty() {
            layer.insert("defaults".into(), defaults.into());
        }
        for (name, value) in [("language", &self.locale), ("theme", &self.theme)] {
            layer.extend(value.iter().map(|value| (name.to_owned(), json!(value))));
        }
        layer.into()
    }
}

/// One mounted mesh explorer.
#[wasm_bindgen]
pub struct WayscopeMesh {
    store: Store,
    /// Dropping it disposes of the reactive owner and removes what was rendered.
    mounted: Option<Box<dyn Any>>,
    /// Owns the store, which outlives what is rendered from it.
    owner: Owner,
}

#[wasm_bindgen]
impl WayscopeMesh {
    /// Renders into `shadow`, the shadow root of `host`, as `options` say.
    ///
    /// # Errors
    /// When an option has a value of another type than it should; the message names it.
    #[wasm_bindgen(constructor)]
    pub fn new(host: web_sys::HtmlElement, shadow: web_sys::ShadowRoot, options: JsValue) -> Result<Self, JsError> {
        let options = Options::read(options)?;
        let (config, config_error) = options.config();
        let owns_address = options.standalone;
        let owner = Owner::new();
        let store = owner.with(|| Store::new(Setup { config, config_error, host, owns_address }));
        let view = move || root(store, owns_address);
        let handle = owner.with(|| leptos::mount::mount_to(shadow.unchecked_into(), view));
        Ok(Self { store, mounted: Some(Box::new(handle)), owner })
    }

    /// Takes new options.
    ///
    /// # Errors
    /// As the constructor.
    pub fn update(&self, options: JsValue) -> Result<(), JsError> {
        let (config, config_error) = Options::read(options)?.config();
        self.store.configure(config, config_error);
        Ok(())
    }

    /// The graph on the screen as a plain object of the format `wayscope-graph/1`; `null` before there is one.
    #[wasm_bindgen(js_name = exportJson)]
    pub fn export_json(&self) -> JsValue {
        let store = self.store;
        let value = untrack(|| {
            let visible = store.visible()?;
            store.read(|app| app.graph.shown().map(|shown| export(shown, &visible)))
        });
        value.and_then(|value| js_sys::JSON::parse(&value.to_string()).ok()).unwrap_or(JsValue::NULL)
    }

    /// Asks the back ends again.
    pub fn refresh(&self) {
        self.store.send(crate::app::Message::Refresh);
    }

    /// Brings the whole mesh into view.
    pub fn fit(&self) {
        self.store.fit();
    }

    /// Title, text and button of the notice that stands in place of a widget that has stopped, in the reader's language.
    #[wasm_bindgen(js_name = stoppedWords)]
    pub fn stopped_words(&self) -> Vec<String> {
        stopped_words(self.store).map(str::to_owned).to_vec()
    }

    /// Ends the engine as an error inside it would, for hosts that test what their page does then.
    ///
    /// # Panics
    /// Always.
    #[expect(clippy::panic, reason = "this is what it is for")]
    pub fn crash(&self) {
        panic!("ended on request");
    }

    /// Removes everything from the shadow root and stops all work. Nothing may be called afterwards.
    pub fn dispose(&mut self) {
        self.mounted = None;
        self.owner.cleanup();
    }
}

/// Says how workers are started: `start` gives a `Worker` that runs `worker.js`, or throws where none may be.
#[wasm_bindgen(js_name = setWorkers)]
pub fn set_workers(start: js_sys::Function) {
    worker::set_start(start);
}

/// What a worker does: the layout for a request, both as numbers; an empty row for what is no request.
#[wasm_bindgen(js_name = placeGraph)]
pub fn place_graph(request: &[f64]) -> Vec<f64> {
    read_request(request).map(|request| write_layout(&place(&request))).unwrap_or_default()
}

/// Calls `stopped` with a message when the engine ends by an error. It cannot be used any more then; another instance of
/// it can.
#[wasm_bindgen(js_name = onStopped)]
pub fn on_stopped(stopped: js_sys::Function) {
    thread_local! {
        static STOPPED: std::cell::RefCell<Option<js_sys::Function>> = const { std::cell::RefCell::new(None) };
    }
    STOPPED.set(Some(stopped));
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // What the engine had begun may fail again when it comes back to it.
        if !stop() {
            return;
        }
        STOPPED.with_borrow(|stopped| {
            if let Some(stopped) = stopped {
                let _ = stopped.call1(&JsValue::NULL, &JsValue::from_str(&info.to_string()));
            }
        });
    }));
}
