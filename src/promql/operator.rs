//! The functions and operators of the expression tree.

use crate::quantity::Duration;

/// No window or offset is longer: servers count nanoseconds in 64 bits, which is 292 years.
pub(super) const LONGEST: Duration = Duration::from_mins(100 * 365 * 24 * 60);

/// A function over the samples of each series in a window
/// (<https://prometheus.io/docs/prometheus/latest/querying/functions/>).
///
/// All but `last_over_time` drop the metric's name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RangeFunction {
    /// Increase a second of a counter, resets accounted for, extrapolated to the window's edges.
    Rate,
    /// [`RangeFunction::Rate`] times the window's length.
    Increase,
    /// Last minus first sample of a gauge, extrapolated to the window's edges.
    Delta,
    /// The mean.
    AvgOverTime,
    /// The least.
    MinOverTime,
    /// The greatest.
    MaxOverTime,
    /// How many samples there are.
    CountOverTime,
    /// The newest.
    LastOverTime,
}

impl RangeFunction {
    /// Every function.
    pub(super) const ALL: [Self; 8] = [
        Self::Rate,
        Self::Increase,
        Self::Delta,
        Self::AvgOverTime,
        Self::MinOverTime,
        Self::MaxOverTime,
        Self::CountOverTime,
        Self::LastOverTime,
    ];

    /// The function's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Increase => "increase",
            Self::Delta => "delta",
            Self::AvgOverTime => "avg_over_time",
            Self::MinOverTime => "min_over_time",
            Self::MaxOverTime => "max_over_time",
            Self::CountOverTime => "count_over_time",
            Self::LastOverTime => "last_over_time",
        }
    }
}

/// How the samples of a group become one, or fewer
/// (<https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators>).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AggregateOp {
    /// The sum.
    Sum,
    /// The mean.
    Avg,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many there are.
    Count,
    /// 1 for every group.
    Group,
    /// The so many greatest, with all their labels.
    TopK(u32),
    /// The so many least, with all their labels.
    BottomK(u32),
}

impl AggregateOp {
    /// Every operator, those that take a number with none.
    pub(super) const ALL: [Self; 8] =
        [Self::Sum, Self::Avg, Self::Min, Self::Max, Self::Count, Self::Group, Self::TopK(0), Self::BottomK(0)];

    /// The operator's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Avg => "avg",
            Self::Min => "min",
            Self::Max => "max",
            Self::Count => "count",
            Self::Group => "group",
            Self::TopK(_) => "topk",
            Self::BottomK(_) => "bottomk",
        }
    }
}

/// An operator between two expressions
/// (<https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operators>).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `==`, which keeps the left samples that are equal.
    Equal,
    /// `!=`, which keeps the left samples that differ.
    NotEqual,
    /// `>`, which keeps the left samples that are greater.
    Greater,
    /// `>=`, which keeps the left samples that are not less.
    AtLeast,
    /// `<`, which keeps the left samples that are less.
    Less,
    /// `<=`, which keeps the left samples that are not greater.
    AtMost,
    /// `and`: the left samples that have a partner.
    And,
    /// `or`: the left samples, and the right ones that have no partner.
    Or,
    /// `unless`: the left samples that have no partner.
    Unless,
}

impl BinaryOp {
    /// Every operator, each before those that are its beginning.
    pub(super) const ALL: [Self; 13] = [
        Self::Equal,
        Self::NotEqual,
        Self::AtLeast,
        Self::AtMost,
        Self::Greater,
        Self::Less,
        Self::Add,
        Self::Sub,
        Self::Mul,
        Self::Div,
        Self::And,
        Self::Or,
        Self::Unless,
    ];

    /// The operator as it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::And => "and",
            Self::Or => "or",
            Self::Unless => "unless",
        }
    }

    /// Whether it combines sets of series and so takes no numbers.
    pub const fn is_set_operator(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Unless)
    }

    /// Whether it filters by comparing values.
    pub const fn is_comparison(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual | Self::Greater | Self::AtLeast | Self::Less | Self::AtMost)
    }

    /// How tightly it binds; all bind to the left.
    pub(super) const fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And | Self::Unless => 2,
            Self::Equal | Self::NotEqual | Self::Greater | Self::AtLeast | Self::Less | Self::AtMost => 3,
            Self::Add | Self::Sub => 4,
            Self::Mul | Self::Div => 5,
        }
    }
}
