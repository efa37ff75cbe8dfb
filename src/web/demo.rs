//! The demonstration mesh: a program of its own, which the page's script loads when it is first asked.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::backend::{BackendError, HttpAnswer, Request};

thread_local! {
    static ASK: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how it is asked: `ask` gives a promise of the status and the bytes of the answer to a path and a form.
pub fn set_ask(ask: Function) {
    ASK.set(Some(ask));
}

/// Asks as `fetch` would ask a server.
///
/// # Errors
/// [`BackendError::NotLoaded`] when the program cannot be loaded, or has ended by an error; the next request loads it anew.
pub async fn ask(request: &Request) -> Result<HttpAnswer, BackendError> {
    let answer =
        begin(request).await.map_err(|error| BackendError::NotLoaded { reason: super::fetch::message(&error) })?;
    let status = answer.get(0).as_f64().unwrap_or_default() as u16;
    Ok(HttpAnswer::json(status, answer.get(1).unchecked_into::<Uint8Array>().to_vec()))
}

async fn begin(request: &Request) -> Result<Array, JsValue> {
    let ask = ASK.with_borrow(Clone::clone).ok_or(JsValue::UNDEFINED)?;
    let (path, form) = (JsValue::from_str(&request.path), JsValue::from_str(&request.encoded_form()));
    let promise: Promise = ask.call2(&JsValue::NULL, &path, &form)?.dyn_into()?;
    JsFuture::from(promise).await?.dyn_into()
}
