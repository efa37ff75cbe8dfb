//! One chart on a canvas: lines over time, a crosshair, a brush that chooses a stretch of time.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::app::panel::{ChartModel, LineModel};
use crate::app::{Change, Message};
use crate::chart::Brush;
use crate::geometry::{Camera, Point, Rect, Size};
use crate::paint::{CanvasMeasure, Painter, Palette};
use crate::quantity::{Instant, TimeRange, TimeWindow, Unit};
use crate::scene::{Fill, Ink, Plot, PlotLine, PlotRequest, Shape};
use crate::telemetry::flow::Question;
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::frame::FrameLoop;
use crate::web::listen::Reaction;
use crate::web::pointer::{Gesture, observe_pointers};
use crate::web::resize::observe_size;
use crate::web::theme::observe_theme;

use super::flow::one_way;
use super::live::{hold, watch};
use super::models::Part;
use super::store::Store;

/// Another reporter's count of the same bytes.
const BESIDE: Option<(f64, f64)> = Some((3.0, 3.0));

struct Canvas {
    painter: Painter,
    /// Nothing when colours may have changed.
    palette: Option<Palette>,
    measure: CanvasMeasure,
    size: Size,
}

/// Where the pointer is, in time; shared by charts of one range.
pub(super) type Crosshair = RwSignal<Option<Instant>>;

/// What a chart has of its own, besides the model.
#[derive(Clone, Copy)]
struct Chart {
    store: Store,
    question: Question,
    crosshair: Crosshair,
    brush: RwSignal<Option<Brush>>,
    canvas: StoredValue<Option<Canvas>, LocalStorage>,
}

/// The chart of what flows one way.
pub(super) fn chart(store: Store, question: Question, crosshair: Crosshair) -> AnyView {
    let element = NodeRef::<html::Canvas>::new();
    let chart = Chart { store, question, crosshair, brush: RwSignal::new(None), canvas: StoredValue::new_local(None) };
    watch(move || {
        let Some(node) = element.get() else { return };
        let Some(surface) = Surface::new(node.clone()) else { return };
        chart.observe(&node, surface);
    });
    let name = move || chart.model(|model, _| format!("{}: {}", model.title, model.caption)).unwrap_or_default();
    view! { <canvas node_ref=element class="chart" role="img" aria-label=move || name()></canvas> }.into_any()
}

impl Chart {
    fn model<T>(self, read: impl FnOnce(&ChartModel, TimeRange) -> T) -> Option<T> {
        self.store.model(Part::Flow, |models| {
            let panel = models.flow.as_ref()?;
            Some(read(one_way(panel, self.question)?, panel.range))
        })
    }

    fn observe(self, node: &HtmlCanvasElement, surface: Surface) {
        let palette = Palette::read(node);
        let measure = CanvasMeasure::new(palette.family());
        self.canvas.set_value(Some(Canvas {
            painter: Painter::new(surface),
            palette: Some(palette),
            measure,
            size: Size::default(),
        }));
        let frames = FrameLoop::new(move |_| self.draw());
        let again = frames.redraw();
        let change = move |change: &dyn Fn(&mut Canvas)| {
            self.canvas.try_update_value(|canvas| canvas.as_mut().map(change));
        };
        let (resized, themed) = (again.clone(), again.clone());
        let resized = observe_size(node, move |size| {
            change(&|canvas| canvas.size = size);
            resized.request();
        });
        let themed = observe_theme(node, move || {
            change(&|canvas| canvas.palette = None);
            themed.request();
        });
        let pointed = observe_pointers(node, move |gesture| {
            if let Some(Some(plot)) =
                self.canvas.with_value(|canvas| canvas.as_ref().map(|canvas| self.compose(canvas)))
            {
                react(&gesture, &plot, self);
            }
            Reaction::Left
        });
        hold((frames, resized, themed, pointed));
        watch(move || {
            self.store.model(Part::Theme, |_| ());
            change(&|canvas| canvas.palette = None);
            self.model(|_, _| ());
            self.crosshair.track();
            self.brush.track();
            self.store.language();
            again.request();
        });
    }

    fn draw(self) {
        self.canvas.try_update_value(|canvas| {
            let canvas = canvas.as_mut().filter(|canvas| canvas.size.width > 0.0)?;
            let mut plot = self.compose(canvas)?;
            if let Some(brush) = self.brush.get_untracked() {
                let (left, right) = (brush.from.min(brush.to), brush.from.max(brush.to));
                let frame = plot.frame;
                let rect = Rect {
                    min: Point::new(left.max(frame.min.x), frame.min.y),
                    max: Point::new(right.min(frame.max.x), frame.max.y),
                };
                let fill = Some(Fill::tint(Ink::Accent, 0.2));
                plot.scene.push(Shape::Box { rect, radius: 0.0, fill, stroke: None });
            }
            let Canvas { painter, palette, size, .. } = canvas;
            let palette = palette.get_or_insert_with(|| Palette::read(painter.surface().canvas()));
            painter.paint(&plot.scene, Camera::default(), *size, pixel_ratio(), palette);
            Some(())
        });
    }

    /// Nothing when there is nothing to chart any more.
    fn compose(self, canvas: &Canvas) -> Option<Plot> {
        let format = untrack(|| self.store.format());
        let plot = |model: &ChartModel, range| {
            let lines: Vec<PlotLine<'_>> = model.lines.iter().rev().map(plot_line).collect();
            Plot::compose(&PlotRequest {
                size: canvas.size,
                range,
                lines: &lines,
                stacked: false,
                unit: Unit::BytesPerSec,
                crosshair: self.crosshair.get_untracked(),
                format: &*format,
                measure: &canvas.measure,
            })
        };
        untrack(|| self.model(plot))
    }
}

fn plot_line(LineModel { line, colour, chosen }: &LineModel) -> PlotLine<'_> {
    PlotLine { line, ink: Ink::Series(*colour), dash: if *chosen { None } else { BESIDE } }
}

fn react(gesture: &Gesture, plot: &Plot, chart: Chart) {
    let Chart { store, crosshair, brush, .. } = chart;
    let is_inside = |at: Point| at.x >= plot.frame.min.x && at.x <= plot.frame.max.x;
    match gesture {
        Gesture::Down(contact) if contact.button == 0 && is_inside(contact.at) => {
            brush.set(Some(Brush { from: contact.at.x, to: contact.at.x }));
        }
        Gesture::Move(contact) => {
            crosshair.set(is_inside(contact.at).then(|| plot.x_scale.instant(contact.at.x)));
            if let Some(started) = brush.get_untracked() {
                brush.set(Some(Brush { to: contact.at.x, ..started }));
            }
        }
        Gesture::Up(_) => {
            let chosen = brush.get_untracked().and_then(|brush| brush.range(&plot.x_scale));
            brush.set(None);
            if let Some(range) = chosen.filter(|range| range.from < range.to) {
                store.send(Message::Change(Change::Window(TimeWindow::Between(range))));
            }
        }
        Gesture::Leave => crosshair.set(None),
        Gesture::Cancel => brush.set(None),
        _ => {}
    }
}
