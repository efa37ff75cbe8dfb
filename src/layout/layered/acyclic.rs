//! Pass 1: a linear order of the items against which few edges run.
//!
//! Eades, Lin, Smyth: A fast and effective heuristic for the feedback arc set problem, Information Processing Letters
//! 47 (1993): peel off sinks to the right and sources to the left; when neither is left, take the item whose outgoing
//! edges outnumber the incoming ones most. The boxes of a drawing are few, and each edge between them is long: of so few
//! items the best order is found, by dynamic programming over the sets of items that come first (Lawler: A comment on
//! minimum feedback arc sets, IEEE Transactions on Circuit Theory 11, 1964).
//!
//! *Before:* any directed graph. *After:* a place for each item; dropping the edges that point to an earlier place leaves
//! no cycle, and a graph without cycles loses none.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::part::{Part, Reach};

/// Of so many items the best order is found; there are 2 to the power of that many sets.
const MOST_EXACT: usize = 8;

/// The place of each item, 0 first.
pub(super) fn linear_order(part: &Part) -> Vec<usize> {
    let count = part.items.len();
    if count <= MOST_EXACT {
        return best_order(part);
    }
    let (mut ahead, mut behind) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for link in &part.links {
        if let Reach::Within { source, target } = link.reach {
            ahead[source].push(target);
            behind[target].push(source);
        }
    }
    let mut peel = Peel {
        out: ahead.iter().map(Vec::len).collect(),
        into: behind.iter().map(Vec::len).collect(),
        degree_limit: part.links.len(),
        waiting: BTreeSet::new(),
    };
    for item in 0..count {
        peel.waiting.insert(peel.key(item));
    }
    let (mut front, mut back) = (Vec::with_capacity(count), Vec::new());
    while let Some((kind, _, item)) = peel.waiting.pop_first() {
        for (neighbours, outgoing) in [(&ahead[item], false), (&behind[item], true)] {
            for &other in neighbours {
                peel.lose(other, outgoing);
            }
        }
        if kind == SINK { back.push(item) } else { front.push(item) }
    }
    let mut places = vec![0; count];
    for (place, item) in front.into_iter().chain(back.into_iter().rev()).enumerate() {
        places[item] = place;
    }
    places
}

/// The order against which the fewest edges run; of equally good ones that in which sources come first, then that of the
/// items.
fn best_order(part: &Part) -> Vec<usize> {
    let count = part.items.len();
    // How many edges lead from one item to another, and by how many more edges leave an item than reach it.
    let (mut edges, mut surplus) = (vec![0_u32; count * count], vec![0_i64; count]);
    for link in &part.links {
        if let Reach::Within { source, target } = link.reach {
            edges[source * count + target] += 1;
            surplus[source] += 1;
            surplus[target] -= 1;
        }
    }
    // By the set of the items that come first, as bits: the least that they cost, and the last of them.
    let mut best = vec![(u32::MAX, i64::MAX, Reverse(0)); 1 << count];
    best[0] = (0, 0, Reverse(0));
    for set in 1..best.len() {
        for last in (0..count).filter(|item| set & (1 << item) != 0) {
            let before = set & !(1 << last);
            let (cost, lateness, _) = best[before];
            let against = (0..count).filter(|item| before & (1 << item) != 0).map(|item| edges[last * count + item]);
            let place = i64::from(before.count_ones());
            let found = (cost + against.sum::<u32>(), lateness + surplus[last] * place, Reverse(last));
            best[set] = best[set].min(found);
        }
    }
    let (mut places, mut set) = (vec![0; count], best.len() - 1);
    while set != 0 {
        let Reverse(last) = best[set].2;
        set &= !(1 << last);
        places[last] = set.count_ones() as usize;
    }
    places
}

const SINK: u8 = 0;

/// What is not yet taken, in the order in which it is to be taken.
struct Peel {
    out: Vec<usize>,
    into: Vec<usize>,
    /// No item has more outgoing edges.
    degree_limit: usize,
    waiting: BTreeSet<(u8, usize, usize)>,
}

impl Peel {
    /// Sinks first, then sources, then by surplus of incoming over outgoing edges.
    fn key(&self, item: usize) -> (u8, usize, usize) {
        let (out, into) = (self.out[item], self.into[item]);
        let kind = if out == 0 && into > 0 { SINK } else { 1 + u8::from(into > 0) };
        (kind, self.degree_limit + into - out, item)
    }

    /// One edge of the item is gone.
    fn lose(&mut self, item: usize, outgoing: bool) {
        let key = self.key(item);
        let was_waiting = self.waiting.remove(&key);
        let count = if outgoing { &mut self.out[item] } else { &mut self.into[item] };
        *count = count.saturating_sub(1);
        if was_waiting {
            self.waiting.insert(self.key(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::part::Link;
    use super::*;

    fn backward(count: usize, arcs: &[(usize, usize)]) -> usize {
        let links = arcs.iter().map(|&(source, target)| Link {
            edge: 0,
            end: 0,
            reach: Reach::Within { source, target },
            label: (0.0, 0.0),
        });
        let part = Part { items: (0..count).collect(), links: links.collect(), ..Part::default() };
        let places = linear_order(&part);
        let mut sorted = places.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..count).collect::<Vec<_>>());
        arcs.iter().filter(|&&(source, target)| places[source] > places[target]).count()
    }

    #[test]
    fn only_cycles_cost_an_edge() {
        assert_eq!(backward(4, &[(3, 2), (2, 1), (1, 0), (3, 0)]), 0);
        assert_eq!(backward(3, &[(0, 1), (1, 2), (2, 0)]), 1);
        assert_eq!(backward(2, &[(0, 1), (1, 0), (0, 1)]), 1);
        assert_eq!(backward(6, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)]), 2);
    }

    #[test]
    fn many_edges_outweigh_few() {
        // The heuristic would put 1 first, which nothing but two edges of many leads to.
        let arcs = [(0, 1), (0, 1), (0, 1), (1, 2), (1, 2), (2, 0), (3, 0), (1, 3)];
        assert_eq!(backward(4, &arcs), 2);
    }
}
