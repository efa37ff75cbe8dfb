//! Which traces are alike.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::tree::Tree;
use crate::backend::trace::TraceId;
use crate::order;

/// The calls of a trace with how often each is made: who asks, and who is asked for what.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fingerprint(Vec<(u64, u32)>);

impl Fingerprint {
    /// The fingerprint of a trace.
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut calls: Vec<u64> = Vec::with_capacity(tree.rows().len());
        for (row, span) in tree.iter() {
            let mut hasher = FxHasher::default();
            let parent = row.parent.and_then(|parent| tree.span(parent));
            for part in [parent.map_or("", |parent| parent.service()), span.service(), span.operation()] {
                hasher.write(part.as_bytes());
                hasher.write_u8(0xff);
            }
            calls.push(hasher.finish());
        }
        order::sort_by(&mut calls, Ord::cmp);
        Self(
            calls
                .chunk_by(|one, other| one == other)
                .filter_map(|chunk| Some((*chunk.first()?, chunk.len() as u32)))
                .collect(),
        )
    }
}

/// How far two traces are apart: 0 when they make the same calls equally often, 1 when they have none in common.
///
/// One less the sum of the lesser counts over the sum of the greater ones (Ruzicka's similarity, the weighted form of
/// Jaccard's); durations and errors do not count.
pub fn distance(one: &Fingerprint, other: &Fingerprint) -> f64 {
    let (mut one, mut other) = (one.0.iter().peekable(), other.0.iter().peekable());
    let (mut less, mut more) = (0_u64, 0_u64);
    loop {
        match (one.peek(), other.peek()) {
            (Some((a, first)), Some((b, second))) if a == b => {
                less += u64::from(*first.min(second));
                more += u64::from(*first.max(second));
                one.next();
                other.next();
            }
            (Some((a, count)), b) if b.is_none_or(|(b, _)| a < b) => {
                more += u64::from(*count);
                one.next();
            }
            (_, Some((_, count))) => {
                more += u64::from(*count);
                other.next();
            }
            _ => break,
        }
    }
    if more == 0 { 0.0 } else { 1.0 - less as f64 / more as f64 }
}

/// The traces closest to one, closest first, with their distances; none farther than `farthest`.
pub fn most_similar(
    to: &Fingerprint,
    among: &[(TraceId, Fingerprint)],
    farthest: f64,
    most: usize,
) -> Vec<(TraceId, f64)> {
    let distances = among.iter().map(|(id, fingerprint)| (*id, distance(to, fingerprint)));
    let mut near: Vec<(TraceId, f64)> = distances.filter(|(_, distance)| *distance <= farthest).collect();
    order::sort_by(&mut near, |(_, one), (_, other)| one.total_cmp(other));
    near.truncate(most);
    near
}
