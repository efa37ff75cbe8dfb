//! A series of results: labels, and a value or none for each step.

use std::borrow::Cow;

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

/// Label sets, each with the place in which it was first met. Sorted, for some hundreds of them need no hashing.
#[derive(Default)]
pub(super) struct Groups<'a>(Vec<(LabelSet<'a>, usize)>);

impl<'a> Groups<'a> {
    /// The place of a label set that was met before; else where it would stand in the sorted list.
    fn search(&self, labels: &LabelSet<'a>) -> Result<usize, usize> {
        let at = self.0.partition_point(|(known, _)| known < labels);
        self.0.get(at).filter(|(known, _)| known == labels).map(|(_, place)| *place).ok_or(at)
    }

    /// The place of a label set, one more than all others when it is new.
    pub(super) fn place(&mut self, labels: &LabelSet<'a>) -> usize {
        self.search(labels).unwrap_or_else(|at| {
            let place = self.0.len();
            self.0.insert(at, (labels.clone(), place));
            place
        })
    }

    /// The place of a label set that was met before.
    pub(super) fn find(&self, labels: &LabelSet<'a>) -> Option<usize> {
        self.search(labels).ok()
    }
}

impl<'a> Column<'a> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.labels.binary_search_by(|(known, _)| (*known).cmp(name))
    }

    /// The value of a label; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.place(name).ok().and_then(|at| self.labels.get(at)).map_or("", |(_, value)| value)
    }

    /// Sets a label, or removes it when the value is empty. Whether there was another value before.
    pub(super) fn set(&mut self, name: &'a str, value: String) -> bool {
        let place = self.place(name);
        let mut old = None;
        if let Ok(at) = place {
            old = Some(self.labels.remove(at).1);
        }
        let overwrites = old.is_some_and(|old| old != value);
        if !value.is_empty() {
            let (Ok(at) | Err(at)) = place;
            self.labels.insert(at, (name, value.into()));
        }
        overwrites
    }

    /// These of the labels, in their order.
    pub(super) fn only(&self, keep: &dyn Fn(&str) -> bool) -> LabelSet<'a> {
        self.labels.iter().filter(|(name, _)| keep(name)).cloned().collect()
    }

    /// Changes each value, or leaves it out, by step and value.
    pub(super) fn change(&mut self, change: &dyn Fn(usize, f64) -> Option<f64>) {
        for (step, value) in self.values.iter_mut().enumerate() {
            *value = value.and_then(|value| change(step, value));
        }
    }
}

/// One column for each label set; two values at one step are an error.
pub(super) fn merge(columns: Vec<Column<'_>>) -> Result<Vec<Column<'_>>, Refusal> {
    let mut groups = Groups::default();
    let mut merged: Vec<Column<'_>> = Vec::new();
    for column in columns {
        let place = groups.place(&column.labels);
        let Some(known) = merged.get_mut(place) else {
            merged.push(column);
            continue;
        };
        for (known, value) in known.values.iter_mut().zip(column.values) {
            if known.is_some() && value.is_some() {
                return Err(Refusal::SameLabels);
            }
            *known = known.or(value);
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
