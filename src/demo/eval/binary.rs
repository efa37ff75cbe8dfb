//! Operators between two vectors, or a vector and a number.

use super::column::{Groups, LabelSet, NAME, merge, without_name};
use super::{Column, Refusal};
use crate::promql::{BinaryOp, Expr, Label};

type Columns<'a> = Result<Vec<Column<'a>>, Refusal>;

pub(super) fn evaluate<'a>(
    op: BinaryOp,
    left: &'a Expr,
    right: &'a Expr,
    on: Option<&[Label]>,
    value: &dyn Fn(&'a Expr) -> Columns<'a>,
) -> Columns<'a> {
    if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Unless) {
        return Ok(combine(op, value(left)?, value(right)?, on));
    }
    // One side has to be a vector: of two numbers it is the left one.
    match (left, right) {
        (left, Expr::Number(number)) => with_number(op, value(left)?, &|value| (value, *number)),
        (Expr::Number(number), right) => with_number(op, value(right)?, &|value| (*number, value)),
        _ => one_to_one(op, value(left)?, value(right)?, on),
    }
}

/// The labels in which partners agree.
fn signature<'a>(column: &Column<'a>, on: Option<&[Label]>) -> LabelSet<'a> {
    column.only(&|name| on.map_or(name != NAME, |on| on.iter().any(|label| label.as_str() == name)))
}

fn combine<'a>(
    op: BinaryOp,
    mut left: Vec<Column<'a>>,
    mut right: Vec<Column<'a>>,
    on: Option<&[Label]>,
) -> Vec<Column<'a>> {
    let (filtered, other) = if op == BinaryOp::Or { (&mut right, &left) } else { (&mut left, &right) };
    let mut groups = Groups::default();
    let mut present: Vec<Vec<bool>> = Vec::new();
    for column in other {
        let place = groups.place(&signature(column, on));
        if place == present.len() {
            present.push(vec![false; column.values.len()]);
        }
        let steps = present.get_mut(place).into_iter().flatten();
        steps.zip(&column.values).for_each(|(present, value)| *present |= value.is_some());
    }
    for column in filtered {
        let partners = groups.find(&signature(column, on)).and_then(|place| present.get(place));
        let has_partner = |step| partners.and_then(|steps| steps.get(step)).is_some_and(|present| *present);
        column.change(&|step, value| Some(value).filter(|_| has_partner(step) == (op == BinaryOp::And)));
    }
    if op == BinaryOp::Or {
        left.append(&mut right);
    }
    left
}

fn with_number<'a>(op: BinaryOp, mut columns: Vec<Column<'a>>, sides: &dyn Fn(f64) -> (f64, f64)) -> Columns<'a> {
    for column in &mut columns {
        column.change(&|_, value| {
            let (left, right) = sides(value);
            apply(op, left, right, value)
        });
    }
    if is_comparison(op) { Ok(columns) } else { without_name(columns) }
}

fn one_to_one<'a>(op: BinaryOp, left: Vec<Column<'a>>, right: Vec<Column<'a>>, on: Option<&[Label]>) -> Columns<'a> {
    let relabelled = |column: Column<'a>| Column { labels: signature(&column, on), values: column.values };
    let partners = merge(right.into_iter().map(relabelled).collect()).map_err(|_| Refusal::ManyToMany)?;
    let mut groups = Groups::default();
    for column in &partners {
        groups.place(&column.labels);
    }
    let (mut results, mut names) = (Vec::new(), Vec::new());
    for mut column in left {
        let signature = signature(&column, on);
        let Some(partner) = groups.find(&signature).and_then(|place| partners.get(place)) else { continue };
        column.change(&|step, left| apply(op, left, (*partner.values.get(step)?)?, left));
        names.push(std::mem::replace(&mut column.labels, signature));
        results.push(column);
    }
    // Where nothing was taken together, comparing keeps every label of the left side.
    let count = results.len();
    let mut results = merge(results).map_err(|_| Refusal::ManyToOne)?;
    if is_comparison(op) && on.is_none() && results.len() == count {
        results.iter_mut().zip(names).for_each(|(column, labels)| column.labels = labels);
    }
    Ok(results)
}

const fn is_comparison(op: BinaryOp) -> bool {
    !matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div)
}

/// The result of two values: a computed one, or where a comparison holds the one kept.
#[expect(clippy::float_cmp, reason = "PromQL compares exactly")]
fn apply(op: BinaryOp, left: f64, right: f64, kept: f64) -> Option<f64> {
    let holds = match op {
        BinaryOp::Add => return Some(left + right),
        BinaryOp::Sub => return Some(left - right),
        BinaryOp::Mul => return Some(left * right),
        BinaryOp::Div => return Some(left / right),
        BinaryOp::Equal => left == right,
        BinaryOp::NotEqual => left != right,
        BinaryOp::Greater => left > right,
        BinaryOp::AtLeast => left >= right,
        BinaryOp::Less => left < right,
        BinaryOp::AtMost => left <= right,
        BinaryOp::And | BinaryOp::Or | BinaryOp::Unless => false,
    };
    holds.then_some(kept)
}
