//! The only clock, and timers.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::quantity::{Duration, Instant};

/// Something that will happen once, unless this is dropped before.
#[derive(Debug)]
#[must_use = "dropping it cancels the timer"]
pub struct Timer {
    handle: Option<i32>,
    /// Kept alive until the browser has called it.
    _closure: Closure<dyn FnMut()>,
}

/// The present instant by the computer's clock, which the user and time servers may set back.
pub fn now() -> Instant {
    Instant::from_unix_secs(js_sys::Date::now() / 1_000.0)
}

/// Milliseconds since the page began, with a fraction; never goes back. For measuring how long something took.
pub fn performance_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Calls `then` once after `delay`: at the next turn of the event loop when it is not positive, after 24.8 days at the
/// latest (`setTimeout` counts milliseconds in 32 bits).
pub fn after(delay: Duration, then: impl FnOnce() + 'static) -> Timer {
    start(delay, Box::new(then))
}

fn start(delay: Duration, then: Box<dyn FnOnce()>) -> Timer {
    let closure = Closure::once(then);
    let delay_millis = i32::try_from(delay.millis().max(0)).unwrap_or(i32::MAX);
    let handle = web_sys::window().and_then(|window| {
        let callback = closure.as_ref().unchecked_ref();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay_millis).ok()
    });
    Timer { handle, _closure: closure }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(handle), Some(window)) = (self.handle, web_sys::window()) {
            window.clear_timeout_with_handle(handle);
        }
    }
}
