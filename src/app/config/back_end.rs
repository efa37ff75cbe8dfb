//! Where telemetry is asked for.

use crate::quantity::Duration;

use super::read::{Expected, Field, Problem};

/// What a back end speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// Prometheus' HTTP API, and all that speak it: Thanos, Mimir, Cortex, VictoriaMetrics.
    Prometheus,
    /// The mesh that exists only in memory.
    Demo,
}

/// Whether cookies travel with requests to another origin (`fetch`'s `credentials`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Credentials {
    /// Never.
    Omit,
    /// To the page's own origin.
    #[default]
    SameOrigin,
    /// Always; the server must name the page's origin.
    Include,
}

/// A configured back end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackEnd {
    /// What the reader, the URL and messages call it.
    pub name: String,
    /// What it speaks.
    pub kind: Kind,
    /// Its base, before `api/v1/…`; absolute, or relative to the page. Empty for the demo.
    pub url: String,
    /// Headers of every request. They may hold secrets: never shown, never stored, never in a URL.
    pub headers: Vec<(String, String)>,
    /// Whether cookies travel.
    pub credentials: Credentials,
    /// Parameters of every query, such as `dedup` or `partial_response` of Thanos.
    pub params: Vec<(String, String)>,
    /// How long a request may take.
    pub timeout: Duration,
}

/// The header that Mimir, Cortex and Loki read the tenant from.
const TENANT_HEADER: &str = "X-Scope-OrgID";

/// Long enough for a cold query of 30 days, short enough that a reader still waits.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Headers that `fetch` forbids or that belong to the protocol (<https://fetch.spec.whatwg.org/#forbidden-request-header>).
const FORBIDDEN: [&str; 9] = [
    "host",
    "origin",
    "cookie",
    "content-length",
    "content-type",
    "connection",
    "referer",
    "transfer-encoding",
    "date",
];

const FIELDS: [&str; 8] = ["name", "kind", "url", "headers", "credentials", "tenant", "params", "timeout"];

impl BackEnd {
    /// The demo mesh.
    pub fn demo() -> Self {
        Self::new("demo", Kind::Demo)
    }

    fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            url: String::new(),
            headers: Vec::new(),
            credentials: Credentials::default(),
            params: Vec::new(),
            timeout: TIMEOUT,
        }
    }

    /// Reads one entry of `backends`. One without a usable `url` is left out.
    pub(super) fn read(field: &Field<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut back_end = Self::new("", Kind::Prometheus);
        for (name, field) in field.members(&FIELDS, problems) {
            back_end.read_member(name, &field, problems);
        }
        if back_end.kind == Kind::Demo {
            back_end.url.clear();
        } else if back_end.url.is_empty() {
            let has_url = field.value.get("url").is_some();
            if !has_url && field.value.is_object() {
                problems.push(Problem::at(&missing(field, "url"), Expected::Url));
            }
            return None;
        }
        if back_end.name.is_empty() {
            back_end.name = if back_end.kind == Kind::Demo { "demo".into() } else { back_end.url.clone() };
        }
        Some(back_end)
    }

    fn read_member(&mut self, name: &str, field: &Field<'_>, problems: &mut Vec<Problem>) {
        match name {
            "name" => self.name = field.text(problems).unwrap_or_default(),
            "kind" => {
                let kinds = [("prometheus", Kind::Prometheus), ("demo", Kind::Demo)];
                self.kind = field.one_of(&kinds, problems).unwrap_or(self.kind);
            }
            "url" => {
                self.url = field.get(Expected::Url, problems, |value| base_url(value.as_str()?)).unwrap_or_default();
            }
            "headers" => self.headers.extend(headers(field, problems)),
            "credentials" => {
                let modes = [
                    ("omit", Credentials::Omit),
                    ("same-origin", Credentials::SameOrigin),
                    ("include", Credentials::Include),
                ];
                self.credentials = field.one_of(&modes, problems).unwrap_or_default();
            }
            "tenant" => self.headers.extend(field.text(problems).map(|tenant| (TENANT_HEADER.to_owned(), tenant))),
            "params" => {
                let entries = field.entries(problems).into_iter();
                let text = |(name, field): (&str, Field<'_>)| Some((name.to_owned(), field.text(problems)?));
                self.params = entries.filter_map(text).collect();
            }
            _ => self.timeout = super::settings::duration(field, problems).unwrap_or(TIMEOUT),
        }
    }
}

/// The missing member of an object, to report it.
fn missing<'a>(object: &Field<'a>, name: &str) -> Field<'a> {
    Field { path: format!("{}.{name}", object.path), value: &serde_json::Value::Null }
}

fn headers(field: &Field<'_>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (name, field) in field.entries(problems) {
        let is_token =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        let lower = name.to_ascii_lowercase();
        if !is_token || FORBIDDEN.contains(&lower.as_str()) || lower.starts_with("sec-") || lower.starts_with("proxy-")
        {
            problems.push(Problem::at(&field, Expected::HeaderName));
        } else if let Some(value) = field.value.as_str().filter(|value| value.bytes().all(|byte| byte >= 32)) {
            headers.push((name.to_owned(), value.to_owned()));
        } else {
            problems.push(Problem::at(&field, Expected::Text));
        }
    }
    headers
}

/// A base URL without query, fragment or credentials, its trailing slashes cut.
fn base_url(text: &str) -> Option<String> {
    let text = text.trim();
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let authority = after_scheme.map(|rest| rest.split('/').next().unwrap_or_default());
    let is_absolute = authority.is_some_and(|authority| !authority.is_empty() && !authority.contains('@'));
    // A relative one must not look like another scheme (`javascript:`) or another host (`//host`).
    let is_relative = after_scheme.is_none() && !text.starts_with("//") && !text.split('/').next()?.contains(':');
    let is_clean = !text.is_empty() && !text.contains(['?', '#', '\\']) && !text.chars().any(char::is_whitespace);
    (is_clean && (is_absolute || is_relative)).then(|| text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clean_http_urls_are_taken() {
        for (text, expect) in [
            ("https://gw.example.com/prometheus/", Some("https://gw.example.com/prometheus")),
            ("http://127.0.0.1:9090", Some("http://127.0.0.1:9090")),
            ("/prometheus", Some("/prometheus")),
            ("../api", Some("../api")),
            ("javascript:alert(1)", None),
            ("//evil.example.com", None),
            ("https://user:pass@host", None),
            ("https://", None),
            ("https://host/?a=b", None),
            ("", None),
        ] {
            assert_eq!(base_url(text).as_deref(), expect, "{text}");
        }
    }
}
