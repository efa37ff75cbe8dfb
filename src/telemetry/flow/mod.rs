//! Byte flows over time: what to ask for an edge or a node, which answer to believe, and why there is none.
//!
//! For each kind of hop there is an ordered list of [`Basis`]: places where its bytes may have been counted. The first
//! that has data is shown, and every one that was asked is reported. Whom to believe is decided as it is for the graph.
//!
//! *Invariants.* An edge's *sent* bytes go from its source to its target, whoever counts. One reporter makes one line;
//! lines of different reporters are never added. An edge that any proxy counted is never shown empty.

mod basis;
mod judge;
mod matchers;
mod query;
mod reading;
mod subject;
mod window;

pub use basis::Basis;
pub use judge::{Flow, FlowLine, Heard, NoFlow, Side, Tried, judge, why_none};
pub use query::{FlowQuery, Question, queries};
pub use reading::Reading;
pub use subject::{FlowLane, FlowSubject, bases};
pub use window::FlowWindow;
