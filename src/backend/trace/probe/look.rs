//! What an answer looks like.

use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::backend::trace::decode::decode_names;
use crate::backend::trace::dialect::Dialect;
use crate::backend::trace::refusal::Refusal;

/// What came of a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// An answer that may be read.
    Answer(HttpAnswer),
    /// Something answered, but the page may not read what: the outcome of [`Ask::Reach`](super::Ask::Reach).
    Reached,
    /// Nothing.
    Failed(BackendError),
}

/// What an answer to a question for services looks like.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Look {
    /// The services, in the dialect that was asked in.
    Names(Vec<String>),
    /// A web page: the path is wrong, or someone wants a log-in.
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// Nothing at this path.
    NotFound,
    /// A tenant must be named in a header.
    TenantMissing {
        /// In the back end's words.
        message: String,
    },
    /// Credentials are missing or not enough.
    Denied {
        /// The HTTP status: 401 or 403.
        status: u16,
    },
    /// gRPC is spoken there.
    Grpc,
    /// TLS is spoken there, and plain HTTP was sent.
    WantsTls,
    /// The path is right, but the back end fails.
    Fails(BackendError),
    /// Something else than expected.
    Other(BackendError),
    /// No answer that the page may read, or none in time.
    Silent(BackendError),
}

/// A question and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// The base address asked at.
    pub base: String,
    /// The dialect asked in.
    pub dialect: Dialect,
    /// What came.
    pub look: Look,
}

/// Looks at what came of a question for services.
pub(super) fn look(outcome: &Outcome) -> Look {
    match outcome {
        Outcome::Answer(answer) => look_at(answer),
        Outcome::Reached => Look::Silent(BackendError::Unreachable),
        Outcome::Failed(error) => Look::Silent(error.clone()),
    }
}

fn look_at(answer: &HttpAnswer) -> Look {
    let says = |words: &[&str]| {
        let excerpt = answer.excerpt().to_ascii_lowercase();
        words.iter().any(|word| excerpt.contains(word))
    };
    let kind = answer.content_type.as_deref().unwrap_or_default();
    // What grpc-go answers to HTTP/2 without gRPC, and the beginning of an HTTP/2 connection.
    if answer.status == 415
        || kind.starts_with("application/grpc")
        || answer.body.starts_with(b"\0\0\x06\x04\0\0\0\0\0")
    {
        return Look::Grpc;
    }
    match answer.status {
        // Go's and nginx' words.
        400 if says(&["to an https server", "to https port"]) => Look::WantsTls,
        // Tempo's and Jaeger's words.
        400 | 401 if says(&["no org id", "missing tenant", "unknown tenant", "tenant header"]) => {
            Look::TenantMissing { message: answer.excerpt() }
        }
        status @ (401 | 403) => Look::Denied { status },
        status if answer.is_html() => Look::Html { status },
        404 | 405 => Look::NotFound,
        _ => match decode_names(answer) {
            Ok(names) => Look::Names(names.rows),
            Err(error) if answer.status >= 500 || Refusal::of(answer).is_some() => Look::Fails(error),
            Err(error) => Look::Other(error),
        },
    }
}

impl Look {
    /// The services, when they came.
    pub(super) fn names(&self) -> Option<&[String]> {
        if let Self::Names(names) = self { Some(names) } else { None }
    }

    /// Whether nothing came.
    pub(super) const fn is_silent(&self) -> bool {
        matches!(self, Self::Silent(_))
    }

    /// Whether another path may help.
    pub(super) const fn is_of_a_wrong_path(&self) -> bool {
        matches!(self, Self::Html { .. } | Self::NotFound | Self::Other(_))
    }
}
