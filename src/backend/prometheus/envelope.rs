//! The envelope that all answers of the API share.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::result::{ResultSeed, Rows};
use crate::backend::answer::{HttpAnswer, MAX_BODY_BYTES, Notice};
use crate::backend::error::BackendError;

/// Reads a body whose status says that it holds what was asked for.
///
/// # Errors
/// When it holds something else.
pub(super) fn read(answer: &HttpAnswer, body: &mut Body) -> Result<(), BackendError> {
    answer.check_size(MAX_BODY_BYTES)?;
    if !answer.is_success() {
        return Err(refusal(answer).unwrap_or_else(|| answer.bare_status()));
    }
    let mut json = serde_json::Deserializer::from_slice(&answer.body);
    if let Err(error) = json.deserialize_map(&mut *body).and_then(|()| json.end()) {
        // A refusal whose status comes after data of another shape is still one.
        let told = if error.is_data() { refusal(answer) } else { None };
        return Err(told.unwrap_or_else(|| answer.unreadable(&error)));
    }
    match body.status.as_str() {
        "success" => Ok(()),
        "error" => Err(refusal(answer).unwrap_or_else(|| answer.bare_status())),
        other => Err(BackendError::Malformed { reason: format!("`status` is `{other}`") }),
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

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum BodyField {
    Status,
    Data,
    Warnings,
    Infos,
    IsPartial,
    #[serde(other)]
    Other,
}

impl<'de> Visitor<'de> for &mut Body {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer with `status` and `data`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key()? {
            match field {
                BodyField::Status => self.status = map.next_value()?,
                // An error's data has any shape.
                BodyField::Data if self.status != "error" => map.next_value_seed(DataSeed(self))?,
                BodyField::Warnings => self.warn(map.next_value()?),
                BodyField::Infos => {
                    let texts: Option<Vec<String>> = map.next_value()?;
                    self.notices.extend(texts.unwrap_or_default().into_iter().map(|text| Notice::Info { text }));
                }
                BodyField::IsPartial => {
                    if map.next_value::<Option<bool>>()? == Some(true) {
                        self.notices.push(Notice::Partial);
                    }
                }
                BodyField::Data | BodyField::Other => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}

impl Body {
    fn warn(&mut self, texts: Option<Vec<String>>) {
        self.notices.extend(texts.unwrap_or_default().into_iter().map(|text| Notice::Warning { text }));
    }
}

/// Reads `data`: a map, or null.
struct DataSeed<'a>(&'a mut Body);

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum DataField {
    ResultType,
    Result,
    Warnings,
    Yaml,
    Version,
    Application,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for DataSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DataSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`data` as a map")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key()? {
            match field {
                DataField::ResultType => self.0.result_type = map.next_value()?,
                DataField::Result => map.next_value_seed(ResultSeed(&mut self.0.rows))?,
                // Where old versions of Thanos put them.
                DataField::Warnings => self.0.warn(map.next_value()?),
                DataField::Yaml => self.0.yaml = map.next_value()?,
                DataField::Version => self.0.version = map.next_value()?,
                DataField::Application => self.0.application = map.next_value()?,
                DataField::Other => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}
