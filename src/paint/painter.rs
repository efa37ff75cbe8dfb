//! A scene on a canvas.

use super::batch::Batch;
use super::extent::extent;
use super::font::Fonts;
use super::palette::Palette;
use super::pen::Pen;
use crate::geometry::{Camera, Size};
use crate::scene::{Ink, Scene, Shape};
use crate::web::canvas::Surface;

/// Draws scenes on one canvas.
#[derive(Debug)]
pub struct Painter {
    surface: Surface,
    fonts: Fonts,
}

impl Painter {
    /// Draws on that canvas.
    pub fn new(surface: Surface) -> Self {
        Self { surface, fonts: Fonts::default() }
    }

    /// The canvas.
    pub fn surface(&self) -> &Surface {
        &self.surface
    }

    /// Replaces the picture by the scene on its ground, as the camera sees it on a canvas of `size` CSS pixels with
    /// `pixel_ratio` device pixels each. Lengths of the scene grow with the zoom, text and line widths too. Items out
    /// of view are skipped.
    pub fn paint(&self, scene: &Scene, camera: Camera, size: Size, pixel_ratio: f64, palette: &Palette) {
        let ratio = self.surface.resize(size, pixel_ratio);
        let context = self.surface.context();
        let mut pen = Pen::new(context, palette, &self.fonts);
        self.clear(palette);
        let (scale, shift) = (camera.zoom * ratio, camera.shift * ratio);
        let _ = context.set_transform(scale, 0.0, 0.0, scale, shift.x, shift.y);
        let view = camera.visible(size);
        let mut batch = Batch::default();
        for item in &scene.items {
            let extent = extent(&item.shape);
            if item.opacity <= 0.0 || extent.is_some_and(|extent| !extent.overlaps(view)) {
                continue;
            }
            if let Shape::Text { at, text, style } = &item.shape {
                batch.draw(&mut pen);
                pen.write(*at, text, style, item.opacity);
            } else {
                batch.add(&mut pen, item, extent);
            }
        }
        batch.draw(&mut pen);
    }

    /// Sets the ground, which may be translucent.
    fn clear(&self, palette: &Palette) {
        let (canvas, context) = (self.surface.canvas(), self.surface.context());
        let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        context.set_global_alpha(1.0);
        context.clear_rect(0.0, 0.0, width, height);
        context.set_fill_style_str(palette.colour(Ink::Ground));
        context.fill_rect(0.0, 0.0, width, height);
    }
}
