//! The lines, what lies under them, and the crosshair over them.

use crate::chart::thin;
use crate::geometry::{Path, Point};
use crate::quantity::Instant;

use super::super::ink::{Fill, Ink, Stroke};
use super::super::shape::Shape;
use super::{Plot, PlotRequest, hairline};

/// Width of a line.
const WIDTH: f64 = 1.5;
/// From so many lines on they are thinner: they hide each other less, and cost a browser a quarter.
const CROWD: usize = 10;
const CROWD_WIDTH: f64 = 1.0;
/// Strength of what lies under a single line, and under each of a stack.
const TINTS: (f32, f32) = (0.1, 0.25);

type Run = Vec<(Instant, f64)>;

impl Plot {
    pub(super) fn draw_lines(&mut self, request: &PlotRequest, runs: &[Vec<Run>]) {
        let placed: Vec<Vec<Vec<Point>>> =
            runs.iter().map(|runs| runs.iter().map(|run| self.placed(run)).collect()).collect();
        for (place, line) in request.lines.iter().enumerate() {
            let Some(runs) = placed.get(place) else { continue };
            if request.stacked {
                let below = place.checked_sub(1).and_then(|below| placed.get(below));
                self.draw_areas(runs, below, Fill::tint(line.ink, TINTS.1));
            } else if request.lines.len() == 1 {
                self.draw_areas(runs, None, Fill::tint(line.ink, TINTS.0));
            }
        }
        let width = if request.lines.len() < CROWD { WIDTH } else { CROWD_WIDTH };
        for (line, runs) in request.lines.iter().zip(placed) {
            if !runs.is_empty() {
                let stroke = Stroke { dash: line.dash, ..Stroke::solid(line.ink, width) };
                self.scene.push(Shape::Runs { runs, stroke });
            }
        }
    }

    fn placed(&self, run: &Run) -> Vec<Point> {
        let place = |(at, value): &(Instant, f64)| Point::new(self.x_scale.place(*at), self.y_scale.place(*value));
        thin(&run.iter().map(place).collect::<Vec<_>>())
    }

    /// Fills between each run and the run below it, or the zero line.
    fn draw_areas(&mut self, runs: &[Vec<Point>], below: Option<&Vec<Vec<Point>>>, fill: Fill) {
        let zero = self.y_scale.place(0.0);
        for (place, run) in runs.iter().enumerate() {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            if run.len() < 2 {
                continue;
            }
            let mut outline = run.clone();
            match below.and_then(|below| below.get(place)) {
                Some(below) => outline.extend(below.iter().rev()),
                None => outline.extend([Point::new(last.x, zero), Point::new(first.x, zero)]),
            }
            self.scene.push(Shape::Area { outline, fill });
        }
    }

    pub(super) fn draw_crosshair(&mut self, request: &PlotRequest) {
        let range = request.range;
        let Some(at) = request.crosshair.filter(|at| *at >= range.from && *at <= range.to) else { return };
        let x = self.x_scale.place(at).round() + 0.5;
        let ends = [Point::new(x, self.frame.min.y), Point::new(x, self.frame.max.y)];
        let stroke = Stroke { ink: Ink::Muted, ..hairline(0.8) };
        self.scene.push(Shape::Line { path: Path::polyline(ends), stroke });
        for (place, line) in request.lines.iter().enumerate() {
            let reading = line.line.reading(place, at);
            self.readings.push(reading);
            let inside = reading.at >= range.from && reading.at <= range.to;
            if let Some(value) = reading.value.filter(|_| inside) {
                let centre = Point::new(self.x_scale.place(reading.at), self.y_scale.place(value));
                let stroke = Some(Stroke::solid(Ink::Ground, 1.5));
                self.scene.push(Shape::Disc { centre, radius: 3.5, fill: Some(Fill::solid(line.ink)), stroke });
            }
        }
    }
}
