//! The picture of the mesh: a canvas that is drawn, pointed at, moved and zoomed.

mod desk;
pub(super) mod drawing;
mod glide;
mod placed;
mod pointing;
mod words;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::app::{Change, Choices, Message, Paths};
use crate::order::Set;
use crate::web::canvas::{Surface, pixel_ratio};
use crate::web::frame::FrameLoop;
use crate::web::keyboard::observe_keys;
use crate::web::media::observe_pixel_ratio;
use crate::web::pointer::observe_pointers;
use crate::web::resize::{client_size, observe_size};
use crate::web::theme::observe_theme;
use crate::words::{Label, Sentence};

use super::icon::{Icon, picture as icon_picture};
use super::legend::legend_button;
use super::live::{hold, pressed, watch};
use super::models::{Part, WhyEmpty};
use super::store::Store;
use drawing::Drawing;
use words::Titles;

/// Where the picture is, when there is one.
#[derive(Clone, Copy)]
pub(super) struct Picture(StoredValue<Option<Shared>, LocalStorage>);

type Shared = Rc<RefCell<Drawing>>;

impl Picture {
    /// No picture yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// The whole of it as SVG.
    pub fn svg(self) -> Option<String> {
        self.0.get_value()?.borrow().svg()
    }

    fn with(self, change: impl FnOnce(&mut Drawing)) {
        if let Some(shared) = self.0.get_value() {
            change(&mut shared.borrow_mut());
        }
    }
}

/// The canvas with its buttons.
pub(super) fn stage(store: Store, picture: Picture) -> AnyView {
    let canvas = NodeRef::<html::Canvas>::new();
    // The canvas is there once: then everything that watches it is made, and lives as long as it does.
    watch(move || {
        let Some(element) = canvas.get() else { return };
        let Some(surface) = Surface::new(element.clone()) else { return };
        let shared = Drawing::shared(surface);
        observe(&shared, &element, store);
        picture.0.set_value(Some(shared));
        follow(picture, store);
    });
    on_cleanup(move || {
        picture.0.try_set_value(None);
    });
    let name = move || {
        let topology = store.visible();
        let (nodes, edges) = topology.map_or((0, 0), |topology| (topology.nodes.len(), topology.edges.len()));
        store.say(|voice| voice.say(&Sentence::Counts { nodes, edges }))
    };
    let zoom = move |factor: f64| picture.with(|drawing| drawing.zoom(factor));
    view! {
        <section class="stage" data-part="stage">
            <canvas node_ref=canvas class="graph" tabindex="0" role="img" aria-label=move || name() data-part="graph"></canvas>
            {empty(store)}
            <div class="stage-buttons">
                {button(store, Label::ZoomIn, Icon::Plus, pressed(move || zoom(1.4)))}
                {button(store, Label::ZoomOut, Icon::Minus, pressed(move || zoom(1.0 / 1.4)))}
                {button(store, Label::Fit, Icon::Fit, pressed(move || store.fit()))}
            </div>
            {legend_button(store)}
        </section>
    }
    .into_any()
}

/// What happens to the canvas.
fn observe(shared: &Shared, element: &HtmlCanvasElement, store: Store) {
    let frames = FrameLoop::new({
        let shared = Rc::clone(shared);
        move |time_ms| shared.borrow_mut().draw(time_ms, pixel_ratio())
    });
    let redraw = frames.redraw();
    shared.borrow_mut().set_redraw(redraw.clone());
    let resized = {
        let (shared, main) = (Rc::clone(shared), element.closest(".main").ok().flatten());
        observe_size(element, move |size| {
            let whole = main.as_ref().map_or(size, client_size);
            shared.borrow_mut().resize(size, whole);
        })
    };
    let pointers = observe_pointers(element, pointing::react(shared, store));
    let keys = observe_keys(element, pointing::keys(shared, store));
    let themed = {
        let shared = Rc::clone(shared);
        observe_theme(element, move || shared.borrow_mut().restyle())
    };
    let sharpness = observe_pixel_ratio(move |_| redraw.request());
    hold((frames, resized, pointers, keys, themed, sharpness));
}

/// What the picture follows of the state.
fn follow(picture: Picture, store: Store) {
    watch(move || {
        let look = store.model(Part::Look, |models| models.look);
        let (topology, format) = (store.visible(), store.format());
        let titles = Titles::new(store);
        if let Some(topology) = &topology {
            picture.with(|drawing| drawing.show(topology, &look, &*format, &titles));
        }
    });
    watch(move || {
        let selection = store.model(Part::Selection, |models| models.selection.clone());
        picture.with(|drawing| drawing.select(selection));
    });
    watch(move || {
        store.model(Part::Theme, |_| ());
        picture.with(Drawing::restyle);
    });
    let mut seen = untrack(|| store.fit_requests());
    watch(move || {
        let count = store.fit_requests();
        if std::mem::replace(&mut seen, count) != count {
            picture.with(Drawing::fit);
        }
    });
}

fn button(store: Store, label: Label, icon: Icon, react: Box<dyn FnMut(leptos::ev::MouseEvent)>) -> AnyView {
    view! {
        <button type="button" class="button" title=store.said(label) aria-label=store.said(label) on:click=react>
            {icon_picture(icon)}
        </button>
    }
    .into_any()
}

/// Why there is no picture, where there is none.
fn empty(store: Store) -> AnyView {
    let why = move || store.model(Part::WhyEmpty, |models| models.why_empty);
    let reset = move || {
        for change in [
            Change::Namespaces(Set::new()),
            Change::Idle(true),
            Change::Infrastructure(true),
            Change::Paths(Paths::All),
            Change::Choices(Choices::default()),
        ] {
            store.send(Message::Change(change));
        }
    };
    let text = move |title, text| {
        let texts = view! { <h2>{store.said(title)}</h2><p>{store.said(text)}</p> };
        texts.into_any()
    };
    let content = move || {
        let content = match why()? {
            WhyEmpty::Loading => vec![view! { <p class="loading">{store.said(Label::Loading)}</p> }.into_any()],
            WhyEmpty::NoTraffic => vec![text(Label::NoTrafficTitle, Label::NoTrafficText)],
            WhyEmpty::NothingShown => {
                let way_out = view! {
                    <button type="button" class="button" on:click=pressed(reset)>{store.said(Label::ShowEverything)}</button>
                };
                vec![text(Label::NothingShownTitle, Label::NothingShownText), way_out.into_any()]
            }
        };
        Some(view! { <div class="empty" data-part="empty">{content}</div> }.into_any())
    };
    view! { {move || content().into_iter().collect::<Vec<AnyView>>()} }.into_any()
}
