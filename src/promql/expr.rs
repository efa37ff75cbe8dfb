//! The expression tree.

use super::matcher::Matcher;
use super::name::Label;
use super::operator::{AggregateOp, BinaryOp, LONGEST, RangeFunction};
use super::pattern::Pattern;
use super::selector::Selector;
use crate::quantity::Duration;

/// An expression whose value at an instant is a vector: samples with labels.
///
/// Whatever stands in the fields, the text is valid PromQL; [`Expr::window`] and [`Expr::Number`] say what becomes of
/// values that PromQL has no place for.
#[derive(Clone, PartialEq, Debug)]
pub enum Expr {
    /// The newest sample of each series, at most five minutes old (the server's lookback).
    Vector(Selector),
    /// A function over the samples of each series in a window that ends now, or the selector's offset ago.
    Range {
        /// The function.
        function: RangeFunction,
        /// The series.
        selector: Selector,
        /// The window's length; read it through [`Expr::window`].
        window: Duration,
    },
    /// Samples with the same values of some labels, taken together.
    Aggregate {
        /// How they are taken together.
        op: AggregateOp,
        /// The labels kept; without any, all samples are one group.
        by: Vec<Label>,
        /// The samples.
        of: Box<Expr>,
    },
    /// Two expressions, sample by sample.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Its left side.
        left: Box<Expr>,
        /// Its right side.
        right: Box<Expr>,
        /// The labels in which two samples must agree to be partners; all labels when nothing is said. Without
        /// meaning, and not printed, when one side is a number that the other is computed or compared with.
        on: Option<Vec<Label>>,
    },
    /// `histogram_quantile`: an estimate from buckets, which have the label `le`.
    Quantile {
        /// Which quantile; below 0 and above 1 give infinities, NaN gives NaN.
        q: f64,
        /// The buckets' rates or increases.
        of: Box<Expr>,
    },
    /// `label_replace`: where the source label matches, the target label is set.
    LabelReplace {
        /// The samples.
        of: Box<Expr>,
        /// The label written; removed when the replacement turns out empty.
        target: Label,
        /// What is written, with `$1`, `${1}` or `$name` for the pattern's groups.
        replacement: String,
        /// The label read; empty when a sample lacks it.
        source: Label,
        /// What the source's whole value must match.
        pattern: Pattern,
    },
    /// `clamp_min`: values below a minimum become the minimum.
    ClampMin {
        /// The samples.
        of: Box<Expr>,
        /// The minimum; NaN makes every value NaN.
        min: f64,
    },
    /// A number. As one side of arithmetic or of a comparison it is a scalar; everywhere else it is the vector of one
    /// sample without labels, `vector(1)`, and so it is on the left when both sides are numbers.
    Number(f64),
}

impl Expr {
    /// The length a window has in the text: at least a millisecond, at most 100 years.
    pub fn window(window: Duration) -> Duration {
        window.clamp(Duration::from_millis(1), LONGEST)
    }

    /// Adds conditions to every selector in the tree, such as those of a cluster or a mesh chosen by the reader.
    #[must_use]
    pub fn and_everywhere(self, extra: &[Matcher]) -> Self {
        self.and_where(&|_| true, extra)
    }

    /// Adds conditions to the selectors to which they apply.
    #[must_use]
    pub fn and_where(mut self, applies: &dyn Fn(&Selector) -> bool, extra: &[Matcher]) -> Self {
        self.each_selector(&mut |selector| {
            if applies(selector) {
                selector.add_matchers(extra);
            }
        });
        self
    }

    /// All selectors, from left to right.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let mut found = Vec::new();
        self.collect_selectors(&mut found);
        found.into_iter()
    }

    fn collect_selectors<'a>(&'a self, found: &mut Vec<&'a Selector>) {
        match self {
            Self::Vector(selector) | Self::Range { selector, .. } => found.push(selector),
            Self::Binary { left, right, .. } => {
                left.collect_selectors(found);
                right.collect_selectors(found);
            }
            Self::Aggregate { of, .. }
            | Self::Quantile { of, .. }
            | Self::LabelReplace { of, .. }
            | Self::ClampMin { of, .. } => of.collect_selectors(found),
            Self::Number(_) => {}
        }
    }

    fn each_selector(&mut self, change: &mut dyn FnMut(&mut Selector)) {
        match self {
            Self::Vector(selector) | Self::Range { selector, .. } => change(selector),
            Self::Binary { left, right, .. } => {
                left.each_selector(change);
                right.each_selector(change);
            }
            Self::Aggregate { of, .. }
            | Self::Quantile { of, .. }
            | Self::LabelReplace { of, .. }
            | Self::ClampMin { of, .. } => of.each_selector(change),
            Self::Number(_) => {}
        }
    }
}

impl From<Selector> for Expr {
    fn from(selector: Selector) -> Self {
        Self::Vector(selector)
    }
}

impl From<f64> for Expr {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use crate::promql::{Label, Matcher, Metric, Selector, rate, sum};
    use crate::quantity::Duration;

    #[test]
    fn conditions_reach_every_selector() {
        let selector = |name| Selector::metric(Metric::new_static(name));
        let minute = Duration::from_mins(1);
        let expr = (sum(rate(selector("a"), minute)) - selector("b").into()).or(selector("c").offset(minute));
        let scope = [Matcher::Equal(Label::new_static("cluster"), "east".into())];
        let scoped = expr.and_everywhere(&scope);
        let expect = r#"sum(rate(a{cluster="east"}[1m])) - b{cluster="east"} or c{cluster="east"} offset 1m"#;
        assert_eq!(scoped.to_string(), expect);
        let metrics: Vec<String> = scoped.selectors().flat_map(Selector::metrics).map(Metric::to_string).collect();
        assert_eq!(metrics, ["a", "b", "c"]);
    }
}
