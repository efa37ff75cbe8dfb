//! Rules on what stands in a file.

use super::source::Source;
use super::{Finding, LAYERS};

/// Names that say nothing.
const EMPTY_NAMES: [&str; 8] = ["util", "helper", "common", "misc", "manager", "handler", "info", "data"];

/// More lines than this are not one noun.
const LONGEST: usize = 400;

fn finding(source: &Source, line: usize, what: impl Into<String>) -> Finding {
    Finding { file: source.path.clone(), line, what: what.into() }
}

/// What ends the program outside tests. An `#[expect(clippy::…)]` with a reason stands just above what is meant.
pub fn panics(source: &Source) -> Vec<Finding> {
    let tokens = &source.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let ends = |at: usize| match text(at) {
        "unwrap" | "expect" => at > 0 && text(at - 1) == "." && text(at + 1) == "(",
        "panic" | "todo" | "unimplemented" | "unreachable" => text(at + 1) == "!",
        _ => false,
    };
    let lints = ["unwrap_used", "expect_used", "panic", "todo", "unreachable"];
    let is_expected = |at: usize| {
        let near = tokens[..at].iter().rev().take_while(|token| token.line + 6 > tokens[at].line);
        let near: Vec<&str> = near.map(|token| token.text.as_str()).collect();
        near.windows(4).any(|four| lints.contains(&four[0]) && four[1..] == ["::", "clippy", "("])
            && near.contains(&"reason")
    };
    let places = (0..tokens.len()).filter(|&at| source.layer().is_some() && !tokens[at].is_test && ends(at));
    places
        .filter(|&at| !is_expected(at))
        .map(|at| finding(source, tokens[at].line, format!("`{}` outside tests", text(at))))
        .collect()
}

/// Modules named after nothing.
pub fn names(source: &Source) -> Vec<Finding> {
    let stem = source.path.strip_suffix(".rs").unwrap_or(&source.path);
    let is_empty = |part: &&str| {
        let words: Vec<&str> = part.split('_').map(|word| word.strip_suffix('s').unwrap_or(word)).collect();
        EMPTY_NAMES.iter().any(|name| words.contains(name))
    };
    stem.split('/').filter(is_empty).map(|part| finding(source, 1, format!("`{part}` names nothing"))).collect()
}

/// Files that are too long.
pub fn length(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    (lines > LONGEST)
        .then(|| finding(source, LONGEST + 1, format!("{lines} lines, more than {LONGEST}")))
        .into_iter()
        .collect()
}

/// What a strict content security policy forbids, and what would take a name in telemetry for markup.
pub fn markup(source: &Source) -> Vec<Finding> {
    let tokens = &source.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let is_rim = ["web", "paint", "ui", "embed"].map(Some).contains(&source.layer());
    let what = |at: usize| match text(at) {
        "style"
            if text(at + 1) == "="
                && !["let", "mut", ".", "="].contains(&text(at.wrapping_sub(1)))
                && text(at + 2) != "=" =>
        {
            Some("an inline style")
        }
        "inner_html" | "set_inner_html" | "set_outer_html" | "insert_adjacent_html" => Some("markup from a text"),
        _ => None,
    };
    let places = (0..tokens.len()).filter(|_| is_rim);
    places.filter_map(|at| Some(finding(source, tokens[at].line, what(at)?))).collect()
}

/// Modules of `lib.rs` that are not the table's, or in another order, or not for the browser where they should be.
pub fn order(lib: &Source) -> Vec<Finding> {
    let tokens = &lib.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let places: Vec<usize> = (0..tokens.len()).filter(|&at| text(at) == "pub" && text(at + 1) == "mod").collect();
    let mut findings = Vec::new();
    for (place, layer) in LAYERS.iter().enumerate() {
        let Some(&at) = places.get(place) else {
            findings.push(finding(lib, 1, format!("`{}` is missing", layer.name)));
            continue;
        };
        if text(at + 2) != layer.name {
            findings.push(finding(
                lib,
                tokens[at].line,
                format!("`{}` stands where `{}` should", text(at + 2), layer.name),
            ));
        }
        let is_for_browsers = at > 0 && text(at - 1) == "]";
        if is_for_browsers != layer.is_rim {
            findings.push(finding(lib, tokens[at].line, format!("`{}` is compiled for the wrong targets", layer.name)));
        }
    }
    let others = places.iter().skip(LAYERS.len());
    findings.extend(others.map(|&at| finding(lib, tokens[at].line, format!("`{}` is not in the table", text(at + 2)))));
    findings
}
