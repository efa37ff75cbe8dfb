//! Who speaks for a workload's own side, and what that makes of it.

use crate::mesh::{Emitter, Evidence, Namespace, NodeKey, Reporter, Role, Sign, Workload};
use crate::order::Map;

use super::observation::{Observation, Peer};

/// The proxies that were seen to speak for one workload.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Speakers {
    /// An Envoy beside it that serves its inbound side. Gateways have none.
    pub envoy_server: bool,
    /// An Envoy beside it that serves its outbound side.
    pub envoy_client: bool,
    /// A ztunnel, for either side.
    pub ztunnel: bool,
}

/// The speakers of every workload. `is_waypoint` tells the workloads whose pods speak for others: until Istio 1.21 a
/// waypoint reports as the server does.
pub(super) fn of_workloads(
    seen: &[Observation],
    is_waypoint: impl Fn(&Namespace, &Workload) -> bool,
) -> Map<NodeKey, (Peer, Speakers)> {
    let mut found: Map<NodeKey, (Peer, Speakers)> = Map::default();
    for one in seen.iter().filter(|one| one.reporter != Reporter::Waypoint && one.own_side().is_known()) {
        let (own, pod) = (one.own_side(), &one.emitter_pod);
        if one.emitter == Emitter::Envoy && is_waypoint(&pod.namespace, &pod.workload) && pod.workload != own.workload {
            continue;
        }
        let (_, speakers) = found.entry(own.key()).or_insert_with(|| (own.clone(), Speakers::default()));
        match (one.emitter, one.reporter) {
            (Emitter::Ztunnel, _) => speakers.ztunnel = true,
            (Emitter::Envoy, Reporter::Destination) => speakers.envoy_server = true,
            (Emitter::Envoy, _) => speakers.envoy_client = true,
            (Emitter::Undetermined, _) => {}
        }
    }
    found
}

impl Speakers {
    /// The role that follows. A gateway speaks as a client only, and so does the sidecar of a workload that serves
    /// nobody: the name (`is_called_gateway`) decides between them, and nowhere else.
    pub fn role(self, is_called_gateway: bool) -> Option<(Role, Evidence)> {
        if self.envoy_server {
            Some((Role::Sidecar, Evidence::Emitter))
        } else if self.envoy_client && is_called_gateway {
            Some((Role::Gateway, Evidence::Name))
        } else if self.ztunnel {
            Some((Role::Captured, Evidence::Emitter))
        } else {
            self.envoy_client.then_some((Role::Sidecar, Evidence::Emitter))
        }
    }

    /// What was seen.
    pub fn signs(self) -> Vec<Sign> {
        let said = [
            (self.envoy_server, Sign::OwnEnvoyServes),
            (self.envoy_client, Sign::OwnEnvoyAsks),
            (self.ztunnel, Sign::OwnZtunnel),
        ];
        said.into_iter().filter(|(seen, _)| *seen).map(|(_, sign)| sign).collect()
    }
}
