//! Label sets that share their texts.

use std::fmt;
use std::sync::Arc;

use super::json::equal;
use crate::order;
use crate::order::{Index, hash_text};

/// The label sets of an answer: each distinct text is kept once, each distinct list of names nearly so, and each label
/// costs four bytes.
#[derive(Clone, Debug)]
pub(super) struct LabelTable {
    texts: Vec<Arc<str>>,
    index: Index,
    /// Lists of names that sets have in common.
    shapes: Vec<Vec<Symbol>>,
    /// Set by set.
    values: Vec<Symbol>,
}

/// A text's place in its table. The empty text is the first of every table.
pub type Symbol = u32;

/// The symbol of the empty text, which as a label's value is the same as no label.
const EMPTY: Symbol = 0;

/// A set's place in its table. It means nothing to another table.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelSet {
    /// Its names.
    pub(super) shape: u32,
    /// Where its values begin.
    pub(super) start: u32,
}

/// The labels of one row, each name once. A label that is not there and one that is empty are the same in Prometheus:
/// both are left out.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    table: &'a LabelTable,
    names: &'a [Symbol],
    values: &'a [Symbol],
}

/// Some labels of every row by their symbols: for who reads many rows.
pub struct Columns<'a> {
    table: &'a LabelTable,
    /// For each shape, one after the other, where each of the labels stands; [`NOWHERE`] for one that it lacks.
    places: Vec<u32>,
    count: usize,
}

const NOWHERE: u32 = u32::MAX;

/// In so many of the last shapes a set's own is looked for: with all of them strange answers would take for ever.
const RECENT: usize = 8;

impl Default for LabelTable {
    fn default() -> Self {
        let (mut index, empty): (_, Arc<str>) = (Index::default(), "".into());
        index.insert(hash_text(empty.as_bytes()), EMPTY as usize);
        Self { texts: vec![empty], index, shapes: Vec::new(), values: Vec::new() }
    }
}

impl LabelTable {
    /// The symbol of a text that is there already, with its hash.
    fn find(&self, text: &[u8]) -> Result<Symbol, u32> {
        let (hash, texts) = (hash_text(text), self.texts.as_slice());
        let is = |place: usize| texts.get(place).is_some_and(|known| equal(known.as_bytes(), text));
        self.index.find(hash, &is).map(|place| place as Symbol).ok_or(hash)
    }

    /// The symbol of a text, given by its bytes; none when they are no text.
    pub(super) fn symbol(&mut self, text: &[u8]) -> Option<Symbol> {
        match self.find(text) {
            Ok(symbol) => Some(symbol),
            Err(hash) => {
                let symbol = self.texts.len();
                self.texts.push(str::from_utf8(text).ok()?.into());
                self.index.insert(hash, symbol);
                Some(symbol as Symbol)
            }
        }
    }

    /// Where the values of the next set begin.
    pub(super) fn start(&self) -> u32 {
        self.values.len() as u32
    }

    /// Adds a value to the open set.
    pub(super) fn add(&mut self, value: Symbol) {
        self.values.push(value);
    }

    /// Takes back the values of the open set.
    pub(super) fn reopen(&mut self, start: u32) {
        self.values.truncate(start as usize);
    }

    /// The shape of sets of these names.
    pub(super) fn shape(&mut self, names: Vec<Symbol>) -> u32 {
        let first = self.shapes.len().saturating_sub(RECENT);
        let recent = self.shapes.get(first..).unwrap_or_default();
        if let Some(place) = recent.iter().position(|known| *known == names) {
            return (first + place) as u32;
        }
        self.shapes.push(names);
        self.shapes.len() as u32 - 1
    }

    /// Adds a whole set, sorted by name as Prometheus does; of a name that comes twice, the last.
    pub(super) fn push<'a>(&mut self, labels: impl IntoIterator<Item = (&'a str, &'a str)>) -> LabelSet {
        let mut labels: Vec<(&str, &str)> = labels.into_iter().collect();
        labels.reverse();
        order::sort_by(&mut labels, |(one, _), (other, _)| one.cmp(other));
        labels.dedup_by_key(|(name, _)| *name);
        let (start, mut names) = (self.start(), Vec::with_capacity(labels.len()));
        for (name, value) in labels {
            if let (Some(name), Some(value)) = (self.symbol(name.as_bytes()), self.symbol(value.as_bytes())) {
                names.push(name);
                self.add(value);
            }
        }
        LabelSet { shape: self.shape(names), start }
    }

    pub(super) fn labels(&self, set: LabelSet) -> Labels<'_> {
        let names = self.shapes.get(set.shape as usize).map(Vec::as_slice).unwrap_or_default();
        let start = set.start as usize;
        Labels { table: self, names, values: self.values.get(start..start + names.len()).unwrap_or_default() }
    }

    pub(super) fn columns(&self, names: &[&str]) -> Columns<'_> {
        let names: Vec<Option<Symbol>> = names.iter().map(|name| self.find(name.as_bytes()).ok()).collect();
        let mut places = Vec::with_capacity(names.len() * self.shapes.len());
        for shape in &self.shapes {
            for name in &names {
                let place = shape.iter().position(|known| Some(*known) == *name);
                places.push(place.map_or(NOWHERE, |place| place as u32));
            }
        }
        Columns { table: self, places, count: names.len() }
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol as usize).map_or("", |text| text)
    }
}

impl<'a> Columns<'a> {
    /// A row without labels.
    pub(super) fn row(&self) -> Vec<Symbol> {
        vec![EMPTY; self.count]
    }

    /// The values of a row, in the order in which the labels were named: that of the empty text for one that it lacks.
    pub(super) fn read(&self, set: LabelSet, row: &mut [Symbol]) {
        let first = set.shape as usize * self.count;
        let places = self.places.get(first..first + self.count).unwrap_or_default();
        let values = self.table.values.get(set.start as usize..).unwrap_or_default();
        for (value, place) in row.iter_mut().zip(places) {
            *value = values.get(*place as usize).copied().unwrap_or(EMPTY);
        }
    }

    /// All texts by their symbols.
    pub fn texts(&self) -> &'a [Arc<str>] {
        &self.table.texts
    }
}

impl<'a> Labels<'a> {
    /// The value of a label; nothing when the row lacks it.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Names and values, in the back end's order, which is by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let table = self.table;
        let labels = self.names.iter().zip(self.values).filter(|(_, value)| **value != EMPTY);
        labels.map(|(name, value)| (table.text(*name), table.text(*value)))
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Equal names and values in the same order.
impl PartialEq for Labels<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Labels<'_> {}

impl fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_kept_once() {
        let mut table = LabelTable::default();
        let sets: Vec<LabelSet> =
            (0..100).map(|n| table.push([("job", "a"), ("pod", if n % 2 == 0 { "a" } else { "b" })])).collect();
        assert_eq!(table.texts.len(), 5, "with the empty one");
        assert_eq!(table.labels(sets[1]).get("pod"), Some("b"));
        assert_eq!(table.labels(sets[98]).get("pod"), Some("a"));
    }

    #[test]
    fn a_label_that_is_empty_is_absent() {
        let mut table = LabelTable::default();
        let set = table.push([("b", "2"), ("c", ""), ("a", "0"), ("a", "1")]);
        let labels = table.labels(set);
        assert_eq!(labels.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        assert_eq!(labels.get("c"), None);
        assert_eq!(labels.get(""), None);
        assert_eq!(format!("{labels:?}"), r#"{"a": "1", "b": "2"}"#);
    }

    #[test]
    fn columns_are_found_in_sets_of_any_shape() {
        let mut table = LabelTable::default();
        let sets = [
            table.push([("a", "1"), ("b", "2")]),
            table.push([("b", "3"), ("c", "1")]),
            table.push([("a", ""), ("b", "2")]),
            table.push([]),
            table.push([("a", "1"), ("b", "3")]),
        ];
        assert_eq!(table.shapes.len(), 3);
        let columns = table.columns(&["b", "a", "d"]);
        let texts = |set| {
            let mut row = [EMPTY; 3];
            columns.read(set, &mut row);
            row.map(|symbol| columns.texts()[symbol as usize].to_string())
        };
        assert_eq!(sets.map(texts), [["2", "1", ""], ["3", "", ""], ["2", "", ""], ["", "", ""], ["3", "1", ""]]);
    }
}
