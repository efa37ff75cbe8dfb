//! What came back, before and after decoding.

use super::error::{BackendError, tells_of_a_limit};
use crate::quantity::Duration;

/// Larger bodies are refused: decoding them would freeze the page.
pub const MAX_BODY_BYTES: usize = 64 << 20;

/// An HTTP answer that arrived, whatever its status.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HttpAnswer {
    /// The status code.
    pub status: u16,
    /// The header `Content-Type`, when it can be read.
    pub content_type: Option<String>,
    /// The header `Retry-After`, when it can be read: see [`parse_retry_after`].
    pub retry_after: Option<Duration>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

/// Rows, and what the back end or the decoder had to say about them.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer<T> {
    /// What was asked for.
    pub rows: T,
    /// Remarks, in the order in which they were found.
    pub notices: Vec<Notice>,
}

/// A remark on an answer that could be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// A warning of the back end's: the answer may lack rows.
    Warning {
        /// In the back end's words.
        text: String,
    },
    /// A hint of the back end's on the query.
    Info {
        /// In the back end's words.
        text: String,
    },
    /// The back end says that not all of its stores answered.
    Partial,
    /// So many series hold native histograms, which are not read.
    HistogramsSkipped {
        /// How many series.
        series: usize,
    },
    /// So many rows held no sample of the expected form.
    RowsSkipped {
        /// How many rows.
        rows: usize,
    },
}

impl Notice {
    /// Whether rows are missing because there were too many.
    pub fn is_of_a_limit(&self) -> bool {
        matches!(self, Self::Warning { text } if tells_of_a_limit(text))
    }
}

/// The header `Retry-After` in its form of whole seconds, clamped to an hour; nothing for a date.
pub fn parse_retry_after(header: &str) -> Option<Duration> {
    header.trim().parse::<u32>().ok().map(|secs| Duration::from_secs(i64::from(secs.min(3_600))))
}

impl HttpAnswer {
    /// An answer of JSON.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type: Some("application/json".into()), retry_after: None, body: body.into() }
    }

    /// Whether the status says that the body is what was asked for.
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// Whether the body is a web page: it begins as one, or is said to be one.
    pub fn is_html(&self) -> bool {
        let first = self.body.iter().find(|byte| !byte.is_ascii_whitespace());
        let named = self
            .content_type
            .as_deref()
            .is_some_and(|kind| kind.get(..9).is_some_and(|kind| kind.eq_ignore_ascii_case("text/html")));
        first == Some(&b'<') || (named && !matches!(first, Some(b'{' | b'[')))
    }

    /// The body's beginning in one line, at most 200 characters, to show beside an error.
    pub fn excerpt(&self) -> String {
        let head = self.body.get(..800).unwrap_or(&self.body);
        let text = String::from_utf8_lossy(head);
        let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        line.collect::<Vec<_>>().join(" ").chars().take(200).collect()
    }

    /// Refuses what no decoder should look at.
    pub(super) fn check_size(&self, limit_bytes: usize) -> Result<(), BackendError> {
        if self.body.len() > limit_bytes {
            return Err(BackendError::TooLarge { bytes: self.body.len(), limit_bytes });
        }
        Ok(())
    }

    /// The error of an answer that cannot be parsed as JSON of the expected shape.
    pub(super) fn unreadable(&self, error: &serde_json::Error) -> BackendError {
        let status = self.status;
        if self.is_html() {
            BackendError::Html { status }
        } else if error.is_eof() {
            BackendError::Truncated { bytes: self.body.len() }
        } else if error.is_data() {
            BackendError::Malformed { reason: error.to_string() }
        } else {
            BackendError::NotJson { status, excerpt: self.excerpt() }
        }
    }

    /// The error of an answer whose status is one and whose body says no more.
    pub(super) fn bare_status(&self) -> BackendError {
        BackendError::Status {
            status: self.status,
            is_html: self.is_html(),
            excerpt: if self.is_html() { String::new() } else { self.excerpt() },
            retry_after: self.retry_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_recognised_by_their_beginning_or_their_type() {
        for (kind, body, expect) in [
            (None, "<!doctype html>", true),
            (None, " \n<html>", true),
            (Some("Text/HTML; charset=utf-8"), "Please log in", true),
            (Some("text/html"), "{\"status\":\"success\"}", false),
            (Some("text/plain"), "404 page not found", false),
            (Some("text"), "", false),
            (None, "", false),
        ] {
            let content_type = kind.map(str::to_owned);
            let answer = HttpAnswer { content_type, body: body.into(), ..HttpAnswer::default() };
            assert_eq!(answer.is_html(), expect, "{kind:?} {body}");
        }
    }

    #[test]
    fn excerpts_are_one_short_line() {
        let answer = HttpAnswer { body: b" a\n\x00b\xff ".to_vec(), ..HttpAnswer::default() };
        assert_eq!(answer.excerpt(), "a b\u{fffd}");
        let long = HttpAnswer { body: "ü".repeat(2_000).into_bytes(), ..HttpAnswer::default() };
        assert_eq!(long.excerpt(), "ü".repeat(200));
    }

    #[test]
    fn only_seconds_are_read_as_a_time_to_wait() {
        assert_eq!(parse_retry_after(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(parse_retry_after("999999"), Some(Duration::from_mins(60)));
        assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), None);
        assert_eq!(parse_retry_after("-1"), None);
    }
}
