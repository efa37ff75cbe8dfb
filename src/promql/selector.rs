//! Which series an expression reads.

use std::fmt;

use super::literal::Quoted;
use super::matcher::Matcher;
use super::name::{Label, Metric};
use super::operator::LONGEST;
use crate::quantity::Duration;

/// The series of one or several metrics whose labels meet all conditions, now or some time ago.
///
/// A function drops the metric's name. Taken over several metrics its results must therefore be told apart by their
/// other labels, or the server refuses with "vector cannot contain metrics with the same labelset".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selector {
    metric: Metric,
    more: Vec<Metric>,
    matchers: Vec<Matcher>,
    offset: Option<Duration>,
}

impl Selector {
    /// All series of a metric.
    pub const fn metric(metric: Metric) -> Self {
        Self { metric, more: Vec::new(), matchers: Vec::new(), offset: None }
    }

    /// All series of these metrics. No metrics at all do not compile.
    pub fn any_metric<const N: usize>(metrics: [Metric; N]) -> Self {
        const { assert!(N > 0, "a selector needs a metric") };
        let mut metrics = metrics.into_iter();
        let first = metrics.next().unwrap_or(Metric::new_static("_"));
        metrics.fold(Self::metric(first), Self::or_metric)
    }

    /// The series of one more metric too. Google's service does not accept several.
    #[must_use]
    pub fn or_metric(mut self, metric: Metric) -> Self {
        if self.metrics().all(|known| *known != metric) {
            self.more.push(metric);
        }
        self
    }

    /// Only the series that meet this condition as well.
    #[must_use]
    pub fn with(mut self, matcher: Matcher) -> Self {
        self.matchers.push(matcher);
        self
    }

    /// Only the series that meet these conditions as well.
    #[must_use]
    pub fn with_all(mut self, matchers: impl IntoIterator<Item = Matcher>) -> Self {
        self.matchers.extend(matchers);
        self
    }

    /// As they were so long ago; a negative length looks ahead. Clamped to 100 years; no time is no offset.
    #[must_use]
    pub fn offset(mut self, ago: Duration) -> Self {
        self.offset = (ago != Duration::ZERO).then(|| ago.clamp(Duration::ZERO - LONGEST, LONGEST));
        self
    }

    /// The metrics, at least one.
    pub fn metrics(&self) -> impl Iterator<Item = &Metric> {
        std::iter::once(&self.metric).chain(&self.more)
    }

    /// The conditions, all of which hold.
    pub fn matchers(&self) -> &[Matcher] {
        &self.matchers
    }

    /// How long ago; never zero.
    pub const fn ago(&self) -> Option<Duration> {
        self.offset
    }

    /// Whether a series is selected, given its metric and its labels by name.
    pub fn selects<'a>(&self, metric: &'a str, label: impl Fn(&str) -> Option<&'a str>) -> bool {
        let value = |name: &Label| if *name == Label::NAME { Some(metric) } else { label(name.as_str()) };
        self.metrics().any(|one| one.as_str() == metric)
            && self.matchers.iter().all(|matcher| matcher.matches(value(matcher.label())))
    }

    /// Prints the selector with its window, if any, and then its offset.
    pub(super) fn print(&self, f: &mut fmt::Formatter<'_>, window: Option<Duration>) -> fmt::Result {
        // A name may stand before the braces only once, and not when it is a word of the language.
        let in_braces = !self.more.is_empty()
            || self.metric.is_keyword()
            || self.matchers.iter().any(|matcher| *matcher.label() == Label::NAME);
        let mut matchers = self.matchers.iter().filter(|matcher| !matcher.is_void()).peekable();
        if in_braces {
            let names: Vec<&str> = self.metrics().map(Metric::as_str).collect();
            let operator = if self.more.is_empty() { "=" } else { "=~" };
            write!(f, "{{__name__{operator}{}", Quoted(&names.join("|")))?;
        } else {
            let brace = if matchers.peek().is_some() { "{" } else { "" };
            write!(f, "{}{brace}", self.metric)?;
        }
        let is_open = in_braces || matchers.peek().is_some();
        for (at, matcher) in matchers.enumerate() {
            let comma = if in_braces || at > 0 { "," } else { "" };
            write!(f, "{comma}{matcher}")?;
        }
        if is_open {
            f.write_str("}")?;
        }
        if let Some(window) = window {
            write!(f, "[{window}]")?;
        }
        self.offset.map_or(Ok(()), |offset| write!(f, " offset {offset}"))
    }

    pub(super) fn add_matchers(&mut self, extra: &[Matcher]) {
        self.matchers.extend_from_slice(extra);
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UP: Metric = Metric::new_static("up");
    const JOB: Label = Label::new_static("job");

    fn job(value: &str) -> Matcher {
        Matcher::Equal(JOB, value.into())
    }

    #[test]
    fn selectors_print_name_braces_offset() {
        let hour = Duration::from_mins(60);
        let more = || Selector::any_metric([UP, Metric::new_static("down"), UP]);
        let name = Matcher::NotEqual(Label::NAME, "x".into());
        for (selector, expect) in [
            (Selector::metric(UP), "up"),
            (Selector::metric(UP).with(job("a")), r#"up{job="a"}"#),
            (Selector::metric(UP).with_all([job("a"), job("b")]), r#"up{job="a",job="b"}"#),
            (Selector::metric(UP).with(Matcher::NoneOf(JOB, vec![])), "up"),
            (Selector::metric(UP).offset(hour), "up offset 1h"),
            (Selector::metric(UP).offset(Duration::ZERO - hour), "up offset -1h"),
            (Selector::metric(UP).offset(hour).offset(Duration::ZERO), "up"),
            (Selector::metric(UP).offset(Duration::from_mins(i64::MAX)), "up offset 100y"),
            (more(), r#"{__name__=~"up|down"}"#),
            (more().with(job("a")), r#"{__name__=~"up|down",job="a"}"#),
            (Selector::any_metric([UP]).with(job("a")), r#"up{job="a"}"#),
            (Selector::metric(UP).with(name), r#"{__name__="up",__name__!="x"}"#),
            (Selector::metric(Metric::new_static("On")), r#"{__name__="On"}"#),
        ] {
            assert_eq!(selector.to_string(), expect);
        }
    }

    #[test]
    fn a_series_is_selected_by_name_and_by_every_condition() {
        let selector = Selector::any_metric([UP, Metric::new_static("down")]).with(job("a"));
        let label = |name: &str| (name == "job").then_some("a");
        assert!(selector.selects("up", label));
        assert!(selector.selects("down", label));
        assert!(!selector.selects("sideways", label));
        assert!(!selector.selects("up", |_| None));
        let renamed = selector.with(Matcher::NotEqual(Label::NAME, "up".into()));
        assert!(!renamed.selects("up", label));
        assert!(renamed.selects("down", label));
    }
}
