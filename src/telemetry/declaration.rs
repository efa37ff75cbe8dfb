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
    /// Reads a row of [`Question::Declared`](super::Question::Declared) or [`Question::States`](super::Question::States);
    /// nothing for what declares no role.
    pub fn read<'a>(get: &dyn Fn(&Label) -> Option<&'a str>) -> Option<Self> {
        let text = |label: &Label| get(label).filter(|value| !value.is_empty());
        let marks = [
            label::MANAGED,
            label::STATE_MANAGED,
            label::GATEWAY_CLASS,
            label::GATEWAY_CLASS_NAME,
            label::STATE_REDIRECTION,
            label::ISTIO,
        ];
        let (mark, value) = marks.into_iter().find_map(|mark| text(&mark).map(|value| (mark, value)))?;
        let named =
            || [label::CANONICAL_NAME, label::GATEWAY_NAME, label::APP].iter().find_map(text).map(Workload::new);
        let (role, workload) = if mark == label::MANAGED {
            (managed_by(value), named())
        } else if mark == label::STATE_MANAGED {
            let pod = [label::STATE_CANONICAL_NAME, label::EMITTER];
            (managed_by(value), pod.iter().find_map(text).map(Workload::new))
        } else if mark == label::GATEWAY_CLASS || mark == label::GATEWAY_CLASS_NAME {
            let (role, suffix) = of_class(value)?;
            (role, text(&label::NAME).map(|name| Workload::new(&format!("{name}{suffix}"))))
        } else if mark == label::STATE_REDIRECTION {
            (Role::Captured, text(&label::EMITTER).map(Workload::new))
        } else {
            (classic(value)?, named())
        };
        let namespace = [label::EXPORTED_NAMESPACE, label::NAMESPACE].iter().find_map(text)?;
        Some(Self {
            cluster: Cluster::new(text(&label::CLUSTER).unwrap_or_default()),
            namespace: Namespace::new(namespace),
            workload: workload?,
            role,
            seen: format!("{mark}=\"{value}\""),
        })
    }
}

/// The role of a Gateway by its class, and what its deployment's name has besides the Gateway's
/// (istio/istio `pilot/pkg/config/kube/gatewaycommon/classinfo.go`).
fn of_class(class: &str) -> Option<(Role, &'static str)> {
    match class {
        "istio-waypoint" | "istio-agentgateway-waypoint" => Some((Role::Waypoint, "")),
        "istio-east-west" => Some((Role::EastWestGateway, "")),
        "istio" => Some((Role::Gateway, "-istio")),
        _ => None,
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
    fn exporters_of_state_declare_roles() {
        let (namespace, exported) = (("namespace", "monitoring"), ("exported_namespace", "shop"));
        let class = |name, class| [namespace, exported, ("name", "w"), (name, class)];
        let waypoint = |seen| Some((Role::Waypoint, "w", seen));
        check(&class("gatewayclass", "istio-waypoint"), waypoint(r#"gatewayclass="istio-waypoint""#));
        let seen = r#"gatewayclass_name="istio-east-west""#;
        check(&class("gatewayclass_name", "istio-east-west"), Some((Role::EastWestGateway, "w", seen)));
        let seen = r#"gatewayclass="istio""#;
        check(&class("gatewayclass", "istio"), Some((Role::Gateway, "w-istio", seen)));
        check(&class("gatewayclass", "istio-remote"), None);
        let pod = ("ws_emitter", "w");
        let managed = ("label_gateway_istio_io_managed", "istio.io-mesh-controller");
        check(&[namespace, pod, managed], waypoint(r#"label_gateway_istio_io_managed="istio.io-mesh-controller""#));
        let seen = r#"annotation_ambient_istio_io_redirection="enabled""#;
        let redirected = ("annotation_ambient_istio_io_redirection", "enabled");
        check(&[namespace, pod, redirected], Some((Role::Captured, "w", seen)));
    }

    #[test]
    fn other_pods_declare_nothing() {
        check(&[("namespace", "istio-system"), ("istio", "pilot"), ("app", "istiod")], None);
        check(&[("namespace", "shop"), ("app", "web")], None);
        check(&[("istio", "ingressgateway")], None);
    }
}
