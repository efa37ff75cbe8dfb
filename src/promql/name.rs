//! Names of metrics and labels, checked when they are made.

use std::borrow::Cow;
use std::fmt;

use thiserror::Error;

/// A metric's name: `[a-zA-Z_:][a-zA-Z0-9_:]*`, the form all servers read
/// (<https://prometheus.io/docs/concepts/data_model/>).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Metric(Cow<'static, str>);

/// A label's name: `[a-zA-Z_][a-zA-Z0-9_]*`. Names that need quotes (UTF-8, Prometheus 3) are not built.
///
/// `inf`, `nan` and `without` in any case are no names here: between the parentheses of `by (…)` PromQL reads them as
/// something else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Label(Cow<'static, str>);

/// Why a text is not a name.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ParseNameError {
    /// Not a [`Metric`].
    #[error("`{text}` is not a metric name: use letters, digits, `_` and `:`, and no digit first")]
    Metric {
        /// The text that was refused.
        text: String,
    },
    /// Not a [`Label`].
    #[error("`{text}` is not a label name: use letters, digits and `_`, no digit first; not `inf`, `nan`, `without`")]
    Label {
        /// The text that was refused.
        text: String,
    },
}

impl Metric {
    /// A name known when the program is written.
    ///
    /// # Panics
    /// When it is not a metric name. Assign it to a `const`: then it is the compiler that says so.
    pub const fn new_static(name: &'static str) -> Self {
        assert!(is_name(name.as_bytes(), true), "not a metric name");
        Self(Cow::Borrowed(name))
    }

    /// A name from outside.
    ///
    /// # Errors
    /// When it is not `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    pub fn parse(text: &str) -> Result<Self, ParseNameError> {
        if is_name(text.as_bytes(), true) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(ParseNameError::Metric { text: text.to_owned() })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name, standing alone, is read as a word of the language.
    pub(super) fn is_keyword(&self) -> bool {
        KEYWORDS.iter().any(|keyword| self.0.eq_ignore_ascii_case(keyword))
    }
}

impl Label {
    /// `__name__`, under which a series' metric is found.
    pub const NAME: Self = Self::new_static("__name__");

    /// A name known when the program is written.
    ///
    /// # Panics
    /// When it is not a label name. Assign it to a `const`: then it is the compiler that says so.
    pub const fn new_static(name: &'static str) -> Self {
        assert!(is_label(name.as_bytes()), "not a label name");
        Self(Cow::Borrowed(name))
    }

    /// A name from outside.
    ///
    /// # Errors
    /// When it is not `[a-zA-Z_][a-zA-Z0-9_]*`, or is one of the three words.
    pub fn parse(text: &str) -> Result<Self, ParseNameError> {
        if is_label(text.as_bytes()) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(ParseNameError::Label { text: text.to_owned() })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Words the lexer takes out of the names, in any case (`promql/parser/lex.go`). Not all of them are accepted as a
/// metric's name; inside braces none is special.
const KEYWORDS: [&str; 36] = [
    "and",
    "or",
    "unless",
    "atan2",
    "sum",
    "avg",
    "count",
    "min",
    "max",
    "group",
    "stddev",
    "stdvar",
    "topk",
    "bottomk",
    "count_values",
    "quantile",
    "limitk",
    "limit_ratio",
    "offset",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
    "bool",
    "anchored",
    "smoothed",
    "fill",
    "fill_left",
    "fill_right",
    "start",
    "end",
    "step",
    "inf",
    "nan",
];

const fn is_label(name: &[u8]) -> bool {
    is_name(name, false)
        && !(name.eq_ignore_ascii_case(b"inf")
            || name.eq_ignore_ascii_case(b"nan")
            || name.eq_ignore_ascii_case(b"without"))
}

const fn is_name(name: &[u8], colons: bool) -> bool {
    let mut rest = match name {
        [first, ..] if !first.is_ascii_digit() => name,
        _ => return false,
    };
    while let [byte, tail @ ..] = rest {
        if !(byte.is_ascii_alphanumeric() || *byte == b'_' || (colons && *byte == b':')) {
            return false;
        }
        rest = tail;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_legacy_names_are_names() {
        for (text, metric, label) in [
            ("istio_requests_total", true, true),
            ("job:up:sum", true, false),
            (":", true, false),
            ("_", true, true),
            ("sum", true, true),
            ("NaN", true, false),
            ("inf", true, false),
            ("Without", true, false),
            ("info", true, true),
            ("", false, false),
            ("9lives", false, false),
            ("a-b", false, false),
            ("a b", false, false),
            ("größe", false, false),
            ("a\n", false, false),
            ("a\"", false, false),
        ] {
            assert_eq!(Metric::parse(text).is_ok(), metric, "metric {text}");
            assert_eq!(Label::parse(text).is_ok(), label, "label {text}");
        }
    }

    #[test]
    fn a_refusal_repeats_the_text() {
        let error = Label::parse("my.label").unwrap_err();
        assert!(error.to_string().starts_with("`my.label` is not a label name"), "{error}");
    }
}
