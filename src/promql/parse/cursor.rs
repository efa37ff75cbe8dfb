//! A place in the text, and the smallest things that are read there.

use super::Reason;
use crate::promql::name::Label;
use crate::quantity::{Duration, parse_printed};

/// So many operands an expression may have; each may be nested in the one before.
const MOST_OPERANDS: usize = 500;
/// So deep may parentheses be nested.
const DEEPEST: usize = 100;

pub(super) struct Cursor<'a> {
    text: &'a str,
    rest: &'a str,
    operands: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, rest: text, operands: 0, depth: 0 }
    }

    /// Line and column, in characters from one.
    pub fn place(&self) -> (usize, usize) {
        let before = self.text.get(..self.text.len() - self.rest.len()).unwrap_or_default();
        let (lines, line) = before.rsplit_once('\n').unwrap_or(("", before));
        let line_number = if lines.len() + line.len() == before.len() { 1 } else { lines.split('\n').count() + 1 };
        (line_number, line.chars().count() + 1)
    }

    /// Begins an operand.
    pub fn enter(&mut self) -> Result<(), Reason> {
        self.operands += 1;
        self.depth += 1;
        let fits = self.operands <= MOST_OPERANDS && self.depth <= DEEPEST;
        if fits { Ok(()) } else { Err(Reason::TooLarge(MOST_OPERANDS)) }
    }

    /// Ends an operand.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    pub fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.rest.is_empty()
    }

    /// Whether a sign comes next, after spaces.
    pub fn is_at(&self, sign: &str) -> bool {
        self.rest.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(sign)
    }

    /// Whether a whole word comes next.
    pub fn is_at_word(&self, word: &str) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(is_of_name))
    }

    /// Takes a sign when it comes next.
    pub fn take(&mut self, sign: &str) -> bool {
        self.skip_space();
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Takes a whole word when it comes next.
    pub fn take_word(&mut self, word: &str) -> bool {
        self.is_at_word(word) && self.take(word)
    }

    pub fn require(&mut self, sign: &'static str) -> Result<(), Reason> {
        if self.take(sign) { Ok(()) } else { self.expected(sign) }
    }

    /// Something else is there.
    pub fn expected<T>(&self, what: &'static str) -> Result<T, Reason> {
        Err(if self.rest.is_empty() { Reason::Ended(what) } else { Reason::Expected(what) })
    }

    /// The characters that come next as long as they belong.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        run
    }

    /// A name, of a metric or of a function; empty when there is none.
    pub fn name(&mut self) -> &'a str {
        self.skip_space();
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { self.run(is_of_name) }
    }

    pub fn label(&mut self) -> Result<Label, Reason> {
        match self.name() {
            "" => self.expected("a label"),
            name => Label::parse(name).map_err(|_| Reason::NotAName(name.to_owned())),
        }
    }

    /// A number with its sign, if one comes next.
    pub fn number(&mut self) -> Result<Option<f64>, Reason> {
        self.skip_space();
        let begin = self.rest;
        let sign = self.rest.starts_with(['-', '+']);
        let unsigned = if sign { begin.get(1..).unwrap_or_default() } else { begin };
        let word =
            unsigned.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("nan"));
        let is_word = word && !unsigned.get(3..).is_some_and(|after| after.starts_with(is_of_name));
        if !is_word && !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return if sign { self.expected("a number") } else { Ok(None) };
        }
        self.rest = unsigned;
        // A sign belongs to it only where an exponent begins.
        self.run(|c| is_of_name(c) || c == '.');
        if self.rest.starts_with(['-', '+'])
            && begin.get(..begin.len() - self.rest.len()).is_some_and(|run| run.ends_with(['e', 'E']))
        {
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.run(is_of_name);
        }
        let text = begin.get(..begin.len() - self.rest.len()).unwrap_or_default();
        parse_printed(text).map(Some).ok_or(Reason::Expected("a number"))
    }

    /// A length of time.
    pub fn length(&mut self) -> Result<Duration, Reason> {
        self.skip_space();
        let run = self.run(|c| c.is_ascii_alphanumeric());
        Duration::parse(run).or_else(|_| self.expected("a duration"))
    }

    /// A text in double quotes.
    pub fn quoted(&mut self) -> Result<String, Reason> {
        self.require("\"")?;
        let mut text = String::new();
        loop {
            text.push_str(self.run(|c| !matches!(c, '"' | '\\' | '\n')));
            if self.take_exactly('"') {
                return Ok(text);
            }
            if !self.take_exactly('\\') {
                return self.expected("the end of a quoted text");
            }
            text.push(self.escaped()?);
        }
    }

    fn take_exactly(&mut self, c: char) -> bool {
        let after = self.rest.strip_prefix(c);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// The character behind a back slash.
    fn escaped(&mut self) -> Result<char, Reason> {
        let mut chars = self.rest.chars();
        let c = match chars.next() {
            Some(c @ ('"' | '\\')) => Some(c),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => {
                let (digits, rest) = chars.as_str().split_at_checked(4).unwrap_or_default();
                chars = rest.chars();
                let is_number = digits.chars().all(|c| c.is_ascii_hexdigit());
                u32::from_str_radix(digits, 16).ok().filter(|_| is_number).and_then(char::from_u32)
            }
            _ => None,
        };
        let Some(c) = c else { return self.expected("an escape sequence") };
        self.rest = chars.as_str();
        Ok(c)
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == ':'
}
