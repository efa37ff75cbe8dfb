//! Parts of the program that `make bench` measures one by one, exported to JavaScript: the numbers of a layout's request
//! and answer, decoding and classification, a chart on a canvas. The page's own program knows nothing of them.
//!
//! Built by `.make/instruments.sh` with the page's profile; natively it does nothing.

#[cfg(target_arch = "wasm32")]
mod chart;
#[cfg(target_arch = "wasm32")]
mod drawing;
#[cfg(target_arch = "wasm32")]
mod mesh;

fn main() {}
