//! Label sets that share their texts.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::order;

/// The label sets of an answer: each distinct text is kept once, each label costs eight bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelTable {
    texts: Vec<Arc<str>>,
    symbols: FxHashMap<Arc<str>, Symbol>,
    pairs: Vec<(Symbol, Symbol)>,
    /// Where the set before the open one begins, and the open one.
    previous: usize,
    open: usize,
}

/// A text's place in its table.
pub(super) type Symbol = u32;

/// A set's place in its table. It means nothing to another table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LabelSet {
    start: u32,
    end: u32,
}

/// The labels of one row, each name once. A label that is not there and one that is empty are the same in Prometheus:
/// both are left out.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    table: &'a LabelTable,
    pairs: &'a [(Symbol, Symbol)],
}

impl LabelTable {
    /// The symbol of a text.
    ///
    /// Rows mostly repeat the row before them: when the text stands at the `hint`, no hash is computed.
    pub(super) fn symbol(&mut self, text: &str, hint: Option<Symbol>) -> Symbol {
        if let Some(hint) = hint.filter(|&hint| self.text(hint) == text) {
            return hint;
        }
        if let Some(&symbol) = self.symbols.get(text) {
            return symbol;
        }
        let symbol = self.texts.len() as Symbol;
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.symbols.insert(text, symbol);
        symbol
    }

    /// Name and value at a place of the set that was closed last.
    pub(super) fn last_at(&self, place: usize) -> Option<(Symbol, Symbol)> {
        self.pairs.get(self.previous + place).copied().filter(|_| self.previous + place < self.open)
    }

    /// Adds a label to the open set. An empty value adds nothing.
    pub(super) fn add(&mut self, name: Symbol, value: Symbol) {
        if !self.text(value).is_empty() {
            self.pairs.push((name, value));
        }
    }

    /// Closes the open set and opens the next.
    pub(super) fn close(&mut self) -> LabelSet {
        let set = LabelSet { start: self.open as u32, end: self.pairs.len() as u32 };
        self.previous = self.open;
        self.open = self.pairs.len();
        set
    }

    /// Adds a whole set, sorted by name as Prometheus does; of a name that comes twice, the last.
    pub(super) fn push<'a>(&mut self, labels: impl IntoIterator<Item = (&'a str, &'a str)>) -> LabelSet {
        let mut labels: Vec<(&str, &str)> = labels.into_iter().collect();
        labels.reverse();
        order::sort_by(&mut labels, |(one, _), (other, _)| one.cmp(other));
        labels.dedup_by_key(|(name, _)| *name);
        for (name, value) in labels {
            let (name, value) = (self.symbol(name, None), self.symbol(value, None));
            self.add(name, value);
        }
        self.close()
    }

    /// The table as numbers and one text, to cross to another thread.
    pub(super) fn write(&self, numbers: &mut Vec<u32>, text: &mut String) {
        numbers.extend([self.texts.len() as u32, self.pairs.len() as u32]);
        for one in &self.texts {
            numbers.push(one.len() as u32);
            text.push_str(one);
        }
        numbers.extend(self.pairs.iter().flat_map(|&(name, value)| [name, value]));
    }

    /// The table that was written; nothing when it breaks off.
    pub(super) fn read(numbers: &mut std::slice::Iter<'_, u32>, text: &mut &str) -> Option<Self> {
        let (texts, pairs) = (*numbers.next()?, *numbers.next()?);
        let mut table = Self::default();
        for _ in 0..texts {
            let (one, rest) = text.split_at_checked(*numbers.next()? as usize)?;
            *text = rest;
            table.texts.push(one.into());
        }
        for _ in 0..pairs {
            table.pairs.push((*numbers.next()?, *numbers.next()?));
        }
        (table.previous, table.open) = (table.pairs.len(), table.pairs.len());
        Some(table)
    }

    pub(super) fn labels(&self, set: LabelSet) -> Labels<'_> {
        let pairs = self.pairs.get(set.start as usize..set.end as usize).unwrap_or_default();
        Labels { table: self, pairs }
    }

    /// A symbol's text; empty for one of another table.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol as usize).map_or("", |text| text)
    }
}

impl LabelSet {
    /// The set as numbers.
    pub(super) const fn numbers(self) -> [u32; 2] {
        [self.start, self.end]
    }

    /// The set of these numbers; one that does not exist is empty.
    pub(super) const fn of([start, end]: [u32; 2]) -> Self {
        Self { start, end }
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
        self.pairs.iter().map(|&(name, value)| (table.text(name), table.text(value)))
    }

    /// How many labels there are.
    pub const fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
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
        assert_eq!(table.texts.len(), 4);
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
    fn hints_follow_the_row_before() {
        let hint = |table: &LabelTable| table.last_at(table.pairs.len() - table.open);
        let mut table = LabelTable::default();
        assert_eq!(hint(&table), None);
        let first = table.push([("a", "1"), ("b", "2")]);
        assert_eq!(hint(&table), Some((table.symbols["a"], table.symbols["1"])));
        let (name, value) = hint(&table).unwrap();
        table.add(name, value);
        assert_eq!(hint(&table), Some((table.symbols["b"], table.symbols["2"])));
        let (name, value) = hint(&table).unwrap();
        table.add(name, value);
        assert_eq!(hint(&table), None, "the row before had no more");
        let second = table.close();
        assert_eq!(table.labels(first), table.labels(second));
    }
}
