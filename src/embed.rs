//! The JavaScript API of the widget: mount, unmount, configuration from JavaScript values.
//!
//! `www/wayscope-mesh.js` is the only caller: it makes one [`WayscopeMesh`] for each element on the page.

use std::any::Any;

use leptos::prelude::*;
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

use crate::app::config::Config;
use crate::layout::{place, read_request, write_layout};
use crate::ui::{Setup, Store, root, stop, stopped_words};
use crate::web::{demo, regex, worker};

/// What the element passes: its attributes and properties, those that are set.
///
/// - `config`: the configuration as JSON text, from the file or from the property; `configError`: why there is none although
///   one was named.
/// - `standalone`: the page is the explorer's own, and the view lives in its address. `demo`: offer the demo mesh.
/// - `srcPrometheus`: a Prometheus by its address, in place of `backends`, with its `tenant` and its `headers`, which may
///   hold secrets.
/// - `range`, `refreshEvery`, `namespaces`, `locale`, `theme`.
///
/// They become a layer of the configuration, which says of a value of the wrong type what it should be.
struct Options(Map<String, Value>);

impl Options {
    fn read(value: JsValue) -> Result<Self, JsError> {
        match serde_wasm_bindgen::from_value(value) {
            Ok(Value::Object(options)) => Ok(Self(options)),
            Ok(other) => Err(JsError::new(&format!("options: `{other}` is not an object"))),
            Err(error) => Err(JsError::new(&format!("options: {error}"))),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn is_on(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Copies options into `layer`, each under the name that it has there.
    fn copy(&self, names: &[(&str, &str)], layer: &mut Map<String, Value>) {
        for (option, name) in names {
            if let Some(value) = self.0.get(*option) {
                layer.insert((*name).to_owned(), value.clone());
            }
        }
    }

    /// The configuration in force, and why the file could not be read; empty when it could.
    fn config(&self) -> (Config, String) {
        let text = self.text("config").unwrap_or("{}");
        let (file, error) = match serde_json::from_slice::<Value>(text.as_bytes()) {
            Ok(value) => (value, String::new()),
            Err(error) => (Map::new().into(), error.to_string()),
        };
        let error = self.text("configError").map_or(error, str::to_owned);
        (Config::from_layers([&file, &self.layer()], regex::whole), error)
    }

    /// Attributes and properties as a layer over the file.
    fn layer(&self) -> Value {
        let (mut layer, mut defaults) = (Map::new(), Map::new());
        self.copy(&[("demo", "demo"), ("locale", "language"), ("theme", "theme")], &mut layer);
        if self.text("srcPrometheus").is_some() {
            let mut back_end = Map::new();
            back_end.insert("name".into(), "prometheus".into());
            self.copy(&[("srcPrometheus", "url"), ("tenant", "tenant"), ("headers", "headers")], &mut back_end);
            layer.insert("backends".into(), Value::Array(vec![back_end.into()]));
        }
        self.copy(&[("range", "range"), ("refreshEvery", "refresh")], &mut defaults);
        if let Some(names) = self.text("namespaces") {
            let names = names.split([',', ' ']).filter(|name| !name.is_empty());
            defaults.insert("namespaces".into(), names.map(Value::from).collect::<Vec<_>>().into());
        }
        if !defaults.is_empty() {
            layer.insert("defaults".into(), defaults.into());
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
    /// When the options are no plain object.
    #[wasm_bindgen(constructor)]
    pub fn new(host: web_sys::HtmlElement, shadow: web_sys::ShadowRoot, options: JsValue) -> Result<Self, JsError> {
        let options = Options::read(options)?;
        let (config, config_error) = options.config();
        let owns_address = options.is_on("standalone");
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
        let value = untrack(|| self.store.export());
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

/// Says how the demonstration mesh is asked: `ask` gives a promise of status and bytes for a path and a form.
#[wasm_bindgen(js_name = setDemo)]
pub fn set_demo(ask: js_sys::Function) {
    demo::set_ask(ask);
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
