//! Errors and remarks in the reader's words, each with the way out.

use crate::backend::{BackendError, Notice};
use crate::quantity::Unit;
use crate::words::{Label, Sentence};

use super::super::config::{Expected, Problem};
use super::super::update::App;
use super::voice::Voice;

/// What went wrong between the page and a back end; `origin` is the page's own, which a gateway would have to allow.
pub fn backend_error(error: &BackendError, back_end: &str, origin: &str, voice: Voice<'_>) -> String {
    let size = |bytes: usize| Unit::Bytes.scale(bytes as f64).text(voice.format);
    match error {
        BackendError::Unreachable => voice.say(&Sentence::Unreachable { back_end, origin }),
        BackendError::NotLoaded { reason } => voice.say(&Sentence::NotLoaded { back_end, reason }),
        BackendError::TimedOut { after } => voice.say(&Sentence::TimedOut { back_end, after: &after.to_string() }),
        BackendError::Html { status } | BackendError::Status { status, is_html: true, .. } if *status < 400 => {
            voice.say(&Sentence::Html { back_end, status: *status })
        }
        BackendError::Html { status } | BackendError::Status { status, .. } => {
            voice.say(&Sentence::Status { back_end, status: *status })
        }
        BackendError::Truncated { bytes } => voice.say(&Sentence::Truncated { back_end, bytes: *bytes }),
        BackendError::NotJson { excerpt: found, .. } | BackendError::Malformed { reason: found } => {
            voice.say(&Sentence::Malformed { back_end, found })
        }
        BackendError::UnexpectedResult { found, .. } => {
            let found = if found.is_empty() { voice.label(Label::None) } else { format!("`{found}`") };
            voice.say(&Sentence::Malformed { back_end, found: &found })
        }
        BackendError::Refused { status, message, .. } => {
            voice.say(&Sentence::Refused { back_end, status: *status, message })
        }
        BackendError::TooLarge { bytes, limit_bytes } => {
            voice.say(&Sentence::TooLarge { back_end, bytes: &size(*bytes), limit: &size(*limit_bytes) })
        }
    }
}

/// A remark of a back end's.
pub fn notice(notice: &Notice, voice: Voice<'_>) -> String {
    voice.say(&match notice {
        Notice::Warning { text } | Notice::Info { text } => Sentence::Warning { text },
        Notice::Partial => Sentence::Partial,
        Notice::HistogramsSkipped { series } => Sentence::HistogramsSkipped { series: *series },
        Notice::RowsSkipped { rows } => Sentence::RowsSkipped { rows: *rows },
    })
}

/// What in the configuration and the address was not understood.
pub fn problems(app: &App, voice: Voice<'_>) -> Vec<String> {
    let of_config = app.config.problems.iter().map(|problem| config_problem(problem, voice));
    let of_url = app.url_problems.iter().map(|problem| {
        let (name, value, expected) = (&problem.name, &problem.value, &problem.expected);
        voice.say(&Sentence::UrlProblem { name, value, expected })
    });
    of_config.chain(of_url).collect()
}

fn config_problem(problem: &Problem, voice: Voice<'_>) -> String {
    let list = |words: &[String]| words.join(", ");
    let expected = match &problem.expected {
        Expected::Object => voice.say(&Sentence::ExpectedObject),
        Expected::List => voice.say(&Sentence::ExpectedList),
        Expected::Text => voice.say(&Sentence::ExpectedText),
        Expected::Boolean => voice.say(&Sentence::ExpectedBoolean),
        Expected::Percent => voice.say(&Sentence::ExpectedPercent),
        Expected::Duration => voice.say(&Sentence::ExpectedDuration),
        Expected::Url => voice.say(&Sentence::ExpectedUrl),
        Expected::Regex(reason) => voice.say(&Sentence::ExpectedRegex { reason }),
        Expected::LabelName => voice.say(&Sentence::ExpectedLabelName),
        Expected::OneOf(words) => voice.say(&Sentence::ExpectedOneOf { words: &list(words) }),
        Expected::KnownField(fields) => voice.say(&Sentence::ExpectedField { fields: &list(fields) }),
        Expected::UniqueName => voice.say(&Sentence::ExpectedUniqueName),
        Expected::HeaderName => voice.say(&Sentence::ExpectedHeader),
    };
    voice.say(&Sentence::ConfigProblem { field: &problem.field, found: &problem.found, expected: &expected })
}
