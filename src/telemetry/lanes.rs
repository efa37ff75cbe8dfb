//! Series by the edges that they speak of.

use crate::mesh::{App, HopKind, Node, NodeKey, Role, Version};
use crate::order::{self, Index, hash, sort_by_number};

use super::ends;
use super::hops::{Hop, Hops};
use super::observation::{Observation, Peer};
use super::pair::{Evidence, Lane};
use super::plan::Question;
use super::roles::Roles;
use super::via::Leg;

/// The lanes of a mesh, each with the series that speak of it.
pub(super) struct Lanes<'a> {
    seen: &'a [Observation],
    hops: Hops<'a>,
    all: Vec<Lane>,
    /// By lane where its series begin in `series`.
    starts: Vec<u32>,
    /// Lane by lane, the places of their series.
    series: Vec<u32>,
    /// By series, its lane and its kind.
    told: Vec<(u32, HopKind)>,
    /// By node, what it is called; none where no lane ends there.
    names: Vec<Option<Names<'a>>>,
}

/// What the workloads of a node are called.
#[derive(Clone, Copy)]
struct Names<'a> {
    /// The last of whom it was noted.
    peer: &'a Peer,
    app: Option<&'a App>,
    version: Option<&'a Version>,
}

/// The lane of a series that speaks of traffic nobody told of.
const NONE: u32 = u32::MAX;

impl<'a> Lanes<'a> {
    /// Those that series about traffic tell of.
    pub fn of(seen: &'a [Observation], roles: &'a Roles) -> Self {
        let mut hops = Hops::among(seen, roles);
        let mut told = vec![(NONE, HopKind::Unclassified); seen.len()];
        let (mut lanes, mut index, mut names) = (Vec::new(), Index::default(), Vec::new());
        for is_traffic in [true, false] {
            for (one, told) in seen.iter().zip(&mut told) {
                if one.question.is_about_traffic() != is_traffic {
                    continue;
                }
                let Hop { source, target, kind, logical } = hops.of(one);
                let lane = Lane { source, target, protocol: one.protocol, logical };
                let rest = (one.protocol as u32) << 1 | u32::from(logical);
                let hash = hash(&[source as u32, target as u32, rest]);
                let found = index.find(hash, &|place| lanes.get(place) == Some(&lane));
                if found.is_none() && is_traffic {
                    index.insert(hash, lanes.len());
                    lanes.push(lane);
                }
                let place = found.or_else(|| is_traffic.then(|| lanes.len() - 1));
                *told = (place.map_or(NONE, |place| place as u32), kind);
                if is_traffic {
                    note(&mut names, source, &one.source);
                    note(&mut names, target, &one.destination);
                }
            }
        }
        let places: Vec<u32> = (0..seen.len() as u32).collect();
        let lane_of =
            |place: u32| told.get(place as usize).map_or(lanes.len(), |told| (told.0 as usize).min(lanes.len()));
        let series = sort_by_number(&places, lanes.len() + 1, &lane_of);
        let mut starts = vec![seen.len() as u32; lanes.len() + 1];
        for (at, place) in series.iter().enumerate().rev() {
            if let Some(start) = starts.get_mut(lane_of(*place)) {
                *start = at as u32;
            }
        }
        Self { seen, hops, all: lanes, starts, series, told, names }
    }

    /// Each lane.
    pub fn lanes(&self) -> &[Lane] {
        &self.all
    }

    /// The key of a node.
    fn key(&self, node: usize) -> Option<&NodeKey> {
        self.hops.keys().get(node)
    }

    /// All that is said of a lane; by `operations` too where these are told of any.
    pub fn evidence(&self, lane: usize, operations: bool) -> Evidence<'a> {
        let mut evidence = Evidence::default();
        let logical = self.all.get(lane).is_some_and(|lane| lane.logical);
        let at = |place: usize| self.starts.get(place).map_or(0, |start| *start as usize);
        let series = self.series.get(at(lane)..at(lane + 1)).unwrap_or_default();
        let mut others = false;
        for place in series {
            let place = *place as usize;
            let (Some(one), Some((_, kind))) = (self.seen.get(place), self.told.get(place)) else { continue };
            if one.question.is_about_traffic() {
                evidence.add(one, *kind);
                if logical {
                    evidence.via.extend(ends::waypoint(one));
                }
            }
            others |= !one.question.is_about_traffic() || operations;
        }
        if others {
            for one in series.iter().filter_map(|place| self.seen.get(*place as usize)) {
                if !one.question.is_about_traffic() {
                    evidence.measure(one);
                } else if operations && one.question == Question::Requests {
                    evidence.add_operation(one);
                }
            }
        }
        evidence
    }

    /// The hops to waypoints.
    pub fn legs(&self, roles: &Roles) -> Vec<Leg<'_>> {
        let is_waypoint = |key: &NodeKey| roles.fact_of(key).is_some_and(|fact| fact.role == Role::Waypoint);
        // Most lanes lead to nodes to which others do.
        let is_waypoint: Vec<bool> = self.hops.keys().iter().map(is_waypoint).collect();
        let mut legs = Vec::new();
        for (place, lane) in self.all.iter().enumerate() {
            if !lane.logical
                && is_waypoint.get(lane.target) == Some(&true)
                && let Some(waypoint) = self.key(lane.target)
            {
                let services = self.evidence(place, false).services;
                legs.push(Leg { client: lane.source, waypoint, services });
            }
        }
        legs
    }

    /// The numbers of the nodes at the ends of lanes in the order of their keys, and by number the place there.
    pub fn ranks(&self) -> (Vec<usize>, Vec<usize>) {
        let mut nodes: Vec<usize> =
            (0..self.names.len()).filter(|node| matches!(self.names.get(*node), Some(Some(_)))).collect();
        let keys = self.hops.keys();
        order::sort_by(&mut nodes, |one, other| keys.get(*one).cmp(&keys.get(*other)));
        let mut ranks = vec![0; keys.len()];
        for (rank, node) in nodes.iter().enumerate() {
            if let Some(place) = ranks.get_mut(*node) {
                *place = rank;
            }
        }
        (nodes, ranks)
    }

    /// A node of which nothing is counted yet.
    pub fn node(&self, node: usize, roles: &Roles) -> Option<Node> {
        let (key, names) = (self.key(node)?, self.names.get(node).copied().flatten()?);
        let role = roles.fact(key);
        let (app, version) = (names.app.cloned(), names.version.cloned());
        Some(Node {
            app: app.unwrap_or_else(App::unknown),
            version: version.unwrap_or_else(Version::unknown),
            role,
            ..Node::of_key(key.clone())
        })
    }
}

/// Notes what a node is called. A workload between two versions has both; the lesser in the order of text is taken, so
/// that the order of the series does not matter.
fn note<'a>(names: &mut Vec<Option<Names<'a>>>, node: usize, peer: &'a Peer) {
    if names.len() <= node {
        names.resize(node + 1, None);
    }
    let Some(names) = names.get_mut(node) else { return };
    if names.is_some_and(|names| std::ptr::eq(names.peer, peer)) {
        return;
    }
    let known = names.get_or_insert(Names { peer, app: None, version: None });
    known.peer = peer;
    if peer.app.is_known() && known.app.is_none_or(|app| peer.app < *app) {
        known.app = Some(&peer.app);
    }
    if peer.version.is_known() && known.version.is_none_or(|version| peer.version < *version) {
        known.version = Some(&peer.version);
    }
}
