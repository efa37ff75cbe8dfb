//! A trace in one line.

use super::id::TraceId;

/// What a list shows of a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overview {
    /// Which trace.
    pub trace: TraceId,
    /// Service and operation of the first span without a parent; none while that span has not arrived, or when the back
    /// end does not say.
    pub root: Option<(String, String)>,
    /// When the first span begins, in microseconds of Unix time.
    pub start_micros: i64,
    /// From the start of the first span to the end of the last, in microseconds; not negative.
    pub duration_micros: i64,
    /// How many spans there are; none when the back end does not say.
    pub spans: Option<u32>,
    /// How many of them are errors; none when the back end does not say.
    pub errors: Option<u32>,
    /// How many of them name a parent that is missing; none when the back end does not say.
    pub orphans: Option<u32>,
    /// Who took part, by name.
    pub services: Vec<ServiceCount>,
}

/// A service's part in a trace.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct ServiceCount {
    /// Its name, as the back end spells it.
    pub service: String,
    /// How many spans it emitted.
    pub spans: u32,
    /// How many of them are errors.
    pub errors: u32,
}
