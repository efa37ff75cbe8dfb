//! Asking on until enough is found.

use crate::backend::trace::{Call, Dialect, Query, TraceId};
use crate::quantity::{Duration, Instant, TimeRange};
use crate::tracing::{Coverage, Hit, Search, SearchEnd};

const HOUR: Duration = Duration::from_mins(60);

fn range() -> TimeRange {
    let to = Instant::from_unix_millis(1_700_000_000_000);
    TimeRange::new(to - HOUR, to)
}

/// A back end with a trace each second of the last hour, of which every `nth` matches; asks until it is over.
fn run(dialect: Dialect, wanted: usize, nth: i64, per_moment: i64) -> (Coverage, Vec<u32>) {
    run_with(dialect, wanted, nth, per_moment, usize::MAX)
}

/// As [`run`], and the back end gives no more than `most` at once, whatever the limit.
fn run_with(dialect: Dialect, wanted: usize, nth: i64, per_moment: i64, most: usize) -> (Coverage, Vec<u32>) {
    let mut search = Search::new(Query::new(range(), 7), dialect, wanted, false);
    let mut limits = Vec::new();
    while let Some(Call::Search { query, .. }) = search.call() {
        limits.push(query.limit);
        let mut hits: Vec<Hit> = Vec::new();
        for second in 0..3_600 {
            let at = range().to - Duration::from_secs(second + 1);
            for copy in 0..per_moment {
                let trace = TraceId::from_bits((second * 1_000 + copy + 1) as u128).unwrap();
                let hit = Hit {
                    trace,
                    start_micros: at.unix_millis() * 1_000,
                    duration_micros: 5_000,
                    matches: (second * per_moment + copy) % nth == 0,
                };
                if at >= query.range.from && at <= query.range.to {
                    hits.push(hit);
                }
            }
        }
        if !dialect.finds_newest_first() {
            hits.reverse();
        }
        hits.truncate(most.min(query.limit as usize));
        search.heard(&hits);
    }
    (search.coverage(), limits)
}

#[test]
fn what_is_filtered_out_is_made_up_for() {
    let (coverage, limits) = run(Dialect::Jaeger, 100, 10, 1);
    assert_eq!(coverage.end, SearchEnd::Enough);
    assert!(coverage.matched >= 100 && coverage.looked_at >= 1_000 && limits.len() <= 6, "{coverage:?} {limits:?}");
    assert!(limits.is_sorted() && limits[0] == 100, "fewer that match, a higher limit: {limits:?}");
    assert!(coverage.are_newest && !coverage.has_gaps);
    let back = range().to - coverage.back_to;
    assert!(back.secs() <= coverage.looked_at as f64 + 1.0, "no claim beyond what was seen: {back} {coverage:?}");
}

#[test]
fn a_range_is_exhausted_and_that_is_said() {
    let (coverage, _) = run(Dialect::Jaeger, 5_000, 1, 1);
    assert_eq!((coverage.end, coverage.matched, coverage.looked_at), (SearchEnd::Exhausted, 3_600, 3_600));
    assert_eq!(coverage.back_to, range().from);
    let (coverage, limits) = run(Dialect::Jaeger, 20, 1, 1);
    assert_eq!((coverage.end, coverage.matched, limits.len()), (SearchEnd::Enough, 20, 1));
    assert_eq!(
        coverage.back_to,
        range().to - Duration::from_millis(19_994),
        "as far as the answer reaches for certain"
    );
}

#[test]
fn what_costs_too_much_is_bounded() {
    let (coverage, limits) = run(Dialect::Jaeger, 20, 100_000, 10);
    assert!(matches!(coverage.end, SearchEnd::Bounded), "{coverage:?}");
    assert!(limits.len() <= 12 && coverage.matched == 1 && coverage.back_to > range().from);
}

#[test]
fn a_back_end_that_gives_what_it_finds_first_is_asked_by_halves() {
    let tempo = Dialect::Tempo { has_v2: true };
    let (coverage, _) = run(tempo, 3_600, 1, 1);
    assert_eq!((coverage.end, coverage.matched), (SearchEnd::Enough, 3_600));
    let (coverage, _) = run(tempo, 10, 1, 1);
    assert!(coverage.end == SearchEnd::Enough && !coverage.are_newest, "{coverage:?}");
}

#[test]
fn more_in_one_moment_than_is_given_at_once_leaves_a_gap() {
    let query = Query::new(range(), 1);
    let mut search = Search::new(query, Dialect::Jaeger, 1_500, false);
    let at = (range().to.unix_millis()) * 1_000;
    let hit = |bits: u128| Hit {
        trace: TraceId::from_bits(bits).unwrap(),
        start_micros: at,
        duration_micros: 0,
        matches: bits == 1,
    };
    let all: Vec<Hit> = (1..=1_500).map(hit).collect();
    search.heard(&all);
    let coverage = search.coverage();
    assert!(coverage.has_gaps && coverage.end == SearchEnd::Running);
    assert!(
        matches!(search.call(), Some(Call::Search { query, .. }) if query.range.to < range().to),
        "it goes on before it"
    );
    search.failed();
    assert_eq!((search.call(), search.coverage().end), (None, SearchEnd::Failed));
}

#[test]
fn a_back_end_that_gives_less_than_the_limit_is_asked_on() {
    let (coverage, limits) = run_with(Dialect::Jaeger, 100, 1, 1, 30);
    assert_eq!((coverage.end, limits.len()), (SearchEnd::Enough, 4), "{coverage:?}");
    let (coverage, _) = run_with(Dialect::Jaeger, 1_000, 1, 1, 30);
    assert_eq!(coverage.end, SearchEnd::Bounded, "{coverage:?}");
}

#[test]
fn a_search_ends_when_nothing_new_comes() {
    let hit = |bits: u128, ago: i64, secs: i64| Hit {
        trace: TraceId::from_bits(bits).unwrap(),
        start_micros: (range().to.unix_millis() - ago * 1_000) * 1_000,
        duration_micros: secs * 1_000_000,
        matches: true,
    };
    let mut search = Search::new(Query::new(range(), 1), Dialect::Jaeger, 50, false);
    // One trace lasts for half an hour: the next window must not begin where it began.
    search.heard(&[hit(1, 10, 1), hit(2, 1_800, 1_799)]);
    let Some(Call::Search { query, .. }) = search.call() else { panic!() };
    assert_eq!(query.range.to, range().to - Duration::from_millis(8_999));
    search.heard(&[hit(1, 10, 1), hit(2, 1_800, 1_799)]);
    assert_eq!((search.call(), search.coverage().end), (None, SearchEnd::Exhausted));
    assert_eq!((search.coverage().back_to, search.coverage().matched), (range().from, 2));
}
