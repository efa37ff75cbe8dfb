//! What panels show, in the reader's words and ready to be put on a page.
//!
//! *Invariants.* Plain values: no element, no colour. What telemetry left open is said to be unknown.

mod balance;
mod details;
mod flow;
mod legend;
mod names;
mod peers;
mod status;
mod table;
mod trouble;
mod voice;

pub use balance::balance;
pub use details::{Details, Fact, Response, Tone, details, latency_facts};
pub use flow::{ChartModel, FlowPanel, LineModel, flow_panel};
pub use legend::legend_text;
pub use names::{edge_title, node_caption, node_kind, node_title};
pub use peers::Peer;
pub use status::{Status, status};
pub use table::{EdgeRow, NodeRow, edge_rows, node_rows};
pub use trouble::{backend_error, notice, problems};
pub use voice::Voice;
