//! What tells one node of the graph from another.

use std::fmt;

use crate::order::{hash, hash_text};

use super::name::{App, Cluster, Host, Identity, Namespace, Operation, Version, Workload};

/// The identity of a node. Two series that speak of one endpoint give one key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NodeKey {
    /// A workload in a namespace of a cluster.
    Workload {
        /// Its cluster.
        cluster: Cluster,
        /// Its namespace.
        namespace: Namespace,
        /// Its name.
        workload: Workload,
    },
    /// All workloads of an app in a namespace, or those of one of its versions.
    App {
        /// Its cluster.
        cluster: Cluster,
        /// Its namespace.
        namespace: Namespace,
        /// Its name.
        app: App,
        /// The version; unknown where all versions are meant, or where the app names none.
        version: Version,
    },
    /// A service of the mesh: in a graph of workloads one that was dialled while no workload behind it was picked.
    Service {
        /// The cluster of the service.
        cluster: Cluster,
        /// The namespace of the service.
        namespace: Namespace,
        /// Its host.
        host: Host,
    },
    /// An operation of a service: the requests to it that are about one thing.
    Operation {
        /// The cluster of the servers.
        cluster: Cluster,
        /// The namespace of the servers.
        namespace: Namespace,
        /// The service that offers it, or where that is not known the workload.
        host: Host,
        /// Its name.
        operation: Operation,
    },
    /// A host outside the mesh that the mesh knows by a `ServiceEntry`.
    ServiceEntry {
        /// The host.
        host: Host,
    },
    /// A destination that the mesh let pass without knowing it.
    Passthrough {
        /// The cluster it was dialled from.
        cluster: Cluster,
        /// The host, where HTTP told it; unknown for TCP.
        host: Host,
    },
    /// Where `REGISTRY_ONLY` sends what it forbids.
    BlackHole {
        /// The cluster it was dialled from.
        cluster: Cluster,
    },
    /// A client of which telemetry knows at most an identity.
    UnknownClient {
        /// The cluster that saw it.
        cluster: Cluster,
        /// Its authenticated identity, if any.
        identity: Identity,
    },
}

impl NodeKey {
    /// A workload by its three names.
    pub fn workload(cluster: &str, namespace: &str, workload: &str) -> Self {
        Self::Workload {
            cluster: Cluster::new(cluster),
            namespace: Namespace::new(namespace),
            workload: Workload::new(workload),
        }
    }

    /// The cluster it stands in; a host outside the mesh stands in none.
    pub fn cluster(&self) -> Option<&Cluster> {
        match self {
            Self::Workload { cluster, .. }
            | Self::App { cluster, .. }
            | Self::Service { cluster, .. }
            | Self::Operation { cluster, .. }
            | Self::Passthrough { cluster, .. }
            | Self::BlackHole { cluster }
            | Self::UnknownClient { cluster, .. } => Some(cluster),
            Self::ServiceEntry { .. } => None,
        }
    }

    /// The namespace it stands in, if it stands in one.
    pub fn namespace(&self) -> Option<&Namespace> {
        match self {
            Self::Workload { namespace, .. }
            | Self::App { namespace, .. }
            | Self::Service { namespace, .. }
            | Self::Operation { namespace, .. } => Some(namespace),
            _ => None,
        }
    }

    /// What kind of thing it is, as the export and identifiers spell it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Workload { .. } => "workload",
            Self::App { .. } => "app",
            Self::Service { .. } => "service",
            Self::Operation { .. } => "operation",
            Self::ServiceEntry { .. } => "serviceEntry",
            Self::Passthrough { .. } => "passthrough",
            Self::BlackHole { .. } => "blackHole",
            Self::UnknownClient { .. } => "unknownClient",
        }
    }

    /// Its names from the outside in. An app of no particular version has none.
    fn names(&self) -> [Option<&str>; 4] {
        fn names(names: [&str; 3]) -> [Option<&str>; 3] {
            names.map(Some)
        }
        let ([first, second, third], fourth) = match self {
            Self::Workload { cluster, namespace, workload } => {
                (names([cluster.as_str(), namespace.as_str(), workload.as_str()]), None)
            }
            Self::App { cluster, namespace, app, version } => {
                let version = version.is_known().then(|| version.as_str());
                (names([cluster.as_str(), namespace.as_str(), app.as_str()]), version)
            }
            Self::Service { cluster, namespace, host } => {
                (names([cluster.as_str(), namespace.as_str(), host.as_str()]), None)
            }
            Self::Operation { cluster, namespace, host, operation } => {
                (names([cluster.as_str(), namespace.as_str(), host.as_str()]), Some(operation.as_str()))
            }
            Self::ServiceEntry { host } => ([Some(host.as_str()), None, None], None),
            Self::Passthrough { cluster, host } => ([Some(cluster.as_str()), Some(host.as_str()), None], None),
            Self::BlackHole { cluster } => ([Some(cluster.as_str()), None, None], None),
            Self::UnknownClient { cluster, identity } => {
                ([Some(cluster.as_str()), Some(identity.as_str()), None], None)
            }
        };
        [first, second, third, fourth]
    }

    /// A hash of all that it is.
    pub fn fingerprint(&self) -> u32 {
        let names = self.names().map(|name| name.map_or(0, |name| hash_text(name.as_bytes())));
        hash(&[hash_text(self.kind().as_bytes()), hash(&names)])
    }

    /// The shortest name that means something to a reader; empty for a node that has none of its own.
    pub fn title(&self) -> &str {
        match self {
            Self::Workload { workload, .. } => workload.as_str(),
            Self::App { app, .. } => app.as_str(),
            Self::Service { host, .. } => host.as_str().split('.').next().unwrap_or_default(),
            Self::Operation { operation, .. } => operation.as_str(),
            Self::ServiceEntry { host } | Self::Passthrough { host, .. } if host.is_known() => host.as_str(),
            Self::UnknownClient { identity, .. } => identity.account().map_or("", |(_, account)| account),
            Self::ServiceEntry { .. } | Self::Passthrough { .. } | Self::BlackHole { .. } => "",
        }
    }
}

/// A stable identifier: kind, colon, then the names from the outside in, `/` between them. A `/` or `%` inside a name
/// is percent-encoded, so that different keys never print alike.
impl fmt::Display for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        let mut before = ":";
        for name in self.names().into_iter().flatten() {
            f.write_str(before)?;
            f.write_str(&name.replace('%', "%25").replace('/', "%2F"))?;
            before = "/";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_keys_never_print_alike() {
        let slash = NodeKey::workload("c/1", "shop", "web").to_string();
        assert_eq!(slash, "workload:c%2F1/shop/web");
        assert_ne!(slash, NodeKey::workload("c", "1", "shop/web").to_string());
        assert_ne!(NodeKey::workload("c%2F1", "a", "b").to_string(), NodeKey::workload("c/1", "a", "b").to_string());
    }

    #[test]
    fn an_unknown_client_is_called_by_its_account() {
        let client =
            |identity: &str| NodeKey::UnknownClient { cluster: Cluster::new("c1"), identity: Identity::new(identity) };
        assert_eq!(client("spiffe://td/ns/shop/sa/web").title(), "web");
        assert_eq!(client("unknown").title(), "");
    }
}
