//! The page's address.

use wasm_bindgen::JsValue;
use web_sys::{History, Location, Url};

use super::listen::Listener;

/// The part of the page's address that a view can live in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// What follows `?`, without it, percent-encoded.
    pub query: String,
    /// What follows `#`, without it, percent-encoded.
    pub hash: String,
}

/// Where the page comes from, and what that means for requests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// Scheme, host and port: what a server's CORS settings must name. `null` for a file or a sandboxed frame.
    pub origin: String,
    /// Whether it was loaded over TLS, so that the browser refuses plain `http` to anything but this computer.
    pub is_https: bool,
    /// Whether the browser trusts it with permissions and the clipboard.
    pub is_secure_context: bool,
    /// Whether the browser believes that it has a network.
    pub is_online: bool,
}

/// The present query and hash.
pub fn address() -> Address {
    let Some(location) = location() else { return Address::default() };
    let part =
        |text: Result<String, JsValue>, mark| text.unwrap_or_default().strip_prefix(mark).unwrap_or("").to_owned();
    Address { query: part(location.search(), '?'), hash: part(location.hash(), '#') }
}

/// Puts query and hash in place of the present ones, as the same entry of the history. Does nothing where the browser
/// forbids it (Safari does after a hundred times in ten seconds).
pub fn replace(address: &Address) {
    if let Some((history, url)) = target(address) {
        // The entry's state may belong to a router of the page.
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&url));
    }
}

/// As [`replace`], but as a new entry, to which the back button returns.
pub fn push(address: &Address) {
    if let Some((history, url)) = target(address) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Tells the address when the user goes back or forward. `None` outside a page.
pub fn observe_navigation(mut went: impl FnMut(Address) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "popstate", move |_| went(address())))
}

/// An address made absolute against the page's own; `None` when it is none.
pub fn absolute(url: &str) -> Option<String> {
    let base = location()?.href().ok()?;
    Url::new_with_base(url, &base).ok().map(|url| url.href())
}

/// What is known of the page.
pub fn page() -> Page {
    let (Some(window), Some(location)) = (web_sys::window(), location()) else { return Page::default() };
    Page {
        origin: window.origin(),
        is_https: location.protocol().is_ok_and(|scheme| scheme == "https:"),
        is_secure_context: window.is_secure_context(),
        is_online: window.navigator().on_line(),
    }
}

fn location() -> Option<Location> {
    web_sys::window().map(|window| window.location())
}

/// A whole address, since a bare `?query` would resolve against a `<base>` element.
fn target(address: &Address) -> Option<(History, String)> {
    let url = Url::new(&location()?.href().ok()?).ok()?;
    url.set_search(&address.query);
    url.set_hash(&address.hash);
    Some((web_sys::window()?.history().ok()?, url.href()))
}
