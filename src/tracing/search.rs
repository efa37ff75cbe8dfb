//! Asking on until enough traces are found.
//!
//! A back end cuts its answer off at a limit and knows nothing of what is filtered out afterwards. So older windows are
//! asked for, with higher limits, until there are enough, the range is exhausted, or the search has cost enough; and how
//! far it got is said.

use crate::backend::trace::{Call, Dialect, Query, TraceId};
use crate::order::Set;
use crate::quantity::{Duration, Instant, TimeRange};

/// A search under way: ask [`call`](Self::call), tell [`heard`](Self::heard), until there is none.
#[derive(Clone, PartialEq, Debug)]
pub struct Search {
    query: Query,
    dialect: Dialect,
    overviews_will_do: bool,
    wanted: usize,
    /// What is to be asked for, the newest last.
    windows: Vec<TimeRange>,
    limit: u32,
    seen: Set<TraceId>,
    matched: usize,
    requests: usize,
    back_to: Instant,
    has_gaps: bool,
    is_cut: bool,
    stopped: Option<End>,
}

/// A trace that an answer holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Which trace.
    pub trace: TraceId,
    /// When it begins, in microseconds of Unix time.
    pub start_micros: i64,
    /// How long it lasts, in microseconds.
    pub duration_micros: i64,
    /// Whether it is one of those looked for.
    pub matches: bool,
}

/// Why a search asks no more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// It does.
    Running,
    /// Enough was found.
    Enough,
    /// There is no more in the range.
    Exhausted,
    /// It has cost enough; there may be more.
    Bounded,
    /// An answer failed; there may be more.
    Failed,
}

/// How far a search got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// How many traces match.
    pub matched: usize,
    /// How many were looked at.
    pub looked_at: usize,
    /// Everything since then was looked at, but for gaps.
    pub back_to: Instant,
    /// What was to be looked at.
    pub range: TimeRange,
    /// Whether traces may be missing in between, as more of them stand in one moment than the back end gives at once.
    pub has_gaps: bool,
    /// Whether what was found is the newest there is; some back ends give what they find first.
    pub are_newest: bool,
    /// Why it asks no more.
    pub end: End,
    /// How many requests it took.
    pub requests: usize,
}

/// Back ends answer more slowly than the page waits beyond that.
const MAX_LIMIT: u32 = 1_500;

const MAX_REQUESTS: usize = 12;

const MAX_TRACES: usize = 10_000;

/// A window that is not split further.
const SHORTEST: Duration = Duration::from_millis(1_000);

impl Search {
    /// A search for so many traces; the query's own limit does not count.
    pub fn new(query: Query, dialect: Dialect, wanted: usize, overviews_will_do: bool) -> Self {
        let limit = (wanted.clamp(20, MAX_LIMIT as usize)) as u32;
        Self {
            windows: vec![query.range],
            back_to: query.range.to,
            query,
            dialect,
            overviews_will_do,
            wanted: wanted.max(1),
            limit,
            seen: Set::new(),
            matched: 0,
            requests: 0,
            has_gaps: false,
            is_cut: false,
            stopped: None,
        }
    }

    /// What to ask now; nothing when the search is over.
    pub fn call(&self) -> Option<Call> {
        let range = *self.windows.last().filter(|_| self.end() == End::Running)?;
        let query = Query { range, limit: self.limit, ..self.query.clone() };
        Some(Call::Search { query, overviews_will_do: self.overviews_will_do })
    }

    /// Takes in the traces of an answer, whether they match or not.
    pub fn heard(&mut self, page: &[Hit]) {
        let Some(window) = self.windows.pop() else { return };
        self.requests += 1;
        let seen = self.seen.len();
        for hit in page {
            if self.seen.insert(hit.trace) {
                self.matched += usize::from(hit.matches);
            }
        }
        let (is_full, is_new) = (page.len() >= self.limit as usize, self.seen.len() > seen);
        self.is_cut = is_full;
        if self.dialect.finds_newest_first() && (is_full || is_new) {
            // Less than the limit need not be all: Cassandra counts spans, and gives the traces that they belong to.
            self.go_back(window, page, is_full);
        } else if is_full {
            self.split(window);
        } else {
            self.back_to = self.back_to.min(window.from);
        }
        if self.matched * 2 < self.seen.len() {
            self.limit = (self.limit * 2).min(MAX_LIMIT);
        }
    }

    /// Ends the search: an answer failed.
    pub fn failed(&mut self) {
        self.stopped = Some(End::Failed);
    }

    /// The limit goes by when the spans began that match, which is before any trace with one ends: what ended first
    /// among the traces found is as far as the answer reaches for certain.
    fn go_back(&mut self, window: TimeRange, page: &[Hit], is_full: bool) {
        let ends = page.iter().map(|hit| hit.start_micros.saturating_add(hit.duration_micros));
        let reached = Instant::from_unix_millis(ends.min().unwrap_or_default().div_euclid(1_000) + 1);
        if reached < window.to {
            self.back_to = self.back_to.min(reached);
            self.older(TimeRange { from: window.from, to: reached });
        } else if !is_full {
            self.back_to = self.back_to.min(window.from);
        } else if self.limit < MAX_LIMIT {
            self.limit = (self.limit * 4).min(MAX_LIMIT);
            self.windows.push(window);
        } else {
            self.has_gaps = true;
            let starts = page.iter().map(|hit| hit.start_micros);
            let oldest = Instant::from_unix_millis(starts.min().unwrap_or_default().div_euclid(1_000));
            self.back_to = self.back_to.min(oldest);
            self.older(TimeRange { from: window.from, to: oldest.min(window.to) - Duration::from_millis(1) });
        }
    }

    fn older(&mut self, window: TimeRange) {
        if window.from <= window.to {
            self.windows.push(window);
        } else {
            self.back_to = self.back_to.min(window.from);
        }
    }

    fn split(&mut self, window: TimeRange) {
        if window.length() <= SHORTEST {
            self.has_gaps = true;
            self.back_to = self.back_to.min(window.from);
            return;
        }
        let middle = window.from + window.length() / 2;
        self.windows.push(TimeRange { from: window.from, to: middle });
        self.windows.push(TimeRange { from: middle, to: window.to });
    }

    fn end(&self) -> End {
        if self.matched >= self.wanted {
            End::Enough
        } else if let Some(end) = self.stopped {
            end
        } else if self.windows.is_empty() {
            End::Exhausted
        } else if self.requests >= MAX_REQUESTS || self.seen.len() >= MAX_TRACES {
            End::Bounded
        } else {
            End::Running
        }
    }

    /// How far it got.
    pub fn coverage(&self) -> Coverage {
        let are_newest = self.dialect.finds_newest_first() || !self.is_cut;
        Coverage {
            matched: self.matched,
            looked_at: self.seen.len(),
            back_to: self.back_to.max(self.query.range.from),
            range: self.query.range,
            has_gaps: self.has_gaps,
            are_newest,
            end: self.end(),
            requests: self.requests,
        }
    }
}
