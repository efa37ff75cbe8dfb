//! Critical paths, own time, and clocks.

use super::{of_kind, span, tree};
use crate::backend::trace::{NewSpan, SpanKind, Spans};
use crate::tracing::{critical_path, operation_times, percentile, self_times, skews};

/// Segments as `number:from-to`.
fn path(spans: &[NewSpan<'_>]) -> String {
    let spans = Spans::of(spans);
    let tree = tree(&spans);
    let segments = critical_path(&tree);
    let root = tree.span(tree.root().unwrap()).unwrap();
    let covered: i64 = segments.iter().map(|one| one.to_micros - one.from_micros).sum();
    assert_eq!(covered, root.duration_micros(), "the path covers the root");
    assert!(segments.windows(2).all(|two| two[0].to_micros == two[1].from_micros));
    let print = |one: &crate::tracing::Segment| {
        let number = tree.span(one.row).unwrap().id().bits();
        format!("{number}:{}-{}", one.from_micros - 1_000_000, one.to_micros - 1_000_000)
    };
    segments.iter().map(print).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_path_goes_through_what_ended_last() {
    assert_eq!(path(&[span(1, 0, 0, 100)]), "1:0-100");
    let one_after_another = [span(1, 0, 0, 100), span(2, 1, 10, 40), span(3, 1, 50, 90)];
    assert_eq!(path(&one_after_another), "1:0-10 2:10-40 1:40-50 3:50-90 1:90-100");
    let side_by_side = [span(1, 0, 0, 100), span(2, 1, 10, 40), span(3, 1, 20, 90), span(4, 2, 15, 18)];
    assert_eq!(path(&side_by_side), "1:0-20 3:20-90 1:90-100");
    let deep = [span(1, 0, 0, 100), span(2, 1, 10, 90), span(3, 2, 20, 80)];
    assert_eq!(path(&deep), "1:0-10 2:10-20 3:20-80 2:80-90 1:90-100");
}

#[test]
fn what_outlives_its_parent_is_cut_and_what_nobody_waits_for_left_out() {
    assert_eq!(path(&[span(1, 0, 0, 100), span(2, 1, 60, 150), span(3, 2, 110, 140)]), "1:0-60 2:60-100");
    assert_eq!(path(&[span(1, 0, 0, 100), span(2, 1, 120, 150)]), "1:0-100");
    assert_eq!(path(&[span(1, 0, 0, 100), of_kind(SpanKind::Consumer, span(2, 1, 10, 90))]), "1:0-100");
}

#[test]
fn own_time_is_what_no_child_takes() {
    let spans = Spans::of(&[
        span(1, 0, 0, 100),
        span(2, 1, 10, 40),
        span(3, 1, 30, 60),
        span(4, 1, 90, 150),
        span(5, 3, 0, 200),
    ]);
    assert_eq!(self_times(&tree(&spans)), [40, 30, 0, 200, 60]);
}

#[test]
fn a_server_that_answers_before_it_is_asked_has_another_clock() {
    let call = |from, to| {
        let spans = Spans::of(&[
            of_kind(SpanKind::Client, span(1, 0, 0, 100_000)),
            of_kind(SpanKind::Server, span(2, 1, from, to)),
        ]);
        skews(&tree(&spans)).first().map(|skew| (skew.row, skew.behind_micros))
    };
    assert_eq!(call(10_000, 90_000), None);
    assert_eq!(call(-500, 80_000), None, "clocks in step differ by as much");
    assert_eq!(call(-50_000, 30_000), Some((1, 60_000)), "behind: it belongs into the middle");
    assert_eq!(call(50_000, 130_000), Some((1, -40_000)), "ahead");
    assert_eq!(call(-5_000, 195_000), Some((1, 5_000)), "a server that works on begins with its client");
    assert_eq!(call(5_000, 195_000), None, "a client that gave up");
}

#[test]
fn percentiles_are_values_that_were_there() {
    let values: Vec<i64> = (1..=10).collect();
    for (percent, expect) in [(0.0, 1), (10.0, 1), (50.0, 5), (90.0, 9), (99.0, 10), (100.0, 10), (f64::NAN, 1)] {
        assert_eq!(percentile(&values, percent), Some(expect), "{percent}");
    }
    assert_eq!(percentile(&[], 50.0), None);
}

#[test]
fn operations_are_told_by_their_own_time() {
    let spans = super::read(super::TRACES);
    let trees: Vec<_> = spans.traces().map(crate::tracing::Tree::of).collect();
    let times = operation_times(&trees);
    let first = &times[0];
    assert_eq!((first.service.as_str(), first.spans, first.errors), ("reviews.bookinfo", 5, 1));
    assert_eq!(first.percentiles, [43_684, 183_616, 183_616]);
    let all: i64 = trees.iter().map(|tree| crate::tracing::overview(tree).duration_micros).sum();
    assert_eq!(times.iter().map(|one| one.own_micros).sum::<i64>(), all, "of spans inside each other no time is lost");
}
