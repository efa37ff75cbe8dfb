//! The nouns of the mesh and the graph of them: what an answer means once every label has been read.
//!
//! *Invariants.* No metric name, no label name, no query, no I/O. A word that telemetry left out is
//! [unknown](name::UNKNOWN), and stays visibly so; it never turns into zero, plaintext or a guess.

mod balance;
mod edge;
mod grouping;
mod health;
mod hop;
mod key;
mod merge;
mod name;
mod node;
mod protocol;
mod reporter;
mod role;
mod security;
mod told;
mod topology;
mod totals;

pub use balance::{Imbalance, ImbalanceCause};
pub use edge::{Bytes, Connections, Edge, EdgeKey, Measured, Operations, Requests, Ways};
pub use grouping::{GraphType, Grouping};
pub use health::{Health, Tolerance, Tolerances};
pub use hop::{HopKind, Layer, Shown};
pub use key::NodeKey;
pub use name::{App, Cluster, Host, Identity, Namespace, Operation, UNKNOWN, Version, Workload};
pub use node::{Node, Traffic};
pub use protocol::Protocol;
pub use reporter::{Emitter, Reporter};
pub use role::{Evidence, Role, RoleFact, Seen, Sign};
pub use security::Security;
pub use told::{Told, Untold};
pub use topology::{Topology, TopologyBuilder};
