//! That the checks find what they look for: small sources with and without a breach.

use super::source::Source;
use super::{Finding, LAYERS, checks, paths};

fn found(check: impl Fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    check(&Source::new(path, text)).iter().map(ToString::to_string).collect()
}

#[test]
fn an_import_from_below_is_found_however_it_is_written() {
    let check =
        |text: &str, expect: &[&str]| assert_eq!(found(paths::layers, "src/mesh/key.rs", text), expect, "{text}");
    check("use crate::telemetry::Plan;", &["src/mesh/key.rs:1: mesh may not import telemetry"]);
    check("use crate::quantity::Ratio;\nuse crate::app::App;", &["src/mesh/key.rs:2: mesh may not import app"]);
    check(
        "use crate::{\n    quantity::{Ratio, Unit},\n    layout::{self, Layout as L},\n    words as w,\n};",
        &[
            "src/mesh/key.rs:3: mesh may not import layout",
            "src/mesh/key.rs:3: mesh may not import layout",
            "src/mesh/key.rs:4: mesh may not import words",
        ],
    );
    check("fn f() -> crate::chart::Line { todo() }", &["src/mesh/key.rs:1: mesh may not import chart"]);
    check("use super::super::backend::Labels;", &["src/mesh/key.rs:1: mesh may not import backend"]);
    check("mod a { use super::super::super::backend::Labels; }", &["src/mesh/key.rs:1: mesh may not import backend"]);
    check("type T = Vec<crate::scene::Ink>;", &["src/mesh/key.rs:1: mesh may not import scene"]);
    check("use crate::{quantity::Ratio, backend};\nfn f() {}", &["src/mesh/key.rs:1: mesh may not import backend"]);
    check("#[cfg(test)]\nmod tests { use crate::demo::DemoMesh; }", &["src/mesh/key.rs:2: mesh may not import demo"]);
}

#[test]
fn what_only_looks_like_an_import_is_let_pass() {
    for text in [
        "use crate::mesh::Edge; use super::edge::Edge; use self::key::NodeKey;",
        "mod inner { use super::super::edge::Edge; }",
        "/// See [`App`](crate::app::App).\n// crate::app::App\n/* crate::app */ const A: &str = \"crate::app\";",
        "const A: &str = r#\"use \"crate::app\"\"#; const C: char = '\"'; const L: &'static str = \"\\\"crate::app\";",
        "pub(in crate::mesh) fn f() {} pub(crate) fn g() {}",
        "let x = quantity::app::y; Self::app::<T>();",
    ] {
        assert_eq!(found(paths::layers, "src/mesh/key.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn browser_crates_are_found_outside_the_rim() {
    let text = "use web_sys::Window;";
    assert_eq!(
        found(paths::crates, "src/layout/request.rs", text),
        ["src/layout/request.rs:1: layout may not use web_sys"]
    );
    assert_eq!(found(paths::crates, "src/web/frame.rs", text), [""; 0]);
    assert_eq!(found(paths::crates, "src/paint/pen.rs", "use leptos::prelude::*;").len(), 1);
}

#[test]
fn globs_are_found_outside_tests() {
    let count = |path: &str, text: &str| found(paths::globs, path, text).len();
    assert_eq!(count("src/mesh/key.rs", "use super::edge::*;\nuse super::{a, b::*};"), 2);
    assert_eq!(count("src/mesh/key.rs", "#[cfg(test)]\nmod tests {\n    use super::*;\n}"), 0);
    assert_eq!(count("src/mesh/key.rs", "#[cfg(test)]\nmod tests {\n    use super::*;\n}\nuse super::a::*;"), 1);
    assert_eq!(count("src/ui/root.rs", "use leptos::prelude::*;"), 0);
    assert_eq!(count("src/mesh/key.rs", "use leptos::prelude::*;"), 1);
    assert_eq!(count("src/mesh/key.rs", "fn f() -> f64 { a::B * 2.0 }"), 0);
}

#[test]
fn what_ends_the_program_is_found_outside_tests() {
    let count = |text: &str| found(checks::panics, "src/mesh/key.rs", text).len();
    assert_eq!(count("fn f() { a().unwrap(); b.expect(\"c\"); panic!(); todo!() }"), 4);
    assert_eq!(count("fn f() { a.unwrap_or_default(); self.panic(); expect(1) } // .unwrap()"), 0);
    assert_eq!(count("#[cfg(test)]\nmod tests { fn f() { a.unwrap() } }"), 0);
    assert_eq!(count("#[cfg(test)]\nuse a::b;\nfn f() { a.unwrap() }"), 1);
    assert_eq!(count("#[expect(clippy::panic, reason = \"meant\")]\nfn f() { panic!() }"), 0);
    assert_eq!(count("#[expect(clippy::panic)]\nfn f() { panic!() }"), 1);
}

#[test]
fn empty_names_long_files_and_inline_styles_are_found() {
    assert_eq!(found(checks::names, "src/mesh/string_utils.rs", "").len(), 1);
    assert_eq!(found(checks::names, "src/common/mod.rs", "").len(), 1);
    assert_eq!(found(checks::names, "src/mesh/metadata.rs", "").len(), 0);
    assert_eq!(found(checks::length, "src/mesh/key.rs", &"\n".repeat(401)).len(), 1);
    assert_eq!(found(checks::length, "src/mesh/key.rs", &"\n".repeat(400)).len(), 0);
    let markup = |text: &str| found(checks::markup, "src/ui/root.rs", text).len();
    assert_eq!(markup("view! { <p style=\"color: red\">\"a\"</p> }"), 1);
    assert_eq!(markup("view! { <p style=move || a()></p> }"), 1);
    assert_eq!(markup("view! { <p inner_html=text/> }"), 1);
    assert_eq!(markup("let style = a; if style == b { c.style = d; }"), 0);
}

#[test]
fn a_layer_out_of_place_is_found() {
    let line = |layer: &super::Layer| {
        let gate = if layer.is_rim { "#[cfg(target_arch = \"wasm32\")]\n" } else { "" };
        format!("{gate}pub mod {};\n", layer.name)
    };
    let lines: Vec<String> = LAYERS.iter().map(line).collect();
    let count = |text: &str| found(checks::order, "src/lib.rs", text).len();
    assert_eq!(count(&lines.concat()), 0);
    let mut swapped = lines.clone();
    swapped.swap(0, 1);
    assert_eq!(count(&swapped.concat()), 2);
    assert_eq!(count(&lines[1..].concat()), LAYERS.len() + 1);
    assert_eq!(count(&(lines.concat() + "pub mod more;")), 1);
    assert_eq!(count(&lines.concat().replace("#[cfg(target_arch = \"wasm32\")]\n", "")), 4);
}
