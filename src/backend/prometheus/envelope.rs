//! The envelope that all answers of the API share.

use serde::de::IgnoredAny;

use super::json::{Fault, Reader};
use super::result::Rows;
use crate::backend::answer::{HttpAnswer, MAX_BODY_BYTES, Notice};
use crate::backend::error::BackendError;

const ENVELOPE: &str = "an answer with `status` and `data`";

/// Reads a body whose status says that it holds what was asked for.
///
/// # Errors
/// When it holds something else.
pub(super) fn read(answer: &HttpAnswer, body: &mut Body) -> Result<(), BackendError> {
    answer.check_size(MAX_BODY_BYTES)?;
    if !answer.is_success() {
        return Err(refusal(answer).unwrap_or_else(|| answer.bare_status()));
    }
    let mut json = Reader::new(&answer.body);
    let whole = |json: &mut Reader| if json.is_at_end() { Ok(()) } else { json.fault("nothing more") };
    if let Err(fault) = body.read(&mut json).and_then(|()| whole(&mut json)) {
        return Err(unreadable(answer, &fault));
    }
    match body.status.as_str() {
        "success" => Ok(()),
        "error" => Err(refusal(answer).unwrap_or_else(|| answer.bare_status())),
        other => Err(BackendError::Malformed { reason: format!("`status` is `{other}`") }),
    }
}

/// What is wrong with a body.
fn unreadable(answer: &HttpAnswer, fault: &Fault) -> BackendError {
    let (wanted, at) = match fault {
        Fault::Json(error) => return answer.unreadable(error),
        Fault::Shape { wanted, at } => (wanted, at),
    };
    match serde_json::from_slice::<IgnoredAny>(&answer.body) {
        Err(error) => answer.unreadable(&error),
        // A refusal whose status comes after data of another shape is still one.
        Ok(_) => refusal(answer)
            .unwrap_or_else(|| BackendError::Malformed { reason: format!("expected {wanted} after {at} bytes") }),
    }
}

#[derive(serde::Deserialize)]
struct Refusal {
    #[serde(rename = "errorType", default)]
    kind: String,
    error: String,
}

/// The error that the body tells; nothing when it tells none.
fn refusal(answer: &HttpAnswer) -> Option<BackendError> {
    let Refusal { kind, error } = serde_json::from_slice(&answer.body).ok()?;
    let (status, retry_after) = (answer.status, answer.retry_after);
    Some(BackendError::Refused { status, kind, message: error, retry_after })
}

/// What was found in a body so far.
#[derive(Default)]
pub(super) struct Body {
    status: String,
    pub(super) result_type: String,
    pub(super) rows: Rows,
    pub(super) notices: Vec<Notice>,
    /// `data.yaml` of the configuration.
    pub(super) yaml: Option<String>,
    /// `data.version` and `data.application` of the build.
    pub(super) version: Option<String>,
    pub(super) application: Option<String>,
}

impl Body {
    fn read(&mut self, json: &mut Reader) -> Result<(), Fault> {
        json.map(ENVELOPE, &mut |json, field| {
            match field {
                "status" => self.status = json.text(ENVELOPE)?.into_owned(),
                // An error's data has any shape.
                "data" if self.status != "error" => self.read_data(json)?,
                "warnings" => self.note(json, |text| Notice::Warning { text })?,
                "infos" => self.note(json, |text| Notice::Info { text })?,
                "isPartial" => match json.skip()? {
                    b"true" => self.notices.push(Notice::Partial),
                    b"false" | b"null" => {}
                    _ => return json.fault("`isPartial` as true or false"),
                },
                _ => _ = json.skip()?,
            }
            Ok(())
        })
    }

    /// Reads `data`: a map, or null.
    fn read_data(&mut self, json: &mut Reader) -> Result<(), Fault> {
        if json.null()? {
            return Ok(());
        }
        json.map("`data` as a map", &mut |json, field| {
            match field {
                "resultType" => self.result_type = json.text("`resultType` as a text")?.into_owned(),
                "result" => self.rows.read(json)?,
                // Where old versions of Thanos put them.
                "warnings" => self.note(json, |text| Notice::Warning { text })?,
                "yaml" => self.yaml = optional(json)?,
                "version" => self.version = optional(json)?,
                "application" => self.application = optional(json)?,
                _ => _ = json.skip()?,
            }
            Ok(())
        })
    }

    /// Reads a list of remarks, or null.
    fn note(&mut self, json: &mut Reader, kind: fn(String) -> Notice) -> Result<(), Fault> {
        const WANTED: &str = "a list of texts";
        if json.null()? {
            return Ok(());
        }
        json.list(WANTED, &mut |json| {
            self.notices.push(kind(json.text(WANTED)?.into_owned()));
            Ok(())
        })
    }
}

fn optional(json: &mut Reader) -> Result<Option<String>, Fault> {
    if json.null()? { Ok(None) } else { json.text("a text").map(|text| Some(text.into_owned())) }
}
