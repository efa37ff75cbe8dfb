//! Rules on what is imported.

use super::source::{Source, Token};
use super::{CRATES, Finding, layer};

/// A path as written, resolved to the crate's root where it begins with `crate`, `self` or `super`.
pub struct Path {
    pub line: usize,
    pub segments: Vec<String>,
}

/// Every path to somewhere in this crate.
pub fn own(source: &Source) -> Vec<Path> {
    let tokens = &source.tokens;
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = at == 0 || tokens[at - 1].text != "::";
        if begins && let Some((base, start)) = base(source, at) {
            at = tree(tokens, start, &base, &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// Where a path that begins here with `crate::`, `self::` or `super::…` starts from, and where its rest begins.
fn base(source: &Source, mut at: usize) -> Option<(Vec<String>, usize)> {
    let text = |at: usize| source.tokens.get(at).map_or("", |token| token.text.as_str());
    let mut base = match text(at) {
        "crate" => Vec::new(),
        "self" | "super" => [source.module(), source.tokens[at].inside.clone()].concat(),
        _ => return None,
    };
    if text(at + 1) != "::" {
        return None;
    }
    while text(at + 1) == "::" && ["crate", "self", "super"].contains(&text(at)) {
        if text(at) == "super" {
            base.pop();
        }
        at += 2;
    }
    Some((base, at))
}

/// Reads `a::b`, `a::{b, c::d}`, `*`; where it ends.
fn tree(tokens: &[Token], mut at: usize, prefix: &[String], paths: &mut Vec<Path>) -> usize {
    let mut segments = prefix.to_vec();
    let begin = at;
    loop {
        let Some(token) = tokens.get(at) else { return at };
        if token.text == "{" {
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text != "}") {
                let next = tree(tokens, at, &segments, paths);
                at = next.max(at + 1);
            }
            return at + 1;
        }
        let is_name = token.text == "*" || token.text.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if !is_name {
            return at.max(begin);
        }
        if token.text != "self" {
            segments.push(token.text.clone());
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token.text == "::")
            && tokens.get(at + 1).is_some_and(|next| next.text != "<")
        {
            at += 1;
        } else {
            paths.push(Path { line: token.line, segments });
            // What follows a name in a group: `as other`, `,`.
            let is_renamed = tokens.get(at).is_some_and(|token| token.text == "as");
            at += if is_renamed { 2 } else { 0 };
            return if tokens.get(at).is_some_and(|token| token.text == ",") { at + 1 } else { at };
        }
    }
}

/// Imports that the table does not allow.
pub fn layers(source: &Source) -> Vec<Finding> {
    let Some(own_layer) = source.layer() else { return Vec::new() };
    let may = layer(own_layer).map_or(&[][..], |layer| layer.may_import);
    let target = |path: &Path| path.segments.first().filter(|first| layer(first).is_some()).cloned();
    let leaves = own(source).into_iter().filter_map(|path| Some((target(&path)?, path)));
    leaves
        .filter(|(target, _)| target != own_layer && !may.contains(&target.as_str()))
        .map(|(target, path)| Finding {
            file: source.path.clone(),
            line: path.line,
            what: format!("{own_layer} may not import {target}"),
        })
        .collect()
}

/// Crates of the browser used where the table does not allow them.
pub fn crates(source: &Source) -> Vec<Finding> {
    let Some(own_layer) = source.layer() else { return Vec::new() };
    let forbidden = |token: &&Token| {
        let rule = CRATES.iter().find(|(name, _)| *name == token.text);
        rule.is_some_and(|(_, layers)| !layers.contains(&own_layer))
    };
    let found = source.tokens.iter().filter(forbidden);
    found
        .map(|token| Finding {
            file: source.path.clone(),
            line: token.line,
            what: format!("{own_layer} may not use {}", token.text),
        })
        .collect()
}

/// `use …::*` outside tests; a browser crate's prelude is what its documentation asks for.
pub fn globs(source: &Source) -> Vec<Finding> {
    let tokens = &source.tokens;
    let is_glob = |at: &usize| {
        let ends = |sign: &str| tokens.get(at + 2).is_some_and(|token| token.text == sign);
        tokens[*at].text == "::" && tokens[at + 1].text == "*" && (ends(";") || ends(",") || ends("}"))
    };
    let is_prelude = |at: usize| {
        at > 0 && tokens[at - 1].text == "prelude" && source.layer().and_then(layer).is_some_and(|layer| layer.is_rim)
    };
    let places = (0..tokens.len().saturating_sub(1)).filter(is_glob);
    places
        .filter(|&at| !tokens[at].is_test && !is_prelude(at))
        .map(|at| Finding {
            file: source.path.clone(),
            line: tokens[at].line,
            what: "imports everything; name what is used".into(),
        })
        .collect()
}
