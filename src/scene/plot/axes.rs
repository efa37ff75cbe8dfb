//! Grid and labels.

use crate::chart::{time_steps, time_ticks};
use crate::geometry::{Path, Point};
use crate::quantity::Instant;

use super::super::ink::{Ink, Stroke};
use super::super::shape::Shape;
use super::super::text::{Anchor, TextStyle, Weight};
use super::{GAP, LABEL, Plot, PlotRequest, hairline};

/// Free room between two labels of the time axis.
const BETWEEN: f64 = 24.0;
/// Length of a time tick.
const TICK: f64 = 4.0;

pub(super) fn width(label: &str, request: &PlotRequest) -> f64 {
    request.measure.width(label, LABEL, Weight::Normal)
}

/// The middle of the pixel that holds the place, where a hairline is sharp.
fn sharp(place: f64) -> f64 {
    place.floor() + 0.5
}

impl Plot {
    pub(super) fn draw_value_axis(&mut self, labels: &[(f64, String)]) {
        let style = TextStyle { anchor: Anchor::End, ..TextStyle::new(LABEL, Ink::Muted) };
        for (value, label) in labels {
            let y = sharp(self.y_scale.place(*value));
            let ends = [Point::new(self.frame.min.x, y), Point::new(self.frame.max.x, y)];
            let stroke =
                if *value == 0.0 { Stroke { alpha: 0.6, ..Stroke::solid(Ink::Muted, 1.0) } } else { hairline(1.0) };
            self.scene.push(Shape::Line { path: Path::polyline(ends), stroke });
            let at = Point::new(self.frame.min.x - GAP, y);
            self.scene.push(Shape::Text { at, text: label.clone(), style });
        }
    }

    pub(super) fn draw_time_axis(&mut self, request: &PlotRequest) {
        let style = TextStyle { anchor: Anchor::Middle, ..TextStyle::new(LABEL, Ink::Muted) };
        let bottom = self.frame.max.y;
        for (instant, middle, label) in self.time_labels(request) {
            let x = sharp(self.x_scale.place(instant));
            let ends = [Point::new(x, bottom), Point::new(x, bottom + TICK)];
            self.scene.push(Shape::Line { path: Path::polyline(ends), stroke: hairline(1.0) });
            self.scene.push(Shape::Text { at: Point::new(middle, bottom + 14.0), text: label, style });
        }
    }

    /// Ticks, the middles of their labels and the labels: the finest step whose labels stand clear of each other. A
    /// label at the rim is moved inwards, so that it is never cut.
    fn time_labels(&self, request: &PlotRequest) -> Vec<(Instant, f64, String)> {
        let most = (self.frame.width() / 40.0).max(1.0) as usize;
        for step in time_steps(request.range, most) {
            let ticks = time_ticks(request.range, step, request.format);
            let mut end = f64::NEG_INFINITY;
            let mut clear = true;
            let mut labels = Vec::new();
            for instant in ticks {
                let label = request.format.tick_time(instant, step);
                let half = width(&label, request) / 2.0;
                let room = (half, (request.size.width - half).max(half));
                let middle = self.x_scale.place(instant).clamp(room.0, room.1);
                clear = clear && middle - half >= end;
                end = middle + half + BETWEEN;
                labels.push((instant, middle, label));
            }
            if clear {
                return labels;
            }
        }
        Vec::new()
    }
}
