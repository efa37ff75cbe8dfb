//! Widths of text.

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::paint::CanvasMeasure;
use wayscope::scene::{Measure, Weight};

#[wasm_bindgen_test]
fn more_letters_bolder_and_larger_ones_are_wider() {
    let measure = CanvasMeasure::new("sans-serif");
    let width = |text, size, weight| measure.width(text, size, weight);
    let plain = width("reviews-v1", 12.0, Weight::Normal);
    assert!(plain > 12.0 && plain < 120.0, "{plain}");
    assert!(width("reviews-v10", 12.0, Weight::Normal) > plain);
    assert!(width("reviews-v1", 12.0, Weight::Bold) > plain);
    assert!(width("reviews-v1", 24.0, Weight::Normal) > 1.8 * plain);
    assert!(width("", 12.0, Weight::Normal).abs() < 1e-9);
    // Scripts without a font on this computer are boxes, which have a width as well.
    assert!(width("日本語", 12.0, Weight::Normal) > 0.0);
}

#[wasm_bindgen_test]
fn a_width_remembered_is_the_width_measured() {
    let measure = CanvasMeasure::new("sans-serif");
    let once = measure.width("reviews", 12.0, Weight::Normal);
    measure.width("reviews", 30.0, Weight::Bold);
    assert!((measure.width("reviews", 12.0, Weight::Normal) - once).abs() < 1e-9);
    assert!((CanvasMeasure::new("sans-serif").width("reviews", 12.0, Weight::Normal) - once).abs() < 1e-9);
}

#[wasm_bindgen_test]
fn families_differ() {
    let width = |family| CanvasMeasure::new(family).width("iiiiii", 20.0, Weight::Normal);
    assert!(width("monospace") > 1.3 * width("sans-serif"));
}
