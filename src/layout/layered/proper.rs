//! Pass 3: a proper layering, in which every edge joins neighbouring layers.
//!
//! Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures, IEEE SMC-11 (1981).
//!
//! *Before:* a layer for each item. *After:* an edge over several layers runs through one dummy in each layer between;
//! the layers at both ends hold the ports on the border of the box; an edge between items of one layer is a hairpin
//! beside it, to the right.

use super::part::{Part, Reach, Side};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Item,
    Dummy,
    Port,
}

/// A piece of a link between neighbouring layers.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Segment {
    /// The link it belongs to.
    pub link: usize,
    /// Slots in the layer to the left and to the right.
    pub slots: [usize; 2],
    /// Where it touches them, across, from their middle.
    pub offsets: [f64; 2],
}

/// How a link runs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Way {
    /// Through successive segments from left to right.
    Through { first: usize, count: usize },
    /// Out to the right of its layer and back again.
    Hairpin { slots: [usize; 2], offsets: [f64; 2] },
}

/// Lists of numbers, one for each slot, end to end in one vector.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// From pairs (slot, value), the values of a slot in the order in which they come.
    pub(super) fn collect(slots: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut starts = vec![0_u32; slots + 2];
        for (slot, _) in pairs.clone() {
            starts[slot + 2] += 1;
        }
        for slot in 2..starts.len() {
            starts[slot] += starts[slot - 1];
        }
        let mut values = vec![0; starts.last().map_or(0, |&total| total as usize)];
        for (slot, value) in pairs {
            values[starts[slot + 1] as usize] = value as u32;
            starts[slot + 1] += 1;
        }
        starts.pop();
        Self { starts, values }
    }

    pub(super) fn of(&self, slot: usize) -> &[u32] {
        let starts: &[u32] = &self.starts;
        &self.values[starts[slot] as usize..starts[slot + 1] as usize]
    }
}

/// A proper layering; the first slots are the items of the part.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Proper {
    /// The slots of each layer from the top down; the first and the last layer hold ports only.
    pub layers: Vec<Vec<usize>>,
    pub layer_of: Vec<usize>,
    pub kinds: Vec<Kind>,
    /// Extent across.
    pub extents: Vec<f64>,
    pub segments: Vec<Segment>,
    /// Of each link.
    pub ways: Vec<Way>,
    /// The segments to the left and to the right of each slot.
    pub beside: [Lists; 2],
    /// The links that are hairpins at each slot.
    pub hairpins: Lists,
}

impl Proper {
    /// `layer_of` counts from 0 and names a layer for each item.
    pub(super) fn new(part: &Part, layer_of: &[usize]) -> Self {
        let last = layer_of.iter().max().map_or(0, |&last| last + 2);
        let mut proper = Self {
            layers: vec![Vec::new(); last + 1],
            layer_of: Vec::new(),
            kinds: Vec::new(),
            extents: Vec::new(),
            segments: Vec::new(),
            ways: Vec::with_capacity(part.links.len()),
            beside: [Lists::default(), Lists::default()],
            hairpins: Lists::default(),
        };
        for (item, &layer) in layer_of.iter().enumerate() {
            proper.add_slot(layer + 1, Kind::Item, part.sizes[item].1);
        }
        for (index, link) in part.links.iter().enumerate() {
            let way = proper.add_link(index, link.reach, link.label.1);
            proper.ways.push(way);
        }
        for (side, layer) in [(0, 0), (1, last)] {
            proper.layers[layer] = part.ports[side].iter().map(|&link| proper.port(link, side)).collect();
        }
        let slots = proper.kinds.len();
        proper.beside = [1, 0].map(|end| {
            let ends = proper.segments.iter().enumerate().map(|(index, segment)| (segment.slots[end], index));
            Lists::collect(slots, ends)
        });
        let ends = proper.ways.iter().enumerate().flat_map(|(link, way)| match *way {
            Way::Hairpin { slots, .. } => slots.map(|slot| Some((slot, link))),
            Way::Through { .. } => [None; 2],
        });
        proper.hairpins = Lists::collect(slots, ends.flatten());
        proper
    }

    fn add_slot(&mut self, layer: usize, kind: Kind, extent: f64) -> usize {
        let slot = self.kinds.len();
        self.layers[layer].push(slot);
        self.layer_of.push(layer);
        self.kinds.push(kind);
        self.extents.push(extent);
        slot
    }

    fn add_link(&mut self, link: usize, reach: Reach, label: f64) -> Way {
        let (left, right) = match reach {
            Reach::Within { source, target } => match self.layer_of[source].cmp(&self.layer_of[target]) {
                std::cmp::Ordering::Equal => return Way::Hairpin { slots: [source, target], offsets: [0.0; 2] },
                std::cmp::Ordering::Less => (source, target),
                std::cmp::Ordering::Greater => (target, source),
            },
            Reach::Border { item, side: Side::Left } => (self.add_slot(0, Kind::Port, 0.0), item),
            Reach::Border { item, side: Side::Right } => (item, self.add_slot(self.layers.len() - 1, Kind::Port, 0.0)),
        };
        let first = self.segments.len();
        let mut from = left;
        for layer in self.layer_of[left] + 1..self.layer_of[right] {
            let to = self.add_slot(layer, Kind::Dummy, label);
            self.segments.push(Segment { link, slots: [from, to], offsets: [0.0; 2] });
            from = to;
        }
        self.segments.push(Segment { link, slots: [from, right], offsets: [0.0; 2] });
        Way::Through { first, count: self.segments.len() - first }
    }

    /// The slot on the border where the link ends that leaves by that side.
    pub(super) fn port(&self, link: usize, side: usize) -> usize {
        match self.ways[link] {
            Way::Through { first, count } => self.segments[first + side * (count - 1)].slots[side],
            Way::Hairpin { slots, .. } => slots[side],
        }
    }

    /// The place of each slot in its layer.
    pub(super) fn places(&self) -> Vec<u32> {
        let mut places = Vec::new();
        self.write_places(&mut places);
        places
    }

    /// The same into a vector that is used again.
    pub(super) fn write_places(&self, places: &mut Vec<u32>) {
        places.resize(self.kinds.len(), 0);
        let places: &mut [u32] = places;
        for layer in &self.layers {
            for (place, &slot) in (0..).zip(layer) {
                places[slot] = place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::part::Link;
    use super::*;

    #[test]
    fn long_edges_get_a_dummy_in_each_layer_between() {
        let reaches = [
            Reach::Within { source: 0, target: 1 },
            Reach::Within { source: 2, target: 0 },
            Reach::Within { source: 0, target: 3 },
            Reach::Border { item: 0, side: Side::Right },
        ];
        let links = reaches.map(|reach| Link { edge: 0, end: 0, reach, label: (0.0, 0.0) }).to_vec();
        let part = Part { items: vec![0; 4], sizes: vec![(9.0, 5.0); 4], links, ports: [vec![], vec![3]] };
        let proper = Proper::new(&part, &[0, 1, 2, 0]);
        assert_eq!(proper.layers, [vec![], vec![0, 3], vec![1, 4, 6], vec![2, 7], vec![5]]);
        assert_eq!(proper.ways[0], Way::Through { first: 0, count: 1 });
        assert_eq!(proper.ways[1], Way::Through { first: 1, count: 2 });
        assert_eq!(proper.ways[2], Way::Hairpin { slots: [0, 3], offsets: [0.0; 2] });
        assert_eq!(proper.ways[3], Way::Through { first: 3, count: 3 });
        assert_eq!(proper.beside[1].of(0), [0, 1, 3]);
        assert_eq!(proper.beside[0].of(5), [5]);
        assert_eq!(proper.hairpins.of(3), [2]);
    }
}
