//! Questions as a server hears them: a path and a form.

use std::borrow::Cow;

use thiserror::Error;

use super::mesh::DemoMesh;
use crate::backend::HttpAnswer;
use crate::backend::prometheus::{Call, encode_error};
use crate::promql::{Expr, ParseExprError, parse};
use crate::quantity::{Duration, Instant, TimeRange, parse_printed};

/// What is wrong with a form, in the words of Prometheus (`web/api/v1/api.go`).
#[derive(Clone, PartialEq, Eq, Debug, Error)]
enum BadForm {
    #[error("invalid parameter \"query\": {reason}")]
    Query { reason: ParseExprError },
    #[error("{reason}")]
    RangeQuery { reason: ParseExprError },
    #[error("invalid parameter \"time\": Invalid time value for 'time': cannot parse \"{text}\" to a valid timestamp")]
    Moment { text: String },
    #[error("invalid parameter \"{name}\": cannot parse \"{text}\" to a valid timestamp")]
    Time { name: &'static str, text: String },
    #[error("invalid parameter \"end\": end timestamp must not be before start time")]
    Backwards,
    #[error("invalid parameter \"step\": cannot parse \"{text}\" to a valid duration")]
    Step { text: String },
    #[error(
        "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer"
    )]
    NoStep,
}

/// The fields of a form.
struct Form<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl DemoMesh {
    /// What a Prometheus that scraped this mesh would answer to a request for `path`, which has no leading slash, with
    /// this `application/x-www-form-urlencoded` text from its address or body.
    ///
    /// There is no clock here: `time` has to be there, and times are Unix seconds. Of `PromQL` it knows what
    /// [`parse`] reads.
    pub fn respond(&self, path: &str, form: &str) -> HttpAnswer {
        match call(path, &Form(form_urlencoded::parse(form.as_bytes()).collect())) {
            Ok(Some(call)) => self.answer(&call),
            Ok(None) => {
                let (status, content_type) = (404, Some("text/plain; charset=utf-8".to_owned()));
                HttpAnswer { status, content_type, retry_after: None, body: b"404 page not found\n".to_vec() }
            }
            Err(bad) => HttpAnswer::json(400, encode_error("bad_data", &bad.to_string())),
        }
    }
}

/// What is asked; nothing for a path that leads nowhere.
fn call(path: &str, form: &Form<'_>) -> Result<Option<Call>, BadForm> {
    // Answers come at once.
    let timeout = Duration::ZERO;
    Ok(Some(match path {
        "api/v1/query" => {
            let time = form.time("time")?;
            let query = form.query().map_err(|reason| BadForm::Query { reason })?;
            Call::Instant { query, time, timeout }
        }
        "api/v1/query_range" => {
            let (from, to) = (form.time("start")?, form.time("end")?);
            if to < from {
                return Err(BadForm::Backwards);
            }
            let range = TimeRange::new(from, to);
            let step = form.step()?;
            let query = form.query().map_err(|reason| BadForm::RangeQuery { reason })?;
            Call::Range { query, range, step, timeout }
        }
        "api/v1/status/buildinfo" => Call::BuildInfo,
        "api/v1/status/config" => Call::Config,
        _ => return Ok(None),
    }))
}

impl Form<'_> {
    /// The first value of a field; empty when there is none.
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    fn query(&self) -> Result<Expr, ParseExprError> {
        parse(self.get("query"))
    }

    fn time(&self, name: &'static str) -> Result<Instant, BadForm> {
        let text = self.get(name);
        let secs = parse_printed(text).filter(|secs| secs.is_finite());
        let text = || text.to_owned();
        secs.map(Instant::from_unix_secs).ok_or_else(|| match name {
            "time" => BadForm::Moment { text: text() },
            name => BadForm::Time { name, text: text() },
        })
    }

    /// Seconds, or a length with its unit.
    fn step(&self) -> Result<Duration, BadForm> {
        let text = self.get("step");
        let secs = parse_printed(text).filter(|secs| secs.is_finite());
        let step = match secs {
            Some(secs) => Duration::from_millis((secs * 1_000.0).round() as i64),
            None => Duration::parse(text).map_err(|_| BadForm::Step { text: text.to_owned() })?,
        };
        if step > Duration::ZERO { Ok(step) } else { Err(BadForm::NoStep) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, form: &str, status: u16, body: &str) {
        let answer = DemoMesh::new().respond(path, form);
        let text = String::from_utf8(answer.body).expect("text");
        assert!(answer.status == status && text.contains(body), "{path}?{form}: {} {text}", answer.status);
    }

    #[test]
    fn what_is_wrong_is_said_as_prometheus_says_it() {
        let range = "query=up&start=0&end=60";
        for (path, form, status, body) in [
            ("api/v1/query", "query=up&time=1700000000.25", 200, r#""value":[1700000000.250,"1"]"#),
            ("api/v1/query", "query=up&time=soon", 400, r#"cannot parse \"soon\" to a valid timestamp"#),
            ("api/v1/query", "query=up&time=NaN", 400, r#"invalid parameter \"time\""#),
            (
                "api/v1/query",
                "query=up%7B&time=0",
                400,
                r#""bad_data","error":"invalid parameter \"query\": 1:4: parse error"#,
            ),
            (
                "api/v1/query",
                "time=0",
                400,
                r#"invalid parameter \"query\": 1:1: parse error: unexpected end of input"#,
            ),
            ("api/v1/query_range", &format!("{range}&step=15"), 200, r#""resultType":"matrix""#),
            ("api/v1/query_range", &format!("{range}&step=1m"), 200, r#""resultType":"matrix""#),
            ("api/v1/query_range", range, 400, r#"invalid parameter \"step\": cannot parse \"\" to a valid duration"#),
            ("api/v1/query_range", &format!("{range}&step=0"), 400, "zero or negative query resolution"),
            ("api/v1/query_range", &format!("{range}&step=0.001"), 400, "exceeded maximum resolution of 11,000 points"),
            (
                "api/v1/query_range",
                "query=up&start=60&end=0&step=1",
                400,
                "end timestamp must not be before start time",
            ),
            ("api/v1/query_range", "query=up&end=0&step=1", 400, r#"invalid parameter \"start\": cannot parse \"\""#),
            ("api/v1/status/buildinfo", "", 200, r#""version":"#),
            ("api/v1/status/config", "", 200, "scrape_interval: 15s"),
            ("api/v1/labels", "", 404, "404 page not found"),
            ("", "", 404, "404"),
        ] {
            check(path, form, status, body);
        }
    }
}
