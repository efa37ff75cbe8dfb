//! Which of several counts of the same traffic to believe: the one rule for the graph and for its charts.

use crate::mesh::Reporter;

/// What one reporter tells.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Told {
    pub reporter: Reporter,
    /// Whether a ztunnel wrote it. A ztunnel counts all that passes, requests too; an Envoy at the other end counts only
    /// what it takes for plain TCP.
    pub by_ztunnel: bool,
    /// How much it counts; nothing when it does not count this.
    pub amount: Option<f64>,
}

/// What becomes of one reporter's count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// It is shown.
    Believed,
    /// It counts nearly as much, and another reporter is asked first on such an edge.
    Later,
    /// It counts clearly less than another one: some of its proxies are not scraped.
    Less,
    /// An Envoy's count of a part of what a ztunnel carries.
    Part,
    /// A waypoint's count of what takes another path between the same two ends.
    OtherPath,
}

/// Two proxies that count the same traffic are scraped at different moments; a share this large of what the other saw is
/// all of it. A smaller one means that some pods of the first one's side are not scraped.
const NEARLY_ALL: f64 = 0.75;

/// One verdict for each count, [`Verdict::Believed`] for one of those that count at all.
///
/// Believed is the first reporter in `order` that tells nearly as much as whoever tells most; of one reporter's counts,
/// which are those of replicas of a server, the greatest. As each counts a part of the traffic and none counts more, the
/// greatest count is nearest the truth. So whoever counts nothing yields to one that counts something, and nothing is
/// the answer only when all say so.
pub(super) fn verdicts(order: [Reporter; 3], told: &[Told]) -> Vec<Verdict> {
    let carried = told.iter().any(|one| one.by_ztunnel);
    let whole = |one: &Told| one.amount.filter(|_| one.by_ztunnel || !carried);
    let most = told.iter().filter_map(whole).fold(0.0, f64::max);
    let verdict = |one: &Told| match whole(one) {
        None if carried => Verdict::Part,
        Some(amount) if amount >= most * NEARLY_ALL => Verdict::Later,
        _ => Verdict::Less,
    };
    let mut verdicts: Vec<Verdict> = told.iter().map(verdict).collect();
    let place = |one: &Told| order.iter().position(|reporter| *reporter == one.reporter);
    let better = |one: &Told, other: &Told| {
        let more = other.amount.unwrap_or_default().total_cmp(&one.amount.unwrap_or_default());
        place(one).cmp(&place(other)).then(more)
    };
    let candidates = told.iter().zip(&mut verdicts).filter(|(_, verdict)| **verdict == Verdict::Later);
    if let Some((_, best)) = candidates.min_by(|(one, _), (other, _)| better(one, other)) {
        *best = Verdict::Believed;
    }
    verdicts
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Believed, Later, Less, Part};
    use super::*;
    use Reporter::{Destination, Source, Waypoint};

    const ORDER: [Reporter; 3] = [Destination, Source, Waypoint];

    fn check(told: &[(Reporter, bool, Option<f64>)], expect: &[Verdict]) {
        let told: Vec<Told> =
            told.iter().map(|&(reporter, by_ztunnel, amount)| Told { reporter, by_ztunnel, amount }).collect();
        assert_eq!(verdicts(ORDER, &told), expect, "{told:?}");
    }

    #[test]
    fn the_first_of_those_that_saw_nearly_all_is_believed() {
        check(&[(Source, false, Some(100.0)), (Destination, false, Some(76.0))], &[Later, Believed]);
        check(&[(Source, false, Some(100.0)), (Destination, false, Some(74.0))], &[Believed, Less]);
        check(&[(Source, false, Some(5.0)), (Destination, false, Some(0.0))], &[Believed, Less]);
        check(&[(Source, false, Some(0.0)), (Destination, false, Some(0.0))], &[Later, Believed]);
        check(&[(Source, false, None), (Destination, false, None)], &[Less, Less]);
        check(&[], &[]);
    }

    #[test]
    fn of_replicas_the_greater_count_is_believed() {
        check(&[(Source, false, Some(90.0)), (Source, false, Some(91.0))], &[Later, Believed]);
    }

    #[test]
    fn an_envoys_part_of_what_a_ztunnel_carries_is_not_believed() {
        check(&[(Source, true, Some(10.0)), (Destination, false, Some(10.0))], &[Believed, Part]);
        check(&[(Source, true, Some(0.0)), (Destination, false, Some(10.0))], &[Believed, Part]);
        check(&[(Source, true, None), (Destination, false, Some(10.0))], &[Part, Part]);
    }
}
