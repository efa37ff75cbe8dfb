//! A canvas' drawing state, changed only where it differs.

use js_sys::Array;
use web_sys::CanvasRenderingContext2d;

use super::font::{Face, Fonts};
use super::palette::Palette;
use crate::geometry::Point;
use crate::scene::{Anchor, Fill, Ink, Stroke, TextStyle};

/// Draws the current path and texts. Every call of a canvas costs, and setting a colour or font costs most, since its
/// text is read anew: so the state is remembered here, `None` where it is not known.
pub(super) struct Pen<'a> {
    pub(super) context: &'a CanvasRenderingContext2d,
    palette: &'a Palette,
    fonts: &'a Fonts,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    alpha: Option<f32>,
    width: Option<f64>,
    dash: Option<(f64, f64)>,
    face: Option<Face>,
    anchor: Option<Anchor>,
}

/// Width of the stroke that makes a halo, in world units; half of it shows.
const HALO_WIDTH: f64 = 3.0;

impl<'a> Pen<'a> {
    pub(super) fn new(context: &'a CanvasRenderingContext2d, palette: &'a Palette, fonts: &'a Fonts) -> Self {
        fonts.use_family(palette.family());
        context.set_line_join("round");
        context.set_line_cap("butt");
        context.set_text_baseline("middle");
        let _ = context.set_line_dash(&Array::new());
        Self {
            context,
            palette,
            fonts,
            fill: None,
            stroke: None,
            alpha: None,
            width: None,
            dash: None,
            face: None,
            anchor: None,
        }
    }

    /// Fills the current path.
    pub(super) fn fill(&mut self, fill: Fill, opacity: f32) {
        self.take_alpha(fill.alpha * opacity);
        self.take_fill(fill.ink);
        self.context.fill();
    }

    /// Draws along the current path.
    pub(super) fn stroke(&mut self, stroke: Stroke, opacity: f32) {
        self.take_alpha(stroke.alpha * opacity);
        self.take_stroke(stroke.ink, stroke.width, stroke.dash);
        self.context.stroke();
    }

    /// Writes a line of text, round its letters the halo.
    pub(super) fn write(&mut self, at: Point, text: &str, style: &TextStyle, opacity: f32) {
        self.take_alpha(opacity);
        self.take_face(Face::new(style.size, style.weight));
        self.take_anchor(style.anchor);
        if let Some(ink) = style.halo {
            self.take_stroke(ink, HALO_WIDTH, None);
            let _ = self.context.stroke_text(text, at.x, at.y);
        }
        self.take_fill(style.ink);
        let _ = self.context.fill_text(text, at.x, at.y);
    }

    fn take_fill(&mut self, ink: Ink) {
        if self.fill.replace(ink) != Some(ink) {
            self.context.set_fill_style_str(self.palette.colour(ink));
        }
    }

    fn take_stroke(&mut self, ink: Ink, width: f64, dash: Option<(f64, f64)>) {
        if self.stroke.replace(ink) != Some(ink) {
            self.context.set_stroke_style_str(self.palette.colour(ink));
        }
        if self.width.replace(width) != Some(width) {
            self.context.set_line_width(width);
        }
        if self.dash != dash {
            self.dash = dash;
            let lengths = dash.map_or_else(Array::new, |(on, off)| Array::of2(&on.into(), &off.into()));
            let _ = self.context.set_line_dash(&lengths);
        }
    }

    fn take_alpha(&mut self, alpha: f32) {
        if self.alpha.replace(alpha) != Some(alpha) {
            self.context.set_global_alpha(f64::from(alpha.clamp(0.0, 1.0)));
        }
    }

    fn take_face(&mut self, face: Face) {
        if self.face.replace(face) != Some(face) {
            self.context.set_font(&self.fonts.text(face));
        }
    }

    fn take_anchor(&mut self, anchor: Anchor) {
        if self.anchor.replace(anchor) != Some(anchor) {
            self.context.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
        }
    }
}
