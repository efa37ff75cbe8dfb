//! What is sent, what comes back, what can go wrong.

use thiserror::Error;

use crate::backend::{BackendError, MAX_BODY_BYTES, Request};
use crate::quantity::Duration;

/// A request that only has to be sent.
///
/// Without headers beyond the safelisted ones (`Accept`, and the form's own `Content-Type`) it needs no CORS preflight
/// (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
#[derive(Clone, PartialEq, Debug)]
pub struct Outgoing {
    /// Absolute, or relative to the page; without user and password.
    pub url: String,
    /// `None` sends a GET; otherwise a POST with this text as `application/x-www-form-urlencoded`.
    pub form: Option<String>,
    /// Names and values, as configured.
    pub headers: Vec<(String, String)>,
    /// Whether cookies and HTTP authentication go along.
    pub credentials: Credentials,
    /// The longest wait until the last byte has come.
    pub timeout: Duration,
    /// The most bytes of body, after decompression, that are read.
    pub max_bytes: usize,
}

impl Outgoing {
    /// A request to the back end at that base address, without headers and with the browser's default credentials.
    pub fn new(request: &Request, base_url: &str) -> Self {
        Self {
            url: request.url(base_url),
            form: request.body(),
            headers: Vec::new(),
            credentials: Credentials::default(),
            timeout: request.timeout,
            max_bytes: MAX_BODY_BYTES,
        }
    }
}

/// Whether the browser adds cookies and remembered authentication.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Credentials {
    /// Never.
    Omit,
    /// To the page's own origin; the browser's default.
    #[default]
    SameOrigin,
    /// To other origins too, which must then allow exactly this origin and credentials.
    Include,
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum FetchError {
    /// The browser would not even try: no absolute URL, a password in it, or a header name or value that HTTP has not.
    #[error("request cannot be sent: {message}")]
    Malformed {
        /// The browser's words.
        message: String,
    },
    /// No answer the page may read. Refused, unknown name, TLS, CORS, mixed content and policy all look alike.
    #[error("no readable answer: {message}")]
    Unreachable {
        /// The browser's words, which differ by browser and hide the cause.
        message: String,
    },
    /// The answer began and broke off.
    #[error("answer with status {status} broke off after {bytes} bytes: {message}")]
    BrokeOff {
        /// The status it began with.
        status: u16,
        /// How much had come.
        bytes: usize,
        /// The browser's words.
        message: String,
    },
    /// The wait is over.
    #[error("no complete answer within `{after}`")]
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
    /// Nobody waits any more. Not an error to show.
    #[error("request was cancelled")]
    Aborted,
    /// There is more body than is wanted.
    #[error("answer is larger than {limit_bytes} bytes: narrow the time range or the filter")]
    TooLarge {
        /// How large it says it is, or how much had come.
        bytes: usize,
        /// The limit that was set.
        limit_bytes: usize,
    },
}

impl FetchError {
    /// The same in the words of the back ends; nothing for a request that was given up on purpose.
    pub fn into_backend(self) -> Option<BackendError> {
        Some(match self {
            Self::Malformed { .. } | Self::Unreachable { .. } => BackendError::Unreachable,
            Self::BrokeOff { bytes, .. } => BackendError::Truncated { bytes },
            Self::TimedOut { after } => BackendError::TimedOut { after },
            Self::TooLarge { bytes, limit_bytes } => BackendError::TooLarge { bytes, limit_bytes },
            Self::Aborted => return None,
        })
    }
}
