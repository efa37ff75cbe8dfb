//! Drawing in step with the screen.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls a drawing function once per frame of the screen, and only in frames for which a drawing was asked.
///
/// In a hidden tab the browser holds frames back; a drawing asked for meanwhile happens when the tab shows again.
#[must_use = "dropping it cancels the drawing that was asked for"]
pub struct FrameLoop {
    inner: Rc<Inner>,
}

/// Asks a [`FrameLoop`] for drawings without keeping it alive; cheap to clone.
#[derive(Clone)]
pub struct Redraw {
    inner: Weak<Inner>,
}

struct Inner {
    draw: RefCell<Box<dyn FnMut(f64)>>,
    pending: Cell<Option<i32>>,
    tick: Closure<dyn FnMut(f64)>,
}

impl FrameLoop {
    /// Nothing is drawn until asked for. `draw` gets the frame's time in milliseconds on the scale of
    /// [`performance_ms`](super::clock::performance_ms), the same for all that is drawn in one frame. It may ask again,
    /// which is an animation.
    pub fn new(draw: impl FnMut(f64) + 'static) -> Self {
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = weak.clone();
            let tick = Closure::<dyn FnMut(f64)>::new(move |time_ms| {
                if let Some(inner) = weak.upgrade() {
                    inner.run(time_ms);
                }
            });
            Inner { draw: RefCell::new(Box::new(draw)), pending: Cell::new(None), tick }
        });
        Self { inner }
    }

    /// Draws in the next frame. Any number of calls before it make one drawing.
    pub fn request(&self) {
        self.inner.request();
    }

    /// A handle by which others can ask.
    pub fn redraw(&self) -> Redraw {
        Redraw { inner: Rc::downgrade(&self.inner) }
    }
}

impl Redraw {
    /// Draws in the next frame; does nothing when the loop is gone.
    pub fn request(&self) {
        if let Some(inner) = self.inner.upgrade() {
            inner.request();
        }
    }
}

impl Inner {
    fn request(&self) {
        if self.pending.get().is_none() {
            let callback = self.tick.as_ref().unchecked_ref();
            self.pending.set(web_sys::window().and_then(|window| window.request_animation_frame(callback).ok()));
        }
    }

    fn run(&self, time_ms: f64) {
        self.pending.set(None);
        if let Ok(mut draw) = self.draw.try_borrow_mut() {
            draw(time_ms);
        }
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        if let (Some(handle), Some(window)) = (self.inner.pending.take(), web_sys::window()) {
            let _ = window.cancel_animation_frame(handle);
        }
    }
}
