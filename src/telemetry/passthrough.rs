//! Which hosts that nobody declared get a node of their own.

use crate::mesh::{HopKind, Host, NodeKey};
use crate::order;
use crate::order::{Map, Set};

use super::ends;
use super::observation::Observation;
use super::service_kind::ServiceKind;

/// How many hosts of one cluster's passthrough traffic get a node of their own; they come from Host headers and can be
/// any number.
const MOST_HOSTS: usize = 20;

/// The busiest hosts of each cluster's passthrough traffic.
pub(super) struct FrequentHosts(Set<NodeKey>);

impl FrequentHosts {
    /// Finds them.
    pub fn among(seen: &[Observation]) -> Self {
        let mut rates: Map<NodeKey, f64> = Map::default();
        for one in seen.iter().filter(|one| one.service.kind == ServiceKind::Passthrough && one.service.host.is_known())
        {
            *rates.entry(ends::target(one, HopKind::Passthrough)).or_default() += one.rate;
        }
        let mut by_rate: Vec<(NodeKey, f64)> = rates.into_iter().collect();
        order::sort_by(&mut by_rate, |(_, one), (_, other)| other.total_cmp(one));
        let mut taken: Map<String, usize> = Map::default();
        let mut is_among_first = |key: &NodeKey| {
            let count = taken.entry(key.cluster().map(ToString::to_string).unwrap_or_default()).or_default();
            *count += 1;
            *count <= MOST_HOSTS
        };
        Self(Set::of(by_rate.into_iter().map(|(key, _)| key).filter(|key| is_among_first(key))))
    }

    /// The node itself, or the one that stands for all rare hosts of its cluster.
    pub fn node(&self, key: NodeKey) -> NodeKey {
        match key {
            NodeKey::Passthrough { ref cluster, .. } if !self.0.contains(&key) => {
                NodeKey::Passthrough { cluster: cluster.clone(), host: Host::unknown() }
            }
            _ => key,
        }
    }
}
