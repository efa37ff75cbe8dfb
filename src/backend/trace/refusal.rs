//! Refusals, whatever their content type: Jaeger sends JSON as `text/plain` (Go's `http.Error`), Tempo sends prose.

use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::backend::json::{Json, Read, read};

/// What a body says about its failure.
#[derive(Default)]
pub(super) struct Refusal {
    message: String,
    code: Option<i64>,
    /// Whether it has Jaeger's shape.
    is_jaegers: bool,
}

impl Refusal {
    /// Reads `{"errors":[{"code","msg"}]}`, `{"error":{"httpCode","message"}}`, `{"error":"…"}` and `{"message":"…"}`;
    /// nothing for anything else.
    pub(super) fn of(answer: &HttpAnswer) -> Option<Self> {
        let mut refusal = Self::default();
        read(answer, &mut |body| refusal.read(body)).ok()?;
        (!refusal.message.is_empty()).then_some(refusal)
    }

    fn read(&mut self, body: Json<'_>) -> Read {
        body.members(&mut |member, json| match (member, json) {
            ("errors", list @ Json::List(_)) => list.items(&mut |error| self.read_error(error)),
            ("error", error @ Json::Object(_)) => self.read_error(error),
            ("error" | "message", json @ Json::Text(_)) if self.message.is_empty() => json.print(&mut self.message),
            _ => Ok(()),
        })
    }

    fn read_error(&mut self, error: Json<'_>) -> Read {
        self.is_jaegers = true;
        error.members(&mut |member, json| match member {
            "msg" | "message" if self.message.is_empty() => json.print(&mut self.message),
            "code" | "httpCode" => {
                self.code = json.int();
                Ok(())
            }
            _ => Ok(()),
        })
    }

    /// Whether Jaeger says that there is nothing, which is an answer and no failure. A 404 of a gateway's is a failure.
    pub(super) fn is_of_absence(&self, answer: &HttpAnswer) -> bool {
        answer.status == 404 && self.is_jaegers
    }

    pub(super) fn into_error(self, answer: &HttpAnswer) -> BackendError {
        let kind = self.code.filter(|code| *code != i64::from(answer.status)).map(|code| code.to_string());
        let (status, retry_after) = (answer.status, answer.retry_after);
        BackendError::Refused { status, kind: kind.unwrap_or_default(), message: self.message, retry_after }
    }
}
