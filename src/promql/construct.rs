//! Functions that build expressions, in the order in which a query is read.

use std::ops::{Add, Div, Mul, Sub};

use super::expr::Expr;
use super::name::Label;
use super::operator::{AggregateOp, BinaryOp, RangeFunction};
use super::pattern::Pattern;
use super::selector::Selector;
use crate::quantity::Duration;

/// A function over a window, which is made at least a millisecond and at most 100 years long.
pub fn range(function: RangeFunction, selector: Selector, window: Duration) -> Expr {
    Expr::Range { function, selector, window: Expr::window(window) }
}

/// Increase a second over a window. It should span four scrape intervals: see
/// [`rate_window`](crate::quantity::rate_window).
pub fn rate(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::Rate, selector, window)
}

/// Increase over a window, extrapolated: not a whole number even for a counter of events.
pub fn increase(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::Increase, selector, window)
}

/// Change of a gauge over a window, extrapolated.
pub fn delta(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::Delta, selector, window)
}

/// Greatest value in a window.
pub fn max_over_time(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::MaxOverTime, selector, window)
}

/// Number of samples in a window.
pub fn count_over_time(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::CountOverTime, selector, window)
}

/// Newest value in a window, however old; keeps the metric's name.
pub fn last_over_time(selector: Selector, window: Duration) -> Expr {
    range(RangeFunction::LastOverTime, selector, window)
}

fn aggregate(op: AggregateOp, by: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    Expr::Aggregate { op, by: by.into(), of: Box::new(of.into()) }
}

/// Sum of everything.
pub fn sum(of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Sum, [], of)
}

/// Sum of each group that agrees in these labels.
pub fn sum_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Sum, labels, of)
}

/// Mean of each group.
pub fn avg_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Avg, labels, of)
}

/// Least of each group.
pub fn min_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Min, labels, of)
}

/// Greatest of each group.
pub fn max_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Max, labels, of)
}

/// Number of samples in each group.
pub fn count_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Count, labels, of)
}

/// 1 for each group: which combinations of these labels exist. Needs Prometheus 2.20.
pub fn group_by(labels: impl Into<Vec<Label>>, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::Group, labels, of)
}

/// The so many greatest samples.
pub fn top(count: u32, of: impl Into<Expr>) -> Expr {
    aggregate(AggregateOp::TopK(count), [], of)
}

/// Sets `target` to `replacement` where the whole value of `source` matches.
pub fn label_replace(of: impl Into<Expr>, target: Label, replacement: &str, source: Label, pattern: Pattern) -> Expr {
    Expr::LabelReplace { of: Box::new(of.into()), target, replacement: replacement.to_owned(), source, pattern }
}

impl Expr {
    /// Estimate of a quantile between 0 and 1 from the rates of buckets.
    #[must_use]
    pub fn quantile(self, q: f64) -> Self {
        Self::Quantile { q, of: Box::new(self) }
    }

    /// Values below the minimum become the minimum.
    #[must_use]
    pub fn clamp_min(self, min: f64) -> Self {
        Self::ClampMin { of: Box::new(self), min }
    }

    /// The samples that have a partner on the other side, with the same labels.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        self.binary(BinaryOp::And, other, None)
    }

    /// The samples that have a partner on the other side, with the same values of these labels.
    #[must_use]
    pub fn and_on(self, labels: impl Into<Vec<Label>>, other: impl Into<Self>) -> Self {
        self.binary(BinaryOp::And, other, Some(labels.into()))
    }

    /// These samples, and those of the other side whose labels are not among them.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        self.binary(BinaryOp::Or, other, None)
    }

    /// The samples that have no partner on the other side, with the same labels.
    #[must_use]
    pub fn unless(self, other: impl Into<Self>) -> Self {
        self.binary(BinaryOp::Unless, other, None)
    }

    /// The samples that have no partner on the other side, with the same values of these labels.
    #[must_use]
    pub fn unless_on(self, labels: impl Into<Vec<Label>>, other: impl Into<Self>) -> Self {
        self.binary(BinaryOp::Unless, other, Some(labels.into()))
    }

    /// The samples whose value is greater.
    #[must_use]
    pub fn greater_than(self, limit: f64) -> Self {
        self.binary(BinaryOp::Greater, limit, None)
    }

    /// The samples whose value is less.
    #[must_use]
    pub fn less_than(self, limit: f64) -> Self {
        self.binary(BinaryOp::Less, limit, None)
    }

    /// The samples with this value.
    #[must_use]
    pub fn equal_to(self, value: f64) -> Self {
        self.binary(BinaryOp::Equal, value, None)
    }

    /// Any operator.
    #[must_use]
    pub fn binary(self, op: BinaryOp, other: impl Into<Self>, on: Option<Vec<Label>>) -> Self {
        Self::Binary { op, left: Box::new(self), right: Box::new(other.into()), on }
    }
}

impl Add for Expr {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.binary(BinaryOp::Add, other, None)
    }
}

impl Sub for Expr {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.binary(BinaryOp::Sub, other, None)
    }
}

impl Mul for Expr {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.binary(BinaryOp::Mul, other, None)
    }
}

impl Div for Expr {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.binary(BinaryOp::Div, other, None)
    }
}
