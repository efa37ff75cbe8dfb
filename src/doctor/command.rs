//! Lines for a shell.

use crate::tracing::Waypoint;

/// A text as one word of a POSIX shell.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

/// The question that a browser asks before one with headers; without headers the plain one.
pub(super) fn preflight(url: &str, origin: &str, headers: &[String]) -> String {
    if headers.is_empty() {
        return get(url, origin);
    }
    let names = ["Access-Control-Request-Headers: ", &headers.join(",").to_ascii_lowercase()].concat();
    [
        "curl -i -X OPTIONS -H ",
        &origin_header(origin),
        " -H 'Access-Control-Request-Method: GET' -H ",
        &quoted(&names),
        " ",
        &quoted(url),
    ]
    .concat()
}

pub(super) fn get(url: &str, origin: &str) -> String {
    ["curl -i -H ", &origin_header(origin), " ", &quoted(url)].concat()
}

fn origin_header(origin: &str) -> String {
    quoted(&["Origin: ", origin].concat())
}

/// <https://istio.io/latest/docs/ambient/usage/waypoint/>
pub(super) fn add_waypoint(namespace: &str) -> String {
    ["istioctl waypoint apply --enroll-namespace -n ", &quoted(namespace)].concat()
}

/// A `Telemetry` that turns tracing on (<https://istio.io/latest/docs/reference/config/telemetry/>): for a namespace, for
/// one waypoint, or, in the root namespace, for the mesh. It names no provider: the mesh's default one is taken.
pub(super) fn telemetry(namespace: Option<&str>, waypoint: Option<&Waypoint>, percent: Option<f64>) -> String {
    let namespace = waypoint.map(|waypoint| waypoint.namespace.as_str()).or(namespace).unwrap_or("istio-system");
    let mut yaml = String::from(
        "apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata:\n  name: wayscope-tracing\nspec:\n",
    );
    if let Some(waypoint) = waypoint {
        yaml.push_str("  targetRefs:\n  - group: gateway.networking.k8s.io\n    kind: Gateway\n    name: ");
        yaml.push_str(&scalar(&waypoint.name));
        yaml.push('\n');
    }
    yaml.push_str("  tracing:\n  - disableSpanReporting: false");
    if let Some(percent) = percent {
        yaml.push_str("\n    randomSamplingPercentage: ");
        yaml.push_str(&percent.clamp(0.0, 100.0).to_string());
    }
    ["kubectl apply -n ", &quoted(namespace), " -f - <<'EOF'\n", &yaml, "\nEOF"].concat()
}

/// A scalar of YAML that stays on its line, whatever it holds; a name of Kubernetes' needs no quotes.
fn scalar(text: &str) -> String {
    let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    if is_name && text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return text.to_owned();
    }
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    ["'", &clean.replace('\'', "''"), "'"].concat()
}
