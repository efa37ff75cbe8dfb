//! A chart of lines over time.

mod axes;
mod lines;

use crate::chart::{Axis, Line, Reading, Scale, TimeScale};
use crate::geometry::{Point, Rect, Size};
use crate::quantity::{Format, Instant, TimeRange, Unit};

use super::ink::{Ink, SERIES_INKS, Stroke};
use super::shape::Scene;
use super::text::Measure;

/// A line and its look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlotLine<'a> {
    /// The samples.
    pub line: &'a Line,
    /// Their colour.
    pub ink: Ink,
    /// Lengths of dash and gap in pixels; `None` draws through.
    pub dash: Option<(f64, f64)>,
}

/// What a chart is made from.
#[derive(Clone, Copy)]
pub struct PlotRequest<'a> {
    /// How large it is, axes and labels included, in pixels.
    pub size: Size,
    /// The stretch of time it shows.
    pub range: TimeRange,
    /// The lines; later ones cover earlier ones.
    pub lines: &'a [PlotLine<'a>],
    /// Whether the lines stand on each other: then the lines given are the running totals of
    /// [`stack`](crate::chart::stack), and the stretch below each is filled.
    pub stacked: bool,
    /// What the values are.
    pub unit: Unit,
    /// The instant that the reader points at.
    pub crosshair: Option<Instant>,
    /// How numbers and times are printed.
    pub format: &'a dyn Format,
    /// How wide text is.
    pub measure: &'a dyn Measure,
}

/// A chart, ready to be painted, and what it takes to point at it.
#[derive(Clone, PartialEq, Debug)]
pub struct Plot {
    /// The picture, from (0, 0) to the size asked for.
    pub scene: Scene,
    /// Where the lines are, without axes and labels.
    pub frame: Rect,
    /// The time axis, across the frame.
    pub x_scale: TimeScale,
    /// The value axis, from the frame's bottom to its top.
    pub y_scale: Scale,
    /// What each line says at the crosshair, in the order of the lines; empty without a crosshair.
    pub readings: Vec<Reading>,
}

/// Size of tick labels.
const LABEL: f64 = 11.0;
/// Room above the frame, for the upper half of the highest label.
const ABOVE: f64 = 8.0;
/// Room under the frame, for the times.
const BELOW: f64 = 24.0;
/// Room right of the frame.
const RIGHT: f64 = 8.0;
/// Between a label and the frame.
const GAP: f64 = 8.0;
/// How far apart value ticks lie at least.
const ROW: f64 = 36.0;

impl<'a> PlotLine<'a> {
    /// A line with the look of the nth of a chart: the theme's series colours in turn, and another dash each time they
    /// repeat.
    pub fn nth(line: &'a Line, place: usize) -> Self {
        const DASHES: [Option<(f64, f64)>; 4] = [None, Some((6.0, 3.0)), Some((2.0, 2.0)), Some((10.0, 3.0))];
        let round = place / usize::from(SERIES_INKS);
        Self { line, ink: Ink::Series((place % usize::from(SERIES_INKS)) as u8), dash: DASHES[round % DASHES.len()] }
    }
}

impl Plot {
    /// Draws the chart. Work grows with the samples in the range, shapes with the pixels.
    pub fn compose(request: &PlotRequest) -> Self {
        let Size { width, height } = request.size;
        let rows = ((height - ABOVE - BELOW) / ROW).clamp(1.0, 6.0) as usize;
        let runs: Vec<_> = request.lines.iter().map(|line| line.line.runs(request.range)).collect();
        let values = runs.iter().flatten().flatten().map(|(_, value)| *value);
        let axis = Axis::of(values, rows, request.unit);
        let labels = axis.labels(request.format);
        let widest = labels.iter().map(|(_, label)| axes::width(label, request)).fold(0.0, f64::max);
        let frame = Rect {
            min: Point::new((widest + GAP).ceil(), ABOVE),
            max: Point::new(width - RIGHT, (height - BELOW).round()),
        };
        let frame =
            Rect { min: frame.min, max: Point::new(frame.max.x.max(frame.min.x + 1.0), frame.max.y.max(ABOVE + 1.0)) };
        let x_scale = TimeScale { range: request.range, span: (frame.min.x, frame.max.x) };
        let y_scale = Scale { domain: (axis.low, axis.high), span: (frame.max.y, frame.min.y) };
        let bounds = Rect::new(Point::default(), request.size);
        let mut plot =
            Self { scene: Scene { bounds, items: Vec::new() }, frame, x_scale, y_scale, readings: Vec::new() };
        plot.draw_value_axis(&labels);
        plot.draw_time_axis(request);
        plot.draw_lines(request, &runs);
        plot.draw_crosshair(request);
        plot
    }
}

/// A hairline of the grid.
fn hairline(alpha: f32) -> Stroke {
    Stroke { alpha, ..Stroke::solid(Ink::Line, 1.0) }
}

#[cfg(test)]
mod tests;
