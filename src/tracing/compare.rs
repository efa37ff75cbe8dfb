//! Two traces side by side.

use super::failure::is_error;
use super::self_time::self_times;
use super::tree::Tree;
use crate::order::Map;

/// What one trace does on one path.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// How many spans.
    pub spans: usize,
    /// How many of them are errors.
    pub errors: usize,
    /// Their time, added, in microseconds.
    pub micros: i64,
    /// Their own time, added, in microseconds.
    pub own_micros: i64,
}

/// A path from a root down, each step a service and operation, with what both traces do on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Its parent's place in the list; none for a root.
    pub parent: Option<usize>,
    /// How many steps lead to it.
    pub depth: usize,
    /// The last step's service.
    pub service: String,
    /// The last step's operation.
    pub operation: String,
    /// What the first and the second trace do on it.
    pub shares: [Share; 2],
}

/// The paths of two traces, each before those below it: those of the first in its order, then what only the second has.
pub fn compare(one: &Tree<'_>, other: &Tree<'_>) -> Vec<Difference> {
    let mut paths: Map<(Option<usize>, &str, &str), usize> = Map::default();
    let mut all: Vec<Difference> = Vec::new();
    for (which, tree) in [one, other].into_iter().enumerate() {
        let mut path_of_row: Vec<usize> = Vec::with_capacity(tree.rows().len());
        for ((row, span), own) in tree.iter().zip(self_times(tree)) {
            let parent = row.parent.and_then(|parent| path_of_row.get(parent).copied());
            let path = *paths.entry((parent, span.service(), span.operation())).or_insert_with(|| {
                let depth = parent.and_then(|parent| all.get(parent)).map_or(0, |parent| parent.depth + 1);
                let (service, operation) = (span.service().to_owned(), span.operation().to_owned());
                all.push(Difference { parent, depth, service, operation, shares: [Share::default(); 2] });
                all.len() - 1
            });
            path_of_row.push(path);
            if let Some(share) = all.get_mut(path).and_then(|path| path.shares.get_mut(which)) {
                share.spans += 1;
                share.errors += usize::from(is_error(&span));
                share.micros = share.micros.saturating_add(span.duration_micros());
                share.own_micros = share.own_micros.saturating_add(own);
            }
        }
    }
    in_order(all)
}

/// Puts each path before those below it; what came first stays first.
fn in_order(mut all: Vec<Difference>) -> Vec<Difference> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); all.len() + 1];
    for (place, path) in all.iter().enumerate() {
        let above = path.parent.unwrap_or(all.len());
        if let Some(children) = children.get_mut(above) {
            children.push(place);
        }
    }
    let mut ordered = Vec::with_capacity(all.len());
    let mut places = vec![0; all.len()];
    let mut stack: Vec<usize> = children.last().into_iter().flatten().rev().copied().collect();
    while let Some(place) = stack.pop() {
        places[place] = ordered.len();
        stack.extend(children[place].iter().rev());
        let empty = Difference {
            parent: None,
            depth: 0,
            service: String::new(),
            operation: String::new(),
            shares: [Share::default(); 2],
        };
        let mut path = std::mem::replace(&mut all[place], empty);
        path.parent = path.parent.map(|parent| places[parent]);
        ordered.push(path);
    }
    ordered
}
