//! The labels that name the ends of a leg, and the places where they run.

use super::labels::Labels;
use super::leg::{Emitter, Leg, Peer, UNKNOWN};
use super::pod::node;
use super::shop::{CLUSTER, NODES, REGION, REMOTE_CLUSTER, REMOTE_REGION, REMOTE_ZONE};
use super::world::Plane;

const SOURCE: [&str; 8] = [
    "source_workload",
    "source_workload_namespace",
    "source_cluster",
    "source_principal",
    "source_canonical_service",
    "source_canonical_revision",
    "source_app",
    "source_version",
];
const DESTINATION: [&str; 8] = [
    "destination_workload",
    "destination_workload_namespace",
    "destination_cluster",
    "destination_principal",
    "destination_canonical_service",
    "destination_canonical_revision",
    "destination_app",
    "destination_version",
];

/// Sets the labels of both ends of a leg. With `lost`, no server was chosen.
pub(super) fn set_ends(labels: &mut Labels, leg: &Leg, lost: bool) {
    let by_ztunnel = !matches!(leg.emitter, Emitter::Envoy(_));
    let (destination, identified) =
        if lost { (Peer::Unknown, false) } else { (leg.destination, leg.knows_destination) };
    // Envoy takes an unknown peer's revision for `latest`, except for the server behind a waypoint.
    let revision = |at_waypoint| if by_ztunnel || at_waypoint { UNKNOWN } else { "latest" };
    set_peer(labels, &SOURCE, leg.source, leg.knows_source, by_ztunnel, revision(false));
    let revision = revision(leg.reporter == "waypoint");
    set_peer(labels, &DESTINATION, destination, identified, by_ztunnel, revision);
}

fn set_peer(
    labels: &mut Labels,
    names: &[&'static str; 8],
    peer: Peer,
    identified: bool,
    by_ztunnel: bool,
    unknown_revision: &'static str,
) {
    let values = match peer {
        Peer::Workload(workload) => {
            let revision = workload.version().unwrap_or("latest");
            let cluster = if workload.plane == Plane::Remote { REMOTE_CLUSTER } else { CLUSTER };
            // ztunnel repeats the canonical revision; Envoy reads the pod's label.
            let version = if by_ztunnel { revision } else { workload.version().unwrap_or(UNKNOWN) };
            let app = workload.app();
            [workload.name, workload.namespace, cluster, UNKNOWN, app, revision, app, version]
        }
        Peer::Entry(entry) => {
            let (namespace, name) = entry.split_once('/').unwrap_or((UNKNOWN, entry));
            [name, namespace, CLUSTER, UNKNOWN, name, "latest", name, "latest"]
        }
        Peer::Unknown => [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, unknown_revision, UNKNOWN, UNKNOWN],
    };
    for (name, value) in names.iter().zip(values) {
        labels.set(name, value);
    }
    if let (Peer::Workload(workload), true) = (peer, identified) {
        let [_, _, _, principal, ..] = *names;
        labels.set(principal, format!("spiffe://cluster.local/ns/{}/sa/{}", workload.namespace, workload.app()));
    }
}

/// Where a part of a peer's pods runs.
pub(super) struct Place {
    /// The place in [`NODES`]; none outside this cluster.
    pub node: Option<usize>,
    pub region: &'static str,
    pub zone: &'static str,
    /// Which part of the pods.
    pub share: f64,
}

/// Where a peer's pods run; the shares add up to 1.
pub(super) fn places(peer: Peer) -> Vec<Place> {
    match peer {
        Peer::Workload(workload) if workload.plane == Plane::Remote => {
            vec![Place { node: None, region: REMOTE_REGION, zone: REMOTE_ZONE, share: 1.0 }]
        }
        Peer::Workload(workload) => {
            let on = |at: usize| (0..usize::from(workload.replicas)).filter(|&pod| node(workload, pod) == at).count();
            let place = |(at, &(_, zone)): (usize, &(&'static str, &'static str))| {
                let share = on(at) as f64 / f64::from(workload.replicas);
                Place { node: Some(at), region: REGION, zone, share }
            };
            NODES.iter().enumerate().map(place).filter(|place| place.share > 0.0).collect()
        }
        Peer::Entry(_) | Peer::Unknown => vec![Place { node: None, region: UNKNOWN, zone: UNKNOWN, share: 1.0 }],
    }
}
