//! The request made sound: a tree of boxes, sizes along and across the flow, edges with the box that they lie in.
//!
//! *Before:* any request. *After:* every item (nodes first, then groups, then the drawing as a whole) has a parent that
//! leads to the root, every size is finite and not negative, every edge joins two existing nodes.

use super::super::request::{Direction, LayoutRequest};
use crate::geometry::Size;

/// Nothing is larger, so that sums stay exact.
const LARGEST: f64 = 1.0e5;

/// Free room inside the border of a box: before and after the contents, along and across the flow.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Insets {
    pub along: [f64; 2],
    pub across: [f64; 2],
    /// The box is at least so large, along and across.
    pub least: (f64, f64),
}

/// An edge between different nodes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Arc {
    /// Source and target node.
    pub ends: [usize; 2],
    /// The innermost box that holds both.
    pub home: usize,
    /// Extent of the label along and across.
    pub label: (f64, f64),
}

/// The tree of boxes.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Nest {
    pub nodes: usize,
    /// Width along the flow and height across it, of nodes only.
    pub sizes: Vec<(f64, f64)>,
    /// Of each item but the root; a box is the item `nodes + group`.
    pub parents: Vec<usize>,
    pub depths: Vec<usize>,
    /// Of each box, by `item - nodes`.
    pub children: Vec<Vec<usize>>,
    pub insets: Vec<Insets>,
    /// Nodes that stand in each box, at any depth.
    held: Vec<usize>,
    /// Boxes, the root first, parents before their children.
    pub boxes: Vec<usize>,
    /// One for each edge of the request; nothing for loops and for edges whose nodes do not exist.
    pub arcs: Vec<Option<Arc>>,
    /// Self-loops of each node, in order.
    pub loops: Vec<Vec<usize>>,
}

impl Nest {
    pub(super) fn read(request: &LayoutRequest) -> Self {
        let nodes = request.nodes.len();
        let upright = request.options.direction == Direction::TopToBottom;
        let turn = |size: Size| {
            let (width, height) = (sound(size.width), sound(size.height));
            if upright { (height, width) } else { (width, height) }
        };
        let mut nest = Self {
            nodes,
            sizes: request.nodes.iter().map(|node| turn(node.size)).collect(),
            parents: parents(request),
            depths: Vec::new(),
            children: vec![Vec::new(); request.groups.len() + 1],
            insets: insets(request, upright),
            held: vec![0; request.groups.len() + 1],
            boxes: Vec::new(),
            arcs: Vec::new(),
            loops: vec![Vec::new(); nodes],
        };
        nest.descend();
        for (index, edge) in request.edges.iter().enumerate() {
            let exists = edge.source < nodes && edge.target < nodes;
            if exists && edge.source == edge.target {
                nest.loops[edge.source].push(index);
            }
            nest.arcs.push((exists && edge.source != edge.target).then(|| Arc {
                ends: [edge.source, edge.target],
                home: nest.common_box(edge.source, edge.target),
                label: turn(edge.label),
            }));
        }
        nest
    }

    pub(super) fn root(&self) -> usize {
        self.parents.len()
    }

    /// The item directly inside `box_item` that is or holds `item`; `item` must lie inside.
    pub(super) fn child_towards(&self, box_item: usize, item: usize) -> usize {
        let wanted = self.depths[box_item] + 1;
        let mut item = item;
        while self.depths[item] > wanted {
            item = self.parents[item];
        }
        item
    }

    /// Whether at least half of the nodes stand in the box.
    pub(super) fn holds_most(&self, box_item: usize) -> bool {
        2 * self.held[box_item - self.nodes] >= self.nodes
    }

    fn common_box(&self, one: usize, other: usize) -> usize {
        let (mut a, mut b) = (self.parents[one], self.parents[other]);
        while a != b {
            if self.depths[a] >= self.depths[b] {
                a = self.parents[a];
            } else {
                b = self.parents[b];
            }
        }
        a
    }

    /// Fills `children`, `boxes` and `depths` from `parents`.
    fn descend(&mut self) {
        let root = self.root();
        for (item, &parent) in self.parents.iter().enumerate() {
            self.children[parent - self.nodes].push(item);
        }
        self.depths = vec![0; root + 1];
        self.boxes.push(root);
        let mut next = 0;
        while let Some(&item) = self.boxes.get(next) {
            for &child in &self.children[item - self.nodes] {
                self.depths[child] = self.depths[item] + 1;
                if child >= self.nodes {
                    self.boxes.push(child);
                }
            }
            next += 1;
        }
        for &item in self.boxes.iter().rev() {
            let held = |&child: &usize| child.checked_sub(self.nodes).map_or(1, |inner| self.held[inner]);
            self.held[item - self.nodes] = self.children[item - self.nodes].iter().map(held).sum();
        }
    }
}

fn sound(length: f64) -> f64 {
    if length.is_finite() { length.clamp(0.0, LARGEST) } else { 0.0 }
}

/// The parent of every node and group; what leads nowhere or round in a circle stands at the top.
fn parents(request: &LayoutRequest) -> Vec<usize> {
    let (nodes, groups) = (request.nodes.len(), request.groups.len());
    let root = nodes + groups;
    let item = |group: Option<usize>| group.filter(|&group| group < groups).map_or(root, |group| nodes + group);
    let mut parents: Vec<usize> = request.nodes.iter().map(|node| item(node.group)).collect();
    parents.extend(request.groups.iter().map(|group| item(group.parent)));
    // 0 unseen, 1 on the way up from the group at hand, 2 known to reach the root.
    let mut seen = vec![0_u8; groups];
    for start in 0..groups {
        let mut way = Vec::new();
        let mut at = nodes + start;
        while at != root && seen[at - nodes] == 0 {
            seen[at - nodes] = 1;
            way.push(at);
            at = parents[at];
        }
        if at != root && seen[at - nodes] == 1 {
            parents[at] = root;
        }
        for group in way {
            seen[group - nodes] = 2;
        }
    }
    parents
}

fn insets(request: &LayoutRequest, upright: bool) -> Vec<Insets> {
    let padding = sound(request.options.spacing.padding);
    let mut insets: Vec<Insets> = request
        .groups
        .iter()
        .map(|group| {
            let (width, height) = (sound(group.header.width), sound(group.header.height));
            let (side, top) = ([padding; 2], [padding + height, padding]);
            if upright {
                Insets { along: top, across: side, least: (height, width) }
            } else {
                Insets { along: side, across: top, least: (width, height) }
            }
        })
        .collect();
    insets.push(Insets::default());
    insets
}

#[cfg(test)]
mod tests {
    use super::super::super::request::{EdgeSpec, GroupSpec, NodeSpec};
    use super::*;

    fn group(parent: Option<usize>) -> GroupSpec {
        GroupSpec { parent, header: Size::default() }
    }

    fn node(group: Option<usize>) -> NodeSpec {
        NodeSpec { size: Size::new(10.0, f64::NAN), group }
    }

    #[test]
    fn parents_in_a_circle_or_out_of_range_lead_to_the_top() {
        let request = LayoutRequest {
            nodes: vec![node(Some(1)), node(Some(9))],
            groups: vec![group(Some(1)), group(Some(0)), group(Some(2)), group(Some(7))],
            ..LayoutRequest::default()
        };
        let nest = Nest::read(&request);
        assert_eq!(nest.parents, [3, 6, 6, 2, 6, 6]);
        assert_eq!(nest.boxes, [6, 2, 4, 5, 3]);
        assert_eq!(nest.sizes, [(10.0, 0.0), (10.0, 0.0)]);
    }

    #[test]
    fn an_edge_lies_in_the_innermost_box_of_both_ends() {
        let request = LayoutRequest {
            nodes: vec![node(Some(1)), node(Some(2)), node(None)],
            groups: vec![group(None), group(Some(0)), group(Some(0))],
            edges: vec![EdgeSpec::new(0, 1), EdgeSpec::new(0, 2), EdgeSpec::new(1, 1), EdgeSpec::new(0, 5)],
            ..LayoutRequest::default()
        };
        let nest = Nest::read(&request);
        assert_eq!(
            nest.arcs.iter().map(|arc| arc.map(|arc| arc.home)).collect::<Vec<_>>(),
            [Some(3), Some(6), None, None]
        );
        assert_eq!(nest.loops, [vec![], vec![2], vec![]]);
        assert_eq!((nest.child_towards(6, 0), nest.child_towards(3, 0)), (3, 4));
    }
}
