//! The text of an expression, with parentheses only where precedence asks for them.

use std::fmt::{self, Display};

use super::expr::Expr;
use super::literal::{Number, Quoted};
use super::name::Label;
use super::operator::{AggregateOp, BinaryOp};

impl Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vector(selector) => selector.print(f, None),
            Self::Range { function, selector, window } => {
                write!(f, "{}(", function.name())?;
                selector.print(f, Some(Self::window(*window)))?;
                f.write_str(")")
            }
            Self::Aggregate { op, by, of } => aggregate(f, *op, by, of),
            Self::Binary { op, left, right, on } => binary(f, *op, left, right, on.as_deref()),
            Self::Quantile { q, of } => write!(f, "histogram_quantile({}, {of})", Number(*q)),
            Self::LabelReplace { of, target, replacement, source, pattern } => {
                let (replacement, pattern) = (Quoted(replacement), Quoted(pattern.as_str()));
                write!(f, "label_replace({of}, \"{target}\", {replacement}, \"{source}\", {pattern})")
            }
            Self::ClampMin { of, min } => write!(f, "clamp_min({of}, {})", Number(*min)),
            Self::Number(number) => write!(f, "vector({})", Number(*number)),
        }
    }
}

fn aggregate(f: &mut fmt::Formatter<'_>, op: AggregateOp, by: &[Label], of: &Expr) -> fmt::Result {
    f.write_str(op.name())?;
    if !by.is_empty() {
        f.write_str(" by ")?;
        labels(f, by)?;
        f.write_str(" ")?;
    }
    match op {
        AggregateOp::TopK(count) | AggregateOp::BottomK(count) => write!(f, "({count}, {of})"),
        _ => write!(f, "({of})"),
    }
}

fn binary(f: &mut fmt::Formatter<'_>, op: BinaryOp, left: &Expr, right: &Expr, on: Option<&[Label]>) -> fmt::Result {
    let takes_scalars = !op.is_set_operator();
    let right_is_scalar = takes_scalars && matches!(right, Expr::Number(_));
    // One side has to be a vector.
    let left_is_scalar = takes_scalars && !right_is_scalar && matches!(left, Expr::Number(_));
    side(f, left, left_is_scalar, op.precedence())?;
    write!(f, " {} ", op.symbol())?;
    if let (Some(on), false) = (on, left_is_scalar || right_is_scalar) {
        f.write_str("on ")?;
        labels(f, on)?;
        f.write_str(" ")?;
    }
    // Operators bind to the left, so an equal one on the right needs parentheses.
    side(f, right, right_is_scalar, op.precedence() + 1)
}

fn side(f: &mut fmt::Formatter<'_>, expr: &Expr, is_scalar: bool, loosest: u8) -> fmt::Result {
    match expr {
        Expr::Number(number) if is_scalar => Number(*number).fmt(f),
        Expr::Binary { op, .. } if op.precedence() < loosest => write!(f, "({expr})"),
        _ => expr.fmt(f),
    }
}

fn labels(f: &mut fmt::Formatter<'_>, labels: &[Label]) -> fmt::Result {
    f.write_str("(")?;
    for (at, label) in labels.iter().enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        write!(f, "{comma}{label}")?;
    }
    f.write_str(")")
}
