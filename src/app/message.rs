//! What can happen.

use crate::backend::{BackendError, HttpAnswer};
use crate::mesh::Namespace;
use crate::order::Set;
use crate::quantity::{Duration, TimeWindow};
use crate::words::Language;

use super::choices::Choices;
use super::config::Config;
use super::effect::{Alarm, FetchId};
use super::settings::Theme;
use super::view::{EdgeLabel, Pane, Paths, Selection};

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// The application is on the screen; ask for what it shows.
    Started,
    /// An answer came, or did not.
    Answered {
        /// To which request.
        id: FetchId,
        /// What came.
        result: Result<HttpAnswer, BackendError>,
    },
    /// A timer went off.
    Woke(Alarm),
    /// The reader asks for fresh data.
    Refresh,
    /// The reader changes what is shown.
    Change(Change),
    /// The reader selects an element, or nothing.
    Select(Option<Selection>),
    /// The browser's buttons changed the address's query string.
    Navigated(String),
    /// The tab went out of sight, or came back.
    Hidden(bool),
    /// The host page changed the configuration.
    Configured(Box<Config>),
    /// The reader chose a language; nothing is the browser's.
    Language(Option<Language>),
    /// The reader chose a theme; nothing is the system's.
    Theme(Option<Theme>),
}

/// A change of what is shown.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Ask another back end, by name.
    BackEnd(String),
    /// Look at another stretch of time.
    Window(TimeWindow),
    /// Ask again every so often; nothing is never.
    Refresh(Option<Duration>),
    /// Show these namespaces; none is all.
    Namespaces(Set<Namespace>),
    /// Make the graph of something else.
    Choices(Choices),
    /// Draw waypoint paths otherwise.
    Paths(Paths),
    /// Show or hide edges without traffic.
    Idle(bool),
    /// Show or hide the infrastructure's own traffic.
    Infrastructure(bool),
    /// Show or hide a part of edge labels.
    Label(EdgeLabel, bool),
    /// Graph or table.
    Pane(Pane),
}
