//! What part a workload plays in the data plane, and how that is known.

use super::name::Host;

/// A workload's part in the data plane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// An L7 proxy of ambient mode that serves services or workloads.
    Waypoint,
    /// A gateway between clusters or networks.
    EastWestGateway,
    /// An ingress or egress gateway.
    Gateway,
    /// The node proxy of ambient mode.
    Ztunnel,
    /// A workload with a proxy of its own.
    Sidecar,
    /// A workload whose traffic a ztunnel carries.
    Captured,
    /// A workload that no proxy speaks for.
    Plain,
}

/// How a role is known, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Evidence {
    /// The configuration says so.
    Configured,
    /// A label of the scrape, of kube-state-metrics or of a state metric declares it.
    Declared,
    /// It emits series that only such a proxy emits.
    Emitter,
    /// The shape of the traffic round it allows nothing else.
    Structural,
    /// Only its name suggests it.
    Name,
    /// Nothing speaks for or against; the default.
    Assumed,
}

/// What series of a workload's own proxies tell of its role.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sign {
    /// An Envoy beside it reports as the destination.
    OwnEnvoyServes,
    /// An Envoy beside it reports as the source.
    OwnEnvoyAsks,
    /// A ztunnel reports on its side.
    OwnZtunnel,
    /// Its pods report as a waypoint.
    ReportsAsWaypoint,
}

/// What was seen of a workload that tells its role.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    /// Nothing, or what the configuration says.
    Nothing,
    /// A label with its value, such as `gateway_istio_io_managed="istio.io-mesh-controller"`, or a name: as the scrape
    /// has it.
    Scraped(String),
    /// Series that only such a proxy emits.
    Series(Vec<Sign>),
    /// Mutual TLS to it and from it for this service, reported by the far ends only.
    FarEndsOnly(Host),
}

/// A role with its evidence.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RoleFact {
    /// The part played.
    pub role: Role,
    /// How strong the evidence is.
    pub evidence: Evidence,
    /// What exactly was seen.
    pub seen: Seen,
}

impl Role {
    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waypoint => "waypoint",
            Self::EastWestGateway => "eastWestGateway",
            Self::Gateway => "gateway",
            Self::Ztunnel => "ztunnel",
            Self::Sidecar => "sidecar",
            Self::Captured => "captured",
            Self::Plain => "plain",
        }
    }
}

impl Evidence {
    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configured => "configured",
            Self::Declared => "declared",
            Self::Emitter => "emitter",
            Self::Structural => "structural",
            Self::Name => "name",
            Self::Assumed => "assumed",
        }
    }
}

impl Sign {
    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnEnvoyServes => "ownEnvoyServes",
            Self::OwnEnvoyAsks => "ownEnvoyAsks",
            Self::OwnZtunnel => "ownZtunnel",
            Self::ReportsAsWaypoint => "reportsAsWaypoint",
        }
    }
}

impl Seen {
    /// How the export spells it: what the scrape has as it is; of series their names, `,` between them; for a service the
    /// word `farEndsOnly` and its host. Empty for nothing.
    pub fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Scraped(text) => text.clone(),
            Self::Series(signs) => signs.iter().map(|sign| sign.as_str()).collect::<Vec<_>>().join(","),
            Self::FarEndsOnly(host) => format!("farEndsOnly {host}"),
        }
    }
}

impl RoleFact {
    /// Nothing is known.
    pub fn assumed() -> Self {
        Self { role: Role::Plain, evidence: Evidence::Assumed, seen: Seen::Nothing }
    }
}
