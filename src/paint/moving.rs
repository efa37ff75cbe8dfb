//! A picture that is moved and zoomed: what stays right of it is copied, only the rest is painted.
//!
//! While it is moved, the canvas is shifted on itself and the scene is painted where it has come into sight. While it is
//! zoomed, a picture of much is shown enlarged or reduced, and drawn sharply when the movement ends.

use super::painter::Painter;
use super::palette::Palette;
use crate::geometry::{Camera, Point, Rect, Size, Vector};
use crate::scene::Scene;
use crate::web::canvas::Surface;

/// Shapes and lines up to which a picture is drawn anew in each frame of a zoom.
const LIGHT: usize = 1_500;
/// How far a picture may be enlarged or reduced before it is drawn anew.
const FARTHEST: f64 = 2.0;

/// A canvas that follows a camera.
#[derive(Debug)]
pub struct MovingPicture {
    painter: Painter,
    /// What the canvas shows.
    shown: Option<Shown>,
    /// The picture as it was last drawn sharply, while it is shown at another zoom, and how it was seen.
    still: Option<(Surface, Camera)>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Shown {
    camera: Camera,
    size: Size,
    pixel_ratio: f64,
}

impl MovingPicture {
    /// On that canvas.
    pub fn new(surface: Surface) -> Self {
        Self { painter: Painter::new(surface), shown: None, still: None }
    }

    /// The canvas.
    pub fn surface(&self) -> &Surface {
        self.painter.surface()
    }

    /// What is shown is not right any more: the next picture is painted whole.
    pub fn forget(&mut self) {
        self.shown = None;
        self.still = None;
    }

    /// Whether the canvas shows something enlarged or reduced.
    pub fn is_blurred(&self) -> bool {
        self.still.is_some()
    }

    /// Whether a picture for that zoom can be made of what is shown.
    pub fn can_stretch(&self, camera: Camera) -> bool {
        let sharp = self.still.as_ref().map(|still| still.1).or(self.shown.map(|shown| shown.camera));
        sharp.is_some_and(|sharp| (1.0 / FARTHEST..=FARTHEST).contains(&(camera.zoom / sharp.zoom)))
    }

    /// Shows the scene as the camera sees it on a canvas of `size` CSS pixels with `pixel_ratio` device pixels each.
    /// Unless [`forget`](Self::forget) was called, what is shown must be of a scene with the same things in the same
    /// places.
    pub fn show(&mut self, scene: &Scene, camera: Camera, size: Size, pixel_ratio: f64, palette: &Palette) {
        // Whole device pixels: a copy stays as sharp as what it is copied from.
        let whole = |shift: f64| (shift * pixel_ratio).round() / pixel_ratio;
        let camera = Camera { shift: Vector::new(whole(camera.shift.x), whole(camera.shift.y)), ..camera };
        let now = Shown { camera, size, pixel_ratio };
        let before = self.shown.replace(now).filter(|shown| Shown { camera, ..*shown } == now);
        let stays_sharp =
            before.filter(|before| Camera { shift: camera.shift, ..before.camera } == camera && self.still.is_none());
        let frame = Rect::new(Point::default(), size);
        let copied = if let Some(before) = stays_sharp {
            let by = camera.shift + -before.camera.shift;
            self.painter.copy_from(self.painter.surface(), frame.translate(by));
            Some(frame.translate(by))
        } else if before.is_some() && self.can_stretch(camera) && scene.weight() > LIGHT {
            self.stretch(before, camera, frame)
        } else {
            None
        };
        let Some(copied) = copied else {
            self.still = None;
            return self.painter.paint(scene, camera, size, pixel_ratio, palette);
        };
        let bare = bare(frame, copied);
        if !bare.is_empty() {
            self.painter.paint_within(scene, camera, (size, pixel_ratio), palette, &bare);
        }
    }

    /// Enlarges or reduces the last sharp picture; where it is shown then.
    fn stretch(&mut self, before: Option<Shown>, camera: Camera, frame: Rect) -> Option<Rect> {
        if self.still.is_none() {
            let surface = Surface::detached()?;
            let shown = before?;
            surface.resize(shown.size, shown.pixel_ratio);
            surface.copy(self.painter.surface());
            self.still = Some((surface, shown.camera));
        }
        let (surface, seen) = self.still.as_ref()?;
        let corner = |at: Point| camera.screen_from_world(seen.world_from_screen(at));
        let to = Rect { min: corner(frame.min), max: corner(frame.max) };
        self.painter.copy_from(surface, to);
        Some(to)
    }
}

/// The parts of the frame that the copy leaves bare: above, below, left and right of it.
fn bare(frame: Rect, copied: Rect) -> Vec<Rect> {
    let inside = |at: f64, least: f64, most: f64| at.clamp(least, most);
    let (top, bottom) =
        (inside(copied.min.y, frame.min.y, frame.max.y), inside(copied.max.y, frame.min.y, frame.max.y));
    let (left, right) =
        (inside(copied.min.x, frame.min.x, frame.max.x), inside(copied.max.x, frame.min.x, frame.max.x));
    let rect = |left: f64, top: f64, right: f64, bottom: f64| Rect {
        min: Point::new(left, top),
        max: Point::new(right, bottom),
    };
    let all = [
        rect(frame.min.x, frame.min.y, frame.max.x, top),
        rect(frame.min.x, bottom, frame.max.x, frame.max.y),
        rect(frame.min.x, top, left, bottom),
        rect(right, top, frame.max.x, bottom),
    ];
    all.into_iter().filter(|rect| rect.width() > 0.0 && rect.height() > 0.0).collect()
}
