//! Measures the layout on graphs in files, by hand:
//! `WAYSCOPE_GRAPHS=folder cargo test --release --lib layout::measure -- --ignored --nocapture`.
//!
//! Reads each `mesh-*.json` of the folder, `{nodes: [{id, ns, w, h}], edges: [{s, t}]}`, and writes beside it
//! `layout-of-mesh-*.json`, `{nodes: {id: {x, y}}, edges: [{s, t, pts: [[x, y], …]}]}` with centres of nodes.

use std::path::Path;
use std::time::Instant;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::geometry::Size;

#[derive(Deserialize)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    ns: String,
    w: f64,
    h: f64,
}

#[derive(Deserialize)]
struct Edge {
    s: String,
    t: String,
}

impl Graph {
    fn request(&self) -> LayoutRequest {
        let mut request = LayoutRequest::default();
        let (mut groups, mut nodes) = (FxHashMap::default(), FxHashMap::default());
        for (index, node) in self.nodes.iter().enumerate() {
            let group = *groups.entry(&node.ns).or_insert_with(|| {
                request.groups.push(GroupSpec::new(Size::new(8.0 * node.ns.len() as f64, 18.0)));
                request.groups.len() - 1
            });
            request.nodes.push(NodeSpec::within(Size::new(node.w, node.h), group));
            nodes.insert(&node.id, index);
        }
        request.edges = self.edges.iter().map(|edge| EdgeSpec::new(nodes[&edge.s], nodes[&edge.t])).collect();
        request
    }

    fn written(&self, layout: &Layout) -> serde_json::Value {
        let nodes = self.nodes.iter().zip(&layout.nodes).map(|(node, rect)| {
            let centre = rect.centre();
            (node.id.clone(), json!({"x": centre.x, "y": centre.y}))
        });
        let edges = self.edges.iter().zip(&layout.edges).map(|(edge, route)| {
            let points: Vec<[f64; 2]> = route.path.flatten().iter().map(|point| [point.x, point.y]).collect();
            json!({"s": edge.s, "t": edge.t, "pts": points})
        });
        json!({"nodes": nodes.collect::<serde_json::Map<_, _>>(), "edges": edges.collect::<Vec<_>>()})
    }
}

#[test]
#[ignore = "reads the folder that the variable WAYSCOPE_GRAPHS names"]
fn graphs_of_a_folder_are_laid_out_and_timed() {
    let folder = std::env::var("WAYSCOPE_GRAPHS").expect("WAYSCOPE_GRAPHS names a folder");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.starts_with("mesh-") || Path::new(&name).extension().is_none_or(|end| end != "json") {
            continue;
        }
        let graph: Graph = serde_json::from_slice(&std::fs::read(Path::new(&folder).join(&name)).unwrap()).unwrap();
        let request = graph.request();
        let mut least = f64::INFINITY;
        let mut layout = Layout::default();
        for _ in 0..5 {
            let start = Instant::now();
            layout = place(&request);
            least = least.min(start.elapsed().as_secs_f64() * 1e3);
        }
        println!("{name}: {least:.1} ms, {:.0} x {:.0}", layout.bounds.width(), layout.bounds.height());
        let out = Path::new(&folder).join(format!("layout-of-{name}"));
        std::fs::write(out, graph.written(&layout).to_string()).unwrap();
    }
}
