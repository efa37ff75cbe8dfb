//! Which part each workload plays, told from telemetry alone.

use std::sync::Arc;

use crate::mesh::{Cluster, Emitter, Evidence, Namespace, NodeKey, Reporter, Role, RoleFact, Seen, Sign, Workload};
use crate::order::{Index, Map, Set, hash, hash_text};

use super::declaration::Declaration;
use super::names::Names;
use super::nodes::{Nodes, Numbers};
use super::observation::{EmitterPod, Observation, Peer, Policy, Service};
use super::speaker;

/// What the user knows better than telemetry.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleSettings {
    /// Roles of single workloads, by namespace and name.
    pub overrides: Vec<(Namespace, Workload, Role)>,
    /// Workload names that suggest a gateway.
    pub gateway_names: Option<Names>,
    /// Workload names that suggest a waypoint. None by default: a name is a guess.
    pub waypoint_names: Option<Names>,
}

impl Default for RoleSettings {
    fn default() -> Self {
        Self { overrides: Vec::new(), gateway_names: Some(Names::of_gateways()), waypoint_names: None }
    }
}

/// The roles of all workloads that anything is known about.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// By namespace and workload; within, by cluster, an unknown one standing for any.
    facts: Vec<Facts>,
    index: Index,
}

/// What is known of the workloads of one name.
#[derive(Clone, PartialEq, Debug)]
struct Facts {
    namespace: Namespace,
    workload: Workload,
    of_clusters: Vec<(Cluster, RoleFact)>,
}

impl PartialEq for Roles {
    fn eq(&self, other: &Self) -> bool {
        self.facts == other.facts
    }
}

impl Roles {
    /// Decides from declarations, from who emits and who is reported, and from settings; stronger evidence wins.
    pub fn decide(declared: Vec<Declaration>, seen: &[Observation], settings: &RoleSettings) -> Self {
        let mut roles = Self::default();
        for (namespace, workload, role) in &settings.overrides {
            let fact = RoleFact { role: *role, evidence: Evidence::Configured, seen: Seen::Nothing };
            roles.note(&Cluster::unknown(), namespace, workload, fact);
        }
        let ends = Ends::of(seen);
        let clusters = ends.clusters();
        let mut captured = Vec::new();
        for one in declared {
            if one.role == Role::Captured {
                captured.push(one);
            } else {
                roles.note_declared(one, &clusters);
            }
        }
        let mut pods = Numbers::default();
        for observation in seen.iter().filter(|one| one.reporter == Reporter::Waypoint) {
            if pods.number(&observation.emitter_pod).1 {
                roles.note_waypoint(&observation.emitter_pod);
            }
        }
        roles.note_structural(seen, &ends);
        for (_, peer) in ends.known() {
            roles.note_proxy_name(peer, settings);
        }
        roles.note_speakers(seen, &ends, settings);
        for (_, peer) in ends.known().filter(|(_, peer)| settings.is_gateway_name(&peer.workload)) {
            let role = if is_east_west(&peer.workload) { Role::EastWestGateway } else { Role::Gateway };
            roles.note_peer(peer, role, Evidence::Name, Seen::Scraped(peer.workload.to_string()));
        }
        for one in captured {
            roles.note_declared(one, &clusters);
        }
        roles
    }

    /// The role of a workload; plain by assumption where nothing is known.
    pub fn of(&self, peer: &Peer) -> Role {
        self.find(Some(&peer.cluster), &peer.namespace, &peer.workload).map_or(Role::Plain, |fact| fact.role)
    }

    /// The role of a node with its evidence.
    pub fn fact(&self, key: &NodeKey) -> RoleFact {
        self.fact_of(key).cloned().unwrap_or_else(RoleFact::assumed)
    }

    /// The same where anything is known of it.
    pub(super) fn fact_of(&self, key: &NodeKey) -> Option<&RoleFact> {
        match key {
            NodeKey::Workload { cluster, namespace, workload } => self.find(Some(cluster), namespace, workload),
            _ => None,
        }
    }

    /// The role of an emitting pod's workload.
    pub(super) fn of_pod(&self, pod: &EmitterPod) -> Option<Role> {
        self.find(None, &pod.namespace, &pod.workload).map(|fact| fact.role)
    }

    /// Where the facts of a name are, or else its hash.
    fn place(&self, namespace: &Namespace, workload: &Workload) -> Result<usize, u32> {
        let hash = hash(&[hash_text(namespace.as_str().as_bytes()), hash_text(workload.as_str().as_bytes())]);
        let is = |one: &Facts| one.workload == *workload && one.namespace == *namespace;
        self.index.find(hash, &|place| self.facts.get(place).is_some_and(is)).ok_or(hash)
    }

    /// The strongest fact of a workload in a cluster, or in any; of equally strong ones that of the first cluster.
    fn find(&self, cluster: Option<&Cluster>, namespace: &Namespace, workload: &Workload) -> Option<&RoleFact> {
        let facts = self.facts.get(self.place(namespace, workload).ok()?)?;
        let mut best: Option<&(Cluster, RoleFact)> = None;
        for one in &facts.of_clusters {
            let is_there = cluster.is_none_or(|cluster| one.0 == *cluster || !one.0.is_known() || !cluster.is_known());
            if is_there && best.is_none_or(|best| (one.1.evidence, &one.0) < (best.1.evidence, &best.0)) {
                best = Some(one);
            }
        }
        best.map(|(_, fact)| fact)
    }

    /// Notes a fact unless one at least as strong is known.
    fn note(&mut self, cluster: &Cluster, namespace: &Namespace, workload: &Workload, fact: RoleFact) {
        if self.find(Some(cluster), namespace, workload).is_some_and(|known| known.evidence <= fact.evidence) {
            return;
        }
        let place = self.place(namespace, workload).unwrap_or_else(|hash| {
            self.index.insert(hash, self.facts.len());
            let (namespace, workload) = (namespace.clone(), workload.clone());
            self.facts.push(Facts { namespace, workload, of_clusters: Vec::new() });
            self.facts.len() - 1
        });
        if let Some(facts) = self.facts.get_mut(place) {
            facts.of_clusters.retain(|(known, _)| known != cluster);
            facts.of_clusters.push((cluster.clone(), fact));
        }
    }

    /// Where the scrape has names of its own for clusters, a declaration holds in any of them.
    fn note_declared(&mut self, one: Declaration, clusters: &Set<&Cluster>) {
        let fact = RoleFact { role: one.role, evidence: Evidence::Declared, seen: Seen::Scraped(one.seen) };
        let cluster = if clusters.contains(&&one.cluster) { one.cluster } else { Cluster::unknown() };
        // Whose traffic a ztunnel carries may be a gateway or a waypoint all the same.
        if one.role != Role::Captured || self.find(Some(&cluster), &one.namespace, &one.workload).is_none() {
            self.note(&cluster, &one.namespace, &one.workload, fact);
        }
    }

    fn note_peer(&mut self, peer: &Peer, role: Role, evidence: Evidence, seen: Seen) {
        self.note(&peer.cluster, &peer.namespace, &peer.workload, RoleFact { role, evidence, seen });
    }

    /// Only waypoints and ambient east-west gateways report as waypoint. The latter are declared; where the scrape drops
    /// declarations, only their name tells them from waypoints.
    fn note_waypoint(&mut self, pod: &EmitterPod) {
        if pod.workload.is_known() {
            let role = if is_east_west(&pod.workload) { Role::EastWestGateway } else { Role::Waypoint };
            let seen = Seen::Series(vec![Sign::ReportsAsWaypoint]);
            let fact = RoleFact { role, evidence: Evidence::Emitter, seen };
            self.note(&Cluster::unknown(), &pod.namespace, &pod.workload, fact);
        }
    }

    /// A waypoint's pod is not captured, so ztunnels report the hop to it from the source alone and the hop from it from
    /// the destination alone, and both name the service that it stands in for. Other workloads that a missing scrape
    /// makes look alike don't share a service between the hops.
    fn note_structural(&mut self, seen: &[Observation], ends: &Ends) {
        let by_ztunnel = |one: &Observation, reporter| {
            one.reporter == reporter && one.emitter == Emitter::Ztunnel && one.policy == Policy::MutualTls
        };
        let mut reached: Map<usize, Vec<&Arc<Service>>> = Map::default();
        for (one, [_, target]) in seen.iter().zip(&ends.nodes_of) {
            if by_ztunnel(one, Reporter::Source) && one.destination.is_known() && one.service.host.is_known() {
                let services = reached.entry(*target).or_default();
                if !services.iter().any(|known| Arc::ptr_eq(known, &one.service)) {
                    services.push(&one.service);
                }
            }
        }
        if reached.is_empty() {
            return;
        }
        for (one, [_, target]) in seen.iter().zip(&ends.nodes_of) {
            if one.reporter == Reporter::Destination && one.destination.is_known() {
                reached.remove(target);
            }
        }
        for (one, [source, _]) in seen.iter().zip(&ends.nodes_of) {
            if !by_ztunnel(one, Reporter::Destination) {
                continue;
            }
            let services = reached.get(source).map(Vec::as_slice).unwrap_or_default();
            if services.iter().any(|known| known.host == one.service.host) {
                let seen = Seen::FarEndsOnly(one.service.host.clone());
                self.note_peer(&one.source, Role::Waypoint, Evidence::Structural, seen);
            }
        }
    }

    fn note_proxy_name(&mut self, peer: &Peer, settings: &RoleSettings) {
        if settings.waypoint_names.as_ref().is_some_and(|names| names.matches(peer.workload.as_str())) {
            self.note_peer(peer, Role::Waypoint, Evidence::Name, Seen::Scraped(peer.workload.to_string()));
        } else if peer.workload.as_str() == "ztunnel" {
            self.note_peer(peer, Role::Ztunnel, Evidence::Name, Seen::Scraped(peer.workload.to_string()));
        }
    }

    /// Whoever speaks for a workload's own side carries its traffic. A role that is known already stays: gateways and
    /// captured waypoints have such speakers too.
    fn note_speakers(&mut self, seen: &[Observation], ends: &Ends, settings: &RoleSettings) {
        let speakers = speaker::of_nodes(seen, ends, &|pod| self.of_pod(pod) == Some(Role::Waypoint));
        for (node, peer) in ends.known() {
            let Some(speakers) = speakers.get(node) else { continue };
            let fact = speakers.role(&|| settings.is_gateway_name(&peer.workload));
            if let Some((role, evidence)) = fact.filter(|_| self.of(peer) == Role::Plain) {
                // Of what is guessed the screen says by which name.
                let seen = match evidence {
                    Evidence::Name => Seen::Scraped(peer.workload.to_string()),
                    _ => Seen::Series(speakers.signs()),
                };
                self.note_peer(peer, role, evidence, seen);
            }
        }
    }
}

/// The workloads at the ends of series, by numbers.
pub(super) struct Ends<'a> {
    /// By series.
    pub nodes_of: Vec<[usize; 2]>,
    /// Of each node the first that came.
    peers: Vec<&'a Peer>,
}

impl<'a> Ends<'a> {
    fn of(seen: &'a [Observation]) -> Self {
        let (mut nodes, mut peers) = (Nodes::default(), Vec::new());
        let mut node = |peer: &'a Arc<Peer>| {
            let (_, node) = nodes.of_peer(peer);
            if node == peers.len() {
                peers.push(&**peer);
            }
            node
        };
        let nodes_of = seen.iter().map(|one| [node(&one.source), node(&one.destination)]).collect();
        Self { nodes_of, peers }
    }

    /// All clusters.
    fn clusters(&self) -> Set<&'a Cluster> {
        let mut clusters = Set::default();
        for peer in &self.peers {
            if clusters.last() != Some(&&peer.cluster) {
                clusters.insert(&peer.cluster);
            }
        }
        clusters
    }

    /// The nodes of which the workload is known. First those in known clusters: of them, none depends on another.
    fn known(&self) -> impl Iterator<Item = (usize, &'a Peer)> {
        let all = || self.peers.iter().copied().enumerate().filter(|(_, peer)| peer.is_known());
        all().filter(|(_, peer)| peer.cluster.is_known()).chain(all().filter(|(_, peer)| !peer.cluster.is_known()))
    }
}

impl RoleSettings {
    fn is_gateway_name(&self, workload: &Workload) -> bool {
        self.gateway_names.as_ref().is_some_and(|names| names.matches(workload.as_str()))
    }
}

/// Whether a gateway's name says that it stands between clusters, as in Istio's samples.
fn is_east_west(workload: &Workload) -> bool {
    ["eastwest", "east-west"].iter().any(|word| workload.as_str().contains(word))
}
