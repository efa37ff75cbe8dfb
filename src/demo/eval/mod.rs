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

use super::mesh::DemoMesh;
use super::series::Series;
use crate::promql::{Expr, Selector};
pub(super) use column::Column;
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
        Expr::Vector(selector) => Ok(vector(mesh, selector, at)),
        Expr::Range { function, selector, window } => {
            range::evaluate(mesh, *function, selector, Expr::window(*window).millis(), at)
        }
        Expr::Aggregate { op, by, of } => Ok(aggregate::evaluate(*op, by, value(of)?, at.len())),
        Expr::Binary { op, left, right, on } => binary::evaluate(*op, left, right, on.as_deref(), at.len(), value),
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
            without_name(value(of)?.into_iter().map(|column| column.map(clamp)).collect())
        }
        Expr::Number(number) => Ok(vec![Column { labels: Vec::new(), values: vec![Some(*number); at.len()] }]),
    }
}

fn vector<'a>(mesh: &'a DemoMesh, selector: &'a Selector, at: &[i64]) -> Vec<Column<'a>> {
    let newest = |series: &Series, at: i64| series.counter.window(at - LOOKBACK_MILLIS, at).map(|window| window.last.1);
    mesh.select(selector).map(|series| column(mesh, selector, series, at, newest, true)).collect()
}

/// The column of a series, its values taken as long ago as the selector says.
fn column<'a>(
    mesh: &'a DemoMesh,
    selector: &Selector,
    series: &'a Series,
    at: &[i64],
    value: impl Fn(&Series, i64) -> Option<f64>,
    named: bool,
) -> Column<'a> {
    let ago = selector.ago().map_or(0, crate::quantity::Duration::millis);
    let values = at.iter().map(|at| value(series, at - ago)).collect();
    let name = named.then_some((NAME, series.metric));
    let labels = name.into_iter().chain(mesh.labels(series)).map(|(name, value)| (name, value.into()));
    Column { labels: labels.collect(), values }
}
