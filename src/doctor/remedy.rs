//! What mends it.

use super::command;
use crate::backend::trace::Dialect;
use crate::quantity::TimeRange;
use crate::tracing::{Forced, Waypoint};

/// What mends something.
#[derive(Clone, PartialEq, Debug)]
pub enum Remedy {
    /// Ask at another address.
    UseBase {
        /// The address.
        base: String,
    },
    /// Ask in another dialect, or let it be found.
    UseDialect {
        /// The dialect.
        dialect: Dialect,
    },
    /// Have the server, or a gateway before it, share its answers with this page.
    Share {
        /// Where the page comes from.
        origin: String,
        /// What is asked.
        url: String,
        /// The headers that the page sends and the server must allow.
        headers: Vec<String>,
    },
    /// Serve page and back end from one origin, so that nothing need be shared.
    SameOrigin,
    /// Name the tenant in this header.
    NameTenant {
        /// The header.
        header: &'static str,
    },
    /// Configure credentials.
    AddCredentials,
    /// Ask from a shell what the page cannot tell.
    AskByHand {
        /// What to ask.
        url: String,
        /// Where the page comes from.
        origin: String,
    },
    /// Force how names end.
    ForceSuffix(Forced),
    /// Force whether a waypoint's name is used.
    ForceWaypointName(Forced),
    /// Have the application's spans bear the name that the mesh uses.
    NameService {
        /// That name.
        name: String,
    },
    /// Send spans to this back end: a provider in the mesh configuration, and a `Telemetry` that names it.
    EnableTracing {
        /// The namespace; nothing for the whole mesh.
        namespace: Option<String>,
        /// The waypoint, where it is a waypoint that is silent.
        waypoint: Option<Waypoint>,
    },
    /// Sample a greater share of requests.
    Sample {
        /// In per cent.
        percent: f64,
        /// Where.
        namespace: String,
    },
    /// Put a waypoint before the workloads of a namespace.
    AddWaypoint {
        /// The namespace.
        namespace: String,
    },
    /// Look at another time.
    ChangeRange {
        /// When.
        range: TimeRange,
    },
    /// Look for fewer things at once.
    Narrow,
    /// Filter by less.
    RelaxFilter,
    /// Have the application pass on the headers of the trace (`traceparent`, or `b3`).
    PropagateHeaders,
    /// Look into the logs of the back end.
    ReadLogs,
}

impl Remedy {
    /// What can be pasted into a shell; nothing where there is no such thing.
    pub fn command(&self) -> Option<String> {
        match self {
            Self::Share { origin, url, headers } => Some(command::preflight(url, origin, headers)),
            Self::AskByHand { url, origin } => Some(command::get(url, origin)),
            Self::EnableTracing { namespace, waypoint } => {
                Some(command::telemetry(namespace.as_deref(), waypoint.as_ref(), None))
            }
            Self::Sample { percent, namespace } => Some(command::telemetry(Some(namespace), None, Some(*percent))),
            Self::AddWaypoint { namespace } => Some(command::add_waypoint(namespace)),
            Self::NameService { name } => Some(["OTEL_SERVICE_NAME=", &command::quoted(name)].concat()),
            _ => None,
        }
    }
}
