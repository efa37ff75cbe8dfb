//! Who a proxy says it is.

/// A proxy's identifier, as Istio sets it: `type~address~pod.namespace~namespace.svc.domain`
/// (`istio pkg/model/proxy.go`, `ServiceNode`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NodeId<'a> {
    /// `sidecar`, `router` or `waypoint`.
    pub kind: &'a str,
    /// The pod's address.
    pub address: &'a str,
    /// The pod.
    pub pod: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// The domain of the services of its namespace (`shop.svc.cluster.local`).
    pub domain: &'a str,
}

impl<'a> NodeId<'a> {
    /// Takes an identifier apart; nothing for one of another form.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split('~');
        let (kind, address, name, domain) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // A pod's name may have dots, a namespace has none.
        let (pod, namespace) = name.rsplit_once('.')?;
        let is_whole = parts.next().is_none() && !pod.is_empty() && !namespace.is_empty();
        is_whole.then_some(Self { kind, address, pod, namespace, domain })
    }
}

/// The letters and digits that Kubernetes makes random names of: no vowels, nothing that looks like one
/// (`kubernetes staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go`).
fn is_random(part: &str) -> bool {
    part.bytes().all(|byte| b"bcdfghjklmnpqrstvwxz2456789".contains(&byte))
}

/// Whether Kubernetes gives a workload's pods such names: `name-hash-random` for a deployment, `name-random` for a daemon
/// set, a job or a replica set, `name-ordinal` for a stateful set, the name itself for a bare pod. `reviews` has no pod
/// `reviews-v2-7d6c9f8b5-x2k4p`.
pub fn is_pod_of(pod: &str, workload: &str) -> bool {
    let Some(rest) = pod.strip_prefix(workload).filter(|_| !workload.is_empty()) else { return false };
    if rest.is_empty() {
        return true;
    }
    let Some(rest) = rest.strip_prefix('-') else { return false };
    let is_ordinal = |part: &str| {
        !part.is_empty()
            && part.len() <= 5
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    match rest.split_once('-') {
        // A hash is a 32-bit number's decimal digits, each turned into a letter: shorter ones are rare.
        Some((hash, random)) => {
            (6..=10).contains(&hash.len()) && is_random(hash) && random.len() == 5 && is_random(random)
        }
        None => is_ordinal(rest) || (rest.len() == 5 && is_random(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_taken_apart() {
        let id = NodeId::parse("waypoint~10.244.0.28~waypoint-5b7c754ccb-55jwk.bookinfo~bookinfo.svc.cluster.local")
            .unwrap();
        assert_eq!((id.kind, id.pod, id.namespace), ("waypoint", "waypoint-5b7c754ccb-55jwk", "bookinfo"));
        for text in ["", "sidecar", "sidecar~1~pod~x", "sidecar~1~.ns~x", "sidecar~1~pod.~x", "a~b~c.d~e~f"] {
            assert_eq!(NodeId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn pods_belong_to_the_workload_of_the_whole_name() {
        for (pod, workload, expect) in [
            ("reviews-v2-7d6c9f8b5-x2k4p", "reviews-v2", true),
            ("reviews-v2-7d6c9f8b5-x2k4p", "reviews", false),
            ("reviews-v2-x2k4p", "reviews", false),
            ("reviews-v2-x2k4p", "reviews-v2", true),
            ("reviews-canary-x2k4p", "reviews", false),
            ("reviews-0", "reviews", true),
            ("reviews-12", "reviews", true),
            ("reviews-v2-0", "reviews", false),
            ("reviews", "reviews", true),
            ("reviewsx-7d6c9f8b5-x2k4p", "reviews", false),
            ("reviews-admin", "reviews", false),
            ("reviews-", "reviews", false),
            ("", "", false),
            ("a", "", false),
        ] {
            assert_eq!(is_pod_of(pod, workload), expect, "{pod} {workload}");
        }
    }
}
