//! Asking what the user has allowed the page.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{PermissionState, PermissionStatus};

/// The state of a permission.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Allowed.
    Granted,
    /// Refused.
    Denied,
    /// The user would be asked.
    Prompt,
    /// This browser does not know that permission.
    Unknown,
}

/// The state of a permission such as `local-network-access`
/// (<https://wicg.github.io/local-network-access/#permission-prompts>). Never prompts.
pub async fn query(name: &str) -> Permission {
    match status(name).await.map(|status| status.state()) {
        Ok(PermissionState::Granted) => Permission::Granted,
        Ok(PermissionState::Denied) => Permission::Denied,
        Ok(PermissionState::Prompt) => Permission::Prompt,
        _ => Permission::Unknown,
    }
}

async fn status(name: &str) -> Result<PermissionStatus, JsValue> {
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"name".into(), &name.into())?;
    let permissions = web_sys::window().ok_or(JsValue::UNDEFINED)?.navigator().permissions()?;
    JsFuture::from(permissions.query(&descriptor)?).await?.dyn_into()
}
