//! What a server answers to a query of the plan, for series whose rates are known.

use super::series::{Labels, Series};
use super::wayscope::promql::{AggregateOp, BinaryOp, Expr, Label, RangeFunction};

/// A row of an answer.
pub struct Row {
    pub labels: Labels,
    pub value: f64,
}

/// Evaluates the expressions that plans are made of, as the server's documentation says; the windows are those in which
/// the series have their rates.
pub fn answer(expr: &Expr, series: &[Series]) -> Vec<Row> {
    match expr {
        // All series have been there for longer than any window.
        Expr::Vector(selector)
        | Expr::Range { function: RangeFunction::Rate | RangeFunction::MaxOverTime, selector, .. } => series
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
        Expr::Binary { op, left, right, on } => match (op, &**right) {
            (BinaryOp::Div, Expr::Number(number)) => changed(answer(left, series), |value| value / number),
            (BinaryOp::Mul, Expr::Number(number)) => changed(answer(left, series), |value| value * number),
            _ => combined(*op, answer(left, series), answer(right, series), on.as_deref()),
        },
        _ => unimplemented!("an expression that no plan needs: {expr:?}"),
    }
}

fn changed(mut rows: Vec<Row>, change: impl Fn(f64) -> f64) -> Vec<Row> {
    for row in &mut rows {
        row.value = change(row.value);
    }
    rows
}

fn combined(op: BinaryOp, mut left: Vec<Row>, right: Vec<Row>, on: Option<&[Label]>) -> Vec<Row> {
    let signature = |row: &Row| match on {
        None => row.labels.clone(),
        Some(on) => on
            .iter()
            .filter_map(|name| row.labels.get_key_value(name.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
    };
    let partner =
        |row: &Row, rows: &[Row]| rows.iter().find(|other| signature(other) == signature(row)).map(|one| one.value);
    match op {
        BinaryOp::Or => {
            let more: Vec<Row> = right.into_iter().filter(|row| partner(row, &left).is_none()).collect();
            left.extend(more);
        }
        BinaryOp::And => left.retain(|row| partner(row, &right).is_some()),
        BinaryOp::Unless => left.retain(|row| partner(row, &right).is_none()),
        _ => unimplemented!("an operator that no plan needs"),
    }
    left
}
