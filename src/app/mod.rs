//! The whole application as a plain value.
//!
//! [`App::update`] takes a [`Message`] and the time, changes the state, and returns the [`Effect`]s that it wants: requests
//! to make, timers to set, the address to show. A browser performs them, the demo mesh answers them, a test plays both.
//!
//! *Invariants.* No I/O, no clock, no randomness, no pixels. A late answer changes nothing. What was shown stays, marked
//! as old, until something better is there.

mod choices;
pub mod config;
mod effect;
pub mod export;
mod fetches;
mod flows;
mod graph;
mod latency;
mod message;
pub mod panel;
mod scrape;
mod settings;
#[cfg(test)]
mod tests;
mod update;
mod url;
mod view;

pub use choices::{CHOICES, Choice, Choices};
pub use effect::{Alarm, Effect, FetchId};
pub use flows::{FlowOutcome, FlowState};
pub use graph::{GraphState, Shown};
pub use latency::LatencyState;
pub use message::{Change, Message};
pub use scrape::ScrapeInterval;
pub use settings::Theme;
pub use update::App;
pub use url::UrlProblem;
pub use view::{EdgeLabel, Pane, Paths, Selection, View, edge_id};
