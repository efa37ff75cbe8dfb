//! Meshes to be drawn.

use wayscope::mesh::{
    App, Bytes, Cluster, Connections, Edge, EdgeKey, Emitter, Evidence, Health, HopKind, Host, Identity, Namespace,
    Node, NodeKey, Protocol, Reporter, Requests, Role, RoleFact, Security, Seen, Told, Tolerances, Topology,
    TopologyBuilder, Traffic, Version,
};
use wayscope::quantity::{BytesPerSec, PerSec, Ratio};

/// A mesh under construction.
#[derive(Default)]
pub struct Mesh(TopologyBuilder);

/// `cluster/namespace/workload`, or a host after `out:`, an account after `client:`, `pass:` or `hole:`.
pub fn key(name: &str) -> NodeKey {
    let c1 = Cluster::new("c1");
    match name.split_once(':') {
        Some(("out", host)) => NodeKey::ServiceEntry { host: Host::new(host) },
        Some(("pass", host)) => NodeKey::Passthrough { cluster: c1, host: Host::new(host) },
        Some(("hole", _)) => NodeKey::BlackHole { cluster: c1 },
        Some(("client", identity)) => NodeKey::UnknownClient { cluster: c1, identity: Identity::new(identity) },
        Some(("svc", host)) => {
            NodeKey::Service { cluster: c1, namespace: Namespace::new("shop"), host: Host::new(host) }
        }
        _ => {
            let mut parts = name.splitn(3, '/');
            let mut part = || parts.next().unwrap_or_default();
            NodeKey::workload(part(), part(), part())
        }
    }
}

/// An edge of requests, so many a second, of which so many fail.
pub fn requests(protocol: Protocol, rate: f64, errors: f64) -> Edge {
    let counts = Requests {
        rate: PerSec(rate),
        failures: PerSec(errors),
        client_errors: PerSec(0.0),
        responses: Vec::new(),
        reporter: Reporter::Destination,
        measured: None,
    };
    Edge { protocol, requests: Some(counts), ..bare(HopKind::Requests) }
}

/// An edge of byte streams.
pub fn streams(kind: HopKind, sent: f64, received: f64) -> Edge {
    let bytes = Bytes {
        sent: BytesPerSec(sent),
        received: BytesPerSec(received),
        reporter: Reporter::Source,
        emitter: Emitter::Ztunnel,
    };
    let connections = Connections {
        opened: PerSec(0.4),
        closed: None,
        failed: PerSec(0.0),
        active: None,
        reporter: Reporter::Source,
    };
    Edge { protocol: Protocol::Tcp, bytes: Some(bytes), connections: Some(connections), ..bare(kind) }
}

fn bare(kind: HopKind) -> Edge {
    Edge {
        source: 0,
        target: 0,
        protocol: Protocol::Http,
        kind,
        logical: false,
        via: None,
        told: Told::Nothing,
        operations: Vec::new(),
        requests: None,
        bytes: None,
        connections: None,
        security: Security::MutualTls,
        identities: Vec::new(),
        services: Vec::new(),
        reporters: Vec::new(),
    }
}

impl Mesh {
    pub fn role(mut self, name: &str, role: Role) -> Self {
        self.0.node(node(name, role));
        self
    }

    pub fn edge(mut self, source: &str, target: &str, edge: Edge) -> Self {
        for name in [source, target] {
            self.0.node(node(name, Role::Sidecar));
        }
        self.0.edge(
            EdgeKey { source: key(source), target: key(target), protocol: edge.protocol, logical: edge.logical },
            edge,
        );
        self
    }

    pub fn finish(self) -> Topology {
        self.0.finish(Tolerances::default())
    }
}

fn node(name: &str, role: Role) -> Node {
    let key = key(name);
    let (app, version) = match key.title().rsplit_once("-v") {
        Some((app, version)) => (App::new(app), Version::new(&format!("v{version}"))),
        None => (App::unknown(), Version::unknown()),
    };
    Node {
        key,
        app,
        version,
        role: RoleFact { role, evidence: Evidence::Declared, seen: Seen::Nothing },
        inbound: Traffic::default(),
        outbound: Traffic::default(),
        health: Health::Idle,
    }
}

/// A shop with sidecars: healthy, degraded, failing and idle edges, gRPC, TCP, plaintext and the world outside.
pub fn shop() -> Topology {
    let http = |rate, errors| requests(Protocol::Http, rate, errors);
    let grpc = |rate, errors| requests(Protocol::Grpc, rate, errors);
    let plain = Edge { security: Security::Plaintext, ..http(3.2, 0.0) };
    let mixed = Edge { security: Security::Mixed(Ratio::of(1.0, 2.0).unwrap()), ..streams(HopKind::Streams, 9e5, 2e6) };
    Mesh::default()
        .role("c1/edge/ingressgateway", Role::Gateway)
        .role("c1/data/legacy-db-v1", Role::Plain)
        .edge("client:unknown", "c1/edge/ingressgateway", http(212.0, 0.4))
        .edge("c1/edge/ingressgateway", "c1/shop/frontend-v1", http(208.0, 0.4))
        .edge("c1/shop/frontend-v1", "c1/shop/catalogue-v1", grpc(640.0, 0.0))
        .edge("c1/shop/frontend-v1", "c1/shop/recommendation-service-v2", grpc(96.0, 0.0))
        .edge("c1/shop/frontend-v1", "c1/shop/basket-v1", http(41.0, 5.8))
        .edge("c1/shop/frontend-v1", "c1/shop/checkout-v3", http(4.3, 0.02))
        .edge("c1/shop/recommendation-service-v2", "c1/shop/catalogue-v1", grpc(96.0, 0.0))
        .edge("c1/shop/checkout-v3", "c1/shop/basket-v1", http(4.3, 0.6))
        .edge("c1/shop/checkout-v3", "out:api.payments.example", http(4.1, 0.0))
        .edge("c1/shop/checkout-v3", "hole:", http(0.2, 0.2))
        .edge("c1/shop/basket-v1", "c1/data/redis-v7", streams(HopKind::Streams, 48_000.0, 310_000.0))
        .edge("c1/shop/catalogue-v1", "c1/data/postgres-v16", streams(HopKind::Streams, 96_000.0, 5.4e6))
        .edge("c1/shop/checkout-v3", "c1/data/postgres-v16", streams(HopKind::Streams, 1_200.0, 800.0))
        .edge("c1/ops/reporting-v1", "c1/data/legacy-db-v1", mixed)
        .edge("c1/ops/reporting-v1", "c1/shop/catalogue-v1", plain)
        .edge("c1/ops/reporting-v1", "pass:unknown", streams(HopKind::Passthrough, 90.0, 30.0))
        .edge("c1/ops/cron-v1", "c1/ops/reporting-v1", http(0.0, 0.0))
        .finish()
}

/// Two clusters in ambient mode: ztunnel legs, a waypoint with its logical edge, an east-west gateway.
pub fn ambient() -> Topology {
    let logical = Edge { kind: HopKind::LogicalRequests, logical: true, ..requests(Protocol::Http, 38.0, 0.5) };
    Mesh::default()
        .role("east/shop/web-v1", Role::Captured)
        .role("east/shop/reviews-v1", Role::Captured)
        .role("east/shop/waypoint", Role::Waypoint)
        .role("east/istio-system/eastwest", Role::EastWestGateway)
        .role("west/shop/reviews-v2", Role::Captured)
        .role("west/data/mongo-v6", Role::Captured)
        .role("east/istio-system/ztunnel", Role::Ztunnel)
        .role("east/istio-system/prometheus", Role::Plain)
        .edge("east/shop/web-v1", "east/shop/waypoint", streams(HopKind::ClientToWaypoint, 52_000.0, 940_000.0))
        .edge("east/shop/waypoint", "east/shop/reviews-v1", streams(HopKind::WaypointToWorkload, 50_000.0, 930_000.0))
        .edge("east/shop/web-v1", "east/shop/reviews-v1", logical)
        .edge("east/shop/waypoint", "east/istio-system/eastwest", streams(HopKind::Transit, 3_000.0, 60_000.0))
        .edge("east/istio-system/eastwest", "west/shop/reviews-v2", streams(HopKind::Transit, 3_000.0, 60_000.0))
        .edge("west/shop/reviews-v2", "west/data/mongo-v6", streams(HopKind::Ambient, 8_000.0, 77_000.0))
        .edge(
            "east/istio-system/prometheus",
            "east/istio-system/ztunnel",
            Edge { security: Security::Plaintext, ..streams(HopKind::Infrastructure, 300.0, 21_000.0) },
        )
        .finish()
}

/// So many workloads in twelve namespaces, with edges that an arithmetic rule draws.
pub fn large(count: usize) -> Topology {
    let name = |place: usize| format!("c1/team-{:02}/service-{place}-v1", place % 12);
    let mut mesh = Mesh::default();
    for place in 1..count {
        for source in [place / 3, place * 7 % place, (place * 13 + 5) % place] {
            let errors = if place % 17 == 0 {
                0.2
            } else if place % 11 == 0 {
                0.01
            } else {
                0.0
            };
            let rate = (place * 37 % 101) as f64;
            let edge = match place % 4 {
                0 => streams(HopKind::Streams, rate * 900.0, rate * 4_000.0),
                1 => requests(Protocol::Grpc, rate, rate * errors),
                _ => requests(Protocol::Http, rate, rate * errors),
            };
            mesh = mesh.edge(&name(source), &name(place), edge);
        }
    }
    mesh.finish()
}
