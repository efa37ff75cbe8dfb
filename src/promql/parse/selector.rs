//! Selectors, and the conditions in their braces.

use super::Reason;
use super::cursor::Cursor;
use crate::promql::literal::is_special;
use crate::promql::matcher::Matcher;
use crate::promql::name::{Label, Metric};
use crate::promql::pattern::Pattern;
use crate::promql::selector::Selector;
use crate::quantity::Duration;

/// The rest of a selector, after the metric's name if it begins with one; and its window, if it has one.
pub(super) fn selector(cursor: &mut Cursor<'_>, metric: &str) -> Result<(Selector, Option<Duration>), Reason> {
    let is_named = !metric.is_empty();
    if !is_named && !cursor.is_at("{") {
        return cursor.expected("an expression");
    }
    let mut conditions = if cursor.take("{") { conditions(cursor)?.into_iter() } else { Vec::new().into_iter() };
    let mut selector = if is_named {
        let name = named(metric)?;
        if name.is_keyword() {
            return Err(Reason::NotAName(metric.to_owned()));
        }
        Selector::metric(name)
    } else {
        match conditions.next() {
            Some((label, "=", name)) if label == Label::NAME => Selector::metric(named(&name)?),
            Some((label, "=~", names)) if label == Label::NAME => several(&names)?,
            _ => return Err(Reason::Expected("a metric, as `__name__` first in the braces or before them")),
        }
    };
    for (label, operator, value) in conditions {
        selector = selector.with(matcher(label, operator, value)?);
    }
    let window = if cursor.take("[") { Some(window(cursor)?) } else { None };
    if cursor.take_word("offset") {
        let is_ahead = cursor.take("-");
        let ago = cursor.length()?;
        selector = selector.offset(if is_ahead { Duration::ZERO - ago } else { ago });
    }
    Ok((selector, window))
}

fn named(name: &str) -> Result<Metric, Reason> {
    Metric::parse(name).map_err(|_| Reason::NotAName(name.to_owned()))
}

fn several(names: &str) -> Result<Selector, Reason> {
    let mut names = names.split('|');
    let first = Selector::metric(named(names.next().unwrap_or_default())?);
    names.try_fold(first, |selector, name| Ok(selector.or_metric(named(name)?)))
}

fn window(cursor: &mut Cursor<'_>) -> Result<Duration, Reason> {
    let window = cursor.length()?;
    if window <= Duration::ZERO {
        return Err(Reason::Expected("a duration greater than 0"));
    }
    cursor.require("]")?;
    Ok(window)
}

/// Label, operator and value of each condition.
fn conditions(cursor: &mut Cursor<'_>) -> Result<Vec<(Label, &'static str, String)>, Reason> {
    let mut found = Vec::new();
    while !cursor.take("}") {
        if !found.is_empty() {
            cursor.require(",")?;
            if cursor.take("}") {
                break;
            }
        }
        let label = cursor.label()?;
        let operators = ["=~", "!~", "!=", "="];
        let Some(operator) = operators.into_iter().find(|operator| cursor.take(operator)) else {
            return cursor.expected("=, !=, =~ or !~");
        };
        found.push((label, operator, cursor.quoted()?));
    }
    Ok(found)
}

fn matcher(label: Label, operator: &str, value: String) -> Result<Matcher, Reason> {
    let is_regex = operator.ends_with('~');
    Ok(match (operator, alternatives(&value).filter(|_| is_regex)) {
        ("=~", Some(values)) => Matcher::OneOf(label, values),
        ("=~", None) => Matcher::Pattern(label, pattern(value)?),
        ("!~", Some(values)) => Matcher::NoneOf(label, values),
        ("!~", None) => Matcher::NotPattern(label, pattern(value)?),
        ("=", _) if value.is_empty() => Matcher::Absent(label),
        ("=", _) => Matcher::Equal(label, value),
        _ if value.is_empty() => Matcher::Present(label),
        _ => Matcher::NotEqual(label, value),
    })
}

pub(super) fn pattern(regex: String) -> Result<Pattern, Reason> {
    Pattern::parse(&regex).ok_or(Reason::NotAPattern(regex))
}

/// The values of a regular expression that is several literal alternatives.
fn alternatives(regex: &str) -> Option<Vec<String>> {
    let mut values = vec![String::new()];
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '|' => {
                values.push(String::new());
                continue;
            }
            '\\' => chars.next().filter(|c| is_special(*c))?,
            c if is_special(c) => return None,
            c => c,
        };
        values.last_mut()?.push(c);
    }
    (values.len() > 1).then_some(values)
}
