//! Event listeners.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget};

/// A listener that is taken off its target when this is dropped.
#[derive(Debug)]
#[must_use = "dropping it removes the listener"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reaction {
    /// It had an effect here; the browser's own reaction (scrolling, selecting, zooming the page) is prevented.
    Taken,
    /// It was not for us; the browser does what it always does.
    Left,
}

/// The element that an event speaks of; nothing for what is no element.
pub(super) fn element(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

impl Reaction {
    /// Keeps the browser's own reaction from happening where the event was taken.
    pub(super) fn apply(self, event: &Event) {
        if self == Self::Taken {
            event.prevent_default();
        }
    }
}

impl Listener {
    /// Calls `heard` for each event of that kind. It may prevent the browser's own reaction, for wheel events too.
    pub fn new(target: &EventTarget, kind: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        Self::start(target, kind, Box::new(heard))
    }

    fn start(target: &EventTarget, kind: &'static str, heard: Box<dyn FnMut(Event)>) -> Self {
        let closure = Closure::wrap(heard);
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        // Fails on no target and no event name that exist.
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            kind,
            closure.as_ref().unchecked_ref(),
            &options,
        );
        Self { target: target.clone(), kind, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.kind, self.closure.as_ref().unchecked_ref());
    }
}
