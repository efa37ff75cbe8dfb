//! Canvases, sizes and files.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::geometry::Size;
use wayscope::quantity::Duration;
use wayscope::web::canvas::Surface;
use wayscope::web::clipboard::{CopyError, write_text};
use wayscope::web::download;
use wayscope::web::fetch::{Credentials, Outgoing, begin};
use wayscope::web::media;
use wayscope::web::resize::observe_size;

use crate::page::{Placed, Replaced, document, pass};

#[wasm_bindgen_test]
async fn an_elements_size_is_told_at_first_and_when_it_changes() {
    let (element, sizes) = (Placed::new("div"), Rc::new(RefCell::new(Vec::new())));
    let log = Rc::clone(&sizes);
    let observer = observe_size(&element.0, move |size| log.borrow_mut().push(size));
    pass(100).await;
    element.0.style().set_property("width", "50.5px").unwrap();
    pass(100).await;
    assert_eq!(sizes.take(), [Size::new(200.0, 100.0), Size::new(50.5, 100.0)]);
    drop(observer);
    element.0.style().set_property("width", "60px").unwrap();
    pass(100).await;
    assert_eq!(sizes.take(), []);
}

#[wasm_bindgen_test]
fn canvases_have_device_pixels_up_to_a_limit() {
    for (size, ratio, pixels, expect) in [
        (Size::new(100.4, 50.0), 1.5, (151, 75), 1.5),
        (Size::new(8192.0, 10.0), 2.0, (8192, 10), 1.0),
        (Size::new(f64::NAN, -5.0), 2.0, (0, 0), 2.0),
        (Size::new(10.0, 10.0), 0.0, (10, 10), 1.0),
    ] {
        let surface = Surface::detached().unwrap();
        assert!((surface.resize(size, ratio) - expect).abs() < 1e-9);
        assert_eq!((surface.canvas().width(), surface.canvas().height()), pixels);
    }
}

#[wasm_bindgen_test]
fn a_canvas_of_another_kind_is_no_surface() {
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").unwrap().dyn_into().unwrap();
    canvas.get_context("bitmaprenderer").unwrap().unwrap();
    assert!(Surface::new(canvas).is_none());
}

#[wasm_bindgen_test]
async fn a_picture_becomes_a_png_file() {
    let surface = Surface::detached().unwrap();
    surface.resize(Size::new(3.0, 2.0), 1.0);
    let png = surface.png().await.unwrap();
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!((&png[16..20], &png[20..24]), (3_u32.to_be_bytes().as_slice(), 2_u32.to_be_bytes().as_slice()));
    surface.resize(Size::default(), 1.0);
    assert_eq!(surface.png().await, None);
}

/// What is at an address of the page's own making.
async fn content(url: &str) -> Option<Vec<u8>> {
    let (_exchange, answer) = begin(Outgoing {
        url: url.to_owned(),
        form: None,
        headers: Vec::new(),
        credentials: Credentials::Omit,
        timeout: Duration::from_secs(5),
        max_bytes: 100,
    });
    answer.await.ok().map(|answer| answer.body)
}

#[wasm_bindgen_test]
async fn a_files_memory_is_given_back() {
    let download = download::save("mesh.json", "application/json", b"{}").unwrap();
    let url = download.url().to_owned();
    assert_eq!(content(&url).await.as_deref(), Some(b"{}".as_slice()));
    drop(download);
    assert_eq!(content(&url).await, None);
}

#[wasm_bindgen_test]
async fn a_page_without_clipboard_says_so() {
    let _bare = Replaced::new("navigator", "{ value: {} }");
    assert_eq!(write_text("x").await, Err(CopyError::Unavailable));
}

#[wasm_bindgen_test]
async fn a_refused_clipboard_says_so() {
    let _strict =
        Replaced::new("navigator", "{ value: { clipboard: { writeText: () => Promise.reject(new Error()) } } }");
    assert_eq!(write_text("x").await, Err(CopyError::Refused));
}

#[wasm_bindgen_test]
fn media_queries_are_answered() {
    assert!(media::matches("(min-width: 1px)"));
    assert!(!media::matches("(max-width: 1px)") && !media::matches("nonsense("));
}
