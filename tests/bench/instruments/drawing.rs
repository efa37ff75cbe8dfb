//! Layouts for JavaScript: what crosses to `placeGraph` and back, said in rows that a benchmark can read.

use wasm_bindgen::prelude::*;
use wayscope::geometry::{Rect, Size};
use wayscope::layout::{EdgeSpec, GroupSpec, Layout, LayoutRequest, NodeSpec, read_layout, write_request};

/// Height of a box's title, in pixels.
const HEADER: f64 = 18.0;

/// The request for a graph, as `placeGraph` takes it. `nodes`: width, height and box of each; `boxes`: the width of each
/// title; `edges`: source and target of each.
#[wasm_bindgen(js_name = layoutRequest)]
pub fn layout_request(nodes: &[f64], boxes: &[f64], edges: &[u32]) -> Vec<f64> {
    let (nodes, _) = nodes.as_chunks();
    let (edges, _) = edges.as_chunks();
    let node = |[width, height, group]: &[f64; 3]| NodeSpec::within(Size::new(*width, *height), *group as usize);
    write_request(&LayoutRequest {
        nodes: nodes.iter().map(node).collect(),
        groups: boxes.iter().map(|width| GroupSpec::new(Size::new(*width, HEADER))).collect(),
        edges: edges.iter().map(|[source, target]| EdgeSpec::new(*source as usize, *target as usize)).collect(),
        ..LayoutRequest::default()
    })
}

/// What `placeGraph` has answered.
#[wasm_bindgen]
pub struct Drawing(Layout);

#[wasm_bindgen]
impl Drawing {
    /// Reads the answer; nothing for what is none.
    pub fn read(layout: &[f64]) -> Option<Self> {
        read_layout(layout).map(Self)
    }

    /// Left, top, right and bottom of each node.
    pub fn nodes(&self) -> Vec<f64> {
        rows(&self.0.nodes)
    }

    /// The same of each box.
    pub fn boxes(&self) -> Vec<f64> {
        rows(&self.0.groups)
    }

    /// Each edge as a line with corners: how many, and their places.
    pub fn edges(&self) -> Vec<f64> {
        let mut row = Vec::new();
        for route in &self.0.edges {
            let points = route.path.flatten();
            row.push(points.len() as f64);
            row.extend(points.iter().flat_map(|point| [point.x, point.y]));
        }
        row
    }
}

fn rows(rects: &[Rect]) -> Vec<f64> {
    rects.iter().flat_map(|rect| [rect.min.x, rect.min.y, rect.max.x, rect.max.y]).collect()
}
