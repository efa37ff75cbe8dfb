//! Groups of series taken together.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::Column;
use super::column::LabelSet;
use crate::promql::{AggregateOp, Label};

pub(super) fn evaluate<'a>(op: AggregateOp, by: &[Label], columns: Vec<Column<'a>>, steps: usize) -> Vec<Column<'a>> {
    let mut groups: Vec<Vec<Column<'a>>> = Vec::new();
    let mut places: FxHashMap<LabelSet<'a>, usize> = FxHashMap::default();
    for column in columns {
        let key = column.only(|name| by.iter().any(|label| label.as_str() == name));
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(column),
            None => groups.push(vec![column]),
        }
    }
    if let AggregateOp::TopK(count) | AggregateOp::BottomK(count) = op {
        let greatest = matches!(op, AggregateOp::TopK(_));
        return groups.into_iter().flat_map(|group| select(group, count as usize, greatest, steps)).collect();
    }
    let mut keys: Vec<(LabelSet<'a>, usize)> = places.into_iter().collect();
    keys.sort_by_key(|(_, place)| *place);
    let total = |(labels, group): (LabelSet<'a>, &Vec<Column<'a>>)| {
        let at = |step| reduce(op, group.iter().filter_map(|column| *column.values.get(step)?));
        Column { labels, values: (0..steps).map(at).collect() }
    };
    keys.into_iter().map(|(labels, _)| labels).zip(&groups).map(total).collect()
}

/// The values of one group at one step as one; nothing when there are none.
fn reduce(op: AggregateOp, values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut count = 0.0;
    let mut total: Option<f64> = None;
    for value in values {
        count += 1.0;
        total = Some(match (op, total) {
            (_, None) => value,
            (AggregateOp::Sum | AggregateOp::Avg, Some(sum)) => sum + value,
            // Any number is better than NaN.
            (AggregateOp::Min, Some(least)) => {
                if value < least || least.is_nan() {
                    value
                } else {
                    least
                }
            }
            (AggregateOp::Max, Some(most)) => {
                if value > most || most.is_nan() {
                    value
                } else {
                    most
                }
            }
            (_, some) => some?,
        });
    }
    total.map(|total| match op {
        AggregateOp::Avg => total / count,
        AggregateOp::Count => count,
        AggregateOp::Group => 1.0,
        _ => total,
    })
}

/// The so many first of a group at each step; for a single step in their order.
fn select(mut group: Vec<Column<'_>>, count: usize, greatest: bool, steps: usize) -> Vec<Column<'_>> {
    let by_value = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) if greatest => b.partial_cmp(&a).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan())),
        (Some(a), Some(b)) => a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan())),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    for step in 0..steps {
        group.sort_by(|a, b| {
            let value = |column: &Column<'_>| column.values.get(step).copied().flatten();
            by_value(value(a), value(b)).then(Ordering::Equal)
        });
        for column in group.iter_mut().skip(count) {
            if let Some(value) = column.values.get_mut(step) {
                *value = None;
            }
        }
    }
    group
}
