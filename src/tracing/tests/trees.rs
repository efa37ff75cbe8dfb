//! Spans become trees, and what is odd is said.

use super::{id, of_kind, read, span, tree};
use crate::backend::trace::{NewSpan, SpanKind, Spans};
use crate::tracing::{Oddity, Tree, is_error, overview};

/// The tree's spans by number, each indented by its depth.
fn drawn(tree: &Tree<'_>) -> String {
    let line = |row: &crate::tracing::Row, number: u64| format!("{}{number}", ".".repeat(row.depth));
    tree.iter().map(|(row, span)| line(row, span.id().bits())).collect::<Vec<_>>().join(" ")
}

fn check(spans: &[NewSpan<'_>], expect: &str, oddities: &[Oddity]) {
    let spans = Spans::of(spans);
    let tree = tree(&spans);
    assert_eq!(drawn(&tree), expect);
    assert_eq!(tree.oddities(), oddities);
    for (row, node) in tree.rows().iter().enumerate() {
        for child in tree.children(row) {
            assert_eq!(tree.rows()[child].parent, Some(row));
        }
        assert!(node.end > row && node.end <= tree.rows().len());
    }
    let below: usize = (0..tree.rows().len()).map(|row| tree.children(row).count()).sum();
    let roots = tree.rows().iter().filter(|row| row.parent.is_none()).count();
    assert_eq!(below + roots, tree.rows().len());
}

#[test]
fn children_follow_their_parents_by_their_start() {
    check(&[span(4, 2, 5, 6), span(3, 1, 3, 9), span(2, 1, 2, 8), span(1, 0, 0, 10)], "1 .2 ..4 .3", &[]);
}

#[test]
fn children_of_a_missing_parent_are_roots() {
    let missing = Oddity::MissingParent { parent: id(9), children: 2 };
    check(&[span(1, 0, 0, 9), span(2, 9, 1, 2), span(3, 9, 3, 4)], "1 2 3", &[missing]);
}

#[test]
fn several_roots_are_said() {
    check(&[span(1, 0, 0, 9), span(2, 0, 1, 2), span(3, 2, 1, 2)], "1 2 .3", &[Oddity::SeveralRoots { roots: 2 }]);
}

#[test]
fn a_cycle_is_broken_where_it_starts_first() {
    check(
        &[span(3, 2, 2, 3), span(1, 3, 1, 9), span(2, 1, 1, 5), span(4, 2, 4, 5)],
        "1 .2 ..3 ..4",
        &[Oddity::Cycle { id: id(1) }],
    );
    check(&[span(1, 1, 0, 9), span(2, 1, 1, 2)], "1 .2", &[Oddity::Cycle { id: id(1) }]);
}

#[test]
fn a_span_that_came_twice_is_kept_once() {
    let again = Oddity::Duplicate { id: id(2), left_out: 2 };
    check(
        &[span(1, 0, 0, 9), span(2, 1, 1, 2), span(2, 1, 1, 2), span(3, 2, 1, 2), span(2, 1, 1, 2)],
        "1 .2 ..3",
        &[again],
    );
}

#[test]
fn the_server_of_a_shared_span_hangs_below_its_client() {
    let client = of_kind(SpanKind::Client, span(2, 1, 1, 8));
    let server = of_kind(SpanKind::Server, span(2, 1, 2, 7));
    check(&[span(1, 0, 0, 9), server, client, span(3, 2, 3, 4)], "1 .2 ..2 ...3", &[]);
    check(&[span(1, 0, 0, 9), client, server, span(3, 2, 3, 4)], "1 .2 ..2 ...3", &[]);
    let root = [of_kind(SpanKind::Server, span(2, 0, 2, 7)), of_kind(SpanKind::Client, span(2, 0, 1, 8))];
    check(&root, "2 .2", &[]);
}

#[test]
fn an_identifier_that_different_spans_share_is_said() {
    let spans = [span(1, 0, 0, 9), span(2, 1, 1, 2), span(2, 1, 3, 4), span(3, 2, 1, 2)];
    check(&spans, "1 .2 ..3 .2", &[Oddity::SharedId { id: id(2) }]);
}

#[test]
fn the_recorded_traces_are_whole() {
    for body in [super::TRACES, super::ZIPKIN] {
        let spans = read(body);
        for trace in spans.traces() {
            let tree = Tree::of(trace);
            assert!(tree.oddities().is_empty());
            let depths: Vec<usize> = tree.rows().iter().map(|row| row.depth).collect();
            assert_eq!(depths, (0..trace.len()).collect::<Vec<_>>(), "one calls the next");
        }
    }
}

#[test]
fn a_trace_is_told_in_one_line() {
    let spans = read(super::TRACES);
    let overviews: Vec<String> = (spans.traces())
        .map(|trace| overview(&Tree::of(trace)))
        .map(|one| {
            let root = one.root.map(|(service, _)| service).unwrap_or_default();
            format!(
                "{root} {:?} {:?} {:?} {}",
                one.spans.unwrap(),
                one.errors.unwrap(),
                one.orphans.unwrap(),
                one.duration_micros
            )
        })
        .collect();
    assert_eq!(
        overviews,
        [
            "productpage.bookinfo 2 0 0 904",
            "productpage.bookinfo 2 0 0 183983",
            "productpage.bookinfo 2 2 0 44545",
            "productpage.bookinfo 4 0 0 91368",
            "productpage.bookinfo 4 0 0 17316",
        ]
    );
    let orphan = Spans::of(&[span(2, 9, 5, 6), NewSpan { start_micros: 0, ..span(3, 2, 0, 0) }]);
    let one = overview(&tree(&orphan));
    assert_eq!((one.root, one.orphans, one.start_micros, one.duration_micros), (None, Some(1), 1_000_005, 1));
}

#[test]
fn what_says_that_there_is_no_error_is_none() {
    for (value, expect) in [
        ("true", true),
        ("True", true),
        ("1", true),
        ("500 Internal Server Error", true),
        ("false", false),
        ("unset", false),
        ("0", false),
        ("", false),
    ] {
        let tags = [("error", value)];
        let spans = Spans::of(&[NewSpan { tags: &tags, ..span(1, 0, 0, 1) }]);
        assert_eq!(is_error(&tree(&spans).span(0).unwrap()), expect, "{value}");
    }
}
