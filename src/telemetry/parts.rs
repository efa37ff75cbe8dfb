//! A query of the plan in parts, for a back end that refuses the whole.
//!
//! PromQL cannot hash, but a regular expression can tell whether a name has an even number of characters of some set. Such
//! a bit is as good as one of a hash: names that differ by a number at the end fall on both sides. Each step divides by
//! two labels into four parts; the first by the namespaces of both ends, the second by their workloads. Every series is in
//! exactly one part, one without the label too, and as the plan keeps these labels in its sums, so is every row: the rows of
//! all parts together are those of the whole.

use crate::promql::{Expr, Label, Matcher, Pattern, Piece, Selector};

use super::{label, metric};

/// How often a query can be divided.
pub const STEPS: u8 = 2;

/// Every second letter and digit, and every second pair of them.
const SETS: [&str; STEPS as usize] = ["acegikmoqsuwy13579", "abefijmnqruvyz145890"];

/// The parts of a query that was divided so often already; none when it cannot be divided further.
pub fn parts(query: &Expr, divided: u8) -> Vec<Expr> {
    let step = usize::from(divided);
    let labels: [[Label; 2]; STEPS as usize] = [
        [label::DESTINATION_NAMESPACE, label::SOURCE_NAMESPACE],
        [label::DESTINATION_WORKLOAD, label::SOURCE_WORKLOAD],
    ];
    let (Some(labels), Some(set)) = (labels.get(step), SETS.get(step)) else { return Vec::new() };
    let even = Pattern::new([Piece::EvenCount(set)]);
    let mut parts = vec![query.clone()];
    for label in labels {
        let halves = [Matcher::Pattern, Matcher::NotPattern].map(|side| side(label.clone(), even.clone()));
        let of_part = |part: Expr| halves.clone().map(|half| part.clone().and_where(&counts_traffic, &[half]));
        parts = parts.into_iter().flat_map(of_part).collect();
    }
    parts
}

/// Whether a selector's series have ends; those of the components have none.
fn counts_traffic(selector: &Selector) -> bool {
    selector.metrics().all(|metric| *metric != metric::BUILD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql::rate;
    use crate::quantity::Duration;

    fn whole() -> Expr {
        rate(Selector::metric(metric::REQUESTS), Duration::from_mins(5))
            .and_on([label::JOB], Selector::metric(metric::BUILD))
    }

    /// All parts after two steps.
    fn finest() -> Vec<Expr> {
        parts(&whole(), 0).iter().flat_map(|part| parts(part, 1)).collect()
    }

    /// In which of the parts a series is.
    fn places(parts: &[Expr], get: impl Fn(&str) -> Option<&'static str>) -> Vec<usize> {
        let selects =
            |part: &Expr| part.selectors().next().is_some_and(|one| one.selects("istio_requests_total", &get));
        (0..parts.len()).filter(|place| selects(&parts[*place])).collect()
    }

    #[test]
    fn every_series_is_in_one_part() {
        let finest = finest();
        assert_eq!(finest.len(), 16);
        assert_eq!(parts(&finest[0], STEPS), []);
        for value in [None, Some(""), Some("unknown"), Some("shop"), Some("a\nb"), Some("名前")] {
            assert_eq!(places(&finest, |_| value).len(), 1, "{value:?}");
        }
    }

    #[test]
    fn names_that_differ_by_a_number_fall_into_different_parts() {
        let parts = parts(&whole(), 0);
        let mut counts = [0; 4];
        for number in 0..500 {
            let name: &'static str = format!("team-{number}").leak();
            let get = |label: &str| if label.starts_with("source") { Some("ingress") } else { Some(name) };
            for place in places(&parts, get) {
                counts[place] += 1;
            }
        }
        let least = counts.into_iter().filter(|count| *count > 0).min();
        assert!(least > Some(200), "{counts:?}");
    }

    #[test]
    fn what_has_no_ends_is_in_every_part() {
        for part in finest() {
            let builds = part.selectors().nth(1).map(ToString::to_string);
            assert_eq!(builds.as_deref(), Some("istio_build"));
        }
    }
}
