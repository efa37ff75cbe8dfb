//! Operators between two vectors, or a vector and a number.

use rustc_hash::FxHashMap;

use super::column::{LabelSet, NAME, merge, without_name};
use super::{Column, Refusal};
use crate::promql::{BinaryOp, Expr, Label};

/// Which steps of a match group hold a value, and how many.
type Presence = Vec<u32>;

pub(super) fn evaluate<'a>(
    op: BinaryOp,
    left: &'a Expr,
    right: &'a Expr,
    on: Option<&[Label]>,
    steps: usize,
    value: impl Fn(&'a Expr) -> Result<Vec<Column<'a>>, Refusal>,
) -> Result<Vec<Column<'a>>, Refusal> {
    if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Unless) {
        return Ok(combine(op, value(left)?, value(right)?, on, steps));
    }
    // One side has to be a vector: of two numbers it is the left one.
    match (left, right) {
        (left, Expr::Number(number)) => with_number(value(left)?, op, |value| (value, *number)),
        (Expr::Number(number), right) => with_number(value(right)?, op, |value| (*number, value)),
        _ => one_to_one(op, value(left)?, value(right)?, on, steps),
    }
}

/// The labels in which partners agree.
fn signature<'a>(column: &Column<'a>, on: Option<&[Label]>) -> LabelSet<'a> {
    column.only(|name| match on {
        Some(on) => on.iter().any(|label| label.as_str() == name),
        None => name != NAME,
    })
}

fn presence<'a>(columns: &[Column<'a>], on: Option<&[Label]>, steps: usize) -> FxHashMap<LabelSet<'a>, Presence> {
    let mut found: FxHashMap<LabelSet<'a>, Presence> = FxHashMap::default();
    for column in columns {
        let counts = found.entry(signature(column, on)).or_insert_with(|| vec![0; steps]);
        counts.iter_mut().zip(&column.values).for_each(|(count, value)| *count += u32::from(value.is_some()));
    }
    found
}

fn combine<'a>(
    op: BinaryOp,
    left: Vec<Column<'a>>,
    right: Vec<Column<'a>>,
    on: Option<&[Label]>,
    steps: usize,
) -> Vec<Column<'a>> {
    let (kept, filtered, other) = match op {
        BinaryOp::Or => (left.clone(), right, left),
        _ => (Vec::new(), left, right),
    };
    let other = presence(&other, on, steps);
    let filter = |column: Column<'a>| {
        let partners = other.get(&signature(&column, on));
        let has_partner = |step| partners.and_then(|counts| counts.get(step)).is_some_and(|count| *count > 0);
        column.filter(|step, _| has_partner(step) == (op == BinaryOp::And))
    };
    kept.into_iter().chain(filtered.into_iter().map(filter)).collect()
}

fn with_number(
    columns: Vec<Column<'_>>,
    op: BinaryOp,
    sides: impl Fn(f64) -> (f64, f64),
) -> Result<Vec<Column<'_>>, Refusal> {
    if is_comparison(op) {
        let keep = |_, value| {
            let (left, right) = sides(value);
            holds(op, left, right)
        };
        return Ok(columns.into_iter().map(|column| column.filter(keep)).collect());
    }
    let compute = |value| {
        let (left, right) = sides(value);
        computed(op, left, right)
    };
    without_name(columns.into_iter().map(|column| column.map(compute)).collect())
}

fn one_to_one<'a>(
    op: BinaryOp,
    left: Vec<Column<'a>>,
    right: Vec<Column<'a>>,
    on: Option<&[Label]>,
    steps: usize,
) -> Result<Vec<Column<'a>>, Refusal> {
    if presence(&right, on, steps).values().flatten().any(|count| *count > 1) {
        return Err(Refusal::ManyToMany);
    }
    let mut partners: FxHashMap<LabelSet<'a>, Vec<Option<f64>>> = FxHashMap::default();
    for column in right {
        let values = partners.entry(signature(&column, on)).or_insert_with(|| vec![None; steps]);
        values.iter_mut().zip(column.values).for_each(|(known, value)| *known = known.or(value));
    }
    let mut results = Vec::new();
    for mut column in left {
        let signature = signature(&column, on);
        let Some(partners) = partners.get(&signature) else { continue };
        for (value, partner) in column.values.iter_mut().zip(partners) {
            *value = value.zip(*partner).and_then(|(left, right)| apply(op, left, right));
        }
        if on.is_some() || !is_comparison(op) {
            column.labels = signature;
        }
        results.push(column);
    }
    let counts = presence(&results, on, steps);
    if counts.values().flatten().any(|count| *count > 1) { Err(Refusal::ManyToOne) } else { merge(results) }
}

fn apply(op: BinaryOp, left: f64, right: f64) -> Option<f64> {
    if is_comparison(op) { holds(op, left, right).then_some(left) } else { Some(computed(op, left, right)) }
}

const fn is_comparison(op: BinaryOp) -> bool {
    !matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div)
}

#[expect(clippy::float_cmp, reason = "PromQL compares exactly")]
fn holds(op: BinaryOp, left: f64, right: f64) -> bool {
    match op {
        BinaryOp::Equal => left == right,
        BinaryOp::NotEqual => left != right,
        BinaryOp::Greater => left > right,
        BinaryOp::AtLeast => left >= right,
        BinaryOp::Less => left < right,
        BinaryOp::AtMost => left <= right,
        _ => false,
    }
}

fn computed(op: BinaryOp, left: f64, right: f64) -> f64 {
    match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mul => left * right,
        BinaryOp::Div => left / right,
        _ => f64::NAN,
    }
}
