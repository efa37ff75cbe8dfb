//! What the labels of scraped pods declare.

use crate::mesh::{Cluster, Namespace, Role, Workload};
use crate::promql::Label;

use super::label;
use super::plan::CLASSIC_GATEWAYS;

/// A gateway or waypoint that the scrape's labels declare.
#[derive(Clone, PartialEq, Debug)]
pub struct Declaration {
    /// As the scrape names it, which need not be as Istio does.
    pub(super) cluster: Cluster,
    pub(super) namespace: Namespace,
    pub(super) workload: Workload,
    pub(super) role: Role,
    pub(super) seen: String,
}

impl Declaration {
    /// Reads a row of [`Question::Declared`](super::Question::Declared); nothing for a pod that declares no role.
    pub fn read<'a>(get: &dyn Fn(&Label) -> Option<&'a str>) -> Option<Self> {
        let text = |label: &Label| get(label).filter(|value| !value.is_empty());
        let (mark, role) = match text(&label::MANAGED) {
            Some(controller) => (label::MANAGED, managed_by(controller)),
            None => (label::ISTIO, classic(text(&label::ISTIO)?)?),
        };
        let workload = [&label::CANONICAL_NAME, &label::GATEWAY_NAME, &label::APP].into_iter().find_map(text)?;
        Some(Self {
            cluster: Cluster::new(text(&label::CLUSTER).unwrap_or_default()),
            namespace: Namespace::new(text(&label::NAMESPACE)?),
            workload: Workload::new(workload),
            role,
            seen: format!("{mark}=\"{}\"", text(&mark)?),
        })
    }
}

/// The role of pods that a controller of Istio manages (istio/istio `pkg/config/constants/constants.go`).
fn managed_by(controller: &str) -> Role {
    match controller {
        "istio.io-mesh-controller" | "istio.io-agentgateway-waypoint-controller" => Role::Waypoint,
        "istio.io-eastwest-controller" => Role::EastWestGateway,
        _ => Role::Gateway,
    }
}

/// The role of pods that a chart marks.
fn classic(mark: &str) -> Option<Role> {
    let role = if mark.starts_with("eastwest") { Role::EastWestGateway } else { Role::Gateway };
    CLASSIC_GATEWAYS.contains(&mark).then_some(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labels: &[(&str, &str)], expect: Option<(Role, &str, &str)>) {
        let get = |label: &Label| labels.iter().find(|(name, _)| *name == label.as_str()).map(|(_, value)| *value);
        let read = Declaration::read(&get);
        let told = read.as_ref().map(|one| (one.role, one.workload.as_str(), one.seen.as_str()));
        assert_eq!(told, expect, "{labels:?}");
    }

    #[test]
    fn controllers_and_charts_declare_roles() {
        let (namespace, name) = (("namespace", "shop"), ("service_istio_io_canonical_name", "w"));
        let managed = |by| [namespace, name, ("gateway_istio_io_managed", by)];
        let says = |role, seen| Some((role, "w", seen));
        check(
            &managed("istio.io-mesh-controller"),
            says(Role::Waypoint, r#"gateway_istio_io_managed="istio.io-mesh-controller""#),
        );
        check(
            &managed("istio.io-eastwest-controller"),
            says(Role::EastWestGateway, r#"gateway_istio_io_managed="istio.io-eastwest-controller""#),
        );
        check(
            &managed("istio.io-gateway-controller"),
            says(Role::Gateway, r#"gateway_istio_io_managed="istio.io-gateway-controller""#),
        );
        let gateway = Some((Role::Gateway, "gw", r#"istio="ingressgateway""#));
        check(&[namespace, ("istio", "ingressgateway"), ("app", "gw")], gateway);
    }

    #[test]
    fn other_pods_declare_nothing() {
        check(&[("namespace", "istio-system"), ("istio", "pilot"), ("app", "istiod")], None);
        check(&[("namespace", "shop"), ("app", "web")], None);
        check(&[("istio", "ingressgateway")], None);
    }
}
