//! The picture of the mesh: a canvas that is drawn, pointed at, moved and zoomed.

pub(super) mod drawing;
mod pointing;
mod words;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;

use crate::app::{EdgeLabel, Message, Selection, View};
use crate::mesh::Topology;
use crate::scene::{EdgeLabels, GraphView, Target};
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::frame::FrameLoop;
use crate::web::keyboard::observe_keys;
use crate::web::media::observe_pixel_ratio;
use crate::web::pointer::observe_pointers;
use crate::web::resize::observe_size;
use crate::web::theme::observe_theme;
use crate::words::Label;

use super::icon::{Icon, Picture};
use super::legend::Legend;
use super::store::Store;
use drawing::Drawing;
use words::Titles;

pub(super) type Shared = Rc<RefCell<Drawing>>;

/// The canvas with its buttons.
#[component]
pub(super) fn Stage(
    store: Store,
    /// Where the picture is put, so that it can be exported.
    drawing: StoredValue<Option<Shared>, LocalStorage>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let observers = StoredValue::new_local(None);
    let shown = Memo::new(move |_| store.read(|app| app.view.selection.clone()));
    // The canvas is there once: then everything that watches it is made, and lives as long as this component.
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let Some(surface) = Surface::new(element.clone()) else { return };
        let shared: Shared = Rc::new(RefCell::new(Drawing::new(surface)));
        let frames = FrameLoop::new({
            let shared = Rc::clone(&shared);
            move |_| shared.borrow_mut().draw(pixel_ratio())
        });
        let redraw = frames.redraw();
        shared.borrow_mut().set_redraw(redraw.clone());
        let resized = {
            let shared = Rc::clone(&shared);
            observe_size(&element, move |size| shared.borrow_mut().resize(size))
        };
        let pointers = observe_pointers(&element, pointing::react(&shared, store));
        let keys = observe_keys(&element, pointing::keys(&shared, store));
        let themed = {
            let shared = Rc::clone(&shared);
            observe_theme(&element, move || shared.borrow_mut().read_palette())
        };
        let sharpness = observe_pixel_ratio(move |_| redraw.request());
        observers.set_value(Some((frames, resized, pointers, keys, themed, sharpness)));
        drawing.set_value(Some(shared));
    });
    on_cleanup(move || {
        observers.try_set_value(None);
        drawing.try_set_value(None);
    });
    let with = move |change: &dyn Fn(&mut Drawing)| {
        canvas.track();
        if let Some(shared) = drawing.get_value() {
            change(&mut shared.borrow_mut());
        }
    };
    Effect::new(move |_| {
        let (topology, view, format) =
            (store.visible(), store.read(|app| graph_view(&app.view, app.config.tolerances)), store.format());
        let titles = Titles::new(store);
        with(&|drawing| {
            if let Some(topology) = &topology {
                drawing.show(topology, &view, &*format, &titles);
            }
        });
    });
    Effect::new(move |_| {
        let (topology, selection) = (store.visible(), shown.get());
        let target = topology.zip(selection).and_then(|(topology, selection)| target(&selection, &topology));
        with(&|drawing| drawing.select(target));
    });
    Effect::new(move |_| {
        store.read(|app| app.theme);
        with(&Drawing::read_palette);
    });
    Effect::new(move |before: Option<u64>| {
        let count = store.fit_requests();
        if before.is_some_and(|before| before != count) {
            with(&Drawing::fit);
        }
        count
    });
    let zoom = move |factor: f64| with(&|drawing| drawing.zoom(factor));
    let name = move || {
        let topology = store.visible();
        store.speak(|_, voice| {
            let (nodes, edges) = topology.map_or((0, 0), |topology| (topology.nodes.len(), topology.edges.len()));
            voice.say(&crate::words::Sentence::Counts { nodes, edges })
        })
    };
    view! {
        <section class="stage" data-part="stage">
            <canvas node_ref=canvas class="graph" tabindex="0" role="img" aria-label=name data-part="graph"></canvas>
            <Empty store/>
            <div class="stage-buttons">
                <IconButton label=Label::ZoomIn icon=Icon::Plus store pressed=Callback::new(move |()| zoom(1.4))/>
                <IconButton label=Label::ZoomOut icon=Icon::Minus store pressed=Callback::new(move |()| zoom(1.0 / 1.4))/>
                <IconButton label=Label::Fit icon=Icon::Fit store pressed=Callback::new(move |()| store.fit())/>
            </div>
            <Legend store/>
        </section>
    }
}

#[component]
fn IconButton(store: Store, label: Label, icon: Icon, pressed: Callback<()>) -> impl IntoView {
    let name = move || store.label(label);
    view! {
        <button type="button" class="button" title=name aria-label=name on:click=move |_| pressed.run(())>
            <Picture icon/>
        </button>
    }
}

/// Why there is no picture, where there is none.
#[component]
fn Empty(store: Store) -> impl IntoView {
    let all = Memo::new(move |_| store.read(|app| app.graph.shown().map(|shown| shown.topology.edges.len())));
    let visible = Memo::new(move |_| store.visible().map(|topology| topology.edges.len()));
    let failed = Memo::new(move |_| store.read(|app| app.graph.failure().is_some()));
    let reset = move |_| {
        for change in [
            crate::app::Change::Namespaces(std::collections::BTreeSet::new()),
            crate::app::Change::Idle(true),
            crate::app::Change::Infrastructure(true),
            crate::app::Change::Paths(crate::app::Paths::All),
        ] {
            store.send(Message::Change(change));
        }
    };
    let content = move || match (all.get(), visible.get()) {
        (None, _) if failed.get() => None,
        (None, _) => Some(view! { <p class="loading">{store.label(Label::Loading)}</p> }.into_any()),
        (Some(0), _) => Some(
            view! {
                <h2>{store.label(Label::NoTrafficTitle)}</h2>
                <p>{store.label(Label::NoTrafficText)}</p>
            }
            .into_any(),
        ),
        (Some(_), Some(0)) => Some(
            view! {
                <h2>{store.label(Label::NothingShownTitle)}</h2>
                <p>{store.label(Label::NothingShownText)}</p>
                <button type="button" class="button" on:click=reset>{store.label(Label::ShowEverything)}</button>
            }
            .into_any(),
        ),
        _ => None,
    };
    view! { {move || content().map(|content| view! { <div class="empty" data-part="empty">{content}</div> })} }
}

fn graph_view(view: &View, tolerances: crate::mesh::Tolerances) -> GraphView {
    let shown = |label| view.labels.contains(&label);
    GraphView {
        labels: EdgeLabels { requests: shown(EdgeLabel::Requests), bytes: shown(EdgeLabel::Bytes), plaintext: true },
        tolerances,
        ..GraphView::default()
    }
}

fn target(selection: &Selection, topology: &Topology) -> Option<Target> {
    selection.node_place(topology).map(Target::Node).or_else(|| selection.edge_place(topology).map(Target::Edge))
}
