//! Functions over windows.

use super::column::merge;
use super::{Column, Refusal, columns};
use crate::demo::counter::{Counter, Window};
use crate::demo::mesh::DemoMesh;
use crate::promql::{RangeFunction, Selector};

pub(super) fn evaluate<'a>(
    mesh: &'a DemoMesh,
    function: RangeFunction,
    selector: &'a Selector,
    length_millis: i64,
    at: &[i64],
) -> Result<Vec<Column<'a>>, Refusal> {
    let named = function == RangeFunction::LastOverTime;
    let columns = columns(mesh, selector, named, at, &|counter, to| apply(function, counter, to - length_millis, to));
    if named || selector.metrics().count() == 1 { Ok(columns) } else { merge(columns) }
}

fn apply(function: RangeFunction, counter: &Counter, from: i64, to: i64) -> Option<f64> {
    let window = counter.window(from, to)?;
    match function {
        RangeFunction::Rate => {
            let secs = (to - from) as f64 / 1_000.0;
            extrapolate(&window, from, to, true).map(|increase| increase / secs)
        }
        RangeFunction::Increase => extrapolate(&window, from, to, true),
        RangeFunction::Delta => extrapolate(&window, from, to, false),
        RangeFunction::AvgOverTime => Some(counter.sum(from, to) / window.count as f64),
        RangeFunction::MinOverTime => Some(window.min),
        RangeFunction::MaxOverTime => Some(window.max),
        RangeFunction::CountOverTime => Some(window.count as f64),
        RangeFunction::LastOverTime => Some(window.last.1),
    }
}

/// The change from the first to the last sample, stretched to the window's ends where samples come close to them:
/// `extrapolatedRate` of Prometheus 2 (`promql/functions.go`). A counter is never taken to have been below zero.
fn extrapolate(window: &Window, from: i64, to: i64, is_counter: bool) -> Option<f64> {
    if window.count < 2 {
        return None;
    }
    let ((first_at, first), (last_at, last)) = (window.first, window.last);
    let change = last - first + if is_counter { window.lost } else { 0.0 };
    let sampled = (last_at - first_at) as f64 / 1_000.0;
    let between_samples = sampled / (window.count - 1) as f64;
    let mut to_start = (first_at - from) as f64 / 1_000.0;
    let to_end = (to - last_at) as f64 / 1_000.0;
    if is_counter && change > 0.0 && first >= 0.0 {
        to_start = to_start.min(sampled * (first / change));
    }
    let stretch = |gap: f64| if gap < between_samples * 1.1 { gap } else { between_samples / 2.0 };
    Some(change * (sampled + stretch(to_start) + stretch(to_end)) / sampled)
}
