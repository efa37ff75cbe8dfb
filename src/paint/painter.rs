//! A scene on a canvas.

use super::batch::Batch;
use super::extent::{extent, in_sight};
use super::font::Fonts;
use super::palette::Palette;
use super::pen::Pen;
use crate::geometry::{Camera, Point, Rect, Size};
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
        self.clear(palette);
        self.draw(scene, camera, ratio, palette, &[camera.visible(size)]);
    }

    /// The same within some rectangles of the canvas, in CSS pixels; the rest stays.
    pub(super) fn paint_within(
        &self,
        scene: &Scene,
        camera: Camera,
        (size, pixel_ratio): (Size, f64),
        palette: &Palette,
        parts: &[Rect],
    ) {
        let ratio = self.surface.resize(size, pixel_ratio);
        let context = self.surface.context();
        context.save();
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.begin_path();
        for part in parts {
            context.rect(part.min.x, part.min.y, part.width(), part.height());
        }
        context.clip();
        self.clear(palette);
        let world = |at: Point| camera.world_from_screen(at);
        let views: Vec<Rect> = parts.iter().map(|part| Rect { min: world(part.min), max: world(part.max) }).collect();
        self.draw(scene, camera, ratio, palette, &views);
        context.restore();
    }

    /// Fills the canvas with a picture of it or of another, which comes to lie on `to`, in CSS pixels; around it
    /// is nothing.
    pub(super) fn copy_from(&self, picture: &Surface, to: Rect) {
        let ratio = self.surface.ratio();
        let context = self.surface.context();
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.set_global_alpha(1.0);
        // What was there goes: a translucent ground would show it.
        let _ = context.set_global_composite_operation("copy");
        let (width, height) = (to.width(), to.height());
        let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
            picture.canvas(),
            to.min.x,
            to.min.y,
            width,
            height,
        );
        let _ = context.set_global_composite_operation("source-over");
    }

    /// Draws what lies in the views, parts of the world.
    fn draw(&self, scene: &Scene, camera: Camera, ratio: f64, palette: &Palette, views: &[Rect]) {
        let context = self.surface.context();
        let mut pen = Pen::new(context, palette, &self.fonts);
        let (scale, shift) = (camera.zoom * ratio, camera.shift * ratio);
        let _ = context.set_transform(scale, 0.0, 0.0, scale, shift.x, shift.y);
        let mut batch = Batch::new(views);
        for item in &scene.items {
            let extent = extent(&item.shape);
            if item.opacity <= 0.0 || extent.is_some_and(|extent| !in_sight(views, extent)) {
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
