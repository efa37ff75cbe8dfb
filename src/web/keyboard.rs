//! Keys.

use wasm_bindgen::JsCast;
use web_sys::{EventTarget, KeyboardEvent};

use super::listen::{Listener, Reaction};
use super::pointer::Modifiers;

/// A key going down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// What it means on the user's keyboard: `a`, `A`, `Enter`, `ArrowLeft`
    /// (<https://www.w3.org/TR/uievents-key/#named-key-attribute-values>).
    pub name: String,
    /// Keys held with it.
    pub modifiers: Modifiers,
    /// Whether it comes again because it is held.
    pub repeat: bool,
}

/// Tells keys pressed while `target` or something in it has the focus; not those that compose a character.
pub fn observe_keys(target: &EventTarget, mut pressed: impl FnMut(Key) -> Reaction + 'static) -> Listener {
    Listener::new(target, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let modifiers = Modifiers {
            shift: event.shift_key(),
            control: event.ctrl_key(),
            alt: event.alt_key(),
            meta: event.meta_key(),
        };
        pressed(Key { name: event.key(), modifiers, repeat: event.repeat() }).apply(&event);
    })
}
