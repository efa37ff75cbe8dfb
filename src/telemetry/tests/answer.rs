//! What a server answers to a query of the plan, for series whose rates are known.

use super::series::{Labels, Series};
use super::wayscope::promql::{AggregateOp, BinaryOp, Expr, RangeFunction};

/// A row of an answer.
pub struct Row {
    pub labels: Labels,
    pub value: f64,
}

/// Evaluates the expressions that plans are made of, as the server's documentation says; the windows are those in which
/// the series have their rates.
pub fn answer(expr: &Expr, series: &[Series]) -> Vec<Row> {
    match expr {
        Expr::Range { function: RangeFunction::Rate | RangeFunction::MaxOverTime, selector, .. } => series
            .iter()
            .filter(|one| selector.selects(one.metric, |name| one.labels.get(name).map(String::as_str)))
            .map(|one| Row { labels: one.labels.clone(), value: one.value })
            .collect(),
        Expr::Aggregate { op, by, of } => {
            let mut groups = std::collections::BTreeMap::<Labels, f64>::new();
            for mut row in answer(of, series) {
                row.labels.retain(|name, value| by.iter().any(|label| label.as_str() == name) && !value.is_empty());
                let group = groups.entry(row.labels).or_default();
                *group += match op {
                    AggregateOp::Sum => row.value,
                    AggregateOp::Count => 1.0,
                    _ => unimplemented!("an aggregation that no plan needs"),
                };
            }
            groups.into_iter().map(|(labels, value)| Row { labels, value }).collect()
        }
        Expr::LabelReplace { of, target, replacement, source, pattern } => {
            let mut rows = answer(of, series);
            for row in &mut rows {
                let value = row.labels.get(source.as_str()).map_or("", String::as_str);
                if let Some(made) = pattern.replace(value, replacement) {
                    row.labels.insert(target.to_string(), made);
                    row.labels.retain(|_, value| !value.is_empty());
                }
            }
            rows
        }
        Expr::Binary { op: BinaryOp::Or, left, right, on: None } => {
            let mut rows = answer(left, series);
            for row in answer(right, series) {
                if rows.iter().all(|known| known.labels != row.labels) {
                    rows.push(row);
                }
            }
            rows
        }
        _ => unimplemented!("an expression that no plan needs: {expr:?}"),
    }
}
