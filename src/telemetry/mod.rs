//! Edge classification: what Istio's proxies really say, and what it means.
//!
//! A [`Plan`] asks for the whole mesh in a constant number of queries. Each series of the answers is read into an
//! [`Observation`]; [`Roles`] tells waypoints, gateways and captured workloads apart; [`classify`] names the kind of hop;
//! [`topology`] chooses one reporter for each edge and builds the graph. [`flow`] plans and judges the byte-flow charts.
//!
//! *Invariants.*
//! - Telemetry alone decides; nothing here needs the Kubernetes API.
//! - Reporters are alternatives, never summands. A logical edge is never added to its legs.
//! - Classification never fails: what fits nowhere is drawn, and said to be unclassified.
//! - An edge's *sent* bytes are its source's: `istio_tcp_received_bytes_total`, for every reporter.

mod ambient;
mod build;
mod classify;
mod declaration;
mod emitter;
mod ends;
pub mod flow;
mod graph;
mod hops;
pub mod label;
mod lanes;
mod latency;
pub mod metric;
mod names;
mod nodes;
mod observation;
mod outcome;
mod pair;
mod parts;
mod passthrough;
mod plan;
mod proof;
mod rates;
mod read;
mod roles;
mod service_kind;
mod speaker;
#[cfg(test)]
mod tests;
mod verdict;
mod via;

pub use ambient::Ambient;
pub use build::lumps;
pub use classify::classify;
pub use declaration::Declaration;
pub use graph::topology;
pub use latency::{Latency, QUANTILES, latency_query};
pub use names::{CompileNames, NameTest, Names};
pub use observation::{EmitterPod, Ending, Observation, Peer, Policy, Service};
pub use outcome::{NO_RESPONSE, Outcome, never_left_client};
pub use parts::{STEPS, parts};
pub use plan::{Plan, Question};
pub use read::{LABELS, Rows};
pub use roles::{RoleSettings, Roles};
pub use verdict::Verdict;
