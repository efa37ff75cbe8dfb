//! The rules of the house that a machine can check.
//!
//! Sources are read as words and signs, not as Rust: what is said here of `use` holds of every path, wherever it stands.
#![cfg(not(target_arch = "wasm32"))]
// What cannot be read ends the test with its reason; that is what is wanted here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "tidy/checks.rs"]
mod checks;
#[path = "tidy/paths.rs"]
mod paths;
#[path = "tidy/planted.rs"]
mod planted;
#[path = "tidy/source.rs"]
mod source;

use std::fmt;

use source::Source;

/// A layer and what it may import.
struct Layer {
    name: &'static str,
    may_import: &'static [&'static str],
    /// Whether it exists in a browser only.
    is_rim: bool,
}

const fn core(name: &'static str, may_import: &'static [&'static str]) -> Layer {
    Layer { name, may_import, is_rim: false }
}

const fn rim(name: &'static str, may_import: &'static [&'static str]) -> Layer {
    Layer { name, may_import, is_rim: true }
}

/// In reading order. A layer imports layers above it, and of those only the ones named here; tests too.
const LAYERS: [Layer; 19] = [
    core("order", &[]),
    core("quantity", &[]),
    core("geometry", &[]),
    core("promql", &["quantity"]),
    core("backend", &["order", "quantity", "promql"]),
    core("mesh", &["order", "quantity"]),
    core("telemetry", &["order", "quantity", "promql", "mesh"]),
    core("tracing", &["order", "quantity", "backend", "mesh"]),
    core("doctor", &["order", "quantity", "backend", "mesh", "telemetry", "tracing"]),
    core("layout", &["order", "geometry"]),
    core("chart", &["order", "quantity", "geometry"]),
    core("words", &["mesh"]),
    core("scene", &["order", "quantity", "geometry", "mesh", "layout", "chart"]),
    core("demo", &["quantity", "promql", "backend"]),
    core("app", &["order", "quantity", "promql", "backend", "mesh", "telemetry", "chart", "words", "scene", "demo"]),
    rim("web", &["quantity", "geometry", "backend"]),
    rim("paint", &["geometry", "scene", "web"]),
    rim(
        "ui",
        &[
            "order",
            "quantity",
            "geometry",
            "backend",
            "mesh",
            "telemetry",
            "layout",
            "chart",
            "words",
            "scene",
            "app",
            "web",
            "paint",
        ],
    ),
    rim("embed", &["layout", "app", "web", "ui"]),
];

/// Crates that only some layers may use.
const CRATES: [(&str, &[&str]); 8] = [
    ("leptos", &["ui", "embed"]),
    ("web_sys", &["web", "paint", "ui", "embed"]),
    ("js_sys", &["web", "paint", "ui", "embed"]),
    ("gloo_net", &["web"]),
    ("wasm_bindgen", &["web", "paint", "ui", "embed"]),
    ("wasm_bindgen_futures", &["web", "ui", "embed"]),
    ("serde_wasm_bindgen", &["embed"]),
    ("console_error_panic_hook", &["embed"]),
];

/// A breach of a rule.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Finding {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

fn layer(name: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.name == name)
}

/// Ends the test with every finding, as an editor can jump to it.
fn none(findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "\n{}\n", lines.join("\n"));
}

fn in_all(check: impl Fn(&Source) -> Vec<Finding>) -> Vec<Finding> {
    source::all().iter().flat_map(check).collect()
}

#[test]
fn layers_import_only_what_the_table_allows() {
    none(&in_all(paths::layers));
}

#[test]
fn browser_crates_stay_in_the_rim() {
    none(&in_all(paths::crates));
}

#[test]
fn names_are_imported_one_by_one() {
    none(&in_all(paths::globs));
}

#[test]
fn nothing_gives_up_at_run_time() {
    none(&in_all(checks::panics));
}

#[test]
fn modules_are_named_after_what_they_hold() {
    none(&in_all(checks::names));
}

#[test]
fn files_are_short_enough_to_read() {
    none(&in_all(checks::length));
}

#[test]
fn the_page_needs_no_inline_styles_and_no_markup_from_texts() {
    none(&in_all(checks::markup));
}

#[test]
fn the_crate_lists_its_layers_in_the_tables_order() {
    none(&checks::order(&source::read("src/lib.rs")));
}

#[test]
fn the_table_knows_every_layer_and_only_upwards() {
    let mut folders: Vec<String> =
        source::all().iter().filter_map(|source| source.layer().map(str::to_owned)).collect();
    folders.sort();
    folders.dedup();
    let mut names: Vec<&str> = LAYERS.iter().map(|layer| layer.name).collect();
    for (place, layer) in LAYERS.iter().enumerate() {
        for target in layer.may_import {
            assert!(names[..place].contains(target), "`{}` stands below `{}`", target, layer.name);
            assert!(layer.is_rim || !self::layer(target).unwrap().is_rim, "`{}` imports `{target}`", layer.name);
        }
    }
    names.sort_unstable();
    assert_eq!(folders, names);
}
