//! Reading JSON field by field, keeping what is right and naming what is not.

use serde_json::{Map, Value};

/// A field that was not understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Its path, such as `backends[0].url`.
    pub field: String,
    /// What stands there, as JSON text, cut short when long; only `…` where it may be a secret.
    pub found: String,
    /// What should.
    pub expected: Expected,
}

/// What a field should hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A JSON object.
    Object,
    /// A JSON array.
    List,
    /// A JSON string that is not empty.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A number between 0 and 100.
    Percent,
    /// A Prometheus duration such as `30s`.
    Duration,
    /// A URL: absolute with `http` or `https`, or relative to the page.
    Url,
    /// A regular expression in RE2's syntax; why it is none.
    Regex(String),
    /// A label's name.
    LabelName,
    /// One of these words.
    OneOf(Vec<String>),
    /// Nothing: there is no such field; these are the ones there are.
    KnownField(Vec<String>),
    /// A name that no other back end has.
    UniqueName,
    /// A header that may be set: not one of those that browsers and protocols keep for themselves.
    HeaderName,
}

/// One JSON value and where it stands.
#[derive(Clone)]
pub(super) struct Field<'a> {
    pub path: String,
    pub value: &'a Value,
}

/// Longer JSON text is cut in a problem's report.
const SHOWN_CHARS: usize = 80;

impl Problem {
    pub(super) fn at(field: &Field<'_>, expected: Expected) -> Self {
        let text = field.value.to_string();
        let most = if field.may_hold_a_secret() { 0 } else { SHOWN_CHARS };
        let mut found: String = text.chars().take(most).collect();
        if found.len() < text.len() {
            found.push('…');
        }
        Self { field: field.path.clone(), found, expected }
    }
}

impl<'a> Field<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    /// Whether somebody may have put credentials here, even if they belong elsewhere.
    fn may_hold_a_secret(&self) -> bool {
        let Some(rest) = self.path.strip_prefix("backends") else { return false };
        match rest.split_once("].").map_or("", |(_, member)| member) {
            "name" | "kind" | "credentials" | "timeout" => false,
            "url" => self.value.as_str().is_some_and(|url| url.contains(['@', '?'])),
            _ => true,
        }
    }

    /// The member of that name, with its path.
    fn member(&self, name: &str, value: &'a Value) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { path, value }
    }

    /// An object's members; reports those that are not `known`.
    pub fn members(&self, known: &[&str], problems: &mut Vec<Problem>) -> Vec<(&'a str, Self)> {
        let Some(object) = self.object(problems) else { return Vec::new() };
        let mut members = Vec::new();
        for (name, value) in object {
            let field = self.member(name, value);
            if known.contains(&name.as_str()) {
                members.push((name.as_str(), field));
            } else if !name.starts_with('$') {
                let known = known.iter().map(ToString::to_string).collect();
                problems.push(Problem::at(&field, Expected::KnownField(known)));
            }
        }
        members
    }

    /// An object's members under names that the user chose.
    pub fn entries(&self, problems: &mut Vec<Problem>) -> Vec<(&'a str, Self)> {
        let object = self.object(problems);
        object.into_iter().flatten().map(|(name, value)| (name.as_str(), self.member(name, value))).collect()
    }

    fn object(&self, problems: &mut Vec<Problem>) -> Option<&'a Map<String, Value>> {
        let object = self.value.as_object();
        if object.is_none() {
            problems.push(Problem::at(self, Expected::Object));
        }
        object
    }

    /// A list's items.
    pub fn items(&self, problems: &mut Vec<Problem>) -> Vec<Self> {
        let Some(items) = self.value.as_array() else {
            problems.push(Problem::at(self, Expected::List));
            return Vec::new();
        };
        let item = |(place, value)| Self { path: format!("{}[{place}]", self.path), value };
        items.iter().enumerate().map(item).collect()
    }

    /// What `read` makes of it, or a problem.
    pub fn get<T>(
        &self,
        expected: Expected,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let got = read(self.value);
        if got.is_none() {
            problems.push(Problem::at(self, expected));
        }
        got
    }

    /// A text that is not empty.
    pub fn text(&self, problems: &mut Vec<Problem>) -> Option<String> {
        self.get(Expected::Text, problems, |value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
    }

    /// `true` or `false`; an element's attributes bring them as texts.
    pub fn boolean(&self, problems: &mut Vec<Problem>) -> Option<bool> {
        self.get(Expected::Boolean, problems, |value| match value {
            Value::Bool(one) => Some(*one),
            Value::String(text) if text == "true" || text.is_empty() => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => None,
        })
    }

    /// One of the words, as what it stands for.
    pub fn one_of<T: Copy>(&self, choices: &[(&str, T)], problems: &mut Vec<Problem>) -> Option<T> {
        let words = choices.iter().map(|(word, _)| (*word).to_owned()).collect();
        self.get(Expected::OneOf(words), problems, |value| {
            let text = value.as_str()?;
            choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice)
        })
    }
}
