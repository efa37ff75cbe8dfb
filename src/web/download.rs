//! Saving a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// A file offered to the user. Its memory is given back when this is dropped: keep it until the next one, since a
/// browser that asks where to save reads it only afterwards.
#[derive(Debug)]
#[must_use = "dropping it at once may cancel the download"]
pub struct Download {
    url: String,
}

/// Offers bytes as a file of that name and media type. `None` when the browser has no memory left for it; a download
/// that the user or a sandbox forbids goes unnoticed.
pub fn save(file_name: &str, media_type: &str, bytes: &[u8]) -> Option<Download> {
    let download = Download { url: object_url(media_type, bytes).ok()? };
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&download.url);
    anchor.set_download(file_name);
    anchor.click();
    Some(download)
}

fn object_url(media_type: &str, bytes: &[u8]) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

impl Download {
    /// The address of the bytes while this lives.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}
