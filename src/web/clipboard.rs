//! The clipboard.

use thiserror::Error;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::EventTarget;

use super::listen;

/// Why a text is not on the clipboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum CopyError {
    /// The page is not served over HTTPS or from this computer, where browsers offer no clipboard.
    #[error("no clipboard on this page: select the text and copy it, or serve the page over `https`")]
    Unavailable,
    /// The browser or the frame's permissions refused.
    #[error("the browser refused the clipboard: select the text and copy it")]
    Refused,
}

/// Puts text on the clipboard; call it from a click or a key.
///
/// # Errors
/// When the clipboard is out of reach, so that the text can be shown for copying by hand.
pub async fn write_text(text: &str) -> Result<(), CopyError> {
    let clipboard = web_sys::window().ok_or(CopyError::Unavailable)?.navigator().clipboard();
    // The binding knows no pages without one.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return Err(CopyError::Unavailable);
    }
    JsFuture::from(clipboard.write_text(text)).await.map_err(|_| CopyError::Refused)?;
    Ok(())
}

/// Selects the text of the element that follows `pressed`, so that it can be copied by hand.
pub fn select_after(pressed: Option<EventTarget>) {
    let button = listen::element(pressed);
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(text), Some(selection)) = (button.and_then(|button| button.next_element_sibling()), selection) {
        let _ = selection.select_all_children(&text);
    }
}
