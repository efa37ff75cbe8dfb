//! Patterns read from their text, and walked along a value.

use super::literal::is_special;
use super::pattern::even_count;

/// What matching does, one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Step<'a> {
    Literal(String),
    /// So many characters at least and at most, as many as can be.
    Some {
        least: usize,
        most: usize,
        only_alphanumeric: bool,
    },
    /// An even number of these, and as many others as can be.
    Even(&'a str),
    /// The border of a group: its beginning at `2 n`, its end at `2 n + 1`.
    Border(usize),
}

/// The steps of a pattern's text; nothing for an expression that no pieces make.
pub(super) fn steps(text: &str) -> Option<Vec<Step<'_>>> {
    let (mut steps, mut open, mut groups, mut rest) = (Vec::new(), Vec::new(), 0, text);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(')') {
            steps.push(Step::Border(2 * open.pop()? + 1));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('(').filter(|after| !after.starts_with('?')) {
            steps.push(Step::Border(2 * groups));
            open.push(groups);
            groups += 1;
            rest = after;
        } else {
            let (step, after) = step(rest)?;
            match (steps.last_mut(), step) {
                (Some(Step::Literal(literal)), Step::Literal(more)) => literal.push_str(&more),
                (_, step) => steps.push(step),
            }
            rest = after;
        }
    }
    open.is_empty().then_some(steps)
}

/// The first step of a text, and what comes after it.
fn step(text: &str) -> Option<(Step<'_>, &str)> {
    let some = |least, most, only_alphanumeric| Step::Some { least, most, only_alphanumeric };
    for (prefix, least, only_alphanumeric) in [(".*", 0, false), (".+", 1, false), ("[a-z0-9]+", 1, true)] {
        if let Some(after) = text.strip_prefix(prefix) {
            return Some((some(least, usize::MAX, only_alphanumeric), after));
        }
    }
    if let Some(after) = text.strip_prefix("[a-z0-9]{") {
        let (count, after) = after.split_once('}')?;
        let count = count.parse::<u8>().ok()?.into();
        return Some((some(count, count, true), after));
    }
    if let Some(after) = text.strip_prefix("(?:[^") {
        let (of, _) = after.split_once(']')?;
        return Some((Step::Even(of), text.strip_prefix(&even_count(of))?));
    }
    let mut chars = text.chars();
    let literal = match chars.next()? {
        '\\' => chars.next().filter(|c| is_special(*c))?,
        c if is_special(c) => return None,
        c => c,
    };
    Some((Step::Literal(literal.into()), chars.as_str()))
}

/// Whether the steps can be taken from there to the end of the value; longer ways first, as RE2 prefers them.
pub(super) fn walk(steps: &[Step<'_>], value: &str, at: usize, borders: &mut [usize]) -> bool {
    let Some((step, later)) = steps.split_first() else { return at == value.len() };
    let rest = value.get(at..).unwrap_or_default();
    match step {
        Step::Literal(literal) => rest.starts_with(literal) && walk(later, value, at + literal.len(), borders),
        Step::Border(number) => {
            if let Some(border) = borders.get_mut(*number) {
                *border = at;
            }
            walk(later, value, at, borders)
        }
        Step::Some { least, most, only_alphanumeric } => {
            let fits = |c: char| !only_alphanumeric || c.is_ascii_lowercase() || c.is_ascii_digit();
            let mut ends = vec![at];
            ends.extend(
                rest.char_indices()
                    .take(*most)
                    .take_while(|(_, c)| fits(*c))
                    .map(|(place, c)| at + place + c.len_utf8()),
            );
            ends.iter().skip(*least).rev().any(|end| walk(later, value, *end, borders))
        }
        Step::Even(of) => {
            let (mut ends, mut is_even) = (vec![at], true);
            for (place, c) in rest.char_indices() {
                is_even ^= of.contains(c);
                ends.extend(is_even.then_some(at + place + c.len_utf8()));
            }
            ends.iter().rev().any(|end| walk(later, value, *end, borders))
        }
    }
}
