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
    let announced: Option<usize> =
        response.headers().get("content-length").ok().flatten().and_then(|text| text.parse().ok());
    if let Some(bytes) = announced.filter(|bytes| *bytes > limit) {
        return Err(BodyError::TooLarge { bytes });
    }
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let broke_off = |bytes: usize| move |reason| BodyError::BrokeOff { bytes, reason };
    let reader = ReadableStreamDefaultReader::new(&stream).map_err(broke_off(0))?;
    let (mut pieces, mut bytes) = (Vec::new(), 0);
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(broke_off(bytes))?;
        let step = step.unchecked_into::<ReadableStreamReadResult>();
        let Ok(piece) = step.get_value().dyn_into::<Uint8Array>() else { return Ok(joined(&pieces, bytes)) };
        bytes += piece.length() as usize;
        if bytes > limit {
            return Err(BodyError::TooLarge { bytes });
        }
        pieces.push(piece);
    }
}

/// The pieces in one place: taken at once and at their size, since the program's memory never shrinks.
fn joined(pieces: &[Uint8Array], bytes: usize) -> Vec<u8> {
    let mut body = vec![0; bytes];
    let mut rest = body.as_mut_slice();
    for piece in pieces {
        let Some((place, behind)) = rest.split_at_mut_checked(piece.length() as usize) else { break };
        piece.copy_to(place);
        rest = behind;
    }
    body
}
