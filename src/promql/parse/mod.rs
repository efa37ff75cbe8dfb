//! Expressions read from their text: the part of PromQL that this program prints, for back ends that exist only in memory.
//!
//! What printing leaves out is not read either: scalars as results, `without`, `ignoring`, `group_left`, subqueries, `@`,
//! `bool`, selectors without a metric, and regular expressions that no [`Pattern`](super::Pattern) makes.

mod call;
mod cursor;
mod selector;

use thiserror::Error;

use super::expr::Expr;
use super::name::Label;
use super::operator::BinaryOp;
use cursor::Cursor;

/// Why a text is not read, and where: in the form of Prometheus' own refusals.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{line}:{column}: parse error: {reason}")]
pub struct ParseExprError {
    line: usize,
    column: usize,
    reason: Reason,
}

/// Why a text is not read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum Reason {
    #[error("expected {0}")]
    Expected(&'static str),
    #[error("unexpected end of input, expected {0}")]
    Ended(&'static str),
    #[error("unknown function with name `{0}`")]
    UnknownFunction(String),
    #[error("`{0}` is not a name here")]
    NotAName(String),
    #[error(
        "regular expression `{0}`: only literals, `.*`, `.+`, `[a-z0-9]+`, `[a-z0-9]{{n}}` and groups are known here"
    )]
    NotAPattern(String),
    #[error("expected type instant vector, got scalar")]
    Scalar,
    #[error("expected type instant vector, got range vector")]
    Window,
    #[error("set operator and vector matching not allowed in binary scalar expression")]
    MatchedScalar,
    #[error("more than {0} operands, or too many parentheses: ask in parts")]
    TooLarge(usize),
}

/// An operand: a vector, or a number that stands for itself.
enum Operand {
    Vector(Expr),
    Scalar(f64),
}

impl Operand {
    fn vector(self) -> Result<Expr, Reason> {
        match self {
            Self::Vector(expr) => Ok(expr),
            Self::Scalar(_) => Err(Reason::Scalar),
        }
    }
}

/// Reads what [`Expr`] prints; the printed text of the result is the text again.
///
/// # Errors
/// On any other text, one that is PromQL beyond that part included.
pub fn parse(text: &str) -> Result<Expr, ParseExprError> {
    let mut cursor = Cursor::new(text);
    let read =
        vector(&mut cursor).and_then(|expr| if cursor.is_at_end() { Ok(expr) } else { cursor.expected("an operator") });
    read.map_err(|reason| {
        let (line, column) = cursor.place();
        ParseExprError { line, column, reason }
    })
}

fn vector(cursor: &mut Cursor<'_>) -> Result<Expr, Reason> {
    expression(cursor, 1)?.vector()
}

/// Operands joined by operators that bind at least so tightly.
fn expression(cursor: &mut Cursor<'_>, loosest: u8) -> Result<Operand, Reason> {
    cursor.enter()?;
    let mut left = operand(cursor)?;
    while let Some(op) = operator(cursor, loosest) {
        let on = if cursor.take_word("on") { Some(labels(cursor)?) } else { None };
        // All operators bind to the left.
        let right = expression(cursor, op.precedence() + 1)?;
        left = Operand::Vector(join(op, left, right, on)?);
    }
    cursor.leave();
    Ok(left)
}

fn operator(cursor: &mut Cursor<'_>, loosest: u8) -> Option<BinaryOp> {
    let is_next =
        |op: &&BinaryOp| cursor.is_at(op.symbol()) && (!op.is_set_operator() || cursor.is_at_word(op.symbol()));
    let op = *BinaryOp::ALL.iter().find(is_next)?;
    (op.precedence() >= loosest && cursor.take(op.symbol())).then_some(op)
}

fn join(op: BinaryOp, left: Operand, right: Operand, on: Option<Vec<Label>>) -> Result<Expr, Reason> {
    let is_matched = on.is_some() || op.is_set_operator();
    match (left, right) {
        (Operand::Vector(left), Operand::Vector(right)) => Ok(left.binary(op, right, on)),
        (Operand::Scalar(_), Operand::Scalar(_)) => Err(Reason::Scalar),
        _ if is_matched => Err(Reason::MatchedScalar),
        (Operand::Vector(left), Operand::Scalar(right)) => Ok(left.binary(op, right, None)),
        (Operand::Scalar(left), Operand::Vector(right)) => match right {
            // Beside another number it would be taken for the vector.
            Expr::Number(_) => Err(Reason::Scalar),
            right => Ok(Expr::Number(left).binary(op, right, None)),
        },
    }
}

fn operand(cursor: &mut Cursor<'_>) -> Result<Operand, Reason> {
    if cursor.take("(") {
        let inner = expression(cursor, 1)?;
        cursor.require(")")?;
        return Ok(inner);
    }
    if let Some(number) = cursor.number()? {
        return Ok(Operand::Scalar(number));
    }
    let name = cursor.name();
    if !name.is_empty() && (cursor.is_at("(") || call::is_aggregate(name)) {
        return call::call(cursor, name).map(Operand::Vector);
    }
    match selector::selector(cursor, name)? {
        (selector, None) => Ok(Operand::Vector(selector.into())),
        (_, Some(_)) => Err(Reason::Window),
    }
}

/// Labels in parentheses.
fn labels(cursor: &mut Cursor<'_>) -> Result<Vec<Label>, Reason> {
    cursor.require("(")?;
    let mut labels = Vec::new();
    while !cursor.take(")") {
        if !labels.is_empty() {
            cursor.require(",")?;
        }
        labels.push(cursor.label()?);
    }
    Ok(labels)
}
