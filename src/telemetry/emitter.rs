//! Which kind of proxy wrote a series, from labels alone.

use crate::mesh::{Emitter, Reporter};

use super::observation::{Observation, Policy};
use super::plan::Question;

/// The emitter; the first rule that applies decides. `marked` is true where a label that only ztunnel has was found.
///
/// 1. A waypoint reports as an Envoy.
/// 2. ztunnel counts TCP only.
/// 3. ztunnel's own labels ([`ZTUNNEL`](super::label::ZTUNNEL)).
/// 4. An Envoy client never states `mutual_tls`, an Envoy server never `unknown`, a ztunnel never `none`.
/// 5. A sidecar's pod belongs to the workload for whose side it speaks; a ztunnel runs elsewhere.
pub(super) fn of(seen: &Observation, marked: bool) -> Emitter {
    if seen.reporter == Reporter::Waypoint || seen.question == Question::Requests {
        return Emitter::Envoy;
    }
    if marked {
        return Emitter::Ztunnel;
    }
    match (seen.reporter, seen.policy) {
        (Reporter::Source, Policy::MutualTls) | (Reporter::Destination, Policy::Unknown) => Emitter::Ztunnel,
        (_, Policy::None) => Emitter::Envoy,
        _ => by_pod(seen),
    }
}

fn by_pod(seen: &Observation) -> Emitter {
    let own = if seen.reporter == Reporter::Source { &seen.source } else { &seen.destination };
    let pod = &seen.emitter_pod;
    if !pod.namespace.is_known() {
        Emitter::Undetermined
    } else if pod.namespace == own.namespace && (pod.workload == own.workload || !pod.workload.is_known()) {
        Emitter::Envoy
    } else {
        Emitter::Ztunnel
    }
}
