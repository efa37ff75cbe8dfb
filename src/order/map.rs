//! A sorted map.

use std::cmp::Ordering;
use std::fmt;

/// Keys with values, in the order of the keys.
///
/// Entries stay where they are; only their places are sorted, by code that knows no type. Finding takes the logarithm of
/// the length; what is new moves up to four bytes for each key behind it, which is nothing up to some ten thousand.
#[derive(Clone)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
    /// The places of the entries in the order of their keys.
    sorted: Vec<u32>,
}

/// Where a key is, or should be.
pub struct Entry<'a, K, V> {
    map: &'a mut Map<K, V>,
    key: K,
    found: Result<usize, usize>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), sorted: Vec::new() }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The map of the entries; of those with equal keys the last value.
    pub fn of(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The key's rank among the keys, or else the rank that it would have.
    fn rank(&self, key: &K) -> Result<usize, usize> {
        search(&self.sorted, &|place| self.entries[place].0.cmp(key))
    }

    /// The entry's place, or else the rank that the key would have.
    fn find(&self, key: &K) -> Result<usize, usize> {
        self.rank(key).map(|rank| self.sorted[rank] as usize)
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.find(key).ok().map(|place| &self.entries[place].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.find(key).ok().map(|place| &mut self.entries[place].1)
    }

    /// Whether the key is there.
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key, and gives back the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries[place].1, value)),
            Err(rank) => {
                self.put(rank, key, value);
                None
            }
        }
    }

    fn put(&mut self, rank: usize, key: K, value: V) -> usize {
        let place = self.entries.len();
        self.sorted.insert(rank, place as u32);
        self.entries.push((key, value));
        place
    }

    /// Removes a key, and gives back its value. Costs as much as what is new.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let rank = self.rank(key).ok()?;
        let place = self.sorted[rank];
        // The last entry takes the free place.
        if let Some(last) = self.entries.last().and_then(|(key, _)| self.rank(key).ok()) {
            self.sorted[last] = place;
        }
        self.sorted.remove(rank);
        Some(self.entries.swap_remove(place as usize).1)
    }

    /// The value of a key, made where it is missing.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { found: self.find(&key), map: self, key }
    }

    /// All, in the order of the keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.sorted.iter().map(|place| {
            let (key, value) = &self.entries[*place as usize];
            (key, value)
        })
    }

    /// The keys in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of the keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// All, their values to be changed, in no order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The values in the order of the keys, taken out.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_entries().into_iter().map(|(_, value)| value)
    }

    /// All of it in the order of the keys, taken out.
    pub fn into_entries(self) -> Vec<(K, V)> {
        let mut entries: Vec<Option<(K, V)>> = self.entries.into_iter().map(Some).collect();
        self.sorted.into_iter().filter_map(|place| entries[place as usize].take()).collect()
    }
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// The value, made by `make` where there was none.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let place = match self.found {
            Ok(place) => place,
            Err(rank) => self.map.put(rank, self.key, make()),
        };
        &mut self.map.entries[place].1
    }

    /// The value; `value` where there was none.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value, its type's default where there was none.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::of(entries)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_entries().into_iter()
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(one, other)| one == other)
    }
}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The rank where `compare` finds equality, or else where it goes from less to greater.
fn search(sorted: &[u32], compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    sorted.binary_search_by(|place| compare(*place as usize))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_behaves_as_the_standard_sorted_map(steps in proptest::collection::vec((0_u8..3, 0_u8..12, any::<u16>()), 0..60)) {
            let (mut map, mut standard) = (Map::default(), BTreeMap::new());
            for (what, key, value) in steps {
                match what {
                    0 => prop_assert_eq!(map.insert(key, value), standard.insert(key, value)),
                    1 => prop_assert_eq!(map.remove(&key), standard.remove(&key)),
                    _ => {
                        *map.entry(key).or_default() ^= value;
                        *standard.entry(key).or_default() ^= value;
                    }
                }
                prop_assert_eq!(map.get(&key), standard.get(&key));
                prop_assert_eq!(map.len(), standard.len());
                prop_assert!(map.iter().eq(standard.iter()));
                prop_assert!(map.clone().into_iter().eq(standard.clone()));
            }
        }
    }

    #[test]
    fn of_equal_keys_the_last_value_stays() {
        let map: Map<_, _> = [(1, 'a'), (2, 'b'), (1, 'c')].into_iter().collect();
        assert_eq!(map.into_entries(), [(1, 'c'), (2, 'b')]);
    }

    #[test]
    fn maps_are_equal_whatever_came_first() {
        let one: Map<_, _> = [(2, 'b'), (1, 'a')].into_iter().collect();
        assert_eq!(one, [(1, 'a'), (2, 'b')].into_iter().collect());
        assert_ne!(one, [(1, 'a'), (2, 'c')].into_iter().collect());
        assert_ne!(one, [(1, 'a')].into_iter().collect());
    }
}
