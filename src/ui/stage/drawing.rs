//! The picture's own state: where everything lies, how it is seen, what is pointed at.

mod motion;
mod pointed;

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use crate::app::Selection;
use crate::geometry::{Camera, Point, Rect, Size, Vector};
use crate::layout::{Direction, Layout, LayoutRequest};
use crate::mesh::Topology;
use crate::paint::{CanvasMeasure, MovingPicture, Palette};
use crate::quantity::Format;
use crate::scene::{Detail, Emphasis, GraphScene, GraphView, GraphWords, Sight, Target, compose, request};
use crate::web::canvas::Surface;
use crate::web::clock::Timer;
use crate::web::frame::Redraw;

use super::desk::Desk;
use super::glide::Glide;
use super::placed::{Draft, LARGEST_FIT, MARGIN, Placed};

/// How far from the border of the picture that is which was brought into sight, in pixels.
const REACH_INSIDE: f64 = 48.0;

pub struct Drawing {
    /// Itself, for what comes later.
    this: Weak<RefCell<Self>>,
    desk: Desk,
    picture: MovingPicture,
    palette: Palette,
    /// Whether colours may have changed since the palette was read.
    stale: bool,
    measure: CanvasMeasure,
    redraw: Option<Redraw>,
    /// Draws sharply when zooming pauses.
    sharpen: Option<Timer>,
    /// How the picture goes on moving after it was let go.
    glide: Option<Glide>,
    size: Size,
    /// The size that the layout was made for.
    shape: Size,
    /// Whether the panel of what is selected stood beside it when it was measured.
    is_beside_panel: bool,
    camera: Camera,
    /// How far the picture was moved so that what is selected is seen.
    stepped_aside: Vector,
    /// Whether the reader has moved the camera: then refreshes leave it alone.
    moved: bool,
    placed: Option<Placed>,
    draft: Option<Draft>,
    selection: Option<Selection>,
    emphasis: Emphasis,
    view: GraphView,
    drawn: Option<(GraphScene, Emphasis)>,
}

impl Drawing {
    pub fn shared(surface: Surface) -> Rc<RefCell<Self>> {
        let palette = Palette::read(surface.canvas());
        let make = |this: &Weak<RefCell<Self>>| Self {
            this: this.clone(),
            desk: Desk::default(),
            measure: CanvasMeasure::new(palette.family()),
            picture: MovingPicture::new(surface),
            palette,
            stale: false,
            redraw: None,
            sharpen: None,
            glide: None,
            size: Size::default(),
            shape: Size::default(),
            is_beside_panel: false,
            camera: Camera::default(),
            stepped_aside: Vector::default(),
            moved: false,
            placed: None,
            draft: None,
            selection: None,
            emphasis: Emphasis::default(),
            view: GraphView::default(),
            drawn: None,
        };
        Rc::new_cyclic(|this| RefCell::new(make(this)))
    }

    pub fn set_redraw(&mut self, redraw: Redraw) {
        self.redraw = Some(redraw);
    }

    fn dirty(&self) {
        if let Some(redraw) = &self.redraw {
            redraw.request();
        }
    }

    pub fn draw(&mut self, time_ms: f64, pixel_ratio: f64) {
        if self.size.width <= 0.0 || self.size.height <= 0.0 {
            return;
        }
        if std::mem::take(&mut self.stale) {
            self.palette = Palette::read(self.picture.surface().canvas());
            self.picture.forget();
        }
        self.glide(time_ms);
        let sight = Sight::of(self.camera, self.size, self.view.bundles);
        let drawn = self.drawn.as_ref().filter(|(_, emphasis)| *emphasis == self.emphasis);
        let serves = drawn.is_some_and(|(scene, _)| scene.serves(sight));
        // While a picture of much is zoomed, its detail may wait.
        let waits = self.sharpen.is_some()
            && drawn.is_some_and(|(scene, _)| scene.reaches(sight.visible))
            && self.picture.can_stretch(self.camera);
        if !serves && !waits {
            let is_same = drawn.is_some_and(|(scene, _)| scene.detail == Detail::at(sight.zoom));
            if !is_same {
                self.picture.forget();
            }
            self.drawn = self
                .placed
                .as_ref()
                .map(|placed| (compose(&placed.layout, &placed.parts, &self.emphasis, sight), self.emphasis.clone()));
        }
        let nothing = crate::scene::Scene::default();
        let scene = self.drawn.as_ref().map_or(&nothing, |(drawn, _)| &drawn.scene);
        self.picture.show(scene, self.camera, self.size, pixel_ratio, &self.palette);
        if self.picture.is_blurred() && self.sharpen.is_none() {
            self.sharpen_later();
        }
    }

    /// The picture has another size; `whole` is the room that it shares with the panel of what is selected.
    pub fn resize(&mut self, size: Size, whole: Size) {
        let first = self.size.width <= 0.0 || self.size.height <= 0.0;
        // The panel has opened or closed: what is seen stays where it is.
        let is_beside_panel = self.selection.is_some();
        let makes_room = !first && is_beside_panel != self.is_beside_panel;
        self.is_beside_panel = is_beside_panel;
        if makes_room && !is_beside_panel {
            // What was moved to be seen beside the panel goes back.
            self.camera = self.camera.panned(-std::mem::take(&mut self.stepped_aside));
        }
        if !first && !makes_room && self.moved {
            // What was in the middle stays there.
            let by = Vector::new((size.width - self.size.width) / 2.0, (size.height - self.size.height) / 2.0);
            self.camera = self.camera.panned(by);
        }
        self.size = size;
        if first || !makes_room && direction(self.shape) != direction(whole) {
            // A link that selects something gives the same layout as a click does.
            self.shape = whole;
            self.place_again();
        }
        if first || !makes_room && !self.moved {
            self.first_look();
        }
        self.bring_into_sight(self.emphasis.selected);
        self.dirty();
    }

    /// Colours may have changed: they are read again before the next drawing, when the page's styles have settled.
    pub fn restyle(&mut self) {
        self.stale = true;
        self.dirty();
    }

    /// Shows a topology. Where the layout's request stays the same, nothing moves; where it takes long, what was shown
    /// stays until the new layout is there.
    pub fn show(&mut self, topology: &Arc<Topology>, view: &GraphView, format: &dyn Format, words: &dyn GraphWords) {
        if std::mem::replace(&mut self.view, *view).bundles != view.bundles {
            self.drawn = None;
            self.picture.forget();
            self.dirty();
        }
        let (mut request, parts) = request(topology, view, &self.measure, format, words);
        self.orient(&mut request);
        let draft = Draft { topology: Arc::clone(topology), request, parts };
        match (&mut self.draft, &mut self.placed) {
            // Its layout is under way.
            (Some(under_way), _) if draft.is_like(&under_way.request, &under_way.topology) => *under_way = draft,
            (_, Some(placed)) if draft.is_like(&placed.request, &placed.topology) => {
                // One that is under way for something else would come too late.
                self.draft = None;
                let layout = std::mem::take(&mut placed.layout);
                self.settle(draft, layout);
            }
            _ => self.place(draft),
        }
    }

    fn place(&mut self, draft: Draft) {
        let request = draft.request.clone();
        self.draft = Some(draft);
        let this = self.this.clone();
        let layout = self.desk.ask(request, move |layout| {
            if let Some(this) = this.upgrade() {
                this.borrow_mut().placed(layout);
            }
        });
        if let Some(layout) = layout {
            self.placed(layout);
        }
    }

    /// The layout of the draft is there.
    fn placed(&mut self, layout: Layout) {
        if let Some(draft) = self.draft.take() {
            self.settle(draft, layout);
        }
    }

    fn settle(&mut self, draft: Draft, layout: Layout) {
        let hovered = self.placed.as_ref().and_then(|placed| placed.selection(self.emphasis.hovered?));
        let is_first = self.drawn.is_none();
        let placed = self.placed.insert(Placed::new(draft, layout));
        self.emphasis.hovered = hovered.and_then(|selection| placed.target(&selection));
        self.mark();
        self.drawn = None;
        self.picture.forget();
        if !self.moved || is_first {
            self.first_look();
            self.bring_into_sight(self.emphasis.selected);
        }
        self.dirty();
    }

    fn orient(&self, request: &mut LayoutRequest) {
        request.options.direction = direction(self.shape);
        if self.shape.height > 0.0 {
            request.options.aspect = (self.shape.width / self.shape.height).clamp(0.5, 2.0);
        }
    }

    fn place_again(&mut self) {
        let draft = self.draft.take().or_else(|| self.placed.as_ref().map(Placed::draft));
        if let Some(mut draft) = draft {
            self.orient(&mut draft.request);
            self.place(draft);
        }
    }

    /// Looks elsewhere. There is no way back to where it was looked before something was brought into sight.
    fn aim(&mut self, camera: Camera) {
        self.camera = camera;
        self.stepped_aside = Vector::default();
        self.dirty();
    }

    fn first_look(&mut self) {
        if let Some(placed) = &self.placed {
            self.aim(placed.first_look(self.size));
        }
    }

    pub fn fit(&mut self) {
        if let Some(placed) = &self.placed {
            self.aim(Camera::fit(placed.layout.bounds, self.size, MARGIN, LARGEST_FIT));
            self.glide = None;
            self.moved = false;
        }
    }

    /// Shows one node with its neighbours.
    pub fn fit_around(&mut self, node: usize) {
        let Some(placed) = &self.placed else { return };
        let near = placed.topology.edges.iter().filter(|edge| edge.source == node || edge.target == node);
        let ends = near.flat_map(|edge| [edge.source, edge.target]).chain([node]);
        let rects = ends.filter_map(|place| placed.layout.nodes.get(place).copied());
        if let Some(around) = rects.reduce(Rect::union) {
            self.aim(Camera::fit(around, self.size, MARGIN * 2.0, LARGEST_FIT));
            self.glide = None;
            self.moved = true;
        }
    }

    /// Marks what is selected, and brings it into sight when it comes from elsewhere than the picture.
    pub fn select(&mut self, selection: Option<Selection>) {
        if self.selection != selection {
            self.selection = selection;
            self.mark();
            self.bring_into_sight(self.emphasis.selected);
            self.dirty();
        }
    }

    fn mark(&mut self) {
        self.emphasis.selected = self.placed.as_ref().and_then(|placed| placed.target(self.selection.as_ref()?));
    }

    fn bring_into_sight(&mut self, target: Option<Target>) {
        let Some(placed) = &self.placed else { return };
        let middle = match target {
            Some(Target::Node(place)) => placed.layout.nodes.get(place).map(|rect| rect.centre()),
            Some(Target::Edge(place)) => placed.layout.edges.get(place).map(|route| route.path.along(0.5).0),
            Some(Target::Group(_)) | None => None,
        };
        let visible = self.camera.visible(self.size);
        let Some(middle) = middle.filter(|middle| !visible.contains(*middle)) else { return };
        let at = self.camera.screen_from_world(middle);
        // No further than it takes, and not quite to the border.
        let inside =
            |at: f64, length: f64| at.clamp(REACH_INSIDE.min(length / 2.0), (length - REACH_INSIDE).max(length / 2.0));
        let by = Point::new(inside(at.x, self.size.width), inside(at.y, self.size.height)) - at;
        self.camera = self.camera.panned(by);
        self.stepped_aside = self.stepped_aside + by;
    }
}

/// Tall screens are read downwards.
fn direction(size: Size) -> Direction {
    if size.height > size.width * 1.2 { Direction::TopToBottom } else { Direction::LeftToRight }
}
