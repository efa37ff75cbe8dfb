//! Traces that are alike, and how two differ.

use super::{span, tree};
use crate::backend::trace::{NewSpan, Spans, TraceId};
use crate::tracing::{Fingerprint, compare, distance, most_similar};

fn of(spans: &[NewSpan<'_>]) -> Fingerprint {
    Fingerprint::of(&tree(&Spans::of(spans)))
}

#[test]
fn distance_counts_calls_and_not_durations() {
    let one = of(&[span(1, 0, 0, 9), span(2, 1, 1, 2), span(3, 1, 3, 4)]);
    let slower = of(&[span(1, 0, 0, 900), span(2, 1, 1, 200), span(3, 1, 300, 400)]);
    assert!(distance(&one, &slower).abs() < 1e-9);
    let another = of(&[span(1, 0, 0, 9), span(2, 1, 1, 2), span(12, 1, 3, 4)]);
    // Root and one call to s2 are shared; the second call to s2 and the one to s3 are not.
    assert!((distance(&one, &another) - 0.5).abs() < 1e-9);
    assert!((distance(&one, &of(&[span(7, 0, 0, 9)])) - 1.0).abs() < 1e-9);
    assert!(distance(&Fingerprint::default(), &Fingerprint::default()).abs() < 1e-9);
    let id = |bits| TraceId::from_bits(bits).unwrap();
    let among = [(id(1), of(&[span(7, 0, 0, 9)])), (id(2), another), (id(3), slower)];
    let near: Vec<TraceId> = most_similar(&one, &among, 0.6, 9).into_iter().map(|(id, _)| id).collect();
    assert_eq!(near, [id(3), id(2)]);
}

#[test]
fn two_traces_are_compared_path_by_path() {
    let one = Spans::of(&[span(1, 0, 0, 100), span(2, 1, 10, 40), span(12, 1, 50, 60), span(3, 2, 20, 30)]);
    let other = Spans::of(&[span(1, 0, 0, 100), span(3, 1, 0, 10), span(2, 1, 10, 80)]);
    let lines: Vec<String> = compare(&tree(&one), &tree(&other))
        .iter()
        .map(|one| {
            let [first, second] =
                one.shares.map(|share| format!("{}x{}/{}", share.spans, share.micros, share.own_micros));
            format!("{}{} {first} {second}", ".".repeat(one.depth), one.service)
        })
        .collect();
    assert_eq!(lines, ["s1 1x100/60 1x100/20", ".s2 2x40/30 1x70/70", "..s3 1x10/10 0x0/0", ".s3 0x0/0 1x10/10"]);
}

#[test]
fn a_path_names_its_parent_wherever_it_stands() {
    let one = Spans::of(&[span(1, 0, 0, 100), span(2, 1, 10, 40), span(4, 1, 50, 60)]);
    let other = Spans::of(&[
        span(1, 0, 0, 100),
        span(2, 1, 10, 40),
        span(5, 2, 11, 12),
        span(4, 1, 50, 60),
        span(6, 4, 51, 52),
    ]);
    let all = compare(&tree(&one), &tree(&other));
    let lines: Vec<(&str, Option<usize>)> = all.iter().map(|one| (one.service.as_str(), one.parent)).collect();
    assert_eq!(lines, [("s1", None), ("s2", Some(0)), ("s5", Some(1)), ("s4", Some(0)), ("s6", Some(3))]);
}
