//! The few types that whatever follows the state is made of.
//!
//! leptos compiles its machinery anew for every type of closure, memo, list and listener in a view: a kilobyte or two of
//! page for each. What is boxed here exists once. So does what a view builds from its own closures, as long as they are
//! written in place and give a `String`, an `AnyView` or a `Vec<AnyView>`.

use std::any::Any;
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A text that follows the state.
#[derive(Clone)]
pub(super) struct Text(Arc<dyn Fn() -> String + Send + Sync>);

impl Text {
    /// The text that `of` gives, whenever it is asked for.
    pub fn new(of: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(of))
    }

    /// The text now; followed by whatever reactive closure asks.
    pub fn get(&self) -> String {
        (self.0)()
    }
}

/// A listener for an event.
pub(super) fn on<E>(react: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(react)
}

/// A listener for clicks.
pub(super) fn pressed(mut react: impl FnMut() + 'static) -> Box<dyn FnMut(leptos::ev::MouseEvent)> {
    Box::new(move |_| react())
}

/// A listener for keys that folds the `<details>` it stands on: as menus do, on Escape.
pub(super) fn folded() -> Box<dyn FnMut(ev::KeyboardEvent)> {
    Box::new(|event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(details) = details.filter(|details| event.key() == "Escape" && details.has_attribute("open")) {
            event.stop_propagation();
            // It was there: nothing fails.
            let _ = details.remove_attribute("open");
        }
    })
}

/// What is on the page as long as `condition` holds, made anew each time it begins to hold.
pub(super) fn when(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    then: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    show(Box::new(condition), Box::new(then))
}

type Condition = Box<dyn Fn() -> bool + Send + Sync>;
type View = Box<dyn Fn() -> AnyView + Send + Sync>;

fn show(condition: Condition, then: View) -> AnyView {
    let holds = Memo::new(move |_| condition());
    let content = move || if holds.get() { untrack(&then) } else { ().into_any() };
    view! { {move || content()} }.into_any()
}

/// Does something now, and again whenever what it read has changed.
pub(super) fn watch(react: impl FnMut() + 'static) {
    Effect::new(Box::new(react) as Box<dyn FnMut()>);
}

/// Holds something as long as the view that is being made is on the page.
pub(super) fn hold(value: impl Any) {
    Slot::new().put(value);
}

/// A place that holds one thing at a time, and lets it go with the view that is being made.
#[derive(Clone, Copy)]
pub(super) struct Slot(StoredValue<Option<Box<dyn Any>>, LocalStorage>);

impl Slot {
    /// An empty one.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Holds this, and lets go what it held.
    pub fn put(self, value: impl Any) {
        self.0.try_set_value(Some(Box::new(value)));
    }
}

/// An attribute that says yes or no.
pub(super) fn yes_no(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
}
