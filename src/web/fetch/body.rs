//! Reading a body piece by piece, so that a huge one is refused before it is held.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableStreamReadResult, Response};

/// Why a body is not whole.
pub(super) enum BodyError {
    /// More bytes than wanted, announced or come.
    TooLarge,
    /// The browser's reason.
    BrokeOff(JsValue),
}

/// All bytes, at most `limit`. The stream is left unfinished on an error: the caller aborts the request.
pub(super) async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    // `Content-Length` counts compressed bytes, of which there are hardly ever more than plain ones.
    let announced = response.headers().get("content-length").ok().flatten().and_then(|text| text.parse().ok());
    if announced.is_some_and(|bytes: usize| bytes > limit) {
        return Err(BodyError::TooLarge);
    }
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader = ReadableStreamDefaultReader::new(&stream).map_err(BodyError::BrokeOff)?;
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0));
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(BodyError::BrokeOff)?;
        let step = step.unchecked_into::<ReadableStreamReadResult>();
        let Ok(piece) = step.get_value().dyn_into::<Uint8Array>() else { return Ok(bytes) };
        if bytes.len() + piece.length() as usize > limit {
            return Err(BodyError::TooLarge);
        }
        bytes.extend_from_slice(&piece.to_vec());
    }
}
