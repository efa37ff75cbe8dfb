//! Reading a body piece by piece, so that a huge one is refused before it is held.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableStreamReadResult, Response};

/// Why a body is not whole.
pub(super) enum BodyError {
    /// So many bytes, announced or come, are more than wanted.
    TooLarge { bytes: usize },
    /// After so many bytes, for the browser's reason.
    BrokeOff { bytes: usize, reason: JsValue },
}

/// All bytes, at most `limit`. The stream is left unfinished on an error: the caller aborts the request.
pub(super) async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    // `Content-Length` counts compressed bytes, of which there are hardly ever more than plain ones.
    let announced = response.headers().get("content-length").ok().flatten().and_then(|text| text.parse().ok());
    if let Some(bytes) = announced.filter(|bytes| *bytes > limit) {
        return Err(BodyError::TooLarge { bytes });
    }
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let broke_off = |bytes: usize| move |reason| BodyError::BrokeOff { bytes, reason };
    let reader = ReadableStreamDefaultReader::new(&stream).map_err(broke_off(0))?;
    let mut body = Vec::with_capacity(announced.unwrap_or(0));
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(broke_off(body.len()))?;
        let step = step.unchecked_into::<ReadableStreamReadResult>();
        let Ok(piece) = step.get_value().dyn_into::<Uint8Array>() else { return Ok(body) };
        let bytes = body.len() + piece.length() as usize;
        if bytes > limit {
            return Err(BodyError::TooLarge { bytes });
        }
        body.extend_from_slice(&piece.to_vec());
    }
}
