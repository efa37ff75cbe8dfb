//! Which proxies report a flow, and what they call its ends: one leg for each report.
//!
//! The rules are those of istio/ztunnel `src/proxy/{outbound,inbound,inbound_passthrough,metrics}.rs` and of Envoy's
//! `istio_stats` filter (envoyproxy/envoy `contrib/istio/filters/http/istio_stats`).

use std::borrow::Cow;

use super::world::{Flow, Plane, Protocol, Target, Workload, World};

/// A report of a flow.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Leg {
    /// `source`, `destination` or `waypoint`.
    pub reporter: &'static str,
    /// Who reports.
    pub emitter: Emitter,
    /// The client that it names.
    pub source: Peer,
    /// The server that it names.
    pub destination: Peer,
    /// The service that it names.
    pub service: Named,
    /// The value of `connection_security_policy`.
    pub policy: &'static str,
    /// Whether the client's identity is known to the reporter.
    pub knows_source: bool,
    /// Whether the server's is.
    pub knows_destination: bool,
    /// Whether only what reached the server comes by.
    pub reached_only: bool,
}

/// The proxies of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Emitter {
    /// The workload's own Envoys.
    Envoy(&'static Workload),
    /// The ztunnels of the source's nodes.
    SourceZtunnel,
    /// The ztunnels of the destination's nodes.
    DestinationZtunnel,
}

/// An end of a leg.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Peer {
    Workload(&'static Workload),
    /// A `ServiceEntry`, `namespace/name`, that ztunnel takes for a workload.
    Entry(&'static str),
    Unknown,
}

/// A service as labels name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Named {
    pub host: Cow<'static, str>,
    pub name: &'static str,
    pub namespace: &'static str,
}

pub(super) const UNKNOWN: &str = "unknown";
const MUTUAL_TLS: &str = "mutual_tls";

impl Named {
    const UNKNOWN: Self = Self { host: Cow::Borrowed(UNKNOWN), name: UNKNOWN, namespace: UNKNOWN };

    fn in_mesh(namespace: &'static str, name: &'static str) -> Self {
        Self { host: format!("{name}.{namespace}.svc.cluster.local").into(), name, namespace }
    }
}

impl Leg {
    /// Whether requests are told apart, and not only bytes of connections.
    pub(super) fn reads_requests(&self, protocol: Protocol) -> bool {
        matches!(self.emitter, Emitter::Envoy(_)) && protocol != Protocol::Tcp
    }
}

/// The reports of a flow in the order of its path; none when the world lacks one of its workloads.
pub(super) fn legs(world: &World, flow: &Flow) -> Vec<Leg> {
    let Some(from) = world.workload(flow.from) else { return Vec::new() };
    let to = |path| world.workload(path);
    match flow.to {
        Target::Workload(path) => to(path).map(|to| between(world, from, to, (to.namespace, to.app()))),
        Target::Through(service, path) => {
            to(path).zip(service.split_once('/')).map(|(to, service)| between(world, from, to, service))
        }
        Target::Pods(path) => to(path).map(|to| direct(from, to, &Named::UNKNOWN)),
        Target::Host(host, entry) => Some(to_entry(world, from, host, entry)),
        Target::Elsewhere(host) => Some(client(from, Peer::Unknown, unnamed(from, host, "PassthroughCluster"))),
        Target::Forbidden(host) => Some(client(from, Peer::Unknown, unnamed(from, host, "BlackHoleCluster"))),
    }
    .unwrap_or_default()
}

/// A host that nothing in the mesh names: Envoy writes the HTTP host and the cluster that took the request, ztunnel
/// nothing.
fn unnamed(from: &Workload, host: &'static str, cluster: &'static str) -> Named {
    if from.plane == Plane::Ambient {
        Named::UNKNOWN
    } else {
        Named { host: host.into(), name: cluster, namespace: UNKNOWN }
    }
}

fn between(
    world: &World,
    from: &'static Workload,
    to: &'static Workload,
    (namespace, name): (&'static str, &'static str),
) -> Vec<Leg> {
    let service = Named::in_mesh(namespace, name);
    let Some(waypoint) = waypoint(world, from, namespace, name) else { return direct(from, to, &service) };
    let mut legs = client(from, Peer::Workload(waypoint), service.clone());
    legs.push(at_waypoint(waypoint, from, Peer::Workload(to), service));
    legs.extend(server(waypoint, to, &Named::in_mesh(to.namespace, to.app()), true));
    legs
}

/// The waypoint of a service if this client goes through it: ztunnels do, ingress gateways when told to, sidecars never
/// (istio/istio `pilot/pkg/xds/endpoints/endpoint_builder.go`).
fn waypoint(world: &World, from: &Workload, namespace: &str, name: &str) -> Option<&'static Workload> {
    let service = world.service(namespace, name)?;
    let goes = from.plane == Plane::Ambient || (from.plane == Plane::Gateway && service.for_ingress);
    if goes { world.workload(service.waypoint) } else { None }
}

fn direct(from: &'static Workload, to: &'static Workload, service: &Named) -> Vec<Leg> {
    let mut legs = client(from, Peer::Workload(to), service.clone());
    legs.extend(server(from, to, service, from.has_envoy()));
    legs
}

/// Out of the mesh through a `ServiceEntry`, with or without a waypoint. Envoy calls the service by its host, ztunnel by
/// the object's name.
fn to_entry(world: &World, from: &'static Workload, host: &'static str, entry: &'static str) -> Vec<Leg> {
    let (namespace, name) = entry.split_once('/').unwrap_or((UNKNOWN, entry));
    let by_object = Named { host: host.into(), name, namespace };
    let by_host = Named { host: host.into(), name: host, namespace };
    match waypoint(world, from, namespace, name) {
        Some(waypoint) => {
            let mut legs = client(from, Peer::Workload(waypoint), by_object);
            legs.push(at_waypoint(waypoint, from, Peer::Unknown, by_host));
            legs
        }
        None if from.plane == Plane::Ambient => client(from, Peer::Entry(entry), by_object),
        None => client(from, Peer::Unknown, by_host),
    }
}

/// What the client's side reports of its way to the next hop: nothing without a proxy of its own.
fn client(from: &'static Workload, next: Peer, service: Named) -> Vec<Leg> {
    let next_plane = if let Peer::Workload(next) = next { Some(next.plane) } else { None };
    let is_tunnelled = from.is_in_mesh() && next_plane.is_some_and(|plane| plane != Plane::Plain);
    let (emitter, policy, knows_source, knows_destination) = match from.plane {
        // The server's identity comes from the control plane, even when it was not asked for.
        Plane::Ambient => {
            let policy = if is_tunnelled { MUTUAL_TLS } else { UNKNOWN };
            (Emitter::SourceZtunnel, policy, is_tunnelled, next_plane.is_some())
        }
        // A client's Envoy states no policy, and sees no certificates inside an HBONE tunnel.
        Plane::Sidecar | Plane::Gateway | Plane::ClassicGateway => {
            let sees = matches!(next_plane, Some(Plane::Sidecar | Plane::ClassicGateway));
            (Emitter::Envoy(from), UNKNOWN, sees, sees)
        }
        _ => return Vec::new(),
    };
    let source = Peer::Workload(from);
    let reporter = "source";
    let reached_only = false;
    vec![Leg {
        reporter,
        emitter,
        source,
        destination: next,
        service,
        policy,
        knows_source,
        knows_destination,
        reached_only,
    }]
}

/// What the server's side reports. An Envoy knows nothing of a client without a proxy; ztunnel knows it by its address.
fn server(from: &'static Workload, to: &'static Workload, service: &Named, reached_only: bool) -> Option<Leg> {
    let secure = from.is_in_mesh();
    let known = Peer::Workload(from);
    let (emitter, source, policy) = match (to.plane, secure) {
        (Plane::Ambient, true) => (Emitter::DestinationZtunnel, known, MUTUAL_TLS),
        (Plane::Ambient, false) => (Emitter::DestinationZtunnel, known, UNKNOWN),
        (Plane::Sidecar, true) => (Emitter::Envoy(to), known, MUTUAL_TLS),
        (Plane::Sidecar, false) => (Emitter::Envoy(to), Peer::Unknown, "none"),
        _ => return None,
    };
    Some(Leg {
        reporter: "destination",
        emitter,
        source,
        destination: Peer::Workload(to),
        service: service.clone(),
        policy,
        knows_source: secure,
        knows_destination: secure || to.plane == Plane::Ambient,
        reached_only,
    })
}

/// What a waypoint reports: the client as if it stood next to the server.
fn at_waypoint(waypoint: &'static Workload, from: &'static Workload, to: Peer, service: Named) -> Leg {
    let knows_destination = to != Peer::Unknown;
    Leg {
        reporter: "waypoint",
        emitter: Emitter::Envoy(waypoint),
        source: Peer::Workload(from),
        destination: to,
        service,
        policy: MUTUAL_TLS,
        knows_source: true,
        knows_destination,
        reached_only: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::shop::SHOP;
    use super::*;

    fn name(peer: Peer) -> &'static str {
        match peer {
            Peer::Workload(workload) => workload.name,
            Peer::Entry(entry) => entry,
            Peer::Unknown => UNKNOWN,
        }
    }

    /// Each leg as `reporter source>destination service policy`.
    fn check(from: &str, to: Target, expect: &[&str]) {
        let flow = SHOP.flows.iter().find(|flow| flow.from == from && flow.to == to).expect("a flow of the shop");
        let texts: Vec<String> = legs(&SHOP, flow)
            .iter()
            .map(|leg| {
                let (source, destination) = (name(leg.source), name(leg.destination));
                format!("{} {source}>{destination} {} {}", leg.reporter, leg.service.host, leg.policy)
            })
            .collect();
        assert_eq!(texts, expect);
    }

    #[test]
    fn ambient_neighbours_are_reported_from_both_ends() {
        let expect = [
            "source cart>cart-cache cart-cache.data.svc.cluster.local mutual_tls",
            "destination cart>cart-cache cart-cache.data.svc.cluster.local mutual_tls",
        ];
        check("store/cart", Target::Workload("data/cart-cache"), &expect);
    }

    #[test]
    fn a_path_through_a_waypoint_has_three_reports_and_the_last_may_name_a_sibling() {
        let expect = [
            "source search>waypoint catalogue-export.store.svc.cluster.local mutual_tls",
            "waypoint search>catalogue-v1 catalogue-export.store.svc.cluster.local mutual_tls",
            "destination waypoint>catalogue-v1 catalogue.store.svc.cluster.local mutual_tls",
        ];
        check("store/search", Target::Through("store/catalogue-export", "store/catalogue-v1"), &expect);
    }

    #[test]
    fn sidecars_pass_waypoints_by() {
        let expect = [
            "source payments-v1>orders orders.orders.svc.cluster.local unknown",
            "destination payments-v1>orders orders.orders.svc.cluster.local mutual_tls",
        ];
        check("payments/payments-v1", Target::Workload("orders/orders"), &expect);
    }

    #[test]
    fn clients_without_proxy_are_seen_by_the_server_alone() {
        let host = "cart.store.svc.cluster.local";
        check("legacy/till", Target::Workload("store/cart"), &[&format!("destination till>cart {host} unknown")]);
        let expect = ["destination unknown>payments-v1 payments.payments.svc.cluster.local none"];
        check("legacy/till", Target::Workload("payments/payments-v1"), &expect);
    }

    #[test]
    fn what_leaves_the_mesh_is_seen_by_the_client_alone() {
        let expect = ["source notifications>orders/mail-relay mail.example unknown"];
        check("orders/notifications", Target::Host("mail.example", "orders/mail-relay"), &expect);
        check(
            "orders/order-export",
            Target::Elsewhere("198.51.100.20"),
            &["source order-export>unknown unknown unknown"],
        );
        let expect = ["source payment-admin>unknown status.example unknown"];
        check("payments/payment-admin", Target::Elsewhere("status.example"), &expect);
        let expect = [
            "source shipping>waypoint api.parcels.example mutual_tls",
            "waypoint shipping>unknown api.parcels.example mutual_tls",
        ];
        check("orders/shipping", Target::Host("api.parcels.example", "orders/parcel-service"), &expect);
    }
}
