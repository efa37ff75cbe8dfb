//! What part a workload plays in the data plane, and how that is known.

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

/// A role with its evidence.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RoleFact {
    /// The part played.
    pub role: Role,
    /// How strong the evidence is.
    pub evidence: Evidence,
    /// What exactly was seen, in telemetry's own words, such as `gateway_istio_io_managed="istio.io-mesh-controller"`.
    pub seen: String,
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

impl RoleFact {
    /// Nothing is known.
    pub fn assumed() -> Self {
        Self { role: Role::Plain, evidence: Evidence::Assumed, seen: String::new() }
    }
}
