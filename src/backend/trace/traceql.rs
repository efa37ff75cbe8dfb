//! Tempo's query language (<https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/>), as far as a
//! search needs it.

use super::query::Query;

/// The query as one set of spans.
pub(super) fn print(query: &Query) -> String {
    let mut conditions = Vec::new();
    if let Some(service) = &query.service {
        conditions.push(["resource.service.name = ", &quoted(service)].concat());
    }
    if let Some(operation) = &query.operation {
        conditions.push(["name = ", &quoted(operation)].concat());
    }
    for (sign, micros) in [(">=", query.min_micros), ("<=", query.max_micros)] {
        if let Some(micros) = micros {
            conditions.push(["duration ", sign, " ", &micros.max(0).to_string(), "us"].concat());
        }
    }
    if query.errors_only {
        // Envoy's spans tell their errors in a tag too, which older releases alone write.
        conditions.push("(status = error || .error = \"true\" || .error = true)".to_owned());
    }
    conditions.extend(query.tags.iter().map(|(name, value)| tag(name, value)));
    ["{ ", &conditions.join(" && "), " }"].concat()
}

/// The services of the back end, for the values of a tag.
pub(super) fn of_service(service: &str) -> String {
    ["{ resource.service.name = ", &quoted(service), " }"].concat()
}

/// A text in double quotes. `TraceQL` takes Go's escapes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Istio writes numbers as texts, others write them as numbers; a text is not equal to a number.
fn tag(name: &str, value: &str) -> String {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/'));
    let name = if is_plain && !name.is_empty() { [".", name].concat() } else { [".", &quoted(name)].concat() };
    let as_text = [&name, " = ", &quoted(value)].concat();
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = !digits.is_empty() && digits.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || matches!(value, "true" | "false") {
        ["(", &as_text, " || ", &name, " = ", value, ")"].concat()
    } else {
        as_text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Instant, TimeRange};

    #[test]
    fn conditions_hold_of_one_span() {
        let range = TimeRange::new(Instant::default(), Instant::default());
        assert_eq!(print(&Query::new(range, 1)), "{  }");
        let query = Query {
            service: Some("a\"} || { \\".into()),
            operation: Some("GET /".into()),
            min_micros: Some(1_500),
            max_micros: Some(-1),
            errors_only: true,
            tags: vec![("http.status_code".into(), "503".into()), ("odd name".into(), "x".into())],
            ..Query::new(range, 1)
        };
        assert_eq!(
            print(&query),
            "{ resource.service.name = \"a\\\"} || { \\\\\" && name = \"GET /\" && duration >= 1500us && duration <= 0us \
             && (status = error || .error = \"true\" || .error = true) \
             && (.http.status_code = \"503\" || .http.status_code = 503) && .\"odd name\" = \"x\" }"
        );
    }
}
