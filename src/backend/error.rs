//! What can go wrong between a request and its rows.

use thiserror::Error;

use crate::quantity::Duration;

/// Why there are no rows. That a request was given up on purpose is none of these.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BackendError {
    /// No answer that a page may read: refused, unknown host, certificate, CORS, mixed content… a browser does not say.
    #[error("no readable answer: the back end is unreachable, or does not share its answers with this page (CORS)")]
    Unreachable,
    /// The back end is a program beside the page's, and could not be loaded, or has ended by an error.
    #[error(
        "the program of the simulated mesh could not be loaded: {reason}; reload the page, or configure a back end"
    )]
    NotLoaded {
        /// In the browser's words.
        reason: String,
    },
    /// No answer in time.
    #[error("no answer within {after}: choose a shorter time range or a narrower scope")]
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
    /// A web page where JSON was expected: a log-in page, a proxy's page or a wrong base address.
    #[error("a web page came instead of JSON (HTTP {status}): check the base address, and log in if it asks for it")]
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// JSON that ends too early.
    #[error("the answer breaks off after {bytes} bytes: a proxy on the way may limit its size or time")]
    Truncated {
        /// How much came.
        bytes: usize,
    },
    /// Something else than JSON.
    #[error("not JSON (HTTP {status}): `{excerpt}`; check that the base address is that of an HTTP API")]
    NotJson {
        /// The HTTP status.
        status: u16,
        /// The beginning of the body.
        excerpt: String,
    },
    /// JSON of another shape.
    #[error("JSON of an unexpected shape: {reason}; check that the base address belongs to this kind of back end")]
    Malformed {
        /// What is unexpected.
        reason: String,
    },
    /// The back end understood and refused, whatever the HTTP status.
    #[error("the back end refuses (HTTP {status}{}{kind}): {message}", if kind.is_empty() { "" } else { ", " })]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The back end's kind of error, such as `bad_data`, `execution`, `timeout`; `VictoriaMetrics` sends `422`.
        kind: String,
        /// In the back end's words.
        message: String,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// Rows of another kind than asked for.
    #[error("the answer is of type `{found}`, not `{expected}`")]
    UnexpectedResult {
        /// The type asked for.
        expected: &'static str,
        /// The type that came; empty when none was named.
        found: String,
    },
    /// An HTTP error whose body says no more.
    #[error("HTTP status {status}: `{excerpt}`")]
    Status {
        /// The HTTP status.
        status: u16,
        /// Whether the body is a web page, as a gateway's own errors are.
        is_html: bool,
        /// The beginning of a body that is no web page.
        excerpt: String,
        /// How long to wait before asking again.
        retry_after: Option<Duration>,
    },
    /// More than a page can hold.
    #[error("the answer has {bytes} bytes, more than {limit_bytes}: choose a shorter time range or a narrower scope")]
    TooLarge {
        /// How large it is, or how much of it had come when it was given up.
        bytes: usize,
        /// How large it may be.
        limit_bytes: usize,
    },
}

impl BackendError {
    /// The HTTP status, when an answer came and its status is part of the error.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Html { status }
            | Self::NotJson { status, .. }
            | Self::Refused { status, .. }
            | Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether the same request may succeed a little later: no answer, half an answer, or a status that says so
    /// (408, 425, 429, 500, 502, 503, 504).
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable | Self::NotLoaded { .. } | Self::TimedOut { .. } | Self::Truncated { .. } => true,
            Self::Refused { status, .. } | Self::Status { status, .. } => {
                matches!(status, 408 | 425 | 429 | 500 | 502..=504)
            }
            _ => false,
        }
    }

    /// Whether the back end, or something on the way, refuses the question for the size of its answer or for what it
    /// costs; a part of it may pass.
    pub fn is_too_much(&self) -> bool {
        match self {
            Self::TooLarge { .. } | Self::Truncated { .. } => true,
            Self::Status { status, .. } => *status == 413,
            Self::Refused { status, message, .. } => *status == 413 || *status != 429 && tells_of_a_limit(message),
            _ => false,
        }
    }

    /// How long the back end asks to be left alone.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } | Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// Whether a back end's words say that something was too much for it: the samples of Prometheus, the series and chunks of
/// Thanos, Mimir and Cortex, the `-search.max…` of `VictoriaMetrics`.
pub(super) fn tells_of_a_limit(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["limit", "too many", "too large", "exceed", "-search.max", "truncated"].iter().any(|one| words.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16) -> BackendError {
        BackendError::Status { status, is_html: false, excerpt: "busy".into(), retry_after: None }
    }

    #[test]
    fn only_passing_troubles_are_worth_another_try() {
        for code in [408, 425, 429, 500, 502, 503, 504] {
            assert!(status(code).is_retryable(), "{code}");
        }
        for code in [200, 301, 400, 401, 403, 404, 405, 413, 422, 501] {
            assert!(!status(code).is_retryable(), "{code}");
        }
        assert!(BackendError::Unreachable.is_retryable());
        assert!(BackendError::TimedOut { after: Duration::from_secs(1) }.is_retryable());
        assert!(BackendError::Truncated { bytes: 1 }.is_retryable());
        assert!(!BackendError::Html { status: 200 }.is_retryable());
    }

    #[test]
    fn what_is_too_much_is_told_from_what_is_wrong() {
        let refused = |status, message: &str| {
            let (kind, message) = ("execution".to_owned(), message.to_owned());
            BackendError::Refused { status, kind, message, retry_after: None }
        };
        for (message, expect) in [
            ("query processing would load too many samples into memory in query execution", true),
            (
                "the query exceeded the maximum number of chunks (limit: 2000000 chunks) (err-mimir-max-chunks-per-query)",
                true,
            ),
            ("the query hit the max number of series limit (limit: 100000 series)", true),
            ("exceeded series limit: limit 10 violated (got 11)", true),
            (
                "the number of matching timeseries exceeds 300000; either narrow down the search or increase -search.maxUniqueTimeseries",
                true,
            ),
            ("cannot select more than -search.maxSamplesPerQuery=1000000000 samples", true),
            ("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)", false),
            ("parse error: unexpected end of input", false),
        ] {
            assert_eq!(refused(422, message).is_too_much(), expect, "{message}");
        }
        assert!(!refused(429, "request rate limit exceeded").is_too_much());
        assert!(status(413).is_too_much() && !status(502).is_too_much());
        assert!(BackendError::TooLarge { bytes: 2, limit_bytes: 1 }.is_too_much());
    }

    #[test]
    fn messages_name_the_way_out() {
        let after = Duration::from_secs(30);
        assert_eq!(
            BackendError::TimedOut { after }.to_string(),
            "no answer within 30s: choose a shorter time range or a narrower scope"
        );
        assert_eq!(status(503).to_string(), "HTTP status 503: `busy`");
        let refused = |kind: &str| {
            let (kind, message) = (kind.to_owned(), "parse error".to_owned());
            BackendError::Refused { status: 400, kind, message, retry_after: None }.to_string()
        };
        assert_eq!(refused("bad_data"), "the back end refuses (HTTP 400, bad_data): parse error");
        assert_eq!(refused(""), "the back end refuses (HTTP 400): parse error");
    }
}
