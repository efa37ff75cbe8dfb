//! What is sent, what comes back, what can go wrong.

use thiserror::Error;

use crate::quantity::Duration;

/// A request that only has to be sent.
///
/// Without headers beyond the safelisted ones (`Accept`, and the form's own `Content-Type`) it needs no CORS preflight
/// (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// Absolute, without user and password.
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

/// An answer of whatever status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawAnswer {
    /// HTTP status, 200 to 599.
    pub status: u16,
    /// `Content-Type` as it came.
    pub content_type: Option<String>,
    /// How long to wait, from `Retry-After`; across origins only where the server exposes that header.
    pub retry_after: Option<Duration>,
    /// Whether a redirect lay on the way: a login page, perhaps.
    pub redirected: bool,
    /// The body, decompressed.
    pub body: Vec<u8>,
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
    #[error("answer with status {status} broke off: {message}")]
    BrokeOff {
        /// The status it began with.
        status: u16,
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
        /// The limit that was set.
        limit_bytes: usize,
    },
}
