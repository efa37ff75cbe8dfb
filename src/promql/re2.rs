//! Where RE2 is narrower than the regular expressions this program can run.

use std::iter::Peekable;
use std::str::Chars;

/// The largest count in `x{n}` (Go's `regexp/syntax`).
const MAX_REPEAT: u32 = 1000;

/// What RE2 would refuse or read differently in a text that `regex-lite` accepts; nothing when there is no such thing.
///
/// Counts that multiply beyond 1000 by nesting are not found.
pub(super) fn objection(text: &str) -> Option<&'static str> {
    let mut rest = text.chars().peekable();
    let mut after_repeat = false;
    while let Some(c) = rest.next() {
        let repeat = matches!(c, '*' | '+' | '?' | '{');
        if repeat && after_repeat {
            return Some("a repetition is repeated");
        }
        let found = match c {
            '\\' => escape(&mut rest),
            '[' => class(&mut rest),
            '(' if rest.next_if_eq(&'?').is_some() => group(rest.clone()),
            '{' => count(&mut rest),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        if repeat {
            // The mark of a lazy repetition belongs to it.
            rest.next_if_eq(&'?');
        }
        after_repeat = repeat;
    }
    None
}

fn escape(rest: &mut Peekable<Chars<'_>>) -> Option<&'static str> {
    match rest.next() {
        Some('x') if rest.peek() == Some(&'{') => {
            rest.find(|c| *c == '}');
            None
        }
        Some('u' | 'U') => Some("write `\\x{…}` for a code point"),
        Some('<' | '>') => Some("`\\<` and `\\>` are unknown, write `\\b`"),
        Some('b' | 'B') if rest.peek() == Some(&'{') => Some("`\\b{…}` is unknown, write `\\b`"),
        _ => None,
    }
}

/// Passes over a character class: nothing in it is a repetition or a group.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<&'static str> {
    rest.next_if_eq(&'^');
    rest.next_if_eq(&']');
    while let Some(c) = rest.next() {
        match c {
            ']' => return None,
            '\\' => {
                if let Some(found) = escape(rest) {
                    return Some(found);
                }
            }
            // `[:alpha:]`
            '[' if rest.peek() == Some(&':') => while rest.next().is_some_and(|c| c != ']') {},
            _ => {}
        }
    }
    None
}

/// Looks at what follows `(?`.
fn group(mut rest: Peekable<Chars<'_>>) -> Option<&'static str> {
    if rest.peek() == Some(&'<') {
        return Some("write `(?P<name>…)` for a named group");
    }
    let unknown = rest.take_while(|c| !matches!(c, ':' | ')' | '<')).any(|c| matches!(c, 'x' | 'R' | 'u'));
    unknown.then_some("the only flags are `i`, `m`, `s` and `U`")
}

/// Passes over `n}`, `n,}` or `n,m}`.
fn count(rest: &mut Peekable<Chars<'_>>) -> Option<&'static str> {
    let mut number = 0_u32;
    let mut digits = 0;
    for c in rest.by_ref() {
        match c.to_digit(10) {
            Some(digit) => {
                number = number.saturating_mul(10).saturating_add(digit);
                digits += 1;
                if number > MAX_REPEAT {
                    return Some("more than 1000 repetitions");
                }
            }
            None if digits == 0 || !matches!(c, ',' | '}') => return Some("write `\\{` for a brace"),
            None if c == '}' => return None,
            None => number = 0,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_both_sides_read_alike_passes() {
        for text in [
            "",
            "a*?b+?c??",
            "a{2}?",
            "a{2,}",
            "a{2,1000}",
            "[*+?{(]+",
            "[]*]*",
            "[^]*]*",
            "[[:alpha:]*]+",
            r"[\]*]+",
            r"\*+",
            r"\{+",
            "(?i)a",
            "(?:a)+",
            "(?s-i:a)",
            "(?P<x>a)*",
            r"\x{e9}",
            "größe*",
            "(a*)*",
        ] {
            assert_eq!(objection(text), None, "{text}");
        }
    }

    #[test]
    fn text_beyond_re2_is_named() {
        for text in [
            "a**",
            "a+*",
            "a*??",
            "a{2}{3}",
            "a{2}*",
            "a{1001}",
            "a{2,1001}",
            "a{,2}",
            "a{x}",
            "a{ 2}",
            "(?<x>a)",
            "(?x)a",
            "(?ix:a)",
            "(?R)",
            "(?u)",
            r"\u{41}",
            r"[\u0041]",
            r"\<",
            r"\b{start}",
        ] {
            assert!(objection(text).is_some(), "{text}");
        }
    }
}
