//! A file as words and signs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A word or sign, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    pub line: usize,
    /// An identifier, a number, `::`, or one other sign. Texts and comments are left out.
    pub text: String,
    /// The modules within the file that it stands in.
    pub inside: Vec<String>,
    /// Whether it is compiled for tests only.
    pub is_test: bool,
}

/// A source file, tests told apart from the rest.
pub struct Source {
    /// Relative to the package, with `/`.
    pub path: String,
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), tokens: tokens(path, text) }
    }

    /// The layer that the file belongs to; none for the roots of the crate, its programs and the tests beside it.
    pub fn layer(&self) -> Option<&str> {
        let name = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        (!["lib", "main", "bin"].contains(&name)).then_some(name)
    }

    /// The file's own module, from the crate's root.
    pub fn module(&self) -> Vec<String> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        let roots = ["lib", "main"];
        inner.split('/').filter(|part| !roots.contains(part)).map(str::to_owned).collect()
    }
}

/// All files of the crate and of its tests.
pub fn all() -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in ["src", "tests"] {
        walk(&root().join(folder), &mut paths);
    }
    let mut sources: Vec<Source> = paths.iter().map(|path| read(path)).collect();
    assert!(sources.len() > 100, "the sources are not where they should be");
    // A file whose module is declared for tests only is for tests only, and so is what lies below it.
    let test_modules: BTreeSet<Vec<String>> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        let module = source.module();
        if (1..=module.len()).any(|length| test_modules.contains(&module[..length])) {
            source.tokens.iter_mut().for_each(|token| token.is_test = true);
        }
    }
    sources
}

pub fn read(path: &str) -> Source {
    Source::new(path, &fs::read_to_string(root().join(path)).expect("a readable source"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, paths: &mut Vec<String>) {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.ends_with("node_modules") {
            walk(&path, paths);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let inner = path.strip_prefix(root()).expect("a path below the package");
            paths.push(inner.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// Modules in files of their own that are declared for tests only.
fn test_modules(source: &Source) -> Vec<Vec<String>> {
    let texts: Vec<&str> = source.tokens.iter().map(|token| token.text.as_str()).collect();
    let places = (0..texts.len()).filter(|&at| texts[at..].starts_with(&["mod"]) && texts.get(at + 2) == Some(&";"));
    let of_tests = places.filter(|&at| source.tokens[at].is_test);
    of_tests.map(|at| [source.module(), vec![texts[at + 1].to_owned()]].concat()).collect()
}

fn tokens(path: &str, text: &str) -> Vec<Token> {
    let mut tokens = words(text);
    let is_test_file = path.starts_with("tests/");
    let (mut depth, mut modules, mut test_until) = (0, Vec::<(usize, String)>::new(), Vec::<usize>::new());
    let mut pending_test = false;
    for at in 0..tokens.len() {
        let next = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text.as_str());
        if [next(0), next(1), next(2), next(3), next(4)] == ["#", "[", "cfg", "(", "test"] {
            pending_test = true;
        }
        let opened = (next(0) == "mod" && next(2) == "{").then(|| next(1).to_owned());
        let word = next(0).to_owned();
        match word.as_str() {
            "{" => {
                depth += 1;
                if pending_test {
                    test_until.push(depth);
                    pending_test = false;
                }
            }
            "}" => {
                modules.retain(|(opened_at, _)| *opened_at < depth);
                test_until.retain(|opened_at| *opened_at < depth);
                depth -= 1;
            }
            _ => {}
        }
        if let Some(name) = opened {
            modules.push((depth + 1, name));
        }
        let token = &mut tokens[at];
        token.is_test = is_test_file || pending_test || !test_until.is_empty();
        token.inside =
            modules.iter().filter(|(opened_at, _)| *opened_at <= depth).map(|(_, name)| name.clone()).collect();
        if word == ";" {
            pending_test = false;
        }
    }
    tokens
}

/// Splits into words and signs; texts, characters and comments are passed over.
fn words(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(&c) = chars.get(at) {
        let begin = at;
        at = match c {
            '/' if chars.get(at + 1) == Some(&'/') => past(&chars, at, |c| c != '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => after(&chars, at + 2, "*/"),
            'r' | 'b' | 'c' if raw_text(&chars, at).is_some() => raw_text(&chars, at).unwrap_or(at + 1),
            '"' => after_quote(&chars, at + 1, '"'),
            '\'' if chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'') => {
                after_quote(&chars, at + 1, '\'')
            }
            c if is_word(c) => past(&chars, at, is_word),
            ':' if chars.get(at + 1) == Some(&':') => at + 2,
            _ => at + 1,
        };
        let text: String = chars[begin..at.min(chars.len())].iter().collect();
        let is_silent = c.is_whitespace() || c == '"' || text.starts_with("//") || text.starts_with("/*");
        let is_text = text.contains('"') || (c == '\'' && text.len() > 1);
        if !is_silent && !is_text {
            tokens.push(Token { line, text: text.clone(), inside: Vec::new(), is_test: false });
        }
        line += text.matches('\n').count();
    }
    tokens
}

fn past(chars: &[char], at: usize, belongs: impl Fn(char) -> bool) -> usize {
    at + chars[at..].iter().take_while(|c| belongs(**c)).count()
}

fn after(chars: &[char], at: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    let found = (at..chars.len()).find(|&at| chars[at..].starts_with(&end));
    found.map_or(chars.len(), |at| at + end.len())
}

fn after_quote(chars: &[char], mut at: usize, quote: char) -> usize {
    while let Some(&c) = chars.get(at) {
        at += if c == '\\' { 2 } else { 1 };
        if c == quote {
            break;
        }
    }
    at
}

/// Past a text with a prefix such as `r#"…"#` or `b"…"`, if one begins here.
fn raw_text(chars: &[char], at: usize) -> Option<usize> {
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    if at > 0 && chars.get(at - 1).is_some_and(is_word) {
        return None;
    }
    let prefix = past(chars, at, |c| "rbc".contains(c));
    let hashes = past(chars, prefix, |c| c == '#') - prefix;
    let is_text = prefix - at <= 2 && chars.get(prefix + hashes) == Some(&'"');
    let is_raw = chars[at..prefix].contains(&'r');
    match (is_text, is_raw) {
        (true, true) => Some(after(chars, prefix + hashes + 1, &format!("\"{}", "#".repeat(hashes)))),
        (true, false) if hashes == 0 => Some(after_quote(chars, prefix + 1, '"')),
        _ => None,
    }
}
