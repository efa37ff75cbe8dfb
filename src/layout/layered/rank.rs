//! Pass 2: a layer for each item.
//!
//! Longest path from the sources, then single items slide to where their edges get shortest, edges to the border
//! counting as well (the local moves of Gansner, Koutsofios, North, Vo: A technique for drawing directed graphs, 1993,
//! §2, without the spanning tree).
//!
//! *Before:* a linear order. *After:* layers 0, 1, …, none empty; each edge that follows the order points to a higher
//! layer, each other edge to a lower one.

use crate::order::{sort_by, sort_unique};

use super::part::{Part, Reach, Side};

const ROUNDS: usize = 8;

pub(super) fn ranks(part: &Part, places: &[usize]) -> Vec<usize> {
    let count = part.items.len();
    let mut graph =
        Oriented { ahead: vec![Vec::new(); count], behind: vec![Vec::new(); count], pull: vec![0.0; count] };
    for link in &part.links {
        match link.reach {
            Reach::Within { source, target } => {
                let (from, to) = if places[source] < places[target] { (source, target) } else { (target, source) };
                graph.ahead[from].push(to);
                graph.behind[to].push(from);
            }
            Reach::Border { item, side: Side::Left } => graph.pull[item] -= 1.0,
            Reach::Border { item, side: Side::Right } => graph.pull[item] += 1.0,
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    sort_by(&mut order, |&a, &b| places[a].cmp(&places[b]));
    let mut rank = vec![0; count];
    for &item in &order {
        rank[item] = graph.behind[item].iter().map(|&other| rank[other] + 1).max().unwrap_or(0);
    }
    let last = rank.iter().copied().max().unwrap_or(0);
    for _ in 0..ROUNDS {
        let before = rank.clone();
        for &item in order.iter().rev().chain(&order) {
            rank[item] = graph.best(item, &rank, last);
        }
        if rank == before {
            break;
        }
    }
    close_gaps(&mut rank);
    rank
}

/// The edges without direction against the order.
struct Oriented {
    ahead: Vec<Vec<usize>>,
    behind: Vec<Vec<usize>>,
    /// Edges to the right border less edges to the left border.
    pull: Vec<f64>,
}

impl Oriented {
    /// The layer, between those of the neighbours, where the item's edges are shortest.
    fn best(&self, item: usize, rank: &[usize], last: usize) -> usize {
        let lowest = self.behind[item].iter().map(|&other| rank[other] + 1).max().unwrap_or(0);
        let highest = self.ahead[item].iter().map(|&other| rank[other].saturating_sub(1)).min().unwrap_or(last);
        let pull = self.pull[item] + self.ahead[item].len() as f64 - self.behind[item].len() as f64;
        if pull > 0.0 {
            highest.max(lowest)
        } else if pull < 0.0 {
            lowest
        } else {
            rank[item]
        }
    }
}

/// Renumbers so that no layer is empty.
pub(super) fn close_gaps(rank: &mut [usize]) {
    let mut used: Vec<usize> = rank.to_vec();
    sort_unique(&mut used);
    for value in rank {
        *value = used.partition_point(|other| other < value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::acyclic::linear_order;
    use super::super::part::Link;
    use super::*;

    fn check(count: usize, reaches: &[Reach], expected: &[usize]) {
        let links = reaches.iter().map(|&reach| Link { edge: 0, end: 0, reach, label: (0.0, 0.0) }).collect();
        let part = Part { items: (0..count).collect(), links, ..Part::default() };
        assert_eq!(ranks(&part, &linear_order(&part)), expected);
    }

    fn within(source: usize, target: usize) -> Reach {
        Reach::Within { source, target }
    }

    #[test]
    fn callers_stand_one_layer_before_callees() {
        check(3, &[within(0, 1), within(1, 2), within(0, 2)], &[0, 1, 2]);
        check(1, &[], &[0]);
    }

    #[test]
    fn a_late_source_moves_towards_its_only_callee() {
        check(4, &[within(0, 1), within(1, 2), within(3, 2)], &[0, 1, 2, 1]);
    }

    #[test]
    fn edges_to_the_border_pull_as_well() {
        let left = Reach::Border { item: 3, side: Side::Left };
        check(4, &[within(0, 1), within(1, 2), within(3, 2), left, left], &[0, 1, 2, 0]);
    }

    #[test]
    fn a_cycle_gives_way_at_one_edge() {
        check(3, &[within(0, 1), within(1, 2), within(2, 0)], &[0, 1, 2]);
    }
}
