//! A sorted set.

use std::fmt;

use super::map::Map;

/// Each value once, in order.
#[derive(Clone)]
pub struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<T: Ord> Set<T> {
    /// Nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The set of the values.
    pub fn of(values: impl IntoIterator<Item = T>) -> Self {
        let mut set = Self::default();
        set.extend(values);
        set
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the value is there.
    pub fn contains(&self, value: &T) -> bool {
        self.0.contains_key(value)
    }

    /// Adds a value, and tells whether it is new.
    pub fn insert(&mut self, value: T) -> bool {
        self.0.insert(value, ()).is_none()
    }

    /// Takes a value out, and tells whether it was there.
    pub fn remove(&mut self, value: &T) -> bool {
        self.0.remove(value).is_some()
    }

    /// All, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.keys()
    }

    /// Whether the two have no value in common.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.iter().all(|value| !other.contains(value))
    }

    /// The least.
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// The greatest.
    pub fn last(&self) -> Option<&T> {
        self.iter().next_back()
    }

    /// All of it in order, taken out.
    pub fn into_vec(self) -> Vec<T> {
        self.0.into_iter().map(|(value, ())| value).collect()
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::of(values)
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(values: [T; N]) -> Self {
        Self::of(values)
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        for value in values {
            self.insert(value);
        }
    }
}

impl<T: Ord> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<T: Ord> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Ord> Eq for Set<T> {}

impl<T: Ord + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_there_once_and_in_order() {
        let mut set = Set::from([3, 1, 2, 1]);
        assert!(set.iter().eq(&[1, 2, 3]));
        assert!(!set.insert(2) && set.remove(&2) && !set.remove(&2) && !set.contains(&2));
        assert_eq!((set.first(), set.last(), set.len()), (Some(&1), Some(&3), 2));
        assert_eq!(set, Set::from([3, 1]));
        assert_eq!(set.into_vec(), [1, 3]);
    }
}
