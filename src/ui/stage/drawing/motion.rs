//! The picture in motion: moved, zoomed, let go.

use super::Drawing;
use crate::geometry::{Point, Vector};
use crate::quantity::Duration;
use crate::ui::stage::glide::Glide;
use crate::web::clock::after;

/// How long nothing moves before a picture that was shown enlarged or reduced is drawn sharply.
const STILL: Duration = Duration::from_millis(120);

impl Drawing {
    pub fn pan(&mut self, by: Vector) {
        self.aim(self.camera.panned(by));
        self.moved = true;
    }

    /// The picture was let go while it moved by so many pixels a millisecond: it goes on for a while.
    pub fn let_go(&mut self, velocity: Vector) {
        self.glide = Glide::from(velocity);
        self.dirty();
    }

    /// Something holds the picture.
    pub fn hold(&mut self) {
        self.glide = None;
    }

    pub(super) fn glide(&mut self, time_ms: f64) {
        let Some(by) = self.glide.as_mut().map(|glide| glide.step(time_ms)) else { return };
        match by {
            Some(by) => self.pan(by),
            None => self.glide = None,
        }
    }

    pub fn zoom(&mut self, factor: f64) {
        self.zoom_at(factor, Point::new(self.size.width / 2.0, self.size.height / 2.0));
    }

    pub fn zoom_at(&mut self, factor: f64, at: Point) {
        self.glide = None;
        if self.sharpen.is_some() {
            self.sharpen_later();
        }
        self.aim(self.camera.zoomed(factor, at));
        self.moved = true;
    }

    /// Draws sharply once nothing has moved for a while.
    pub(super) fn sharpen_later(&mut self) {
        let this = self.this.clone();
        self.sharpen = Some(after(STILL, move || {
            if let Some(this) = this.upgrade() {
                let mut this = this.borrow_mut();
                this.sharpen = None;
                this.picture.forget();
                this.dirty();
            }
        }));
    }
}
