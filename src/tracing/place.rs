//! A trace on the graph.

use super::facts::{Facts, Side};
use super::matcher::{Matcher, Placement, is_between};
use super::tree::Tree;

/// Where each span belongs, by row.
///
/// A client's span knows the host that it asks for, and the emitter of the span that answers it; a server's span knows
/// itself, and the emitter of the span that asks; a waypoint's span tells of both ends since Istio 1.29, and before of
/// those of its neighbours in the tree.
pub fn place(matcher: &Matcher<'_>, tree: &Tree<'_>) -> Vec<Placement> {
    let facts: Vec<Facts<'_>> = tree.iter().map(|(_, span)| Facts::of(&span)).collect();
    let emitters: Vec<(Vec<usize>, _)> = facts.iter().map(|facts| matcher.emitter(facts)).collect();
    let emitter = |row: usize| emitters.get(row).map(|(nodes, _)| nodes.as_slice()).unwrap_or_default();
    // The nearest span above, or the first below, of another emitter.
    let above = |row: usize| {
        let parent = |row: usize| tree.rows().get(row)?.parent;
        let mut ancestors = std::iter::successors(parent(row), |row| parent(*row)).take(4);
        let other = ancestors.find(|other| !emitter(*other).is_empty() && emitter(*other) != emitter(row));
        other.map(emitter).unwrap_or_default().to_vec()
    };
    let below = |row: usize| {
        let mut children = tree.children(row).take(16);
        let other = children.find(|other| !emitter(*other).is_empty() && emitter(*other) != emitter(row));
        other.map(emitter).unwrap_or_default().to_vec()
    };
    let placed = |(row, facts): (usize, &Facts<'_>)| {
        let (own, sign) = emitters.get(row).cloned().unwrap_or_default();
        let mut placement = Placement { emitter: own, sign, ..Placement::default() };
        let or = |nodes: Vec<usize>, other: &dyn Fn() -> Vec<usize>| if nodes.is_empty() { other() } else { nodes };
        let of_host = || facts.host.map(|host| matcher.of_host(host)).unwrap_or_default();
        if is_between(facts) {
            placement.source = or(matcher.of_end(&facts.source), &|| above(row));
            placement.target = or(or(matcher.of_end(&facts.destination), &|| below(row)), &of_host);
            placement.edges = matcher.edges_across(&placement, facts.host);
            return placement;
        }
        match facts.side {
            Side::Asks => {
                placement.source.clone_from(&placement.emitter);
                placement.target = or(below(row), &of_host);
            }
            Side::Serves => {
                placement.source = above(row);
                placement.target.clone_from(&placement.emitter);
            }
            Side::Unknown => return placement,
        }
        let host = facts.host.filter(|_| facts.side == Side::Asks);
        placement.edges = matcher.edges(&placement.source, &placement.target, host);
        placement
    };
    facts.iter().enumerate().map(placed).collect()
}
