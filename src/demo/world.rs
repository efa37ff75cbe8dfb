//! What a mesh consists of, before anything is measured: workloads, services, flows.

use super::rhythm::Rhythm;

/// How a workload takes part in the mesh.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Plane {
    /// An Envoy in each pod.
    Sidecar,
    /// Captured by the ztunnel of its node.
    Ambient,
    /// Not in the mesh.
    Plain,
    /// A gateway that the Gateway API made, named `<gateway>-istio`.
    Gateway,
    /// A gateway of Istio's own chart.
    ClassicGateway,
    /// A waypoint.
    Waypoint,
    /// The ztunnels, one on each node.
    Ztunnel,
    /// The control plane.
    Istiod,
    /// Captured, in another cluster whose metrics this back end does not hold.
    Remote,
}

/// Workloads with the same purpose: pods made from one template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Workload {
    pub namespace: &'static str,
    /// A name that ends in `-v1`, `-v2`… is an application and its version.
    pub name: &'static str,
    pub plane: Plane,
    pub replicas: u8,
    pub life: Pods,
}

/// What becomes of a workload's pods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pods {
    /// They run for days.
    Lasting,
    /// A new version is rolled out every day, and the pods are replaced one by one.
    Deployed,
    /// They crash every forty minutes or so.
    Crashing,
}

/// A service that is not simply its workload's application, or that has a waypoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Service {
    /// `namespace/name`
    pub name: &'static str,
    /// `namespace/name` of its waypoint.
    pub waypoint: &'static str,
    /// Whether ingress gateways go through the waypoint as well.
    pub for_ingress: bool,
}

/// Where a flow goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// To a workload, `namespace/name`, through the service that bears its application's name.
    Workload(&'static str),
    /// To a workload through another service, both `namespace/name`.
    Through(&'static str, &'static str),
    /// To a workload's pods by their addresses, and to a port that no service has.
    Pods(&'static str),
    /// Out of the mesh: a host that a `ServiceEntry` names, with the object's `namespace/name`.
    Host(&'static str, &'static str),
    /// Out of the mesh to a host that nothing in it names.
    Elsewhere(&'static str),
    /// To such a host where policy lets nothing out.
    Forbidden(&'static str),
}

/// What is spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Protocol {
    Http,
    Grpc,
    Tcp,
}

/// What becomes of a flow's requests or connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// They succeed.
    Fine,
    /// Some ask for what is not there.
    Missing,
    /// The server fails now and then.
    Faulty,
    /// The server is often not to be reached at all.
    Unreachable,
    /// Policy denies every connection.
    Denied,
    /// The client's Envoy answers every request in the name of a destination that it must not reach.
    Blocked,
}

/// Traffic between a workload and a target.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Flow {
    /// `namespace/name` of the client.
    pub from: &'static str,
    pub to: Target,
    pub protocol: Protocol,
    /// Requests a second; connections a second with TCP.
    pub per_sec: f64,
    /// Bytes from the client to the server, for each request or connection.
    pub bytes_up: f64,
    /// Bytes back.
    pub bytes_down: f64,
    /// Median time to an answer.
    pub millis: f64,
    pub rhythm: Rhythm,
    pub fate: Fate,
}

/// A mesh.
#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    pub workloads: &'static [Workload],
    pub services: &'static [Service],
    pub flows: &'static [Flow],
}

impl Workload {
    pub(super) const fn deployed(self) -> Self {
        Self { life: Pods::Deployed, ..self }
    }

    pub(super) const fn crashing(self) -> Self {
        Self { life: Pods::Crashing, ..self }
    }

    /// The application: the canonical service, the service account and, with Istio's charts, the pod label `app`.
    pub(super) fn app(&self) -> &'static str {
        self.split().0
    }

    /// The version, where the name has one.
    pub(super) fn version(&self) -> Option<&'static str> {
        self.split().1
    }

    fn split(&self) -> (&'static str, Option<&'static str>) {
        match self.name.rsplit_once('-') {
            Some((app, version)) if version.len() == 2 && version.starts_with('v') => (app, Some(version)),
            _ => (self.name, None),
        }
    }

    /// Whether an Envoy stands for it.
    pub(super) fn has_envoy(&self) -> bool {
        matches!(self.plane, Plane::Sidecar | Plane::Gateway | Plane::ClassicGateway | Plane::Waypoint)
    }

    /// Whether traffic with it can be mutual TLS.
    pub(super) fn is_in_mesh(&self) -> bool {
        self.plane != Plane::Plain
    }
}

impl Flow {
    pub(super) const fn rhythm(self, rhythm: Rhythm) -> Self {
        Self { rhythm, ..self }
    }

    pub(super) const fn fate(self, fate: Fate) -> Self {
        Self { fate, ..self }
    }

    pub(super) const fn slow(self, millis: f64) -> Self {
        Self { millis, ..self }
    }
}

impl World {
    /// The workload with this `namespace/name`.
    pub(super) fn workload(&self, path: &str) -> Option<&'static Workload> {
        let (namespace, name) = path.split_once('/')?;
        self.workloads.iter().find(|one| one.namespace == namespace && one.name == name)
    }

    /// What is special about the service with this `namespace/name`.
    pub(super) fn service(&self, namespace: &str, name: &str) -> Option<&'static Service> {
        self.services.iter().find(|one| one.name.split_once('/') == Some((namespace, name)))
    }
}

/// A workload's row.
pub(super) const fn workload(namespace: &'static str, name: &'static str, plane: Plane, replicas: u8) -> Workload {
    Workload { namespace, name, plane, replicas, life: Pods::Lasting }
}

const fn flow(from: &'static str, to: Target, protocol: Protocol, rates: [f64; 3]) -> Flow {
    let [per_sec, bytes_up, bytes_down] = rates;
    Flow { from, to, protocol, per_sec, bytes_up, bytes_down, millis: 12.0, rhythm: Rhythm::Day, fate: Fate::Fine }
}

/// A flow of HTTP requests: requests a second, bytes up and down for each.
pub(super) const fn http(from: &'static str, to: Target, rates: [f64; 3]) -> Flow {
    flow(from, to, Protocol::Http, rates)
}

/// A flow of gRPC calls: calls a second, bytes up and down for each.
pub(super) const fn grpc(from: &'static str, to: Target, rates: [f64; 3]) -> Flow {
    flow(from, to, Protocol::Grpc, rates)
}

/// A flow of TCP connections: connections a second, bytes up and down for each.
pub(super) const fn tcp(from: &'static str, to: Target, rates: [f64; 3]) -> Flow {
    flow(from, to, Protocol::Tcp, rates)
}
