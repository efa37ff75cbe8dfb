//! Names as telemetry spells them.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What Istio writes where it knows nothing.
pub const UNKNOWN: &str = "unknown";

/// Names of one answer share their texts: most that are equal are so at a glance.
fn compare(one: &Arc<str>, other: &Arc<str>) -> Ordering {
    if Arc::ptr_eq(one, other) { Ordering::Equal } else { one.as_bytes().cmp(other.as_bytes()) }
}

macro_rules! name {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        ///
        /// Cheap to clone. Hostile input: shown as text, never interpreted.
        #[derive(Clone, Eq, Debug)]
        pub struct $name(Arc<str>);

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                compare(&self.0, &other.0).is_eq()
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                compare(&self.0, &other.0)
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl $name {
            /// The name as given; an empty one becomes [`UNKNOWN`], which is how telemetry spells "no name".
            pub fn new(name: &str) -> Self {
                Self(if name.is_empty() { UNKNOWN } else { name }.into())
            }

            /// The name that stands for none.
            pub fn unknown() -> Self {
                Self(UNKNOWN.into())
            }

            /// Whether it is a name at all.
            pub fn is_known(&self) -> bool {
                &*self.0 != UNKNOWN
            }

            /// The name's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// As [`new`](Self::new), sharing the text.
        impl From<Arc<str>> for $name {
            fn from(name: Arc<str>) -> Self {
                if name.is_empty() { Self::unknown() } else { Self(name) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

name! {
    /// A Kubernetes cluster's name in the mesh (`c1`, `Kubernetes`).
    Cluster,
    /// A Kubernetes namespace.
    Namespace,
    /// A workload: the deployment or other owner of pods (`reviews-v1`).
    Workload,
    /// A service by its host, as a client dials it (`reviews.shop.svc.cluster.local`, `api.example.com`).
    Host,
    /// An application: Istio's canonical service (`reviews`).
    App,
    /// An application's version: Istio's canonical revision (`v1`). `latest` means that no version label was set.
    Version,
    /// What a request is about, as the mesh's operator classifies requests (`GetReview`).
    Operation,
    /// A peer's authenticated identity, a SPIFFE id (`spiffe://cluster.local/ns/shop/sa/web`).
    Identity,
}

impl Identity {
    /// Namespace and service account of an identity of Istio's form
    /// `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`.
    pub fn account(&self) -> Option<(&str, &str)> {
        let (_, path) = self.as_str().strip_prefix("spiffe://")?.split_once("/ns/")?;
        path.split_once("/sa/").filter(|(namespace, account)| !namespace.is_empty() && !account.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_unknown() {
        assert!(!Workload::new("").is_known());
        assert!(!Workload::new("unknown").is_known());
        assert!(Workload::new("web").is_known());
    }

    #[test]
    fn an_identity_tells_namespace_and_account() {
        assert_eq!(Identity::new("spiffe://td/ns/shop/sa/web").account(), Some(("shop", "web")));
        assert_eq!(Identity::new("spiffe://td/ns/shop").account(), None);
        assert_eq!(Identity::new("unknown").account(), None);
    }
}
