//! Pass 1: a linear order of the items against which few edges run.
//!
//! Eades, Lin, Smyth: A fast and effective heuristic for the feedback arc set problem, Information Processing Letters
//! 47 (1993): peel off sinks to the right and sources to the left; when neither is left, take the item whose outgoing
//! edges outnumber the incoming ones most.
//!
//! *Before:* any directed graph. *After:* a place for each item; dropping the edges that point to an earlier place leaves
//! no cycle, and a graph without cycles loses none.

use std::collections::BTreeSet;

use super::part::{Part, Reach};

/// The place of each item, 0 first.
pub(super) fn linear_order(part: &Part) -> Vec<usize> {
    let count = part.items.len();
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
}
