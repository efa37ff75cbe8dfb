//! A canvas and its pixels.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use crate::geometry::Size;

/// A canvas with its context for drawing in two dimensions.
#[derive(Clone, Debug)]
pub struct Surface {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    ratio: Rc<Cell<f64>>,
}

/// The longest side every current browser can allocate, in device pixels.
const MAX_SIDE: f64 = 8192.0;

impl Surface {
    /// `None` when the canvas has a context of another kind, or the browser has no memory for one.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas, context, ratio: Rc::new(Cell::new(1.0)) })
    }

    /// A canvas that is on no page, for exports and measuring.
    pub fn detached() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        Self::new(document.create_element("canvas").ok()?.dyn_into().ok()?)
    }

    /// The element.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// The context.
    pub fn context(&self) -> &CanvasRenderingContext2d {
        &self.context
    }

    /// Gives the canvas pixels for a size in CSS pixels; its place on the page is the style sheet's. Returns device
    /// pixels per CSS pixel, which is `pixel_ratio` unless a side would exceed 8192 device pixels. The picture is
    /// cleared only when the number of pixels changes. Nonsense sizes count as empty.
    pub fn resize(&self, size: Size, pixel_ratio: f64) -> f64 {
        let longest = size.width.max(size.height).max(1.0);
        let ratio = if pixel_ratio > 0.0 { pixel_ratio.min(MAX_SIDE / longest) } else { 1.0 };
        let pixels = |css: f64| (css * ratio).round().clamp(0.0, MAX_SIDE) as u32;
        if self.canvas.width() != pixels(size.width) {
            self.canvas.set_width(pixels(size.width));
        }
        if self.canvas.height() != pixels(size.height) {
            self.canvas.set_height(pixels(size.height));
        }
        self.ratio.set(ratio);
        ratio
    }

    /// Device pixels per CSS pixel of the last [`resize`](Self::resize); 1 before.
    pub fn ratio(&self) -> f64 {
        self.ratio.get()
    }

    /// Replaces the picture by that of a canvas with as many pixels.
    pub fn copy(&self, other: &Self) {
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let _ = self.context.set_global_composite_operation("copy");
        let _ = self.context.draw_image_with_html_canvas_element(&other.canvas, 0.0, 0.0);
    }

    /// The picture as a PNG file. `None` for an empty canvas or when memory does not suffice.
    pub async fn png(&self) -> Option<Vec<u8>> {
        let keep = Rc::new(RefCell::new(None));
        let promise = Promise::new(&mut |resolve: Function, _| {
            let done = Closure::once(move |blob: JsValue| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
            });
            let _ = self.canvas.to_blob(done.as_ref().unchecked_ref());
            keep.replace(Some(done));
        });
        let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// Device pixels per CSS pixel, page zoom included; 1 where unknown.
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}
