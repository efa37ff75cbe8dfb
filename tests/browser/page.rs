//! What the tests do to the page, undone when it is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wayscope::quantity::Duration;
use wayscope::web::clock;
use web_sys::{Document, HtmlElement, Window};

pub fn window() -> Window {
    web_sys::window().unwrap()
}

pub fn document() -> Document {
    window().document().unwrap()
}

/// Lets so much time and at least one turn of the event loop pass.
pub async fn pass(millis: i64) {
    let timer = Rc::new(RefCell::new(None));
    let promise = Promise::new(&mut |resolve: Function, _| {
        let ring = move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        };
        timer.replace(Some(clock::after(Duration::from_millis(millis), ring)));
    });
    JsFuture::from(promise).await.unwrap();
}

/// A JavaScript function of one argument.
pub fn script(argument: &str, body: &str) -> Function {
    Function::new_with_args(argument, body)
}

/// An element on the page, 200 × 100 CSS pixels at (10, 20).
pub struct Placed(pub HtmlElement);

impl Placed {
    pub fn new(tag: &str) -> Self {
        let element: HtmlElement = document().create_element(tag).unwrap().dyn_into().unwrap();
        let style = "position:fixed;left:10px;top:20px;width:200px;height:100px;margin:0;touch-action:none";
        element.set_attribute("style", style).unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// A property of the window replaced by something else.
pub struct Replaced {
    name: &'static str,
    before: Object,
}

impl Replaced {
    /// `descriptor` is the text of a property descriptor, such as `{ value: 1 }`.
    pub fn new(name: &'static str, descriptor: &str) -> Self {
        let before = Object::get_own_property_descriptor(&window(), &name.into());
        let descriptor = script("_", &format!("return Object.assign({{ configurable: true }}, {descriptor})"))
            .call0(&JsValue::UNDEFINED)
            .unwrap();
        assert!(Reflect::define_property(&window(), &name.into(), descriptor.unchecked_ref()).unwrap());
        Self { name, before: before.unchecked_into() }
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        Reflect::define_property(&window(), &self.name.into(), &self.before).unwrap();
    }
}
