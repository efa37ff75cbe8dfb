//! Groups of series taken together.

use super::Column;
use super::column::{Groups, LabelSet};
use crate::promql::{AggregateOp, Label};

/// A group with the count and the total of its values at each step.
type Total<'a> = (LabelSet<'a>, Vec<(f64, f64)>);

pub(super) fn evaluate<'a>(op: AggregateOp, by: &[Label], columns: Vec<Column<'a>>, steps: usize) -> Vec<Column<'a>> {
    let mut groups = Groups::default();
    let mut totals: Vec<Total<'a>> = Vec::new();
    let mut places = Vec::new();
    for column in &columns {
        let labels = column.only(&|name| by.iter().any(|label| label.as_str() == name));
        let place = groups.place(&labels);
        if place == totals.len() {
            totals.push((labels, vec![(0.0, 0.0); steps]));
        }
        for (total, value) in totals.get_mut(place).into_iter().flat_map(|(_, totals)| totals).zip(&column.values) {
            if let Some(value) = *value {
                *total = (total.0 + 1.0, if total.0 == 0.0 { value } else { join(op, total.1, value) });
            }
        }
        places.push(place);
    }
    match op {
        AggregateOp::TopK(count) => select(columns, &places, count, |a, b| a > b || (b.is_nan() && !a.is_nan())),
        AggregateOp::BottomK(count) => select(columns, &places, count, |a, b| a < b || (b.is_nan() && !a.is_nan())),
        _ => totals.into_iter().map(|(labels, totals)| Column { labels, values: finish(op, &totals) }).collect(),
    }
}

fn join(op: AggregateOp, total: f64, value: f64) -> f64 {
    let replaces = match op {
        AggregateOp::Min => value < total,
        AggregateOp::Max => value > total,
        _ => return total + value,
    };
    // Any number is better than NaN.
    if replaces || total.is_nan() { value } else { total }
}

fn finish(op: AggregateOp, totals: &[(f64, f64)]) -> Vec<Option<f64>> {
    let value = |&(count, total): &(f64, f64)| match op {
        _ if count == 0.0 => None,
        AggregateOp::Avg => Some(total / count),
        AggregateOp::Count => Some(count),
        AggregateOp::Group => Some(1.0),
        _ => Some(total),
    };
    totals.iter().map(value).collect()
}

/// The so many first of each group at each step, in their order when there is but one step.
fn select<'a>(
    columns: Vec<Column<'a>>,
    places: &[usize],
    count: u32,
    beats: impl Fn(f64, f64) -> bool,
) -> Vec<Column<'a>> {
    let all: Vec<(usize, Vec<Option<f64>>)> =
        places.iter().zip(&columns).map(|(place, column)| (*place, column.values.clone())).collect();
    let mut selected: Vec<(usize, Column<'a>)> = Vec::new();
    for (at, (mut column, place)) in columns.into_iter().zip(places).enumerate() {
        let mut last_rank = 0;
        for (step, value) in column.values.iter_mut().enumerate() {
            let Some(own) = *value else { continue };
            let is_before = |(other, (group, values)): &(usize, &(usize, Vec<Option<f64>>))| {
                let value = values.get(step).copied().flatten().filter(|_| group == place);
                value.is_some_and(|value| beats(value, own) || (*other < at && !beats(own, value)))
            };
            last_rank = all.iter().enumerate().filter(is_before).count();
            if last_rank >= count as usize {
                *value = None;
            }
        }
        let rank = if column.values.len() == 1 { last_rank } else { at };
        selected.insert(selected.partition_point(|(other, _)| *other <= rank), (rank, column));
    }
    selected.into_iter().map(|(_, column)| column).collect()
}
