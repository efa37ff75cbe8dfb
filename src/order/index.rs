//! Places found by hashes.

/// Finds the place of an item by a hash of it. Whoever keeps the items computes the hashes and tells equal ones apart, so
/// this exists once for items of all kinds.
///
/// Nobody is kept from sending items of equal hashes: finding one among them takes as long as walking them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Hash, and place and one; zero where nothing is. As many as a power of two, a quarter of them free.
    slots: Vec<(u32, u32)>,
    count: usize,
}

impl Index {
    /// The place of the item of that hash of which `is` holds.
    pub fn find(&self, hash: u32, is: &dyn Fn(usize) -> bool) -> Option<usize> {
        let slots = self.slots.as_slice();
        let mask = slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&(known, next)) = slots.get(at) {
            let place = (next as usize).checked_sub(1)?;
            if known == hash && is(place) {
                return Some(place);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Notes the place of an item that was not [found](Self::find).
    pub fn insert(&mut self, hash: u32, place: usize) {
        if (self.count + 1) * 4 > self.slots.len() * 3 {
            let grown = vec![(0, 0); (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, grown) {
                if slot.1 > 0 {
                    self.put(slot);
                }
            }
        }
        self.count += 1;
        self.put((hash, place as u32 + 1));
    }

    fn put(&mut self, slot: (u32, u32)) {
        let slots = self.slots.as_mut_slice();
        let mask = slots.len().wrapping_sub(1);
        let mut at = slot.0 as usize & mask;
        while slots.get(at).is_some_and(|known| known.1 > 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = slots.get_mut(at) {
            *free = slot;
        }
    }
}

/// The hash of some numbers.
pub fn hash(numbers: &[u32]) -> u32 {
    let mut hash = 0_u64;
    for &number in numbers {
        hash = mixed(hash, u64::from(number));
    }
    (hash >> 32) as u32
}

/// The hash of a text.
pub fn hash_text(text: &[u8]) -> u32 {
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        hash = mixed(hash, u64::from_le_bytes(*word));
    }
    let mut last = 0;
    for &byte in rest {
        last = last << 8 | u64::from(byte);
    }
    (mixed(hash, last) >> 32) as u32
}

/// As the hasher of rustc does it: the upper bits depend on all.
fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(26) ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found_by_what_it_is() {
        let mut index = Index::default();
        let items: Vec<u32> = (0..1_000).map(|n| n * 7).collect();
        // Few hashes: most items share theirs with another.
        let hash_of = |item: u32| hash(&[item % 600]);
        let find = |index: &Index, item: u32| index.find(hash_of(item), &|place| items.get(place) == Some(&item));
        for (place, &item) in items.iter().enumerate() {
            assert_eq!(find(&index, item), None);
            index.insert(hash_of(item), place);
            assert_eq!(find(&index, item), Some(place));
        }
        assert!(items.iter().enumerate().all(|(place, &item)| find(&index, item) == Some(place)));
        assert_eq!(find(&index, 1), None);
    }

    #[test]
    fn texts_that_differ_anywhere_differ_in_their_hash() {
        let texts = ["", "a", "b", "ab", "ba", "reviews-v1", "reviews-v2", "12345678", "123456789", "\0", "\0\0"];
        let mut hashes = texts.map(|text| hash_text(text.as_bytes())).to_vec();
        super::super::sort_unique(&mut hashes);
        assert_eq!(hashes.len(), texts.len());
    }
}
