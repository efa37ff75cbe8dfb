//! The labels of a series.

use std::borrow::Cow;

/// Labels by name, sorted; no value is empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Labels(Vec<(&'static str, Cow<'static, str>)>);

impl Labels {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (*known).cmp(name))
    }

    /// The value of a label.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(self.place(name).ok()?).map(|(_, value)| value.as_ref())
    }

    /// Sets a label; an empty value removes it.
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>) {
        self.put(name, value.into());
    }

    fn put(&mut self, name: &'static str, value: Cow<'static, str>) {
        let place = self.place(name);
        if let Ok(at) = place {
            self.0.remove(at);
        }
        if !value.is_empty() {
            let (Ok(at) | Err(at)) = place;
            self.0.insert(at, (name, value));
        }
    }

    /// Sets several labels.
    pub(super) fn set_all(&mut self, labels: &[(&'static str, &'static str)]) {
        for &(name, value) in labels {
            self.set(name, value);
        }
    }

    /// Equality that looks at the last labels first: those at the source's end tell most series apart.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().rev().eq(other.0.iter().rev())
    }

    /// Names and values, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_ref()))
    }
}
