//! A chart of byte flows on a canvas of the benchmark's own.

use wasm_bindgen::prelude::*;
use wayscope::chart::Line;
use wayscope::geometry::{Camera, Size};
use wayscope::paint::{CanvasMeasure, Painter, Palette};
use wayscope::quantity::{Duration, Instant, TimeRange, Unit};
use wayscope::scene::{Ink, Plot, PlotLine, PlotRequest};
use wayscope::web::canvas::Surface;
use wayscope::web::locale::{IntlFormat, Zone};
use web_sys::HtmlCanvasElement;

/// Made and drawn as the page's charts are.
#[wasm_bindgen]
pub struct Chart {
    painter: Painter,
    palette: Palette,
    measure: CanvasMeasure,
    format: IntlFormat,
    size: Size,
}

#[wasm_bindgen]
impl Chart {
    /// A chart on `canvas`, of so many CSS pixels; nothing where the canvas cannot be drawn on.
    pub fn on(canvas: HtmlCanvasElement, width: f64, height: f64) -> Option<Self> {
        let palette = Palette::read(&canvas);
        let measure = CanvasMeasure::new(palette.family());
        let painter = Painter::new(Surface::new(canvas)?);
        Some(Self {
            painter,
            palette,
            measure,
            format: IntlFormat::new(Some("en"), Zone::Utc),
            size: Size::new(width, height),
        })
    }

    /// Draws lines: `times` in seconds since 1970, and the values of each line in turn, as many as there are times.
    pub fn draw(&self, times: &[f64], values: &[f64]) {
        let instants: Vec<Instant> = times.iter().map(|secs| Instant::from_unix_secs(*secs)).collect();
        let [Some(from), Some(to)] = [instants.first(), instants.last()] else { return };
        let step = instants.get(1).map_or(Duration::ZERO, |next| *next - *from);
        let line = |values: &[f64]| Line {
            name: String::new(),
            points: instants.iter().copied().zip(values.iter().copied()).collect(),
            step,
        };
        let lines: Vec<Line> = values.chunks(times.len()).map(line).collect();
        let look = |(place, line)| PlotLine { line, ink: Ink::Series(place as u8), dash: None };
        let lines: Vec<PlotLine<'_>> = lines.iter().enumerate().map(look).collect();
        let plot = Plot::compose(&PlotRequest {
            size: self.size,
            range: TimeRange::new(*from, *to),
            lines: &lines,
            stacked: false,
            unit: Unit::BytesPerSec,
            crosshair: None,
            format: &self.format,
            measure: &self.measure,
        });
        self.painter.paint(&plot.scene, Camera::default(), self.size, 1.0, &self.palette);
    }
}
