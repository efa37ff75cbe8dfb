//! A series of results: labels, and a value or none for each step.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::Refusal;

/// The label under which a series' metric is found.
pub(super) const NAME: &str = "__name__";

/// Names and values, sorted by name; no value is empty.
pub(in crate::demo) type LabelSet<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// One series of a result.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::demo) struct Column<'a> {
    pub labels: LabelSet<'a>,
    pub values: Vec<Option<f64>>,
}

impl<'a> Column<'a> {
    /// The value of a label; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let at = self.labels.binary_search_by(|(known, _)| (*known).cmp(name));
        at.ok().and_then(|at| self.labels.get(at)).map_or("", |(_, value)| value)
    }

    /// Sets a label, or removes it when the value is empty. Whether there was another value before.
    pub(super) fn set(&mut self, name: &'a str, value: String) -> bool {
        let place = self.labels.binary_search_by(|(known, _)| (*known).cmp(name));
        match (place, value.is_empty()) {
            (Ok(at), true) => {
                self.labels.remove(at);
            }
            (Ok(at), false) => {
                if let Some((_, old)) = self.labels.get_mut(at) {
                    if *old == value {
                        return false;
                    }
                    *old = value.into();
                }
            }
            (Err(_), true) => {}
            (Err(at), false) => self.labels.insert(at, (name, value.into())),
        }
        place.is_ok()
    }

    /// The same labels with other values.
    pub(super) fn map(mut self, change: impl Fn(f64) -> f64) -> Self {
        self.values.iter_mut().flatten().for_each(|value| *value = change(*value));
        self
    }

    /// Leaves out the values that a condition does not hold for, by step and value.
    pub(super) fn filter(mut self, keep: impl Fn(usize, f64) -> bool) -> Self {
        for (step, value) in self.values.iter_mut().enumerate() {
            *value = value.filter(|value| keep(step, *value));
        }
        self
    }

    /// These of the labels, in the labels' order.
    pub(super) fn only(&self, keep: impl Fn(&str) -> bool) -> LabelSet<'a> {
        self.labels.iter().filter(|(name, _)| keep(name)).cloned().collect()
    }
}

/// One column for each label set; two values at one step are an error.
pub(super) fn merge(columns: Vec<Column<'_>>) -> Result<Vec<Column<'_>>, Refusal> {
    let mut places: FxHashMap<LabelSet<'_>, usize> = FxHashMap::default();
    let mut merged: Vec<Column<'_>> = Vec::with_capacity(columns.len());
    for column in columns {
        match places.entry(column.labels.clone()) {
            Entry::Vacant(free) => {
                free.insert(merged.len());
                merged.push(column);
            }
            Entry::Occupied(taken) => {
                let known = merged.get_mut(*taken.get()).into_iter().flat_map(|column| &mut column.values);
                for (known, value) in known.zip(column.values) {
                    match (&known, value) {
                        (Some(_), Some(_)) => return Err(Refusal::SameLabels),
                        (None, Some(_)) => *known = value,
                        (_, None) => {}
                    }
                }
            }
        }
    }
    Ok(merged)
}

/// The columns without their metrics' names.
pub(super) fn without_name(mut columns: Vec<Column<'_>>) -> Result<Vec<Column<'_>>, Refusal> {
    let mut named = false;
    for column in &mut columns {
        named |= column.set(NAME, String::new());
    }
    if named { merge(columns) } else { Ok(columns) }
}
