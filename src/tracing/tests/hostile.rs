//! Traces that nobody should send, and large ones.

use proptest::prelude::*;

use super::{id, of_kind, span, tree};
use crate::backend::trace::{NewSpan, SpanId, SpanKind, Spans};
use crate::tracing::{Facts, compare, critical_path, operation_times, overview, self_times, skews};

fn look_at_all(spans: &Spans) {
    let tree = tree(spans);
    let count = tree.rows().len();
    let mut seen = vec![false; spans.len()];
    for row in tree.rows() {
        assert!(!std::mem::replace(&mut seen[row.place], true), "each span once");
        assert!(row.parent.is_none_or(|parent| parent < count));
    }
    let left_out: usize = tree
        .oddities()
        .iter()
        .map(|one| if let crate::tracing::Oddity::Duplicate { left_out, .. } = one { *left_out } else { 0 })
        .sum();
    assert_eq!(count + left_out, spans.len());
    assert_eq!(self_times(&tree).len(), count);
    assert!(critical_path(&tree).iter().all(|one| one.from_micros < one.to_micros));
    assert!(skews(&tree).len() <= count && overview(&tree).spans == Some(count as u32));
    assert!(compare(&tree, &tree).iter().all(|one| one.shares[0] == one.shares[1]));
    let _ = operation_times(&[tree]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_refers_to_whatever_every_span_is_shown_once(
        parts in proptest::collection::vec((1_u64..12, 0_u64..14, any::<i32>(), any::<i32>(), 0_i64..6), 1..40),
    ) {
        let spans: Vec<NewSpan<'_>> = parts.into_iter().map(|(number, parent, from, length, kind)| NewSpan {
            start_micros: i64::from(from) << 31,
            duration_micros: i64::from(length.unsigned_abs()) << 32,
            ..of_kind(SpanKind::from_number(kind), span(number, parent, 0, 0))
        }).collect();
        look_at_all(&Spans::of(&spans));
    }
}

#[test]
fn large_traces_of_any_shape_are_read() {
    const COUNT: u64 = 20_000;
    let shapes: [&dyn Fn(u64) -> (u64, u64); 6] = [
        &|number| (number, number - 1),
        &|number| (number, u64::from(number > 1)),
        &|number| (number, number / 2),
        &|number| (number, COUNT + number),
        &|number| (number, number % COUNT + 1),
        &|_| (1, 1),
    ];
    for shape in shapes {
        let spans: Vec<NewSpan<'_>> = (1..=COUNT)
            .map(|number| {
                let (own, parent) = shape(number);
                let at = number.cast_signed();
                NewSpan {
                    id: id(own),
                    parent: SpanId::from_bits(parent),
                    ..span(number, 0, at, 2 * COUNT.cast_signed() - at)
                }
            })
            .collect();
        let spans = Spans::of(&spans);
        let tree = tree(&spans);
        assert!(tree.rows().len() as u64 == COUNT);
        assert!(!critical_path(&tree).is_empty() && self_times(&tree).len() as u64 == COUNT);
        assert!(skews(&tree).len() < COUNT as usize);
        let _ = tree.iter().map(|(_, span)| Facts::of(&span).service.len()).sum::<usize>();
        let _ = compare(&tree, &tree);
    }
}

/// The recorded trace many times over, each time with other identifiers: in one trace, or in one of its own each.
fn grown(copies: usize, is_one_trace: bool) -> String {
    let recorded = include_str!("../../../tests/data/traces/jaeger-trace.json");
    let recorded: serde_json::Value = serde_json::from_str(recorded).unwrap();
    let trace = &recorded["data"][0];
    let part = if is_one_trace { &trace["spans"] } else { &recorded["data"] };
    let part = part.to_string();
    let part = part.strip_prefix('[').and_then(|part| part.strip_suffix(']')).unwrap();
    let copy = |number: usize| {
        let ids = ["9ccd5375ab4b8001", "2cb0487dd9406ef0", "8ddeabf3f65753da", "ad9c32d8fa0ee22e"];
        let text = ids.iter().fold(part.to_owned(), |text, id| text.replace(id, &format!("{}{number:06x}", &id[..10])));
        let own = format!("a72210f0eefa66d145ae2e12f9{number:06x}");
        if is_one_trace { text } else { text.replace("a72210f0eefa66d145ae2e12f96bff67", &own) }
    };
    let all = (1..=copies).map(copy).collect::<Vec<_>>().join(",");
    if is_one_trace {
        format!("{{\"data\":[{{\"processes\":{},\"spans\":[{all}]}}]}}", trace["processes"])
    } else {
        format!("{{\"data\":[{all}]}}")
    }
}

#[test]
fn a_trace_grown_large_is_read_whole() {
    let spans = super::read(&grown(50, true));
    assert_eq!((spans.traces().len(), spans.len()), (1, 200));
    assert_eq!(tree(&spans).rows().iter().filter(|row| row.parent.is_none()).count(), 50);
    let spans = super::read(&grown(50, false));
    assert_eq!((spans.traces().len(), spans.len()), (50, 200));
}

#[test]
#[ignore = "a measurement"]
fn twenty_thousand_spans_are_read_in_the_time_of_a_look() {
    use std::time::Instant;
    for is_one_trace in [true, false] {
        let body = grown(5_000, is_one_trace);
        let began = Instant::now();
        let spans = super::read(&body);
        let decoded = began.elapsed();
        let began = Instant::now();
        let trees: Vec<crate::tracing::Tree<'_>> = spans.traces().map(crate::tracing::Tree::of).collect();
        let grown = began.elapsed();
        let began = Instant::now();
        let overviews = trees.iter().map(|tree| overview(tree).errors).collect::<Vec<_>>();
        let facts: usize =
            spans.traces().flat_map(|trace| trace.iter()).map(|span| Facts::of(&span).service.len()).sum();
        let looked = began.elapsed();
        let began = Instant::now();
        let paths: usize = trees.iter().map(|tree| critical_path(tree).len() + self_times(tree).len()).sum();
        let walked = began.elapsed();
        let began = Instant::now();
        let (numbers, text) = spans.to_wire();
        let crossed = Spans::from_wire(&numbers, &text).unwrap().len();
        println!(
            "{} spans of {} traces, {} bytes: decoded {decoded:?}, trees {grown:?}, overviews and facts {looked:?}, paths {walked:?}, \
             wire {:?} ({} numbers, {} bytes of text) {facts} {paths} {crossed}",
            spans.len(),
            overviews.len(),
            body.len(),
            began.elapsed(),
            numbers.len(),
            text.len(),
        );
    }
}
