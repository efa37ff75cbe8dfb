//! Charts.

use wayscope::chart::{Line, stack};
use wayscope::geometry::Size;
use wayscope::quantity::{Duration, Instant, Plain, TimeRange, Unit};
use wayscope::scene::{Plot, PlotLine, PlotRequest};

use super::{Fixed, check};

const STEP: Duration = Duration::from_secs(15);

fn begin() -> Instant {
    Instant::from_unix_millis(1_700_000_000_000)
}

/// Samples every 15 s; `hole` names the samples that are missing.
fn wave(name: &str, count: i64, height: f64, hole: std::ops::Range<i64>) -> Line {
    let point = |place: i64| {
        let turn = place as f64 / 9.0;
        (begin() + STEP * place, height * (1.4 + turn.sin() + 0.3 * (turn * 5.3).sin()))
    };
    Line {
        name: name.into(),
        points: (0..count).filter(|place| !hole.contains(place)).map(point).collect(),
        step: STEP,
    }
}

fn request<'a>(width: f64, minutes: i64, lines: &'a [PlotLine<'a>]) -> PlotRequest<'a> {
    PlotRequest {
        size: Size::new(width, 220.0),
        range: TimeRange::new(begin(), begin() + Duration::from_mins(minutes)),
        lines,
        stacked: false,
        unit: Unit::BytesPerSec,
        crosshair: None,
        format: &Plain,
        measure: &Fixed,
    }
}

#[test]
fn a_gap_stays_a_gap() {
    let line = wave("received", 120, 700_000.0, 40..52);
    let lines = [PlotLine::nth(&line, 0)];
    check("chart-gap", &Plot::compose(&request(640.0, 30, &lines)).scene);
}

#[test]
fn nothing_to_show_still_has_axes() {
    check("chart-empty", &Plot::compose(&request(300.0, 60, &[])).scene);
}

#[test]
fn the_crosshair_marks_both_directions() {
    let (sent, received) = (wave("sent", 120, 48_000.0, 0..0), wave("received", 120, 21_000.0, 70..90));
    let lines = [PlotLine::nth(&sent, 0), PlotLine::nth(&received, 1)];
    let crosshair = Some(begin() + Duration::from_mins(13));
    check("chart-crosshair", &Plot::compose(&PlotRequest { crosshair, ..request(300.0, 30, &lines) }).scene);
}

#[test]
fn stacked_lines_fill_their_shares() {
    let parts = stack(&[wave("a", 120, 3.0, 0..0), wave("b", 120, 5.0, 0..0), wave("c", 120, 2.0, 0..0)]);
    let lines: Vec<PlotLine> = parts.iter().enumerate().map(|(place, line)| PlotLine::nth(line, place)).collect();
    let request = PlotRequest { stacked: true, unit: Unit::PerSec, ..request(1200.0, 30, &lines) };
    check("chart-stack", &Plot::compose(&request).scene);
}
