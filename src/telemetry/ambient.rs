//! Which of a mesh's proxies are heard.

use crate::mesh::{Emitter, Reporter};

use super::classify::is_logical;
use super::flow::Reading;
use super::observation::Observation;
use super::roles::Roles;

/// Whose word counts. It is the reports of the ambient mode that are chosen; a sidecar's traffic is no part of it and stays,
/// as in Kiali, but where ztunnels alone are to be heard. (Kiali's choice of ztunnels leaves the traffic of sidecars in.)
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Ambient {
    /// Everybody's.
    #[default]
    All,
    /// Everybody's but ztunnels': what waypoints report end to end, L7 or TCP, and what sidecars and gateways report.
    Waypoint,
    /// Only what ztunnels report: every hop, as bytes and connections.
    Ztunnel,
    /// Nothing of the ambient mode: only what sidecars and gateways report.
    None,
}

impl Ambient {
    fn admits(self, by_waypoint: bool, by_ztunnel: bool) -> bool {
        match self {
            Self::All => true,
            Self::Waypoint => by_waypoint || !by_ztunnel,
            Self::Ztunnel => by_ztunnel && !by_waypoint,
            Self::None => !by_waypoint && !by_ztunnel,
        }
    }

    /// Whether a series of the graph is heard. It must be asked before reporters are chosen, so that an edge shows what is
    /// left to be heard of it.
    pub fn hears(self, seen: &Observation, roles: &Roles) -> bool {
        self.admits(is_logical(seen, roles), seen.emitter == Emitter::Ztunnel)
    }

    /// Whether what a reporter measures of requests is heard; no ztunnel reads them.
    pub fn hears_requests(self, reporter: Reporter) -> bool {
        self.admits(reporter == Reporter::Waypoint, false)
    }

    /// Whether a series of a chart is heard; `is_logical` tells that its edge is a waypoint's word.
    pub fn hears_reading(self, reading: &Reading, is_logical: bool) -> bool {
        self.admits(is_logical || reading.reporter == Reporter::Waypoint, reading.by_ztunnel)
    }
}
