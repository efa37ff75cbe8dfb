//! Through which waypoint a logical edge runs.

use crate::mesh::{Host, NodeKey, Role};
use crate::order::{Map, Set};

use super::pair::{Evidence, Lane};
use super::roles::Roles;

/// Links logical lanes with the waypoints that the physical lanes lead to.
///
/// A waypoint that reported is found by its pod; its cluster is taken from the only leg that leads to a namesake. One
/// whose series don't tell their pod is the only waypoint to which the same client has a leg for the same service.
pub(super) fn link(lanes: &mut Map<Lane, Evidence>, roles: &Roles) {
    let is_waypoint = |key: &NodeKey| roles.fact(key).role == Role::Waypoint;
    let legs: Vec<Leg> = lanes
        .iter()
        .filter(|(lane, _)| !lane.logical && is_waypoint(&lane.target))
        .map(|(lane, evidence)| Leg {
            client: lane.source.clone(),
            waypoint: lane.target.clone(),
            services: evidence.services.clone(),
        })
        .collect();
    let mut of_client: Map<&NodeKey, Vec<&Leg>> = Map::default();
    for leg in &legs {
        of_client.entry(&leg.client).or_default().push(leg);
    }
    for (lane, evidence) in lanes.iter_mut().filter(|(lane, _)| lane.logical) {
        let legs = of_client.get(&&lane.source).map_or(&[][..], Vec::as_slice);
        evidence.via = if evidence.via.is_empty() {
            by_service(evidence, legs).into_iter().collect()
        } else {
            evidence.via.iter().map(|named| in_its_cluster(named, legs)).collect()
        };
    }
}

/// A hop to a waypoint.
struct Leg {
    client: NodeKey,
    waypoint: NodeKey,
    services: Set<Host>,
}

fn by_service(logical: &Evidence, legs: &[&Leg]) -> Option<NodeKey> {
    let shares = |leg: &&&Leg| !leg.services.is_disjoint(&logical.services);
    only(Set::of(legs.iter().filter(shares).map(|leg| &leg.waypoint)))
}

fn in_its_cluster(named: &NodeKey, legs: &[&Leg]) -> NodeKey {
    let waypoints = Set::of(legs.iter().map(|leg| &leg.waypoint));
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
