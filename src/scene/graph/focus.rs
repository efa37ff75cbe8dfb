//! What stays strong when the reader's attention is on one thing.

use super::hit::Target;
use super::parts::GraphParts;
use super::view::Emphasis;

/// Which nodes and edges are in full strength.
pub(super) struct Focus {
    nodes: Vec<bool>,
    edges: Vec<bool>,
}

impl Focus {
    /// The direct neighbourhood of what is selected or else pointed at; nothing when all is equally strong. Pointing at
    /// a box fades nothing.
    pub(super) fn of(parts: &GraphParts, emphasis: &Emphasis) -> Option<Self> {
        let hovered = emphasis.hovered.filter(|target| !matches!(target, Target::Group(_)));
        let target = emphasis.selected.or(hovered)?;
        let mut focus = Self { nodes: vec![false; parts.nodes.len()], edges: vec![false; parts.edges.len()] };
        for (place, edge) in parts.edges.iter().enumerate() {
            let (source, target_node) = edge.ends;
            let touches = match target {
                Target::Node(node) => source == node || target_node == node,
                Target::Edge(chosen) => chosen == place,
                Target::Group(group) => [source, target_node]
                    .into_iter()
                    .any(|node| parts.nodes.get(node).is_some_and(|part| parts.within(part.group, group))),
            };
            if touches {
                set(&mut focus.edges, place);
                set(&mut focus.nodes, source);
                set(&mut focus.nodes, target_node);
            }
        }
        match target {
            Target::Node(node) => set(&mut focus.nodes, node),
            Target::Edge(_) => {}
            Target::Group(group) => {
                for (strong, part) in focus.nodes.iter_mut().zip(&parts.nodes) {
                    *strong |= parts.within(part.group, group);
                }
            }
        }
        Some(focus)
    }

    pub(super) fn node(&self, place: usize) -> bool {
        self.nodes.get(place).copied().unwrap_or(false)
    }

    pub(super) fn edge(&self, place: usize) -> bool {
        self.edges.get(place).copied().unwrap_or(false)
    }
}

fn set(flags: &mut [bool], place: usize) {
    if let Some(flag) = flags.get_mut(place) {
        *flag = true;
    }
}
