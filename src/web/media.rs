//! Media queries.

use std::cell::RefCell;
use std::rc::Rc;

use super::canvas::pixel_ratio;
use super::listen::Listener;

/// The user prefers light text on dark ground.
pub const PREFERS_DARK: &str = "(prefers-color-scheme: dark)";

/// The user prefers that things don't move.
pub const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";

/// Whether the query holds now; a query that is none never does.
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// Tells when the query begins or ceases to hold. `None` outside a page.
pub fn observe_media(query: &str, mut changed: impl FnMut(bool) + 'static) -> Option<Listener> {
    let list = list(query)?;
    let asked = list.clone();
    Some(Listener::new(&list, "change", move |_| changed(asked.matches())))
}

fn list(query: &str) -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

/// Watches how many device pixels a CSS pixel has.
#[must_use = "dropping it ends the watching"]
pub struct PixelRatioObserver {
    _watch: Rc<RefCell<Watch>>,
}

struct Watch {
    changed: Option<Box<dyn FnMut(f64)>>,
    listener: Option<Listener>,
}

/// Tells the new [`pixel_ratio`] when the page is zoomed or the window moves to another screen.
pub fn observe_pixel_ratio(changed: impl FnMut(f64) + 'static) -> PixelRatioObserver {
    let watch = Rc::new(RefCell::new(Watch { changed: Some(Box::new(changed)), listener: None }));
    arm(&watch);
    PixelRatioObserver { _watch: watch }
}

/// There is no event for any change: each ratio needs a query of its own.
fn arm(watch: &Rc<RefCell<Watch>>) {
    let weak = Rc::downgrade(watch);
    let listener = observe_media(&format!("(resolution: {}dppx)", pixel_ratio()), move |_| {
        let Some(watch) = weak.upgrade() else { return };
        arm(&watch);
        // Taken out while it runs, so that what it does cannot meet a borrowed cell.
        let changed = watch.borrow_mut().changed.take();
        if let Some(mut changed) = changed {
            changed(pixel_ratio());
            watch.borrow_mut().changed = Some(changed);
        }
    });
    watch.borrow_mut().listener = listener;
}
