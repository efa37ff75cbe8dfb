//! Pods: their names, where they run, how long, and which labels a scrape copies from them.

use super::counter::{Life, Turn};
use super::labels::Labels;
use super::shop::NODES;
use super::world::{Plane, Pods, Workload};

/// A pod.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Pod {
    /// Its place in [`NODES`].
    pub node: usize,
    /// Its part of the workload's traffic while it runs.
    pub share: f64,
    pub life: Life,
    /// What the scrape adds to its series.
    pub labels: Labels,
}

const HOUR: i64 = 3_600_000;
/// 14:00 UTC on some day.
const ROLL_OUT: i64 = 14 * HOUR;

/// All pods of a workload, those included that a roll-out replaces by others.
pub(super) fn pods(workload: &'static Workload) -> Vec<Pod> {
    let turns: &[Turn] = if workload.life == Pods::Deployed { &[Turn::Even, Turn::Odd] } else { &[Turn::Every] };
    let replicas = (0..usize::from(workload.replicas)).flat_map(|at| turns.iter().map(move |turn| (at, *turn)));
    replicas.map(|(at, turn)| pod(workload, at, turn)).collect()
}

/// The node of a workload's replica.
pub(super) fn node(workload: &Workload, replica: usize) -> usize {
    // A ztunnel runs on each node.
    let first = if workload.plane == Plane::Ztunnel { 0 } else { hash(workload, 0) as usize };
    (first + replica) % NODES.len()
}

fn pod(workload: &'static Workload, replica: usize, turn: Turn) -> Pod {
    let seed = hash(workload, 1 + replica as u64 * 2 + u64::from(turn == Turn::Odd));
    let node = node(workload, replica);
    // Days and minutes that differ from pod to pod, and pods of a roll-out that follow each other minute by minute.
    let (period_millis, start_millis) = match workload.life {
        Pods::Lasting => ((5 + (seed % 7).cast_signed()) * 24 * HOUR, (seed % 100_003).cast_signed() * 1_000),
        Pods::Deployed => (24 * HOUR, ROLL_OUT + replica.cast_signed() as i64 * 60_000),
        Pods::Crashing => (40 * 60_000 + replica.cast_signed() as i64 * 180_000, 0),
    };
    let life = Life { period_millis, start_millis, turn };
    Pod { node, share: 1.0 / f64::from(workload.replicas), life, labels: scrape_labels(workload, turn, node, seed) }
}

/// What Istio's sample configuration copies: every label of the pod, and where it runs
/// (istio/istio `samples/addons/prometheus.yaml`).
fn scrape_labels(workload: &'static Workload, turn: Turn, node: usize, seed: u64) -> Labels {
    let template = match workload.plane {
        Plane::Ztunnel => String::new(),
        _ => letters(hash(workload, 99 + u64::from(turn == Turn::Odd)), 9) + "-",
    };
    let mut labels = Labels::default();
    labels.set("instance", format!("10.{}.{}.{}:15020", node + 1, (seed >> 20) % 256, 2 + seed % 250));
    labels.set("node", NODES.get(node).map_or("", |node| node.0));
    labels.set("pod", format!("{}-{template}{}", workload.name, letters(seed, 5)));
    let version = workload.version().unwrap_or_default();
    labels.set_all(&[("job", "kubernetes-pods"), ("namespace", workload.namespace), ("version", version)]);
    if workload.has_envoy() {
        labels.set("service_istio_io_canonical_name", workload.app());
        labels.set("service_istio_io_canonical_revision", workload.version().unwrap_or("latest"));
    }
    let own: &[(&'static str, &'static str)] = match workload.plane {
        Plane::Ztunnel => &[
            ("app", "ztunnel"),
            ("app_kubernetes_io_name", "ztunnel"),
            ("istio_io_dataplane_mode", "none"),
            ("sidecar_istio_io_inject", "false"),
        ],
        Plane::Waypoint => &[
            ("gateway_istio_io_managed", "istio.io-mesh-controller"),
            ("gateway_networking_k8s_io_gateway_class_name", "istio-waypoint"),
            ("gateway_networking_k8s_io_gateway_name", workload.name),
            ("istio_io_dataplane_mode", "none"),
        ],
        Plane::Gateway => &[
            ("gateway_istio_io_managed", "istio.io-gateway-controller"),
            ("gateway_networking_k8s_io_gateway_class_name", "istio"),
            ("gateway_networking_k8s_io_gateway_name", workload.name.strip_suffix("-istio").unwrap_or(workload.name)),
        ],
        Plane::ClassicGateway => &[("app", workload.name), ("istio", "egressgateway")],
        Plane::Istiod => &[("app", "istiod"), ("istio", "pilot")],
        Plane::Sidecar => &[("app", workload.app()), ("security_istio_io_tlsMode", "istio")],
        Plane::Ambient | Plane::Plain | Plane::Remote => &[("app", workload.app())],
    };
    labels.set_all(own);
    labels
}

/// The random part of a name, in the letters that Kubernetes uses (`staging/src/k8s.io/apimachinery/pkg/util/rand`).
fn letters(mut seed: u64, count: usize) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let letter = |_| {
        let letter = LETTERS.get((seed % LETTERS.len() as u64) as usize).copied().unwrap_or(b'x');
        seed /= LETTERS.len() as u64;
        char::from(letter)
    };
    (0..count).map(letter).collect()
}

/// FNV-1a with a final mix: the same on every machine.
fn hash(workload: &Workload, salt: u64) -> u64 {
    let text = workload.namespace.bytes().chain(workload.name.bytes()).chain(salt.to_le_bytes());
    let hash =
        text.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 3
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::shop::SHOP;
    use super::*;
    use crate::promql::{Pattern, Piece};

    fn pod_names(path: &str) -> Vec<String> {
        let workload = SHOP.workload(path).expect("a workload of the shop");
        let name = |pod: Pod| pod.labels.get("pod").map(str::to_owned);
        pods(workload).into_iter().filter_map(name).collect()
    }

    #[test]
    fn pods_are_named_as_kubernetes_names_them() {
        let hash = || Piece::Alphanumerics;
        let literal = |text: &str| Piece::Literal(text.into());
        let deployment = [literal("waypoint-"), hash(), literal("-"), Piece::AlphanumericsExactly(5)];
        let deployment = Pattern::new(deployment);
        let daemon_set = Pattern::new([literal("ztunnel-"), Piece::AlphanumericsExactly(5)]);
        assert!(pod_names("store/waypoint").iter().all(|name| deployment.matches(name)));
        assert!(pod_names("istio-system/ztunnel").iter().all(|name| daemon_set.matches(name)));
    }

    #[test]
    fn pods_have_names_and_addresses_of_their_own() {
        let all: Vec<Pod> = SHOP.workloads.iter().flat_map(pods).collect();
        for label in ["pod", "instance"] {
            let values = all.iter().filter_map(|pod| pod.labels.get(label));
            assert_eq!(values.collect::<BTreeSet<_>>().len(), all.len(), "{label}");
        }
    }

    #[test]
    fn a_roll_out_replaces_every_pod() {
        let workload = SHOP.workload("payments/payments-v1").expect("a workload of the shop");
        let pods = pods(workload);
        assert_eq!(pods.len(), 4);
        let running = |at: i64| -> f64 {
            let runs = |pod: &&Pod| super::super::counter::Counter::constant(1.0, pod.life).at(at).is_some();
            pods.iter().filter(runs).map(|pod| pod.share).sum()
        };
        for hour in 0..60 {
            assert!((running(hour * HOUR) - 1.0).abs() < 1e-12, "{hour} h");
        }
    }
}
