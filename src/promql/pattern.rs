//! Patterns of label values: RE2 text that is right by construction, or checked.

use std::fmt;

use regex_lite::{Regex, RegexBuilder};
use thiserror::Error;

use super::literal::push_regex_quoted;
use super::re2;

/// A pattern that a label's whole value must match, as Prometheus matches it: anchored at both ends, and `.` matches a
/// newline too (`model/labels/regexp.go`).
///
/// Two patterns are equal when their texts are.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    /// Nothing when the pattern is too large to be matched here (about 10 MB compiled); servers still take it.
    regex: Option<Regex>,
}

/// A piece of a [`Pattern`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Exactly this text.
    Literal(String),
    /// Any text, none included: `.*`.
    Anything,
    /// Any text that is not empty: `.+`.
    Something,
    /// At least one lower-case ASCII letter or digit: `[a-z0-9]+`, such as the hash of a `ReplicaSet`.
    Alphanumerics,
    /// So many lower-case ASCII letters or digits: `[a-z0-9]{5}` ends the name of a pod.
    AlphanumericsExactly(u8),
    /// These pieces, to be named `$1`, `$2`… in the replacement of [`label_replace`](super::label_replace).
    Group(Vec<Piece>),
}

/// Why a text is not a [`Pattern`].
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{text}` is not a regular expression: {reason}; Prometheus reads RE2 (github.com/google/re2/wiki/Syntax)")]
pub struct ParsePatternError {
    /// The text that was refused.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Pattern {
    /// The pattern made of these pieces in a row.
    pub fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut text = String::new();
        for piece in pieces {
            push_piece(&mut text, &piece);
        }
        let regex = compile(&text).ok();
        Self { text, regex }
    }

    /// A pattern written by a user, in the syntax that RE2 and this program share: no Unicode classes (`\pL`), no flag
    /// `x`, at most 1000 repetitions.
    ///
    /// # Errors
    /// When it is no such pattern, or is too large.
    pub fn regex(text: &str) -> Result<Self, ParsePatternError> {
        let refuse = |reason: String| ParsePatternError { text: text.to_owned(), reason };
        if let Some(reason) = re2::objection(text) {
            return Err(refuse(reason.to_owned()));
        }
        // By itself too: within the anchors' group `a)|(b` would pass.
        match Regex::new(text).and_then(|_| compile(text)) {
            Ok(regex) => Ok(Self { text: text.to_owned(), regex: Some(regex) }),
            Err(error) => Err(refuse(error.to_string())),
        }
    }

    /// The RE2 text, without anchors and without quotes.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the whole value matches.
    pub fn matches(&self, value: &str) -> bool {
        self.regex.as_ref().is_some_and(|regex| regex.is_match(value))
    }

    /// What `label_replace` writes for a value: the replacement with `$1`, `${1}` and `$name` filled in from the groups;
    /// nothing when the value does not match. A group that is not there is empty.
    pub fn replace(&self, value: &str, replacement: &str) -> Option<String> {
        let captures = self.regex.as_ref()?.captures(value)?;
        let mut out = String::new();
        captures.expand(replacement, &mut out);
        Some(out)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

fn compile(text: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(&format!("^(?:{text})$")).dot_matches_new_line(true).build()
}

fn push_piece(text: &mut String, piece: &Piece) {
    match piece {
        Piece::Literal(literal) => push_regex_quoted(text, literal),
        Piece::Anything => text.push_str(".*"),
        Piece::Something => text.push_str(".+"),
        Piece::Alphanumerics => text.push_str("[a-z0-9]+"),
        Piece::AlphanumericsExactly(count) => {
            text.push_str("[a-z0-9]{");
            text.push_str(&count.to_string());
            text.push('}');
        }
        Piece::Group(pieces) => {
            text.push('(');
            for piece in pieces {
                push_piece(text, piece);
            }
            text.push(')');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod_of(workload: &str) -> Pattern {
        use Piece::{Alphanumerics, AlphanumericsExactly, Literal};
        let dash = || Literal("-".into());
        Pattern::new([Literal(workload.into()), dash(), Alphanumerics, dash(), AlphanumericsExactly(5)])
    }

    #[test]
    fn pieces_print_as_re2() {
        assert_eq!(pod_of("way.point").as_str(), r"way\.point-[a-z0-9]+-[a-z0-9]{5}");
        let group = Piece::Group(vec![Piece::Something, Piece::Literal("(|)".into())]);
        assert_eq!(Pattern::new([group, Piece::Anything]).as_str(), r"(.+\(\|\)).*");
    }

    #[test]
    fn a_pattern_matches_the_whole_value() {
        let pattern = pod_of("way.point");
        for (value, expect) in [
            ("way.point-7d4b9c-x2x9p", true),
            ("way-point-7d4b9c-x2x9p", false),
            ("a-way.point-7d4b9c-x2x9p", false),
            ("way.point-7d4b9c-x2x9p\n", false),
            ("way.point-7d4b9c-x2x9", false),
            ("way.point-x2x9p", false),
            ("", false),
        ] {
            assert_eq!(pattern.matches(value), expect, "{value}");
        }
        assert!(Pattern::new([Piece::Something]).matches("a\nb"));
        assert!(!Pattern::new([Piece::Something]).matches(""));
        assert!(Pattern::regex("a|b").unwrap().matches("b"));
        assert!(!Pattern::regex("a|b").unwrap().matches("ab"));
    }

    #[test]
    fn replacements_fill_in_the_groups() {
        let pattern = Pattern::regex("(.+)-(?P<hash>[a-z0-9]+)").unwrap();
        for (value, replacement, expect) in [
            ("web-abc", "$1", Some("web")),
            ("web-abc", "${1}x/$hash", Some("webx/abc")),
            ("web-abc", "$1x$7", Some("")),
            ("web-abc", "$$1", Some("$1")),
            ("web", "$1", None),
        ] {
            assert_eq!(pattern.replace(value, replacement).as_deref(), expect, "{replacement}");
        }
    }

    #[test]
    fn text_that_is_not_re2_is_refused() {
        for text in ["(", "a)|(b", "[z-a]", "*", r"\p{Greek}", "(?=a)", r"(a)\1", "(?x)a b", "a{2000}", "a**", r"\<a"] {
            let error = Pattern::regex(text).unwrap_err();
            assert_eq!(error.text, text);
        }
    }
}
