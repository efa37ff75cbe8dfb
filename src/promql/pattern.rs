//! Patterns of label values: RE2 text that is right by construction.

use super::literal::push_regex_quoted;
use super::walk::{Step, steps, walk};

/// A pattern that a label's whole value must match, as Prometheus matches it: anchored at both ends, and `.` matches a
/// newline too (`model/labels/regexp.go`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern(String);

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
    /// Any text that has an even number of these letters and digits, none included: one bit of a hash.
    EvenCount(&'static str),
    /// These pieces, to be named `$1`, `$2`… in the replacement of [`label_replace`](super::label_replace).
    Group(Vec<Piece>),
}

impl Pattern {
    /// The pattern made of these pieces in a row.
    pub fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut text = String::new();
        push_all(&mut text, pieces);
        Self(text)
    }

    /// The pattern with this text; nothing for a regular expression that no pieces make.
    pub fn parse(text: &str) -> Option<Self> {
        steps(text).map(|_| Self(text.to_owned()))
    }

    /// The RE2 text, without anchors and without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole value matches.
    pub fn matches(&self, value: &str) -> bool {
        self.borders(value).is_some()
    }

    /// What `label_replace` writes for a value: the replacement with `$1` and `${1}` filled in from the groups, `$$` for
    /// a dollar sign; nothing when the value does not match. A group that is not there is empty.
    pub fn replace(&self, value: &str, replacement: &str) -> Option<String> {
        let borders = self.borders(value)?;
        let group = |name: &str| {
            // The whole value is the group 0.
            let number = name.parse::<usize>().ok()?;
            let Some(number) = number.checked_sub(1) else { return Some(value) };
            value.get(*borders.get(2 * number)?..*borders.get(2 * number + 1)?)
        };
        let mut pieces = replacement.split('$');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        while let Some(piece) = pieces.next() {
            if piece.is_empty() {
                out.push('$');
                out.push_str(pieces.next().unwrap_or_default());
                continue;
            }
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let braced = piece.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let end = piece.find(|c| !is_name(c)).unwrap_or(piece.len());
            let (name, rest) = braced.or_else(|| piece.split_at_checked(end)).unwrap_or_default();
            out.push_str(group(name).unwrap_or_default());
            out.push_str(rest);
        }
        Some(out)
    }

    /// Where the groups begin and end; nothing when the value does not match.
    fn borders(&self, value: &str) -> Option<Vec<usize>> {
        let steps = steps(&self.0)?;
        let mut borders = vec![0; steps.iter().filter(|step| matches!(step, Step::Border(_))).count()];
        walk(&steps, value, 0, &mut borders).then_some(borders)
    }
}

fn push_all(text: &mut String, pieces: impl IntoIterator<Item = Piece>) {
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => push_regex_quoted(text, &literal),
            Piece::Anything => text.push_str(".*"),
            Piece::Something => text.push_str(".+"),
            Piece::Alphanumerics => text.push_str("[a-z0-9]+"),
            Piece::AlphanumericsExactly(count) => text.extend(["[a-z0-9]{", &count.to_string(), "}"]),
            Piece::EvenCount(of) => text.push_str(&even_count(of)),
            Piece::Group(pieces) => {
                text.push('(');
                push_all(text, pieces);
                text.push(')');
            }
        }
    }
}

/// The expression for an even number of these letters and digits, with any others between.
pub(super) fn even_count(of: &str) -> String {
    ["(?:[^", of, "]*[", of, "][^", of, "]*[", of, "])*[^", of, "]*"].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        assert_eq!(Pattern::new([Piece::EvenCount("a1")]).as_str(), "(?:[^a1]*[a1][^a1]*[a1])*[^a1]*");
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
    }

    #[test]
    fn other_regular_expressions_are_no_patterns() {
        for text in [
            "a|b",
            "a*",
            "a?",
            "^a",
            "a$",
            ".",
            "(",
            ")",
            "(a",
            "a)",
            "(a)*",
            "(?:a)",
            "[a-z]",
            "[a-z0-9]",
            "[a-z0-9]{}",
            "[a-z0-9]{1,2}",
            "{",
            "a\\",
            "\\d",
            ".*?",
            "(?:[^a",
            "(?:[^a]*[b][^a]*[a])*[^a]*",
        ] {
            assert_eq!(Pattern::parse(text), None, "{text}");
        }
    }

    #[test]
    fn replacements_fill_in_the_groups() {
        use Piece::{Alphanumerics, Group, Literal, Something};
        let pattern = Pattern::new([Group(vec![Something]), Literal("-".into()), Group(vec![Alphanumerics])]);
        for (value, replacement, expect) in [
            ("web-abc", "$1", Some("web")),
            ("a-b-c", "$1/$2", Some("a-b/c")),
            ("web-abc", "${1}x/$2", Some("webx/abc")),
            ("web-abc", "$1x$7", Some("")),
            ("web-abc", "$$1", Some("$1")),
            ("web-abc", "$0", Some("web-abc")),
            ("web", "$1", None),
        ] {
            assert_eq!(pattern.replace(value, replacement).as_deref(), expect, "{replacement}");
        }
    }

    fn piece() -> impl Strategy<Value = Piece> {
        let literal = prop::sample::select(vec!["a", "-", "é", "."]).prop_map(|text| Piece::Literal(text.into()));
        let leaf = prop_oneof![
            literal,
            Just(Piece::Anything),
            Just(Piece::Something),
            Just(Piece::Alphanumerics),
            (0_u8..3).prop_map(Piece::AlphanumericsExactly),
            Just(Piece::EvenCount("a1")),
        ];
        let group = proptest::collection::vec(leaf.clone(), 0..3).prop_map(Piece::Group);
        prop_oneof![3 => leaf, 1 => group]
    }

    proptest! {
        #[test]
        fn matching_agrees_with_a_regular_expression(
            pieces in proptest::collection::vec(piece(), 0..5),
            value in proptest::collection::vec(prop::sample::select(vec!["a", "b1", "-", "é", ".", "\n"]), 0..6),
        ) {
            let (pattern, value) = (Pattern::new(pieces), value.concat());
            prop_assert_eq!(Pattern::parse(pattern.as_str()), Some(pattern.clone()));
            let text = format!("^(?:{})$", pattern.as_str());
            let regex = regex_lite::RegexBuilder::new(&text).dot_matches_new_line(true).build().unwrap();
            let expect = regex.captures(&value).map(|captures| {
                let mut out = String::new();
                captures.expand("$1|${2}|$0", &mut out);
                out
            });
            prop_assert_eq!(pattern.replace(&value, "$1|${2}|$0"), expect, "{} {:?}", text, value);
        }
    }
}
