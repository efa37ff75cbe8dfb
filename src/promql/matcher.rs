//! Conditions on one label of a series.

use std::fmt;

use super::literal::{Quoted, push_regex_quoted};
use super::name::Label;
use super::pattern::Pattern;

/// A condition on one label. A label that a series lacks counts as empty, as everywhere in Prometheus.
///
/// The printed text may hold no or two conditions where PromQL has no single one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Matcher {
    /// The label has this value; with the empty text, the same as [`Matcher::Absent`].
    Equal(Label, String),
    /// The label has another value, or is absent.
    NotEqual(Label, String),
    /// The label has one of these values. With no values it matches no series.
    OneOf(Label, Vec<String>),
    /// The label has none of these values. With no values it matches every series.
    NoneOf(Label, Vec<String>),
    /// The label is there and not empty.
    Present(Label),
    /// The label is absent or empty.
    Absent(Label),
    /// The label's value matches.
    Pattern(Label, Pattern),
    /// The label's value does not match.
    NotPattern(Label, Pattern),
}

impl Matcher {
    /// The label looked at.
    pub fn label(&self) -> &Label {
        match self {
            Self::Equal(label, _)
            | Self::NotEqual(label, _)
            | Self::OneOf(label, _)
            | Self::NoneOf(label, _)
            | Self::Present(label)
            | Self::Absent(label)
            | Self::Pattern(label, _)
            | Self::NotPattern(label, _) => label,
        }
    }

    /// Whether a series whose label has this value meets the condition; `None` when the series lacks the label.
    pub fn matches(&self, value: Option<&str>) -> bool {
        let value = value.unwrap_or_default();
        match self {
            Self::Equal(_, expected) => value == expected,
            Self::NotEqual(_, expected) => value != expected,
            Self::OneOf(_, values) => values.iter().any(|one| one == value),
            Self::NoneOf(_, values) => values.iter().all(|one| one != value),
            Self::Present(_) => !value.is_empty(),
            Self::Absent(_) => value.is_empty(),
            Self::Pattern(_, pattern) => pattern.matches(value),
            Self::NotPattern(_, pattern) => !pattern.matches(value),
        }
    }

    /// Whether the condition always holds, and so prints as nothing.
    pub(super) fn is_void(&self) -> bool {
        matches!(self, Self::NoneOf(_, values) if values.is_empty())
    }
}

/// The text between the braces: `reporter="source"`.
impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(label, value) => write!(f, "{label}={}", Quoted(value)),
            Self::NotEqual(label, value) => write!(f, "{label}!={}", Quoted(value)),
            Self::Absent(label) => write!(f, "{label}=\"\""),
            Self::Present(label) => write!(f, "{label}!=\"\""),
            Self::OneOf(label, values) => match values.as_slice() {
                // A contradiction: plainer to every server than a regular expression that matches nothing.
                [] => write!(f, "{label}=\"\",{label}!=\"\""),
                [value] => write!(f, "{label}={}", Quoted(value)),
                values => write!(f, "{label}=~{}", Quoted(&alternatives(values))),
            },
            Self::NoneOf(label, values) => match values.as_slice() {
                [] => Ok(()),
                [value] => write!(f, "{label}!={}", Quoted(value)),
                values => write!(f, "{label}!~{}", Quoted(&alternatives(values))),
            },
            Self::Pattern(label, pattern) => write!(f, "{label}=~{}", Quoted(pattern.as_str())),
            Self::NotPattern(label, pattern) => write!(f, "{label}!~{}", Quoted(pattern.as_str())),
        }
    }
}

/// The form that Prometheus recognises and looks up as a set instead of running a regular expression.
fn alternatives(values: &[String]) -> String {
    let mut regex = String::with_capacity(values.iter().map(|value| value.len() + 2).sum());
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            regex.push('|');
        }
        push_regex_quoted(&mut regex, value);
    }
    regex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql::Piece;

    const L: Label = Label::new_static("l");

    fn check(matcher: &Matcher, text: &str, matching: &[Option<&str>], other: &[Option<&str>]) {
        assert_eq!(matcher.to_string(), text);
        for value in matching {
            assert!(matcher.matches(*value), "{text} must match {value:?}");
        }
        for value in other {
            assert!(!matcher.matches(*value), "{text} must not match {value:?}");
        }
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn single_values_are_compared() {
        check(&Matcher::Equal(L, "a".into()), r#"l="a""#, &[Some("a")], &[None, Some(""), Some("ab")]);
        check(&Matcher::Equal(L, String::new()), r#"l="""#, &[None, Some("")], &[Some("a")]);
        check(&Matcher::NotEqual(L, "a".into()), r#"l!="a""#, &[None, Some("b")], &[Some("a")]);
        check(&Matcher::Present(L), r#"l!="""#, &[Some("a")], &[None, Some("")]);
        check(&Matcher::Absent(L), r#"l="""#, &[None, Some("")], &[Some("a")]);
    }

    #[test]
    fn several_values_become_quoted_alternatives() {
        let one = Matcher::OneOf(L, texts(&["a.b", "c\"\n"]));
        check(&one, r#"l=~"a\\.b|c\"\n""#, &[Some("a.b"), Some("c\"\n")], &[None, Some("axb"), Some("a.b|c\"\n")]);
        let none = Matcher::NoneOf(L, texts(&["a", "$"]));
        check(&none, r#"l!~"a|\\$""#, &[None, Some("b")], &[Some("a"), Some("$")]);
        check(&Matcher::OneOf(L, texts(&["a", ""])), r#"l=~"a|""#, &[None, Some(""), Some("a")], &[Some("b")]);
    }

    #[test]
    fn a_set_of_one_needs_no_regular_expression() {
        check(&Matcher::OneOf(L, texts(&["a.b"])), r#"l="a.b""#, &[Some("a.b")], &[None]);
        check(&Matcher::NoneOf(L, texts(&["a.b"])), r#"l!="a.b""#, &[None], &[Some("a.b")]);
    }

    #[test]
    fn a_set_of_none_is_met_by_nothing() {
        check(&Matcher::OneOf(L, vec![]), r#"l="",l!="""#, &[], &[None, Some(""), Some("a")]);
        check(&Matcher::NoneOf(L, vec![]), "", &[None, Some(""), Some("a")], &[]);
    }

    #[test]
    fn patterns_are_escaped_once_more_as_strings() {
        let pattern = Pattern::new([Piece::Literal("a.b".into()), Piece::Anything]);
        check(&Matcher::Pattern(L, pattern.clone()), r#"l=~"a\\.b.*""#, &[Some("a.b\n")], &[None, Some("ab")]);
        check(&Matcher::NotPattern(L, pattern), r#"l!~"a\\.b.*""#, &[None, Some("ab")], &[Some("a.bc")]);
    }
}
