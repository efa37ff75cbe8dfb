//! What the page's Content Security Policy forbids.

use wasm_bindgen::JsCast;
use web_sys::SecurityPolicyViolationEvent;

use super::listen::Listener;

/// Something the policy kept from being loaded: the one cause of a failed request that can be known for certain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// What was blocked; across origins some browsers tell only its origin.
    pub blocked_uri: String,
    /// The directive that forbade it, such as `connect-src`.
    pub directive: String,
}

/// Reports violations while the handle lives. `None` outside a page.
pub fn observe_violations(mut seen: impl FnMut(Violation) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener::new(&document, "securitypolicyviolation", move |event| {
        if let Ok(event) = event.dyn_into::<SecurityPolicyViolationEvent>() {
            seen(Violation { blocked_uri: event.blocked_uri(), directive: event.effective_directive() });
        }
    }))
}
