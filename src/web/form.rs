//! What a form holds when it is sent.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::quantity::Instant;

use super::listen;

/// The times in the fields of the form that an event comes from, in their order: local time taken as UTC. Fields that are
/// empty, or hold no time, are left out.
pub fn times(event: &Event) -> Vec<Instant> {
    let form = listen::element(event.target());
    let Some(fields) = form.and_then(|form| form.query_selector_all("input").ok()) else { return Vec::new() };
    let field = |place| fields.item(place).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let times_ms = (0..fields.length()).filter_map(|place| field(place).map(|field| field.value_as_number()));
    times_ms.filter(|ms| ms.is_finite()).map(|ms| Instant::from_unix_millis(ms as i64)).collect()
}
