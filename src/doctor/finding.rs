//! What is found to be wrong.

use super::remedy::Remedy;
use crate::backend::BackendError;
use crate::backend::trace::{Dialect, PortHint};
use crate::quantity::{BytesPerSec, Duration, Instant, PerSec, TimeRange};
use crate::tracing::{Coverage, Meeting, Waypoint};

/// How certain a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Certainty {
    /// It was seen.
    Established,
    /// It is the most likely reason for what was seen.
    Likely,
}

/// Something that is wrong, how certain that is, and what mends it.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// What is wrong, with what was seen of it.
    pub trouble: Trouble,
    /// How certain it is.
    pub certainty: Certainty,
    /// What mends it, the best first.
    pub remedies: Vec<Remedy>,
}

/// What is wrong, with its evidence.
#[derive(Clone, PartialEq, Debug)]
pub enum Trouble {
    /// The page was loaded over HTTPS, and the address is not encrypted: the browser does not even ask.
    MixedContent {
        /// The address.
        base: String,
    },
    /// The port takes gRPC, or takes spans in; neither can be asked for traces.
    WrongPort {
        /// The address.
        base: String,
        /// What the port is known for; nothing when an answer said that it is gRPC.
        hint: PortHint,
    },
    /// TLS is spoken at an address that begins with `http:`.
    NotEncrypted {
        /// The address.
        base: String,
    },
    /// No API stands below the path.
    WrongPath {
        /// The address.
        base: String,
        /// Whether web pages come instead; it may be a log-in, then.
        is_page: bool,
    },
    /// The API stands below another path than the one given, and is asked there.
    OtherPath {
        /// The address given.
        given: String,
        /// The address that answers.
        found: String,
    },
    /// Another dialect is spoken than the one that was fixed.
    OtherDialect {
        /// The one that was fixed.
        wanted: Dialect,
        /// The one that answers.
        found: Dialect,
    },
    /// Jaeger's routes of old were fixed, and this release has them no more.
    RoutesGone {
        /// What answers in their place.
        found: Dialect,
    },
    /// Jaeger's routes of old were fixed; this release has their successors, the next has nothing else.
    RoutesGoing,
    /// The server answers, but does not let this page read it: no header of CORS, at least not on this answer.
    NotShared {
        /// The address.
        base: String,
    },
    /// The server lets this page read answers, but not send the configured headers.
    PreflightRefused {
        /// Their names.
        headers: Vec<String>,
    },
    /// The back end serves several tenants, and none was named.
    TenantMissing {
        /// In the back end's words.
        message: String,
    },
    /// Credentials are missing or not enough.
    Denied {
        /// The HTTP status.
        status: u16,
    },
    /// The back end answers with an error of its own.
    BackEndFails {
        /// The error.
        error: BackendError,
    },
    /// Nothing answers.
    Unreachable {
        /// The address.
        base: String,
    },
    /// Nothing answers in time.
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
    /// The back end has no spans of anyone.
    Empty,
    /// The back end calls it otherwise; it is asked for by the back end's name.
    OtherName {
        /// As the back end spells it.
        known: String,
        /// What was looked for.
        wanted: String,
        /// How they differ.
        meeting: Meeting,
    },
    /// The back end knows none of the names.
    UnknownName {
        /// What was looked for.
        wanted: Vec<String>,
        /// Names that have one of them in them.
        near: Vec<String>,
        /// How many names the back end knows.
        known: usize,
    },
    /// Requests go through a waypoint of which the back end has no spans.
    WaypointSilent {
        /// The waypoint.
        waypoint: Waypoint,
        /// How many requests go through it.
        requests: PerSec,
    },
    /// Only ztunnels carry its traffic, and ztunnels emit no spans.
    OnlyL4 {
        /// How much they carry.
        bytes: BytesPerSec,
    },
    /// It neither asked nor was asked.
    NoTraffic,
    /// So few requests that sampling leaves hardly a trace of them.
    SamplingLow {
        /// How many requests there were in the range.
        requests: f64,
        /// How many traces that gives at the share that Istio samples by default, or at the one configured.
        expected: f64,
        /// That share, 0 to 1.
        share: f64,
        /// How many were found.
        found: usize,
    },
    /// So many requests that sampling does not explain why there is no trace of them.
    NoSpansDespiteTraffic {
        /// How many requests there were in the range.
        requests: f64,
        /// How many traces that gives at the share that Istio samples by default, or at the one configured.
        expected: f64,
    },
    /// The range ends before the oldest trace that the back end has.
    BeforeOldest {
        /// When that trace began.
        oldest: Instant,
        /// The range.
        range: TimeRange,
    },
    /// Traces there are, but none that passes what the reader filters by.
    FilteredOut {
        /// How far the search got.
        coverage: Coverage,
    },
    /// The search gave up before the end of the range.
    NotSearchedThrough {
        /// How far it got.
        coverage: Coverage,
    },
    /// Applications and proxies both emit spans, but none of their traces are the same.
    Unlinked {
        /// How many traces have spans of applications only.
        applications: usize,
        /// How many traces have spans of proxies only.
        proxies: usize,
    },
}

impl Finding {
    /// A finding that was seen.
    pub(super) fn established(trouble: Trouble, remedies: Vec<Remedy>) -> Self {
        Self { trouble, certainty: Certainty::Established, remedies }
    }

    /// A finding that is the most likely reason.
    pub(super) fn likely(trouble: Trouble, remedies: Vec<Remedy>) -> Self {
        Self { trouble, certainty: Certainty::Likely, remedies }
    }
}
