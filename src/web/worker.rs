//! A second thread.

use std::cell::RefCell;

use js_sys::{Float64Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;

use super::listen::Listener;

thread_local! {
    static START: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how workers are started: `start` gives a `Worker` that runs `worker.js`, or throws. A page's policy may ask that
/// the script that is loaded makes the worker itself.
pub fn set_start(start: Function) {
    START.set(Some(start));
}

/// What came of a request: its number, and the numbers that it asked for, when there are any.
pub type Answer = (u32, Option<Vec<f64>>);

/// A worker of its own; ended when this is dropped.
#[derive(Debug)]
#[must_use = "dropping it ends the worker"]
pub struct Worker {
    worker: web_sys::Worker,
    _heard: [Listener; 2],
}

impl Worker {
    /// Starts one, and calls `heard` with each answer; with nothing when it cannot go on. `None` where the browser or the
    /// page's policy allows no worker, or nobody has said how to start one.
    pub fn start(heard: impl Fn(Option<Answer>) + Clone + 'static) -> Option<Self> {
        let start = START.with_borrow(Clone::clone)?;
        let worker: web_sys::Worker = start.call0(&JsValue::NULL).ok()?.dyn_into().ok()?;
        let failed = heard.clone();
        let message = Listener::new(&worker, "message", move |event| {
            heard(event.dyn_into().ok().and_then(|event| answer(&event)));
        });
        let error = Listener::new(&worker, "error", move |_| failed(None));
        Some(Self { worker, _heard: [message, error] })
    }

    /// Asks for something. Answers come in the order of the requests.
    pub fn ask(&self, id: u32, request: &[f64]) {
        let message = Object::new();
        // Nothing here can fail: a plain object takes any property.
        let set = |name: &str, value: &JsValue| Reflect::set(&message, &name.into(), value);
        let _ = set("program", &wasm_bindgen::module());
        let _ = set("id", &id.into());
        let _ = set("request", &Float64Array::from(request));
        let _ = self.worker.post_message(&message);
    }
}

fn answer(event: &MessageEvent) -> Option<Answer> {
    let message = event.data();
    let get = |name: &str| Reflect::get(&message, &name.into()).ok();
    let id = get("id")?.as_f64()? as u32;
    Some((id, get("layout")?.dyn_into::<Float64Array>().ok().map(|layout| layout.to_vec())))
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
