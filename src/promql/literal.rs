//! Literals: strings in double quotes, text inside regular expressions, numbers.

use std::fmt::{self, Write};

/// Prints a text as a PromQL string literal: double quotes, Go escapes (`util/strutil/quote.go`; an unknown escape is a
/// syntax error there).
///
/// Besides what the grammar demands, control and bidirectional format characters are escaped so that a query reads in
/// the order in which it is evaluated, and so is U+FFFD, which Prometheus' lexer takes for broken UTF-8.
pub(super) struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        let mut plain_from = 0;
        for (at, c) in self.0.char_indices() {
            if !needs_escape(c) {
                continue;
            }
            f.write_str(self.0.get(plain_from..at).unwrap_or_default())?;
            plain_from = at + c.len_utf8();
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                _ => write!(f, "\\u{:04x}", u32::from(c))?,
            }
        }
        f.write_str(self.0.get(plain_from..).unwrap_or_default())?;
        f.write_char('"')
    }
}

fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '"' | '\\' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}')
}

/// Appends a text so that a regular expression matches it literally: the characters of Go's `regexp.QuoteMeta`.
pub(super) fn push_regex_quoted(regex: &mut String, text: &str) {
    for c in text.chars() {
        if is_special(c) {
            regex.push('\\');
        }
        regex.push(c);
    }
}

/// Whether a character means something else than itself in a regular expression.
pub(super) const fn is_special(c: char) -> bool {
    matches!(c, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$')
}

/// Prints a number as PromQL reads it: `NaN`, `Inf`, `-Inf`, exponents where the plain form would be long.
pub(super) struct Number(pub f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.abs();
        if self.0.is_nan() {
            f.write_str("NaN")
        } else if magnitude.is_infinite() {
            f.write_str(if self.0 > 0.0 { "Inf" } else { "-Inf" })
        } else if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
            write!(f, "{:e}", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_with_go_escapes() {
        for (text, expect) in [
            ("", r#""""#),
            ("plain", r#""plain""#),
            (r#"say "hi""#, r#""say \"hi\"""#),
            ("it's", r#""it's""#),
            (r"back\slash", r#""back\\slash""#),
            ("a\nb\r\tc", r#""a\nb\r\tc""#),
            ("\0\u{7}\u{7f}\u{85}", r#""\u0000\u0007\u007f\u0085""#),
            ("a\u{202e}b", r#""a\u202eb""#),
            ("\u{fffd}", r#""\ufffd""#),
            ("größe 🦀", "\"größe 🦀\""),
            ("`{}`", r#""`{}`""#),
        ] {
            assert_eq!(Quoted(text).to_string(), expect);
        }
    }

    #[test]
    fn numbers_print_as_promql_reads_them() {
        for (number, expect) in [
            (0.0, "0"),
            (-1.5, "-1.5"),
            (0.99, "0.99"),
            (1e20, "100000000000000000000"),
            (1e21, "1e21"),
            (2.5e-7, "2.5e-7"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(Number(number).to_string(), expect);
        }
    }
}
