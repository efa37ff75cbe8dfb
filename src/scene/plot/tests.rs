use super::super::shape::Shape;
use super::super::text::{Anchor, Weight};
use super::*;
use crate::quantity::{Duration, Plain};

struct Fixed;

impl Measure for Fixed {
    fn width(&self, text: &str, size: f64, _: Weight) -> f64 {
        text.chars().count() as f64 * size * 0.6
    }
}

const FROM: i64 = 1_700_000_000_000;

fn line(values: impl IntoIterator<Item = f64>) -> Line {
    let at = |place: i64| Instant::from_unix_millis(FROM + place * 15_000);
    let points = (0..).zip(values).map(|(place, value)| (at(place), value)).collect();
    Line { name: "received".into(), points, step: Duration::from_secs(15) }
}

fn compose(width: f64, minutes: i64, lines: &[PlotLine], crosshair: Option<i64>) -> Plot {
    let from = Instant::from_unix_millis(FROM);
    Plot::compose(&PlotRequest {
        size: Size::new(width, 240.0),
        range: TimeRange::new(from, from + Duration::from_mins(minutes)),
        lines,
        stacked: false,
        unit: Unit::BytesPerSec,
        crosshair: crosshair.map(|secs| from + Duration::from_secs(secs)),
        format: &Plain,
        measure: &Fixed,
    })
}

/// Every label as the stretch of x it covers, time labels only.
fn time_labels(plot: &Plot) -> Vec<(f64, f64)> {
    let label = |item: &super::super::shape::Item| match &item.shape {
        Shape::Text { at, text, style } if style.anchor == Anchor::Middle => {
            let half = Fixed.width(text, style.size, style.weight) / 2.0;
            Some((at.x - half, at.x + half))
        }
        _ => None,
    };
    plot.scene.items.iter().filter_map(label).collect()
}

#[test]
fn labels_neither_overlap_nor_leave_the_chart_at_any_width() {
    for width in [200.0, 300.0, 390.0, 640.0, 1200.0] {
        for minutes in [1, 5, 30, 60, 360, 1_440, 7 * 1_440, 30 * 1_440] {
            let plot = compose(width, minutes, &[], None);
            let labels = time_labels(&plot);
            assert!(!labels.is_empty(), "{width} {minutes}");
            assert!(labels.windows(2).all(|pair| pair[0].1 + 8.0 <= pair[1].0), "{width} {minutes}: {labels:?}");
            assert!(labels.iter().all(|(from, to)| *from >= 0.0 && *to <= width), "{width} {minutes}: {labels:?}");
        }
    }
}

#[test]
fn every_line_stays_inside_the_frame() {
    let samples = line((0..100).map(|place| f64::from(place % 7) * 1e6));
    let plot = compose(600.0, 10, &[PlotLine::nth(&samples, 0)], None);
    let frame = plot.frame.inflate(1e-6);
    for item in &plot.scene.items {
        if let Shape::Runs { runs, .. } = &item.shape {
            assert!(runs.iter().flatten().all(|point| frame.contains(*point)));
        }
    }
}

#[test]
fn the_crosshair_reads_every_line_and_says_where_one_is_silent() {
    let (full, holed) = (line([1.0, 2.0, 3.0]), line([1.0, f64::NAN, 3.0]));
    let lines = [PlotLine::nth(&full, 0), PlotLine::nth(&holed, 1)];
    let plot = compose(600.0, 5, &lines, Some(16));
    let values: Vec<_> = plot.readings.iter().map(|reading| (reading.line, reading.value)).collect();
    assert_eq!(values, [(0, Some(2.0)), (1, None)]);
    assert!(compose(600.0, 5, &lines, None).readings.is_empty());
    assert!(compose(600.0, 5, &lines, Some(3_600)).readings.is_empty());
}

#[test]
fn a_chart_without_room_is_still_a_chart() {
    for size in [Size::default(), Size::new(1.0, 1.0), Size::new(50.0, 20.0)] {
        let from = Instant::from_unix_millis(FROM);
        let plot = Plot::compose(&PlotRequest {
            size,
            range: TimeRange::new(from, from),
            lines: &[PlotLine::nth(&line([1.0, 2.0]), 0)],
            stacked: true,
            unit: Unit::PerSec,
            crosshair: Some(from),
            format: &Plain,
            measure: &Fixed,
        });
        assert!(plot.frame.width() > 0.0 && plot.frame.height() > 0.0);
    }
}

#[test]
fn many_samples_make_no_more_points_than_pixels_show() {
    let from = Instant::from_unix_millis(FROM);
    let points = (0..100_000).map(|place| (from + Duration::from_millis(place * 3), (place % 977) as f64)).collect();
    let dense = Line { name: String::new(), points, step: Duration::from_millis(3) };
    let plot = compose(600.0, 5, &[PlotLine::nth(&dense, 0)], None);
    let count = |item: &super::super::shape::Item| match &item.shape {
        Shape::Runs { runs, .. } => runs.iter().map(Vec::len).sum(),
        _ => 0,
    };
    let points: usize = plot.scene.items.iter().map(count).sum();
    assert!((600..=2_400).contains(&points), "{points}");
}

#[test]
fn colours_repeat_with_another_dash() {
    let samples = line([1.0]);
    let looks: Vec<_> = (0..32).map(|place| PlotLine::nth(&samples, place)).map(|line| (line.ink, line.dash)).collect();
    for (place, look) in looks.iter().enumerate() {
        assert!(!looks[..place].contains(look), "{place}");
    }
}
