//! Whether anybody can see the page.

use super::listen::Listener;

/// Whether the tab is in the background or the window minimised.
pub fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Tells when the page is hidden (`true`) and when it shows again (`false`). `None` outside a page.
pub fn observe_visibility(mut changed: impl FnMut(bool) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener::new(&document, "visibilitychange", move |_| changed(is_hidden())))
}
