//! One connected piece of the contents of one box.
//!
//! *Before:* the items of a box, the edges between them, and the edges that leave the box with the side they leave by.
//! *After:* pieces without an edge between them. Everything that has an edge to the outside is in the first piece, so
//! that only that one must reach the border of the box.

/// The side of a box along the flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Left,
    Right,
}

impl Side {
    pub(super) fn index(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }
}

/// Where an edge runs as one box sees it; items are named by their place in [`Part::items`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Reach {
    /// From one item to another.
    Within { source: usize, target: usize },
    /// From an item to the border of the box.
    Border { item: usize, side: Side },
}

/// An edge as one box sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Link {
    /// Index of the edge in the request.
    pub edge: usize,
    /// Which end of the edge lies in this box, for links to the border.
    pub end: usize,
    pub reach: Reach,
    /// Extent of the label, if it stands in this box.
    pub label: (f64, f64),
}

/// One connected piece of the contents of one box.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Part {
    /// The items, by their number in the nest.
    pub items: Vec<usize>,
    /// Extent of each, along and across.
    pub sizes: Vec<(f64, f64)>,
    pub links: Vec<Link>,
    /// The links that reach the left and the right border, from the top down.
    pub ports: [Vec<usize>; 2],
}

/// Splits the contents of a box. `links` name items by their place in `items`; `ports` are given from the top down.
pub(super) fn split(items: &[usize], sizes: &[(f64, f64)], links: &[Link]) -> Vec<Part> {
    let mut roots = Roots((0..=items.len()).collect());
    let outside = items.len();
    for link in links {
        match link.reach {
            Reach::Within { source, target } => roots.join(source, target),
            Reach::Border { item, .. } => roots.join(item, outside),
        }
    }
    let mut part_of_root = vec![usize::MAX; items.len() + 1];
    let mut parts: Vec<Part> = Vec::new();
    if links.iter().any(|link| matches!(link.reach, Reach::Border { .. })) {
        part_of_root[roots.of(outside)] = 0;
        parts.push(Part::default());
    }
    let mut places = vec![(0, 0); items.len()];
    for (item, place) in places.iter_mut().enumerate() {
        let part = &mut part_of_root[roots.of(item)];
        if *part == usize::MAX {
            *part = parts.len();
            parts.push(Part::default());
        }
        *place = (*part, parts[*part].items.len());
        parts[*part].items.push(items[item]);
        parts[*part].sizes.push(sizes[item]);
    }
    for link in links {
        let (part, reach) = match link.reach {
            Reach::Within { source, target } => {
                (places[source].0, Reach::Within { source: places[source].1, target: places[target].1 })
            }
            Reach::Border { item, side } => (places[item].0, Reach::Border { item: places[item].1, side }),
        };
        let part = &mut parts[part];
        if let Reach::Border { side, .. } = reach {
            part.ports[side.index()].push(part.links.len());
        }
        part.links.push(Link { reach, ..*link });
    }
    parts
}

/// Disjoint sets, with paths halved on the way (Tarjan, van Leeuwen: Worst-case analysis of set union algorithms, 1984).
struct Roots(Vec<usize>);

impl Roots {
    fn of(&mut self, mut item: usize) -> usize {
        while self.0[item] != item {
            self.0[item] = self.0[self.0[item]];
            item = self.0[item];
        }
        item
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(reach: Reach) -> Link {
        Link { edge: 0, end: 0, reach, label: (0.0, 0.0) }
    }

    #[test]
    fn what_reaches_the_border_comes_first_and_stays_together() {
        let links = [
            link(Reach::Within { source: 0, target: 3 }),
            link(Reach::Border { item: 2, side: Side::Right }),
            link(Reach::Border { item: 4, side: Side::Left }),
        ];
        let parts = split(&[10, 11, 12, 13, 14], &[(1.0, 1.0); 5], &links);
        assert_eq!(
            parts.iter().map(|part| part.items.clone()).collect::<Vec<_>>(),
            [vec![12, 14], vec![10, 13], vec![11]]
        );
        assert_eq!(parts[0].ports, [vec![1], vec![0]]);
        assert_eq!(parts[1].links[0].reach, Reach::Within { source: 0, target: 1 });
    }
}
