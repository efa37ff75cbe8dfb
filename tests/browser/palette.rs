//! Colours from the style sheet.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::paint::Palette;
use wayscope::scene::{Ink, SERIES_INKS};
use wayscope::web::style::ComputedStyle;
use wayscope::web::theme::observe_theme;

use crate::page::{Placed, pass};

fn colours(declarations: &[(&str, &str)], ink: Ink) -> String {
    let host = Placed::new("div");
    for (name, value) in declarations {
        host.0.style().set_property(name, value).unwrap();
    }
    Palette::read(&host.0).colour(ink).to_owned()
}

#[wasm_bindgen_test]
fn colours_come_from_custom_properties_resolved() {
    for (value, expect) in [
        ("#102030", "rgb(16, 32, 48)"),
        ("light-dark(rgb(1 2 3), rgb(4 5 6))", "rgb(4, 5, 6)"),
        ("var(--other)", "rgb(7, 8, 9)"),
        ("transparent", "rgba(0, 0, 0, 0)"),
    ] {
        let host = [("color-scheme", "dark"), ("--other", "rgb(7, 8, 9)"), ("--ws-healthy", value)];
        assert_eq!(colours(&host, Ink::Healthy), expect, "{value}");
    }
}

#[wasm_bindgen_test]
fn a_transition_does_not_delay_a_colour() {
    let host = [("color", "red"), ("transition", "color 10s"), ("--ws-tcp", "rgb(1, 2, 3)")];
    assert_eq!(colours(&host, Ink::Tcp), "rgb(1, 2, 3)");
}

#[wasm_bindgen_test]
fn without_a_style_sheet_every_role_has_a_colour_of_its_own() {
    let plain = Palette::default();
    for series in 0..SERIES_INKS {
        assert_ne!(plain.colour(Ink::Series(series)), plain.colour(Ink::Series(series + 1)));
    }
    assert_eq!(plain.colour(Ink::Series(SERIES_INKS)), plain.colour(Ink::Series(0)));
    assert_eq!(colours(&[], Ink::Failing), "rgb(207, 34, 46)");
    assert_eq!(colours(&[("--ws-series-8", "rgb(1, 2, 3)")], Ink::Series(7)), "rgb(1, 2, 3)");
}

#[wasm_bindgen_test]
fn reading_leaves_the_element_as_it_was() {
    let host = Placed::new("div");
    host.0.style().set_property("color", "rgb(9, 9, 9)").unwrap();
    let before = host.0.get_attribute("style");
    Palette::read(&host.0);
    assert_eq!(host.0.style().get_property_value("color").unwrap(), "rgb(9, 9, 9)");
    assert_eq!(host.0.get_attribute("style").map(|style| style.len()), before.map(|style| style.len()));
}

#[wasm_bindgen_test]
fn the_font_is_the_elements() {
    let host = Placed::new("div");
    host.0.style().set_property("font-family", "Georgia, serif").unwrap();
    assert_eq!(Palette::read(&host.0).family(), "Georgia, serif");
}

#[wasm_bindgen_test]
fn properties_are_given_without_their_spaces() {
    let host = Placed::new("div");
    host.0.style().set_property("--ws-gap", "  4px ").unwrap();
    let style = ComputedStyle::of(&host.0).unwrap();
    assert_eq!((style.property("--ws-gap").as_str(), style.property("--ws-none").as_str()), ("4px", ""));
}

#[wasm_bindgen_test]
async fn a_change_of_theme_is_told_until_the_observer_is_dropped() {
    let (host, told) = (Placed::new("div"), Rc::new(Cell::new(0)));
    let count = Rc::clone(&told);
    let observer = observe_theme(&host.0, move || count.set(count.get() + 1));
    host.0.set_attribute("theme", "dark").unwrap();
    pass(5).await;
    assert_eq!(told.get(), 1);
    drop(observer);
    host.0.set_attribute("theme", "light").unwrap();
    pass(5).await;
    assert_eq!(told.get(), 1);
    assert_eq!(Rc::strong_count(&told), 1);
}
