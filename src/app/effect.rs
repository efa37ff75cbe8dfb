//! What the application wants done.

use std::sync::Arc;

use crate::backend::prometheus::Call;
use crate::quantity::Duration;

use super::config::BackEnd;

/// Tells one request from another for as long as the application lives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FetchId(pub u64);

/// A timer. Setting one that is set replaces it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Alarm {
    /// Time to ask for the graph again.
    Refresh,
    /// All answers of a refresh are in: build the graph, in a task of its own so that the page can breathe.
    Classify,
    /// A request that the back end put off is due.
    Retry(FetchId),
}

/// A wish.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask a back end; its answer comes back as [`Message::Answered`](super::Message::Answered).
    Fetch {
        /// To tell the answer by.
        id: FetchId,
        /// Whom.
        back_end: Arc<BackEnd>,
        /// What.
        call: Call,
    },
    /// Nobody waits for this answer any more.
    Abort(FetchId),
    /// Send [`Message::Woke`](super::Message::Woke) after so long.
    Wake {
        /// Which timer.
        alarm: Alarm,
        /// How long; zero is "in the next task".
        after: Duration,
    },
    /// The timer is not wanted any more.
    Cancel(Alarm),
    /// The address's query string for what is shown now.
    Address {
        /// Without `?`.
        query: String,
        /// Whether the reader went somewhere and wants to come back by the browser's button.
        push: bool,
    },
    /// Keep a preference of the reader's on this machine; an empty value forgets it.
    Remember {
        /// Its name.
        key: &'static str,
        /// Its value.
        value: &'static str,
    },
    /// Tell the page that holds the element what is selected: an identifier, or nothing.
    AnnounceSelection(Option<String>),
}
