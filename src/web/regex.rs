//! The browser's regular expressions.

use std::rc::Rc;

use js_sys::{Array, Function, JsString, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

/// Tells whether a text matches.
pub type Test = Rc<dyn Fn(&str) -> bool>;

/// A test of whole texts by a regular expression; `.` matches every character.
///
/// # Errors
/// What the browser says of a text that is no regular expression.
pub fn whole(text: &str) -> Result<Test, String> {
    let construct = |text: &str| {
        let constructor: Function = Reflect::get(&js_sys::global(), &"RegExp".into())?.unchecked_into();
        Reflect::construct(&constructor, &Array::of2(&text.into(), &"su".into()))
    };
    // By itself too: within the anchors' group `a)|(b` would pass.
    let regex = construct(text).and_then(|_| construct(&format!("^(?:{text})$"))).map_err(|error| reason(&error))?;
    let regex: RegExp = regex.unchecked_into();
    Ok(Rc::new(move |name| regex.test(name)))
}

fn reason(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.dyn_into::<JsString>().ok());
    message.map(String::from).unwrap_or_default()
}
