//! How long things take, over many spans.

use super::failure::is_error;
use super::self_time::self_times;
use super::tree::Tree;
use crate::order::{self, Map};

/// What the spans of one service and operation have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OperationTimes {
    /// The service.
    pub service: String,
    /// The operation.
    pub operation: String,
    /// How many spans.
    pub spans: usize,
    /// How many of them are errors.
    pub errors: usize,
    /// Their own time, added, in microseconds.
    pub own_micros: i64,
    /// Their time, added, in microseconds.
    pub all_micros: i64,
    /// Duration that half of them stay within, and 90 and 99 of a hundred, in microseconds.
    pub percentiles: [i64; 3],
}

/// The least value that at least `percent` of a hundred values stay within (nearest rank); nothing of no values. Values
/// ascend.
pub fn percentile(sorted: &[i64], percent: f64) -> Option<i64> {
    let rank = (percent.clamp(0.0, 100.0) / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// The times of each service and operation in some traces, those with most time of their own first.
pub fn operation_times(trees: &[Tree<'_>]) -> Vec<OperationTimes> {
    let mut groups: Map<(&str, &str), (OperationTimes, Vec<i64>)> = Map::default();
    for tree in trees {
        for ((_, span), own) in tree.iter().zip(self_times(tree)) {
            let (times, durations) = groups.entry((span.service(), span.operation())).or_insert_with(|| {
                let (service, operation) = (span.service().to_owned(), span.operation().to_owned());
                let none = OperationTimes {
                    service,
                    operation,
                    spans: 0,
                    errors: 0,
                    own_micros: 0,
                    all_micros: 0,
                    percentiles: [0; 3],
                };
                (none, Vec::new())
            });
            times.spans += 1;
            times.errors += usize::from(is_error(&span));
            times.own_micros = times.own_micros.saturating_add(own);
            times.all_micros = times.all_micros.saturating_add(span.duration_micros());
            durations.push(span.duration_micros());
        }
    }
    let mut all: Vec<OperationTimes> = groups
        .into_values()
        .map(|(mut times, mut durations)| {
            order::sort_by(&mut durations, Ord::cmp);
            times.percentiles = [50.0, 90.0, 99.0].map(|percent| percentile(&durations, percent).unwrap_or_default());
            times
        })
        .collect();
    order::sort_by(&mut all, |one, other| other.own_micros.cmp(&one.own_micros));
    all
}
