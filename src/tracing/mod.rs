//! What spans mean: to each other, and in the mesh.
//!
//! Spans become a [`Tree`], with what is odd about it said; [`Names`] finds a workload's spans in a back end that calls it
//! otherwise; [`Facts`] reads the tags that proxies write, a [`Matcher`] puts spans on nodes and edges; a [`Search`] asks
//! on until enough is found, and says how far it got.
//!
//! *Invariants.*
//! - No I/O, no clock: what is asked leaves as a value.
//! - Linear or nearly so in the number of spans, and no recursion: a trace may be as deep as it is long.
//! - A name matches whole or not at all: `reviews` is not `reviews-v2`.

mod aliases;
mod clock;
mod compare;
mod critical;
mod facts;
mod failure;
mod filter;
mod matcher;
mod names;
mod node_id;
mod overview;
mod place;
mod search;
mod self_time;
mod similar;
mod statistics;
mod subject;
#[cfg(test)]
mod tests;
mod tree;
mod upstream;

pub use aliases::Attribute;
pub use clock::{Skew, skews};
pub use compare::{Difference, Share, compare};
pub use critical::{Segment, critical_path};
pub use facts::{End, Facts, Proxy, Side};
pub use failure::is_error;
pub use filter::Filter;
pub use matcher::{Matcher, Placement, Sign};
pub use names::{Candidate, Forced, Meeting, NameMatch, NameRule, NameRules, Names};
pub use node_id::{NodeId, is_pod_of};
pub use overview::{SpanCounts, overview};
pub use place::place;
pub use search::{Coverage, End as SearchEnd, Hit, Search};
pub use self_time::self_times;
pub use similar::{Fingerprint, distance, most_similar};
pub use statistics::{OperationTimes, operation_times, percentile};
pub use subject::{Subject, Waypoint};
pub use tree::{Oddity, Row, Tree};
pub use upstream::{Direction, Upstream, host_of_operation};
