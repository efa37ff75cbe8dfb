//! Which node each end of a series is.

use crate::mesh::{HopKind, Host, NodeKey, Reporter, Shown};

use super::observation::{Observation, Peer, namespace_of};
use super::service_kind::without_port;

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
    let is_logical = kind.shown() == Shown::Logical || kind == HopKind::Transit;
    match kind {
        HopKind::Passthrough => NodeKey::Passthrough { cluster, host: without_port(&seen.service.host) },
        HopKind::Blocked => NodeKey::BlackHole { cluster },
        HopKind::Egress => NodeKey::ServiceEntry { host: without_port(&seen.service.host) },
        HopKind::NoBackend => service(seen),
        _ if seen.destination.is_known() && is_logical => server_behind(seen),
        _ if seen.destination.is_known() => seen.destination.key(),
        // A waypoint for workloads names no server (istio/istio `listener_waypoint.go`): the way is known up to it.
        _ if is_logical => waypoint(seen).unwrap_or_else(|| service(seen)),
        _ => NodeKey::Passthrough { cluster, host: Host::unknown() },
    }
}

/// The node of the waypoint that speaks, where its pod tells it. In which cluster it runs is not told; most likely in
/// the client's.
pub(super) fn waypoint(seen: &Observation) -> Option<NodeKey> {
    let pod = &seen.emitter_pod;
    pod.workload.is_known().then(|| NodeKey::Workload {
        cluster: seen.source.cluster.clone(),
        namespace: pod.namespace.clone(),
        workload: pod.workload.clone(),
    })
}

fn service(seen: &Observation) -> NodeKey {
    NodeKey::Service {
        cluster: seen.destination.cluster.clone(),
        namespace: seen.service.namespace.clone(),
        host: without_port(&seen.service.host),
    }
}

/// The server's node as a waypoint tells it. Until Istio 1.21, when it still reported as `destination`, it gave servers
/// its own namespace; they live in their service's.
fn server_behind(seen: &Observation) -> NodeKey {
    let mut peer = Peer::clone(&seen.destination);
    if seen.reporter == Reporter::Destination {
        peer.namespace = namespace_of(seen.service.host.as_str()).unwrap_or(peer.namespace);
    }
    peer.key()
}
