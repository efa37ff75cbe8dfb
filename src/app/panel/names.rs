//! What nodes, edges and their properties are called.

use crate::mesh::{
    Edge, Emitter, Evidence, Health, Node, NodeKey, Protocol, Reporter, Role, Security, Seen, Sign, Topology,
};
use crate::words::{Label, Sentence};

use super::voice::Voice;

/// What kind of thing a node is.
pub fn node_kind(key: &NodeKey, voice: Voice<'_>) -> String {
    voice.label(match key {
        NodeKey::Workload { .. } => Label::Workload,
        NodeKey::App { .. } => Label::App,
        NodeKey::Service { .. } => Label::Service,
        NodeKey::Operation { .. } => Label::Operation,
        NodeKey::ServiceEntry { .. } => Label::ServiceEntry,
        NodeKey::Passthrough { host, .. } if host.is_known() => Label::PassthroughHost,
        NodeKey::Passthrough { .. } => Label::UnknownDestination,
        NodeKey::BlackHole { .. } => Label::BlackHole,
        NodeKey::UnknownClient { .. } => Label::UnknownClient,
    })
}

/// A node's name, with the version where it is one; its kind where it has none of its own.
pub fn node_title(key: &NodeKey, voice: Voice<'_>) -> String {
    if let NodeKey::App { app, version, .. } = key
        && version.is_known()
    {
        return format!("{app} {version}");
    }
    if key.title().is_empty() { node_kind(key, voice) } else { key.title().to_owned() }
}

/// A node's second line: its role where that tells more than its kind, its kind where it is no workload.
pub fn node_caption(node: &Node, voice: Voice<'_>) -> String {
    match &node.key {
        NodeKey::Workload { .. } | NodeKey::App { .. } => match node.role.role {
            Role::Waypoint | Role::EastWestGateway | Role::Gateway | Role::Ztunnel => role(node.role.role, voice),
            _ => String::new(),
        },
        key if key.title().is_empty() => String::new(),
        key => node_kind(key, voice),
    }
}

/// An edge's name: `web → db`.
pub fn edge_title(edge: &Edge, topology: &Topology, voice: Voice<'_>) -> (String, String) {
    let title = |place: usize| topology.nodes.get(place).map(|node| node_title(&node.key, voice)).unwrap_or_default();
    (title(edge.source), title(edge.target))
}

pub(super) fn role(role: Role, voice: Voice<'_>) -> String {
    voice.label(match role {
        Role::Waypoint => Label::Waypoint,
        Role::EastWestGateway => Label::EastWestGateway,
        Role::Gateway => Label::Gateway,
        Role::Ztunnel => Label::Ztunnel,
        Role::Sidecar => Label::Sidecar,
        Role::Captured => Label::Captured,
        Role::Plain => Label::Plain,
    })
}

/// What tells a node's role, in the reader's language; what the scrape has as it is.
fn seen(seen: &Seen, voice: Voice<'_>) -> String {
    let sign = |sign: &Sign| {
        voice.label(match sign {
            Sign::OwnEnvoyServes => Label::OwnEnvoyServes,
            Sign::OwnEnvoyAsks => Label::OwnEnvoyAsks,
            Sign::OwnZtunnel => Label::OwnZtunnel,
            Sign::ReportsAsWaypoint => Label::ReportsAsWaypoint,
        })
    };
    match seen {
        Seen::Nothing => String::new(),
        Seen::Scraped(text) => text.clone(),
        Seen::Series(signs) => signs.iter().map(sign).collect::<Vec<_>>().join(", "),
        Seen::FarEndsOnly(host) => host.to_string(),
    }
}

/// How a node's role is known; empty where nothing is.
pub(super) fn evidence(node: &Node, voice: Voice<'_>) -> String {
    let seen = &seen(&node.role.seen, voice);
    let sentence = match node.role.evidence {
        Evidence::Configured => Sentence::RoleConfigured,
        Evidence::Declared => Sentence::RoleDeclared { seen },
        Evidence::Emitter => Sentence::RoleByEmitter { seen },
        Evidence::Structural => Sentence::RoleByStructure { seen },
        Evidence::Name => Sentence::RoleByName { seen },
        Evidence::Assumed => return String::new(),
    };
    voice.say(&sentence)
}

pub(super) fn health(health: Health, voice: Voice<'_>) -> String {
    voice.label(match health {
        Health::Idle => Label::Idle,
        Health::Streams => Label::Streams,
        Health::Healthy => Label::Healthy,
        Health::Degraded => Label::Degraded,
        Health::Failing => Label::Failing,
    })
}

pub(super) fn reporter(reporter: Reporter, voice: Voice<'_>) -> String {
    voice.label(match reporter {
        Reporter::Source => Label::BySource,
        Reporter::Destination => Label::ByDestination,
        Reporter::Waypoint => Label::ByWaypoint,
    })
}

/// A reporter with its proxy, where that is known.
pub(super) fn counted_by(who: Reporter, emitter: Emitter, voice: Voice<'_>) -> String {
    let reporter = reporter(who, voice);
    match emitter {
        Emitter::Envoy => voice.say(&Sentence::CountedBy { reporter: &reporter, emitter: "Envoy" }),
        Emitter::Ztunnel => voice.say(&Sentence::CountedBy { reporter: &reporter, emitter: "ztunnel" }),
        Emitter::Undetermined => reporter,
    }
}

pub(super) fn security(security: Security, voice: Voice<'_>) -> String {
    match security {
        Security::MutualTls => voice.label(Label::MutualTls),
        Security::Plaintext => voice.label(Label::Plaintext),
        Security::Mixed(share) => voice.say(&Sentence::MixedSecurity { share: &voice.share(share) }),
        Security::Unknown => voice.label(Label::Unknown),
    }
}

/// A protocol as it is written everywhere.
pub(super) fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http => "HTTP",
        Protocol::Grpc => "gRPC",
        Protocol::Tcp => "TCP",
    }
}
