//! Which kind of proxy wrote a series, from labels alone.

use crate::mesh::{Emitter, Reporter};

use super::observation::{Observation, Policy};

/// The emitter; the first rule that applies decides. `marked` is true where a label that only ztunnel has was found.
///
/// 1. A waypoint reports as an Envoy.
/// 2. ztunnel counts TCP only.
/// 3. ztunnel's own marks ([`ZTUNNEL`](super::label::ZTUNNEL)).
/// 4. An Envoy client never states `mutual_tls`, an Envoy server never `unknown`, a ztunnel never `none`.
/// 5. A sidecar or gateway runs in the namespace of the workload for which it speaks; a ztunnel runs elsewhere, and
///    always knows for whom it speaks.
pub(super) fn of(seen: &Observation, marked: bool) -> Emitter {
    if seen.reporter == Reporter::Waypoint || seen.question.is_about_requests() {
        return Emitter::Envoy;
    }
    if marked {
        return Emitter::Ztunnel;
    }
    match (seen.reporter, seen.policy) {
        (Reporter::Source, Policy::MutualTls) | (Reporter::Destination, Policy::Unknown) => Emitter::Ztunnel,
        (_, Policy::None) => Emitter::Envoy,
        _ => by_place(seen),
    }
}

fn by_place(seen: &Observation) -> Emitter {
    let (own, pod) = (seen.own_side(), &seen.emitter_pod);
    if !own.is_known() || pod.namespace == own.namespace {
        Emitter::Envoy
    } else if pod.namespace.is_known() {
        Emitter::Ztunnel
    } else {
        Emitter::Undetermined
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::Emitter;
    use crate::promql::Label;
    use crate::telemetry::{Observation, Question};

    /// The emitter of a series of bytes with these labels; both ends are `shop/web`.
    fn of(labels: &[(&str, &str)]) -> Emitter {
        let ends = ["source_workload", "destination_workload"].map(|name| (name, "web"));
        let places = ["source_workload_namespace", "destination_workload_namespace"].map(|name| (name, "shop"));
        let get = |label: &Label| {
            let mut known = labels.iter().chain(&ends).chain(&places);
            known.find(|(name, _)| *name == label.as_str()).map(|(_, value)| *value)
        };
        Observation::read(Question::BytesSent, &get, 1.0).unwrap().emitter
    }

    #[test]
    fn each_rule_decides_where_those_before_it_do_not_apply() {
        let policy = |policy| ("connection_security_policy", policy);
        let (source, destination) = (("reporter", "source"), ("reporter", "destination"));
        let (own, other) = (("namespace", "shop"), ("namespace", "istio-system"));
        for (labels, expect) in [
            (vec![("reporter", "waypoint"), ("ws_ztunnel", "1")], Emitter::Envoy),
            (vec![source, policy("unknown"), own, ("ws_ztunnel", "1")], Emitter::Ztunnel),
            (vec![source, policy("mutual_tls"), own], Emitter::Ztunnel),
            (vec![destination, policy("unknown"), own], Emitter::Ztunnel),
            (vec![destination, policy("none"), other], Emitter::Envoy),
            (vec![destination, policy("mutual_tls"), own], Emitter::Envoy),
            (vec![destination, policy("mutual_tls"), other], Emitter::Ztunnel),
            (vec![source, policy("unknown"), own], Emitter::Envoy),
            (vec![source, policy("unknown"), other], Emitter::Ztunnel),
            (vec![source, policy("unknown"), other, ("source_workload", "unknown")], Emitter::Envoy),
            (vec![source, policy("unknown")], Emitter::Undetermined),
        ] {
            assert_eq!(of(&labels), expect, "{labels:?}");
        }
    }
}
