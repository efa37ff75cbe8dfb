//! Which part each workload plays, told from telemetry alone.

use crate::mesh::{
    Cluster, Emitter, Evidence, Host, Namespace, NodeKey, Reporter, Role, RoleFact, Seen, Sign, Workload,
};
use crate::order::{Map, Set};

use super::declaration::Declaration;
use super::names::Names;
use super::observation::{Observation, Peer, Policy};
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
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Roles {
    /// By namespace and workload; within, by cluster, an unknown one standing for any.
    facts: Map<(Namespace, Workload), Vec<(Cluster, RoleFact)>>,
}

impl Roles {
    /// Decides from declarations, from who emits and who is reported, and from settings; stronger evidence wins.
    pub fn decide(declared: Vec<Declaration>, seen: &[Observation], settings: &RoleSettings) -> Self {
        let mut roles = Self::default();
        for (namespace, workload, role) in &settings.overrides {
            let fact = RoleFact { role: *role, evidence: Evidence::Configured, seen: Seen::Nothing };
            roles.note(Cluster::unknown(), namespace.clone(), workload.clone(), fact);
        }
        let clusters = Set::of(seen.iter().flat_map(|seen| [&seen.source.cluster, &seen.destination.cluster]));
        let mut captured = Vec::new();
        for one in declared {
            if one.role == Role::Captured {
                captured.push(one);
            } else {
                roles.note_declared(one, &clusters);
            }
        }
        for observation in seen {
            roles.note_emitter(observation);
        }
        roles.note_structural(seen);
        let ends = seen.iter().flat_map(|seen| [&seen.source, &seen.destination]).filter(|peer| peer.is_known());
        let peers = Map::of(ends.map(|peer| (peer.key(), peer)));
        for peer in peers.values() {
            roles.note_proxy_name(peer, settings);
        }
        roles.note_speakers(seen, settings);
        for peer in peers.values().filter(|peer| settings.is_gateway_name(&peer.workload)) {
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
        self.find(&peer.cluster, &peer.namespace, &peer.workload).map_or(Role::Plain, |fact| fact.role)
    }

    /// The role of a node with its evidence.
    pub fn fact(&self, key: &NodeKey) -> RoleFact {
        match key {
            NodeKey::Workload { cluster, namespace, workload } => {
                self.find(cluster, namespace, workload).cloned().unwrap_or_else(RoleFact::assumed)
            }
            _ => RoleFact::assumed(),
        }
    }

    /// The role of an emitting pod's workload.
    pub(super) fn of_emitter(&self, namespace: &Namespace, workload: &Workload) -> Option<Role> {
        self.find(&Cluster::unknown(), namespace, workload).map(|fact| fact.role)
    }

    fn find(&self, cluster: &Cluster, namespace: &Namespace, workload: &Workload) -> Option<&RoleFact> {
        let facts = self.facts.get(&(namespace.clone(), workload.clone()))?;
        let in_cluster =
            |(known, _): &&(Cluster, RoleFact)| known == cluster || !known.is_known() || !cluster.is_known();
        facts.iter().filter(in_cluster).map(|(_, fact)| fact).min_by_key(|fact| fact.evidence)
    }

    /// Notes a fact unless one at least as strong is known.
    fn note(&mut self, cluster: Cluster, namespace: Namespace, workload: Workload, fact: RoleFact) {
        if self.find(&cluster, &namespace, &workload).is_some_and(|known| known.evidence <= fact.evidence) {
            return;
        }
        let facts = self.facts.entry((namespace, workload)).or_default();
        facts.retain(|(known, _)| *known != cluster);
        facts.push((cluster, fact));
    }

    /// Where the scrape has names of its own for clusters, a declaration holds in any of them.
    fn note_declared(&mut self, one: Declaration, clusters: &Set<&Cluster>) {
        let fact = RoleFact { role: one.role, evidence: Evidence::Declared, seen: Seen::Scraped(one.seen) };
        let cluster = if clusters.contains(&&one.cluster) { one.cluster } else { Cluster::unknown() };
        // Whose traffic a ztunnel carries may be a gateway or a waypoint all the same.
        if one.role != Role::Captured || self.find(&cluster, &one.namespace, &one.workload).is_none() {
            self.note(cluster, one.namespace, one.workload, fact);
        }
    }

    fn note_peer(&mut self, peer: &Peer, role: Role, evidence: Evidence, seen: Seen) {
        let fact = RoleFact { role, evidence, seen };
        self.note(peer.cluster.clone(), peer.namespace.clone(), peer.workload.clone(), fact);
    }

    /// Only waypoints and ambient east-west gateways report as waypoint. The latter are declared; where the scrape drops
    /// declarations, only their name tells them from waypoints.
    fn note_emitter(&mut self, seen: &Observation) {
        let pod = &seen.emitter_pod;
        if seen.reporter == Reporter::Waypoint && pod.workload.is_known() {
            let role = if is_east_west(&pod.workload) { Role::EastWestGateway } else { Role::Waypoint };
            let seen = Seen::Series(vec![Sign::ReportsAsWaypoint]);
            let fact = RoleFact { role, evidence: Evidence::Emitter, seen };
            self.note(Cluster::unknown(), pod.namespace.clone(), pod.workload.clone(), fact);
        }
    }

    /// A waypoint's pod is not captured, so ztunnels report the hop to it from the source alone and the hop from it from
    /// the destination alone, and both name the service that it stands in for. Other workloads that a missing scrape
    /// makes look alike don't share a service between the hops.
    fn note_structural(&mut self, seen: &[Observation]) {
        let ztunnel = |one: &&Observation| one.emitter == Emitter::Ztunnel && one.policy == Policy::MutualTls;
        let mut reached: Map<NodeKey, (Peer, Vec<Host>)> = Map::default();
        for one in seen.iter().filter(ztunnel).filter(|one| one.reporter == Reporter::Source) {
            if one.destination.is_known() && one.service.host.is_known() {
                let entry = reached.entry(one.destination.key()).or_insert((one.destination.clone(), Vec::new()));
                entry.1.push(one.service.host.clone());
            }
        }
        for one in seen.iter().filter(|one| one.reporter == Reporter::Destination && one.destination.is_known()) {
            reached.remove(&one.destination.key());
        }
        for one in seen.iter().filter(ztunnel).filter(|one| one.reporter == Reporter::Destination) {
            let Some((peer, hosts)) = reached.get(&one.source.key()) else { continue };
            if hosts.contains(&one.service.host) {
                let seen = Seen::FarEndsOnly(one.service.host.clone());
                self.note_peer(&peer.clone(), Role::Waypoint, Evidence::Structural, seen);
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
    fn note_speakers(&mut self, seen: &[Observation], settings: &RoleSettings) {
        let is_waypoint =
            |namespace: &Namespace, workload: &Workload| self.of_emitter(namespace, workload) == Some(Role::Waypoint);
        for (peer, speakers) in speaker::of_workloads(seen, is_waypoint).into_values() {
            let fact = speakers.role(settings.is_gateway_name(&peer.workload));
            if let Some((role, evidence)) = fact.filter(|_| self.of(&peer) == Role::Plain) {
                // Of what is guessed the screen says by which name.
                let seen = match evidence {
                    Evidence::Name => Seen::Scraped(peer.workload.to_string()),
                    _ => Seen::Series(speakers.signs()),
                };
                self.note_peer(&peer, role, evidence, seen);
            }
        }
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
