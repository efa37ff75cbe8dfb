//! One chart on a canvas: lines over time, a crosshair, a brush that chooses a stretch of time.

use leptos::html;
use leptos::prelude::*;

use crate::app::panel::ChartModel;
use crate::app::{Change, Message};
use crate::chart::Brush;
use crate::geometry::{Camera, Point, Rect, Size};
use crate::paint::{CanvasMeasure, Painter, Palette};
use crate::quantity::{Instant, TimeRange, TimeWindow, Unit};
use crate::scene::{Fill, Ink, Plot, PlotLine, PlotRequest, Shape};
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::frame::FrameLoop;
use crate::web::listen::Reaction;
use crate::web::pointer::{Gesture, observe_pointers};
use crate::web::resize::observe_size;
use crate::web::theme::observe_theme;

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

/// The look of a line of a model.
pub(super) fn ink(colour: u8) -> Ink {
    Ink::Series(colour)
}

/// The chart. `crosshair` is shared by charts of one range.
#[component]
pub(super) fn Chart(
    store: Store,
    #[prop(into)] model: Signal<ChartModel>,
    #[prop(into)] range: Signal<TimeRange>,
    crosshair: RwSignal<Option<Instant>>,
) -> impl IntoView {
    let element = NodeRef::<html::Canvas>::new();
    let canvas = StoredValue::new_local(None::<Canvas>);
    let brush = RwSignal::new(None::<Brush>);
    let redraw = RwSignal::new(0_u64);
    let kept = StoredValue::new_local(None);
    let compose = move |canvas: &Canvas| {
        let model = model.get_untracked();
        let format = untrack(|| store.format());
        let lines: Vec<PlotLine<'_>> = model
            .lines
            .iter()
            .rev()
            .map(|line| PlotLine {
                line: &line.line,
                ink: ink(line.colour),
                dash: if line.chosen { None } else { BESIDE },
            })
            .collect();
        Plot::compose(&PlotRequest {
            size: canvas.size,
            range: range.get_untracked(),
            lines: &lines,
            stacked: false,
            unit: Unit::BytesPerSec,
            crosshair: crosshair.get_untracked(),
            format: &*format,
            measure: &canvas.measure,
        })
    };
    Effect::new(move |_| {
        let Some(node) = element.get() else { return };
        let Some(surface) = Surface::new(node.clone()) else { return };
        let palette = Palette::read(&node);
        let measure = CanvasMeasure::new(palette.family());
        canvas.set_value(Some(Canvas {
            painter: Painter::new(surface),
            palette: Some(palette),
            measure,
            size: Size::default(),
        }));
        let frames = FrameLoop::new(move |_| {
            canvas.try_update_value(|canvas| {
                let Some(canvas) = canvas.as_mut().filter(|canvas| canvas.size.width > 0.0) else { return };
                let mut plot = compose(canvas);
                if let Some(brush) = brush.get_untracked() {
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
            });
        });
        let again = frames.redraw();
        let resized = observe_size(&node, move |size| {
            canvas.try_update_value(|canvas| {
                if let Some(canvas) = canvas {
                    canvas.size = size
                }
            });
            redraw.try_update(|count| *count += 1);
        });
        let restyle = move || {
            canvas.try_update_value(|canvas| {
                if let Some(canvas) = canvas {
                    canvas.palette = None;
                }
            });
            redraw.try_update(|count| *count += 1);
        };
        let themed = observe_theme(&node, restyle);
        let pointed = observe_pointers(&node, move |gesture| {
            let plot = canvas.with_value(|canvas| canvas.as_ref().map(compose));
            if let Some(plot) = plot {
                react(&gesture, &plot, crosshair, brush, store);
            }
            Reaction::Left
        });
        kept.set_value(Some((frames, resized, themed, pointed)));
        Effect::new(move |_| {
            store.read(|app| app.theme);
            restyle();
        });
        Effect::new(move |_| {
            (model.track(), range.track(), crosshair.track(), brush.track(), redraw.track());
            store.language();
            again.request();
        });
    });
    let name = move || format!("{}: {}", model.read().title, model.read().caption);
    view! { <canvas node_ref=element class="chart" role="img" aria-label=name></canvas> }
}

fn react(
    gesture: &Gesture,
    plot: &Plot,
    crosshair: RwSignal<Option<Instant>>,
    brush: RwSignal<Option<Brush>>,
    store: Store,
) {
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
