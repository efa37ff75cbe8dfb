//! Which node each end of a series is.

use crate::mesh::{HopKind, Host, NodeKey};

use super::observation::Observation;

/// The node of the client.
pub(super) fn source(seen: &Observation) -> NodeKey {
    if seen.source.is_known() {
        seen.source.key()
    } else {
        NodeKey::UnknownClient { cluster: seen.source.cluster.clone(), identity: seen.identity.clone() }
    }
}

/// The node of the server.
pub(super) fn target(seen: &Observation, kind: HopKind) -> NodeKey {
    let cluster = seen.destination.cluster.clone();
    match kind {
        HopKind::Passthrough => NodeKey::Passthrough { cluster, host: seen.service.host.clone() },
        HopKind::Blocked => NodeKey::BlackHole { cluster },
        HopKind::Egress => NodeKey::ServiceEntry { host: without_port(&seen.service.host) },
        HopKind::NoBackend => NodeKey::Service {
            cluster,
            namespace: seen.service.namespace.clone(),
            host: without_port(&seen.service.host),
        },
        _ if seen.destination.is_known() => seen.destination.key(),
        _ => NodeKey::Passthrough { cluster, host: Host::unknown() },
    }
}

/// A host copied from a request's Host header may carry the port.
fn without_port(host: &Host) -> Host {
    match host.as_str().rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) && !name.contains(':') => {
            Host::new(name)
        }
        _ => host.clone(),
    }
}
