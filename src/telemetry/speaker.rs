//! Who speaks for a workload's own side, and what that makes of it.

use crate::mesh::{Emitter, Evidence, Reporter, Role, Sign};

use super::nodes::Numbers;
use super::observation::{EmitterPod, Observation};
use super::roles::Ends;

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

/// The speakers of every workload, by node. `is_waypoint` tells the pods that speak for others: until Istio 1.21 a waypoint
/// reports as the server does.
pub(super) fn of_nodes(seen: &[Observation], ends: &Ends, is_waypoint: &dyn Fn(&EmitterPod) -> bool) -> Vec<Speakers> {
    let mut found: Vec<Speakers> = Vec::new();
    let (mut pods, mut waypoints) = (Numbers::default(), Vec::new());
    for (one, [source, target]) in seen.iter().zip(&ends.nodes_of) {
        let (own, pod) = (one.own_side(), &one.emitter_pod);
        if one.reporter == Reporter::Waypoint || !own.is_known() {
            continue;
        }
        let (number, is_new) = pods.number(pod);
        if is_new {
            waypoints.push(is_waypoint(pod));
        }
        if one.emitter == Emitter::Envoy && waypoints.get(number) == Some(&true) && pod.workload != own.workload {
            continue;
        }
        let node = *(if one.reporter == Reporter::Source { source } else { target });
        if found.len() <= node {
            found.resize(node + 1, Speakers::default());
        }
        let Some(speakers) = found.get_mut(node) else { continue };
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
    pub fn role(self, is_called_gateway: &dyn Fn() -> bool) -> Option<(Role, Evidence)> {
        if self.envoy_server {
            Some((Role::Sidecar, Evidence::Emitter))
        } else if self.envoy_client && is_called_gateway() {
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
