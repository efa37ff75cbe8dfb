//! What the versions of components tell.

use crate::promql::Label;

use super::label;

/// Whether a series of [`BUILD`](super::metric::BUILD) is that of an Envoy that counts the bytes of a TCP connection when
/// it opens and when it closes only: that of Istio 1.29.0 (<https://github.com/istio/istio/issues/59183>).
pub fn counts_in_lumps<'a>(get: &dyn Fn(&Label) -> Option<&'a str>) -> bool {
    let tag = get(&label::TAG).unwrap_or_default();
    let is_bad = tag.strip_prefix("1.29.0").is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    is_bad && get(&label::COMPONENT) == Some("proxy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_release_of_envoy_counts_in_lumps() {
        for (component, tag, expect) in [
            ("proxy", "1.29.0", true),
            ("proxy", "1.29.0-distroless", true),
            ("proxy", "1.29.1", false),
            ("proxy", "1.29.01", false),
            ("ztunnel", "1.29.0", false),
            ("proxy", "", false),
        ] {
            let get = |label: &Label| if *label == label::TAG { Some(tag) } else { Some(component) };
            assert_eq!(counts_in_lumps(&get), expect, "{component} {tag}");
        }
    }
}
