//! What the versions of components tell.

use crate::mesh::{Namespace, Workload};
use crate::promql::Label;

use super::label;

/// The version of Istio whose Envoys count the bytes of a TCP connection when it opens and when it closes only
/// (<https://github.com/istio/istio/issues/59183>).
pub(super) const LUMPS: &str = "1.29.0";

/// The workload that a row of [`Question::Builds`](super::Question::Builds) is about, where its Envoys count in lumps.
/// Unknown where the scrape keeps neither the namespace nor the name of its pod.
pub fn lumps<'a>(get: &dyn Fn(&Label) -> Option<&'a str>) -> Option<(Namespace, Workload)> {
    let text = |label: Label| get(&label).unwrap_or_default();
    let rest = text(label::TAG).strip_prefix(LUMPS)?;
    let workload = (Namespace::new(text(label::NAMESPACE)), Workload::new(text(label::EMITTER)));
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(workload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_release_of_envoy_counts_in_lumps() {
        for (tag, pod, expect) in [
            ("1.29.0", ["shop", "gw"], Some(("shop", "gw"))),
            ("1.29.0-distroless", ["", ""], Some(("unknown", "unknown"))),
            ("1.29.1", ["shop", "gw"], None),
            ("1.29.01", ["shop", "gw"], None),
            ("", ["shop", "gw"], None),
        ] {
            let get = |label: &Label| {
                Some(if *label == label::TAG { tag } else { pod[usize::from(*label == label::EMITTER)] })
            };
            let expect = expect.map(|(namespace, workload)| (Namespace::new(namespace), Workload::new(workload)));
            assert_eq!(lumps(&get), expect, "{tag}");
        }
    }
}
