//! Which traces are looked for, in each dialect.

use super::dialect::Dialect;
use super::traceql;
use crate::backend::prometheus::push_text;
use crate::quantity::{Duration, Format, Instant, Plain, TimeRange};

/// Which traces are looked for. All that is said must hold of one span, but for Zipkin's duration, which is the trace's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Who emits the span, exactly as the back end spells it; some back ends refuse to search without.
    pub service: Option<String>,
    /// What is done, exactly.
    pub operation: Option<String>,
    /// When it begins.
    pub range: TimeRange,
    /// The least duration, in microseconds.
    pub min_micros: Option<i64>,
    /// The greatest duration, in microseconds.
    pub max_micros: Option<i64>,
    /// Whether only spans with an error count.
    pub errors_only: bool,
    /// Tags with their values.
    pub tags: Vec<(String, String)>,
    /// How many traces at most; at least one.
    pub limit: u32,
}

/// Fields of a form.
pub(super) type Form = Vec<(String, String)>;

fn field(form: &mut Form, name: &str, value: impl Into<String>) {
    form.push((name.to_owned(), value.into()));
}

impl Query {
    /// The traces of a range.
    pub fn new(range: TimeRange, limit: u32) -> Self {
        let (service, operation, min_micros, max_micros, tags) = (None, None, None, None, Vec::new());
        Self { service, operation, range, min_micros, max_micros, errors_only: false, tags, limit }
    }

    pub(super) fn form(&self, dialect: Dialect) -> Form {
        let mut form = Form::new();
        match dialect {
            Dialect::Jaeger => self.jaeger(&mut form),
            Dialect::JaegerV3 { .. } => self.jaeger_v3(&mut form),
            Dialect::Tempo { .. } => self.tempo(&mut form),
            Dialect::Zipkin => self.zipkin(&mut form),
        }
        form
    }

    fn limit(&self) -> String {
        self.limit.max(1).to_string()
    }

    /// `jaeger cmd/jaeger/internal/extension/jaegerquery/internal/query_parser.go`: times in microseconds, durations
    /// with a unit.
    fn jaeger(&self, form: &mut Form) {
        self.names(form, ["service", "operation"]);
        field(form, "start", micros(self.range.from).to_string());
        field(form, "end", micros(self.range.to).to_string());
        self.durations(form, ["minDuration", "maxDuration"], "us");
        field(form, "limit", self.limit());
        if let Some(tags) = self.tags_json() {
            field(form, "tags", tags);
        }
    }

    /// `…/internal/apiv3/query_parser.go`: `snake_case` is understood by all releases; the depth's name changed in 2.19.
    fn jaeger_v3(&self, form: &mut Form) {
        self.names(form, ["query.service_name", "query.operation_name"]);
        field(form, "query.start_time_min", rfc3339(self.range.from));
        field(form, "query.start_time_max", rfc3339(self.range.to.max(self.range.from + Duration::from_millis(1))));
        self.durations(form, ["query.duration_min", "query.duration_max"], "us");
        field(form, "query.num_traces", self.limit());
        field(form, "query.search_depth", self.limit());
        if let Some(tags) = self.tags_json() {
            field(form, "query.attributes", tags);
        }
    }

    /// `tempo pkg/api/http.go`: whole seconds, both or neither; everything else in `TraceQL`.
    fn tempo(&self, form: &mut Form) {
        field(form, "q", traceql::print(self));
        field(form, "start", secs_floor(self.range.from).to_string());
        field(form, "end", (secs_floor(self.range.to) + 1).to_string());
        field(form, "limit", self.limit());
    }

    /// `zipkin-api zipkin2-api.yaml`: milliseconds for the range, microseconds for durations.
    fn zipkin(&self, form: &mut Form) {
        self.names(form, ["serviceName", "spanName"]);
        let tags = self.tags.iter().map(|(name, value)| [name, "=", value].concat());
        let all: Vec<String> = self.errors_only.then(|| "error".to_owned()).into_iter().chain(tags).collect();
        if !all.is_empty() {
            field(form, "annotationQuery", all.join(" and "));
        }
        self.durations(form, ["minDuration", "maxDuration"], "");
        field(form, "endTs", self.range.to.unix_millis().to_string());
        field(form, "lookback", self.range.length().millis().max(1).to_string());
        field(form, "limit", self.limit());
    }

    fn names(&self, form: &mut Form, names: [&str; 2]) {
        for (name, value) in names.into_iter().zip([&self.service, &self.operation]) {
            if let Some(value) = value {
                field(form, name, value.as_str());
            }
        }
    }

    fn durations(&self, form: &mut Form, names: [&str; 2], unit: &str) {
        for (name, value) in names.into_iter().zip([self.min_micros, self.max_micros]) {
            if let Some(value) = value {
                field(form, name, [&value.max(0).to_string(), unit].concat());
            }
        }
    }

    /// The tags as an object of texts; Jaeger refuses values of another type.
    fn tags_json(&self) -> Option<String> {
        let error = self.errors_only.then_some(("error", "true"));
        let tags = self.tags.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut out = String::new();
        for (name, value) in error.into_iter().chain(tags) {
            out.push(if out.is_empty() { '{' } else { ',' });
            push_text(&mut out, name);
            out.push(':');
            push_text(&mut out, value);
        }
        out.push('}');
        (out.len() > 1).then_some(out)
    }
}

pub(super) fn micros(at: Instant) -> i64 {
    at.unix_millis().saturating_mul(1_000)
}

pub(super) fn secs_floor(at: Instant) -> i64 {
    at.unix_millis().div_euclid(1_000)
}

/// RFC 3339 in UTC, with milliseconds.
pub(super) fn rfc3339(at: Instant) -> String {
    let millis = (at.unix_millis().rem_euclid(1_000) + 1_000).to_string();
    let (date_time, millis) = (Plain.date_time(at).replace(' ', "T"), millis.get(1..).unwrap_or_default());
    [&date_time, ".", millis, "Z"].concat()
}
