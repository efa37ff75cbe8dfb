//! Which traces are shown, whatever the back end heeds.

use super::facts::Facts;
use super::failure::is_error;
use super::subject::Subject;
use super::tree::Tree;
use crate::backend::trace::{Overview, Span};

/// What a trace must have. All that is said of spans must hold of one span; durations are the trace's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only traces that tell of it.
    pub subject: Option<Subject>,
    /// Only traces with an error.
    pub errors_only: bool,
    /// The least duration, in microseconds.
    pub min_micros: Option<i64>,
    /// The greatest duration, in microseconds.
    pub max_micros: Option<i64>,
    /// The service, exactly.
    pub service: Option<String>,
    /// The operation, exactly.
    pub operation: Option<String>,
    /// Tags with their values, exactly.
    pub tags: Vec<(String, String)>,
}

impl Filter {
    /// Whether a trace passes; `overview` is its own.
    pub fn passes(&self, tree: &Tree<'_>, overview: &Overview) -> bool {
        let is_told_of = |subject: &Subject| tree.iter().any(|(_, span)| subject.is_told_of_by(&Facts::of(&span)));
        self.has_duration(overview)
            && tree.iter().any(|(_, span)| self.fits(&span))
            && self.subject.as_ref().is_none_or(is_told_of)
    }

    /// Whether a trace may pass of which only a line is known: false only when it cannot.
    pub fn may_pass(&self, overview: &Overview) -> bool {
        let has_service =
            |name: &String| overview.services.is_empty() || overview.services.iter().any(|one| one.service == *name);
        let has_error = !self.errors_only || overview.errors != Some(0);
        self.has_duration(overview) && has_error && self.service.as_ref().is_none_or(has_service)
    }

    fn has_duration(&self, overview: &Overview) -> bool {
        self.min_micros.is_none_or(|least| overview.duration_micros >= least)
            && self.max_micros.is_none_or(|most| overview.duration_micros <= most)
    }

    fn fits(&self, span: &Span<'_>) -> bool {
        (!self.errors_only || is_error(span))
            && self.service.as_ref().is_none_or(|service| span.service() == service)
            && self.operation.as_ref().is_none_or(|operation| span.operation() == operation)
            && self.tags.iter().all(|(name, value)| span.tag(name) == Some(value))
    }
}
