//! What telemetry knows of the traffic that there should be traces of.

use crate::mesh::{Edge, NodeKey, Topology};
use crate::quantity::{BytesPerSec, PerSec};

/// The traffic of a node, in both directions.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Traffic {
    /// Its requests, by whomever counted.
    pub requests: PerSec,
    /// Those that a waypoint counted, by waypoint.
    pub through: Vec<(NodeKey, PerSec)>,
    /// Bytes of its streams.
    pub bytes: BytesPerSec,
}

impl Traffic {
    /// The traffic of a node of a topology; none for one that is not in it.
    pub fn of(topology: &Topology, key: &NodeKey) -> Self {
        let Some(place) = topology.nodes.iter().position(|node| node.key == *key) else { return Self::default() };
        let mut traffic = Self::default();
        let is_its = |edge: &&Edge| edge.source == place || edge.target == place;
        for edge in topology.edges.iter().filter(is_its) {
            let requests = edge.requests.as_ref().map(|requests| requests.rate).unwrap_or_default();
            traffic.requests += requests;
            if !edge.logical {
                traffic.bytes += edge.byte_rate();
            }
            if let Some(via) = edge.via.as_ref().filter(|_| requests.is_flowing()) {
                traffic.add(via, requests);
            }
        }
        traffic
    }

    fn add(&mut self, via: &NodeKey, requests: PerSec) {
        match self.through.iter_mut().find(|(known, _)| known == via) {
            Some((_, sum)) => *sum += requests,
            None => self.through.push((via.clone(), requests)),
        }
    }
}
