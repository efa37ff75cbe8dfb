//! The facts of Istio's telemetry, from the labels that proxies write to the graph that is drawn.
//!
//! The cases speak no type of the program, so that the native tests try the same ones against a real server.

mod answer;
mod balance;
mod case;
mod charts;
mod direct;
mod facts;
mod graph_types;
mod known_mesh;
mod outside;
mod picture;
mod queries;
mod reading;
mod scrape;
mod series;
mod totals;
mod waypoints;

use crate as wayscope;
use crate::quantity::Duration;
use crate::telemetry::Plan;

use case::Case;
use reading::Reading;
use series::Series;

/// What the plan's queries make of these series.
fn read(series: &[Series]) -> Reading {
    read_with(series, false)
}

/// The same, asked for operations or not.
fn read_with(series: &[Series], operations: bool) -> Reading {
    let mut reading = Reading::default();
    for (question, expr) in Plan::new(Duration::from_mins(5), &[], operations).queries {
        for row in answer::answer(&expr, series) {
            reading.add(question, &row.labels, row.value);
        }
    }
    reading
}

fn check(case: &Case) {
    let difference = picture::difference(&read(&case.series).topology(), case.picture, 1e-9);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

macro_rules! tests {
    ($($file:ident: $($fact:ident),+;)+) => {
        $($(
            #[test]
            fn $fact() {
                check(&$file::$fact());
            }
        )+)+
    };
}

facts::each_fact!(tests);

macro_rules! list {
    ($($file:ident: $($fact:ident),+;)+) => {
        [$($((stringify!($file), stringify!($fact), $file::$fact as fn() -> Case)),+),+]
    };
}

/// As an operator's scrape brings what Istio before 1.25 wrote. Waypoints that emit nothing need more; they have cases
/// of their own.
#[test]
fn direct_traffic_is_told_without_pod_labels_and_regions() {
    let direct = facts::each_fact!(list).into_iter().filter(|(file, ..)| *file == "direct");
    for (_, fact, case) in direct {
        let Case { series, picture } = case();
        let difference = picture::difference(&read(&series::bare(series)).topology(), picture, 1e-9);
        assert!(difference.is_none(), "{fact}: {}", difference.unwrap_or_default());
    }
}
