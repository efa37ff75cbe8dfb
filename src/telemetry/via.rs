//! Through which waypoint a logical edge runs.

use crate::mesh::{Host, NodeKey};
use crate::order::Set;

/// A hop to a waypoint.
pub(super) struct Leg<'a> {
    pub client: usize,
    pub waypoint: &'a NodeKey,
    pub services: Set<&'a Host>,
}

/// The waypoint of a logical lane, of whose client these are the legs.
///
/// A waypoint that reported is found by its pod; its cluster is taken from the only leg that leads to a namesake. One
/// whose series don't tell their pod is the only waypoint to which the same client has a leg for the same service.
pub(super) fn waypoint(named: &Set<NodeKey>, services: &Set<&Host>, legs: &[&Leg]) -> Option<NodeKey> {
    if named.is_empty() {
        let shares = |leg: &&&Leg| !leg.services.is_disjoint(services);
        return only(Set::of(legs.iter().filter(shares).map(|leg| leg.waypoint)));
    }
    let found: Set<NodeKey> = named.iter().map(|named| in_its_cluster(named, legs)).collect();
    found.first().cloned()
}

fn in_its_cluster(named: &NodeKey, legs: &[&Leg]) -> NodeKey {
    let waypoints = Set::of(legs.iter().map(|leg| leg.waypoint));
    if waypoints.contains(&named) {
        return named.clone();
    }
    let is_namesake = |key: &&&NodeKey| key.namespace() == named.namespace() && key.title() == named.title();
    only(Set::of(waypoints.iter().filter(is_namesake).copied())).unwrap_or_else(|| named.clone())
}

/// The only one of a set.
fn only(found: Set<&NodeKey>) -> Option<NodeKey> {
    (found.len() == 1).then(|| found.into_iter().next().cloned()).flatten()
}
