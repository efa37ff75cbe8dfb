//! Whose traces are looked for.

use super::facts::{End, Facts, Proxy};
use super::names::{NameRule, Names};
use super::node_id::is_pod_of;

/// A workload, a service or a waypoint, with all its names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    /// The namespace it stands in.
    pub namespace: String,
    /// The workload, if it is one.
    pub workload: Option<String>,
    /// The label `app` of its pods, or `app.kubernetes.io/name`, where it is known.
    pub app: Option<String>,
    /// The canonical service, where it is known.
    pub canonical: Option<String>,
    /// The services that it stands behind, or the one that it is: their names, or hosts.
    pub services: Vec<String>,
    /// The waypoints that its traffic may pass.
    pub waypoints: Vec<Waypoint>,
    /// What the back end calls it: see [`known_as`](Self::known_as).
    pub aliases: Vec<String>,
    /// The domain of the mesh's services; `cluster.local` when empty.
    pub domain: String,
}

/// A waypoint, which may stand in another namespace than those that it serves.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Waypoint {
    /// Its workload.
    pub name: String,
    /// Its own namespace.
    pub namespace: String,
}

impl Subject {
    /// The domain of the mesh's services.
    pub fn domain(&self) -> &str {
        if self.domain.is_empty() { "cluster.local" } else { &self.domain }
    }

    /// The subject with the names by which the back end knows it, as its spans bear them, however they are spelt. A
    /// waypoint's name, and a host's, are no names of its own.
    #[must_use]
    pub fn known_as(mut self, names: &Names) -> Self {
        let is_own = |rule: NameRule| !rule.is_waypoints() && rule != NameRule::ServiceHost;
        let own = names.matches.iter().filter(|one| is_own(one.wanted.rule));
        self.aliases = own.map(|one| one.known.clone()).collect();
        self
    }

    /// A service's name without namespace and domain; nothing for a host of another namespace or outside the mesh.
    pub(super) fn short<'a>(&self, service: &'a str) -> Option<&'a str> {
        match service.split_once('.') {
            None => Some(service),
            Some((name, rest)) => {
                let after = rest.strip_prefix(self.namespace.as_str())?;
                (after.is_empty() || after == ".svc" || after.starts_with(".svc.")).then_some(name)
            }
        }
    }

    /// Whether a host is one of its services. A host without a namespace counts where `namespace`, that of who asks, is
    /// the same or unknown.
    fn has_host(&self, host: &str, namespace: Option<&str>) -> bool {
        self.services.iter().any(|service| {
            let near = namespace.is_none_or(|namespace| namespace == self.namespace);
            match (self.short(service), self.short(host)) {
                (Some(service), Some(short)) => service == short && (host.contains('.') || near),
                _ => service == host,
            }
        })
    }

    fn is_end(&self, end: &End<'_>) -> bool {
        if end.namespace != Some(self.namespace.as_str()) {
            return false;
        }
        match (&self.workload, end.workload) {
            (Some(workload), Some(known)) => workload == known,
            _ => end.app.is_some_and(|app| self.is_app(app)),
        }
    }

    fn is_app(&self, name: &str) -> bool {
        [&self.app, &self.canonical].into_iter().flatten().any(|app| app == name)
    }

    /// Whether it emits the span. A pod tells more than an app, of which there may be several versions.
    fn emits(&self, facts: &Facts<'_>) -> bool {
        let is_here = |namespace: Option<&str>| namespace.is_none_or(|namespace| namespace == self.namespace);
        if let (Some(workload), Some(pod)) = (&self.workload, facts.pod) {
            if is_pod_of(pod, workload) {
                return is_here(facts.own.namespace);
            }
            if facts.proxy != Proxy::None {
                return false;
            }
        }
        if facts.own.is_known() && facts.own.namespace.is_some() {
            return self.is_end(&facts.own);
        }
        let (name, namespace) = facts.named().unwrap_or((facts.service, ""));
        let namespace = Some(namespace).filter(|namespace| !namespace.is_empty()).or(facts.own.namespace);
        if self.aliases.iter().any(|alias| alias == facts.service) {
            return is_here(facts.own.namespace);
        }
        let is_named = self.is_app(name) || self.workload.as_deref() == Some(name);
        is_named && is_here(namespace)
    }

    /// Whether a span tells of it: as the emitter, as an end that a waypoint names, or as the service that is asked for.
    pub fn is_told_of_by(&self, facts: &Facts<'_>) -> bool {
        let by_host = || facts.host.is_some_and(|host| self.has_host(host, facts.own.namespace));
        if facts.proxy == Proxy::Waypoint && (facts.source.is_known() || facts.destination.is_known()) {
            let is_service = self.workload.is_none() && by_host();
            return self.is_end(&facts.source) || self.is_end(&facts.destination) || is_service || self.emits(facts);
        }
        self.emits(facts) || by_host()
    }
}
