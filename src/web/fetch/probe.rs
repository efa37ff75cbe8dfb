//! Asking whether anything answers at all.

use std::future::Future;

use web_sys::{Request, RequestCache, RequestCredentials, RequestInit, RequestMode};

use super::call::FetchError;
use super::exchange::{Cut, Exchange, message, send};
use crate::quantity::Duration;

/// A GET whose answer the page may not read (`no-cors`, without credentials, past the cache): `Ok` when something
/// speaks HTTP there, whatever its status and CORS headers. Firefox counts a plaintext gRPC port as an answer too. On a
/// page with `Cross-Origin-Embedder-Policy` only servers that allow being embedded count.
pub fn begin_probe(url: String, timeout: Duration) -> (Exchange, impl Future<Output = Result<(), FetchError>>) {
    Cut::around(move |cut| async move {
        let knock = async {
            let init = RequestInit::new();
            init.set_mode(RequestMode::NoCors);
            init.set_credentials(RequestCredentials::Omit);
            init.set_cache(RequestCache::NoStore);
            cut.put_in(&init);
            let request = Request::new_with_str_and_init(&url, &init)
                .map_err(|error| FetchError::Malformed { message: message(&error) })?;
            send(&request).await.map_err(|error| FetchError::Unreachable { message: message(&error) })?;
            Ok(())
        };
        cut.limit(timeout, knock).await
    })
}
