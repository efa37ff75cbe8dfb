//! Sorting, and sorted collections, in few bytes of program.
//!
//! The standard library compiles each of its sorts, and each sorted collection, anew for every type: some 4 kB a time.
//! Here the algorithms exist once, over places; only the last step knows the type.
//!
//! *Invariants.* Knows nothing of what it sorts. Takes about twice the time of the sorts of `slice`: where sorting is
//! what an algorithm spends its time on, those are right.

mod index;
mod map;
mod set;

use std::cmp::Ordering;

pub use index::{Index, hash, hash_text};
pub use map::{Entry, Map};
pub use set::Set;

/// Sorts, and leaves equal items in the order they have.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let places = sorted_places(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// Sorts by the natural order, and leaves each value once.
pub fn sort_unique<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
    items.dedup();
}

/// Sorts places by numbers below `count`, and leaves those of equal ones in the order they have.
pub fn sort_by_number(places: &[u32], count: usize, number: &dyn Fn(u32) -> usize) -> Vec<u32> {
    let mut ends = vec![0_u32; count + 1];
    let mut sorted = vec![0; places.len()];
    for &place in places {
        if let Some(next) = ends.get_mut(number(place) + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    for &place in places {
        if let Some(at) = ends.get_mut(number(place)) {
            if let Some(slot) = sorted.get_mut(*at as usize) {
                *slot = place;
            }
            *at += 1;
        }
    }
    sorted
}

/// The numbers below `count` in the order of `compare`; equal ones by their size.
fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        for count in [0_u32, 1, 2, 19, 20, 21, 500] {
            let mut items: Vec<(u32, u32)> =
                (0..count).map(|place| (place.wrapping_mul(2_654_435_761) % 17, place)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by(&mut items, |one, other| one.0.cmp(&other.0));
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn places_are_sorted_by_numbers_as_they_are_by_comparing() {
        let numbers = [3, 0, 2, 3, 3, 0, 1];
        let sorted = sort_by_number(&[6, 5, 4, 3, 2, 1, 0], 4, &|place| numbers[place as usize]);
        assert_eq!(sorted, [5, 1, 6, 2, 4, 3, 0]);
        assert!(sort_by_number(&[], 0, &|_| 0).is_empty());
    }

    #[test]
    fn values_are_left_once() {
        let mut items = vec!["b", "a", "b", "c", "a"];
        sort_unique(&mut items);
        assert_eq!(items, ["a", "b", "c"]);
    }
}
