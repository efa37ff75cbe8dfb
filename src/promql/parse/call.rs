//! Functions and aggregations.

use super::cursor::Cursor;
use super::selector::{pattern, selector};
use super::{Reason, labels, vector};
use crate::promql::expr::Expr;
use crate::promql::name::Label;
use crate::promql::operator::{AggregateOp, RangeFunction};

pub(super) fn is_aggregate(name: &str) -> bool {
    aggregate_op(name).is_some()
}

fn aggregate_op(name: &str) -> Option<AggregateOp> {
    AggregateOp::ALL.into_iter().find(|op| op.name() == name)
}

/// What a function of this name is called with.
pub(super) fn call(cursor: &mut Cursor<'_>, name: &str) -> Result<Expr, Reason> {
    if let Some(op) = aggregate_op(name) {
        return aggregate(cursor, op);
    }
    cursor.require("(")?;
    let called = if let Some(function) = RangeFunction::ALL.into_iter().find(|one| one.name() == name) {
        over_window(cursor, function)?
    } else {
        match name {
            "vector" => Expr::Number(scalar(cursor)?),
            "histogram_quantile" => {
                let q = scalar(cursor)?;
                cursor.require(",")?;
                vector(cursor)?.quantile(q)
            }
            "clamp_min" => {
                let of = vector(cursor)?;
                cursor.require(",")?;
                of.clamp_min(scalar(cursor)?)
            }
            "label_replace" => label_replace(cursor)?,
            _ => return Err(Reason::UnknownFunction(name.to_owned())),
        }
    };
    cursor.require(")")?;
    Ok(called)
}

fn aggregate(cursor: &mut Cursor<'_>, op: AggregateOp) -> Result<Expr, Reason> {
    let by = if cursor.take_word("by") { labels(cursor)? } else { Vec::new() };
    cursor.require("(")?;
    let op = match op {
        AggregateOp::TopK(_) => AggregateOp::TopK(count(cursor)?),
        AggregateOp::BottomK(_) => AggregateOp::BottomK(count(cursor)?),
        op => op,
    };
    let of = Box::new(vector(cursor)?);
    cursor.require(")")?;
    Ok(Expr::Aggregate { op, by, of })
}

/// How many, and the comma behind it.
fn count(cursor: &mut Cursor<'_>) -> Result<u32, Reason> {
    let count = scalar(cursor)?;
    cursor.require(",")?;
    // As servers do, and less than none is none.
    Ok(count as u32)
}

fn scalar(cursor: &mut Cursor<'_>) -> Result<f64, Reason> {
    match cursor.number()? {
        Some(number) => Ok(number),
        None => cursor.expected("a number"),
    }
}

fn over_window(cursor: &mut Cursor<'_>, function: RangeFunction) -> Result<Expr, Reason> {
    let metric = cursor.name();
    match selector(cursor, metric)? {
        (selector, Some(window)) => Ok(Expr::Range { function, selector, window }),
        (_, None) => cursor.expected("a window such as [5m]"),
    }
}

fn label_replace(cursor: &mut Cursor<'_>) -> Result<Expr, Reason> {
    let of = Box::new(vector(cursor)?);
    let mut next = || {
        cursor.require(",")?;
        cursor.quoted()
    };
    let (target, replacement, source, regex) = (next()?, next()?, next()?, next()?);
    let label = |name: String| Label::parse(&name).map_err(|_| Reason::NotAName(name));
    let pattern = pattern(regex)?;
    Ok(Expr::LabelReplace { of, target: label(target)?, replacement, source: label(source)?, pattern })
}
