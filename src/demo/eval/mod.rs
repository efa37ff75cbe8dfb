//! Evaluation of expressions over the simulated series, with the semantics of Prometheus 2.
//!
//! An expression is evaluated once for all steps: each series becomes a column with a value, or none, for every step, so
//! that selecting and grouping cost the same for one step and for hundreds.
//!
//! Windows and the lookback include both their ends, as in Prometheus 2; since version 3 a sample exactly at the start is
//! left out. That can be seen only when a query names an instant at which scrapes happen. Even then a `rate` is almost
//! the same, for it is extrapolated to the whole window in both cases.
//!
//! *Invariants.* Knows no metric and no label but those that the language itself names (`__name__`, `le`).

mod aggregate;
mod binary;
mod column;
mod quantile;
mod range;

use thiserror::Error;

use super::counter::Counter;
use super::mesh::DemoMesh;
use crate::promql::{Expr, Selector};
use crate::quantity::Duration;
pub(super) use column::{Column, LabelSet};
use column::{NAME, merge, without_name};

/// How old the newest sample of a series may be.
const LOOKBACK_MILLIS: i64 = 300_000;

/// Why an expression has no value: the errors of Prometheus' engine (`promql/engine.go`), in its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub(super) enum Refusal {
    #[error("vector cannot contain metrics with the same labelset")]
    SameLabels,
    #[error("found duplicate series for the match group on the right side: many-to-many matching not allowed")]
    ManyToMany,
    #[error("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    ManyToOne,
}

/// The value of an expression at each of these instants, in Unix milliseconds.
pub(super) fn evaluate<'a>(mesh: &'a DemoMesh, expr: &'a Expr, at: &[i64]) -> Result<Vec<Column<'a>>, Refusal> {
    let value = |expr| evaluate(mesh, expr, at);
    match expr {
        Expr::Vector(selector) => {
            let newest = |counter: &Counter, at| counter.window(at - LOOKBACK_MILLIS, at).map(|window| window.last.1);
            Ok(columns(mesh, selector, true, at, &newest))
        }
        Expr::Range { function, selector, window } => {
            range::evaluate(mesh, *function, selector, Expr::window(*window).millis(), at)
        }
        Expr::Aggregate { op, by, of } => Ok(aggregate::evaluate(*op, by, value(of)?, at.len())),
        Expr::Binary { op, left, right, on } => binary::evaluate(*op, left, right, on.as_deref(), &value),
        Expr::Quantile { q, of } => Ok(quantile::evaluate(*q, &value(of)?, at.len())),
        Expr::LabelReplace { of, target, replacement, source, pattern } => {
            let mut columns = value(of)?;
            // Where the label was not set before, what differed still differs.
            let mut overwrites = false;
            for column in &mut columns {
                if let Some(text) = pattern.replace(column.get(source.as_str()), replacement) {
                    overwrites |= column.set(target.as_str(), text);
                }
            }
            if overwrites { merge(columns) } else { Ok(columns) }
        }
        Expr::ClampMin { of, min } => {
            let clamp = |value: f64| if min.is_nan() || value.is_nan() { f64::NAN } else { value.max(*min) };
            let mut columns = value(of)?;
            for column in &mut columns {
                column.change(&|_, value| Some(clamp(value)));
            }
            without_name(columns)
        }
        Expr::Number(number) => Ok(vec![Column { labels: Vec::new(), values: vec![Some(*number); at.len()] }]),
    }
}

/// The columns of a selector, valued as long ago as it says.
fn columns<'a>(
    mesh: &'a DemoMesh,
    selector: &'a Selector,
    named: bool,
    at: &[i64],
    value: &dyn Fn(&Counter, i64) -> Option<f64>,
) -> Vec<Column<'a>> {
    let ago = selector.ago().map_or(0, Duration::millis);
    let mut columns = Vec::new();
    for (metric, series) in mesh.select(selector) {
        let mut labels: LabelSet<'a> = Vec::new();
        if named {
            labels.push((NAME, metric.into()));
        }
        mesh.push_labels(series, &mut labels);
        columns.push(Column { labels, values: at.iter().map(|at| value(&series.counter, at - ago)).collect() });
    }
    columns
}
