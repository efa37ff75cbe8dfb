//! Graphs. Those that are compared stand where the test puts them, so that they judge the drawing alone; those that are
//! only shown are placed by the layout.

use wayscope::geometry::{Camera, Path, Point, Rect, Size};
use wayscope::layout::{Direction, Layout, LayoutRequest, Route, place};
use wayscope::mesh::{Node, NodeKey, Protocol, Topology};
use wayscope::quantity::Plain;
use wayscope::scene::{
    Emphasis, GraphParts, GraphView, GraphWords, Scene, Shape, Sight, Target, compose, legend, request,
};

use super::meshes::{Mesh, ambient, key, large, requests, shop};
use super::{Fixed, check, show};

struct English;

impl GraphWords for English {
    fn node_title(&self, node: &Node) -> String {
        match &node.key {
            NodeKey::UnknownClient { .. } if node.key.title().is_empty() => "Unknown client".into(),
            NodeKey::Passthrough { .. } if node.key.title().is_empty() => "Passthrough".into(),
            NodeKey::BlackHole { .. } => "Blocked".into(),
            key => key.title().into(),
        }
    }

    fn node_caption(&self, node: &Node) -> String {
        match &node.key {
            NodeKey::Workload { .. } if node.app.is_known() => format!("{} · {}", node.app, node.version),
            NodeKey::Workload { .. } => node.role.role.as_str().into(),
            NodeKey::ServiceEntry { .. } => "outside the mesh".into(),
            _ => "not in the mesh".into(),
        }
    }
}

fn requested(topology: &Topology) -> (LayoutRequest, GraphParts) {
    request(topology, &GraphView::default(), &Fixed, &Plain, &English)
}

/// Nodes where `places` says, by name; boxes as small as they can be; edges from right side to left side.
fn arranged(topology: &Topology, places: &[(&str, f64, f64)]) -> (Layout, GraphParts) {
    let (request, parts) = requested(topology);
    let spot = |node: &Node| {
        let found = places.iter().find(|(name, _, _)| key(name) == node.key);
        found.map_or(Point::default(), |(_, x, y)| Point::new(*x, *y))
    };
    let nodes: Vec<Rect> =
        topology.nodes.iter().zip(&request.nodes).map(|(node, spec)| Rect::new(spot(node), spec.size)).collect();
    let mut groups = vec![Rect::default(); request.groups.len()];
    for group in (0..groups.len()).rev() {
        let own = nodes.iter().zip(&request.nodes).filter(|(_, spec)| spec.group == Some(group)).map(|(rect, _)| *rect);
        let inner = (0..groups.len()).filter(|inner| request.groups[*inner].parent == Some(group));
        let all = own.chain(inner.map(|inner| groups[inner])).reduce(Rect::union).unwrap().inflate(16.0);
        groups[group] = Rect { min: Point::new(all.min.x, all.min.y - 24.0), ..all };
    }
    let route = |source: usize, target: usize| {
        let (from, to) = (nodes[source], nodes[target]);
        let (start, end) = (Point::new(from.max.x, from.centre().y), Point::new(to.min.x, to.centre().y));
        let mut path = Path::from(start);
        let bend = ((end.x - start.x) / 2.0).max(40.0);
        path.cubic_to(Point::new(start.x + bend, start.y), Point::new(end.x - bend, end.y), end);
        Route { label: path.along(0.5).0, path }
    };
    let edges = request.edges.iter().map(|edge| route(edge.source, edge.target)).collect();
    let bounds = nodes.iter().chain(&groups).copied().reduce(Rect::union).unwrap().inflate(16.0);
    (Layout { nodes, groups, edges, bounds }, parts)
}

/// The whole graph at a zoom.
fn picture(layout: &Layout, parts: &GraphParts, emphasis: &Emphasis, zoom: f64) -> Scene {
    compose(layout, parts, emphasis, Sight { visible: layout.bounds, zoom, bundles: true }).scene
}

/// The graph as a screen of that size first shows it.
fn show_fitted(name: &str, topology: &Topology, emphasis: &Emphasis, screen: Size) {
    let (mut request, parts) = requested(topology);
    request.options.aspect = screen.width / screen.height;
    if screen.width < screen.height {
        request.options.direction = Direction::TopToBottom;
    }
    let layout = place(&request);
    let camera = Camera::fit(layout.bounds, screen, 24.0, 1.25);
    let scene = compose(&layout, &parts, emphasis, Sight::of(camera, screen, true)).scene;
    show(name, &Scene { bounds: camera.visible(screen), ..scene });
}

fn small_shop() -> (Topology, Vec<(&'static str, f64, f64)>) {
    let places = vec![
        ("client:unknown", 0.0, 100.0),
        ("c1/edge/ingressgateway", 260.0, 100.0),
        ("c1/shop/frontend-v1", 560.0, 100.0),
        ("c1/shop/basket-v1", 860.0, 20.0),
        ("c1/shop/recommendation-service-v2", 860.0, 180.0),
        ("c1/data/redis-v7", 1240.0, 20.0),
        ("out:api.payments.example", 1240.0, 180.0),
    ];
    let whole = shop();
    let kept = |place: usize| places.iter().any(|(name, _, _)| key(name) == whole.nodes[place].key);
    (whole.filtered(|edge| kept(edge.source) && kept(edge.target)), places)
}

#[test]
fn a_shop_with_sidecars() {
    let (topology, places) = small_shop();
    let (layout, parts) = arranged(&topology, &places);
    check("graph-sidecar", &picture(&layout, &parts, &Emphasis::default(), 1.0));
    let basket = topology.node_place(&key("c1/shop/basket-v1")).map(Target::Node);
    let emphasis = Emphasis { selected: basket, found: vec![Target::Node(0), Target::Edge(0)], hovered: None };
    check("graph-selected", &picture(&layout, &parts, &emphasis, 0.55));
}

#[test]
fn a_waypoint_between_two_clusters() {
    let (layout, parts) = arranged(
        &ambient(),
        &[
            ("east/shop/web-v1", 0.0, 80.0),
            ("east/shop/waypoint", 240.0, 0.0),
            ("east/shop/reviews-v1", 520.0, 80.0),
            ("east/istio-system/eastwest", 840.0, 0.0),
            ("east/istio-system/prometheus", 840.0, 80.0),
            ("east/istio-system/ztunnel", 1100.0, 80.0),
            ("west/shop/reviews-v2", 1400.0, 0.0),
            ("west/data/mongo-v6", 1700.0, 0.0),
        ],
    );
    check("graph-ambient", &picture(&layout, &parts, &Emphasis::default(), 1.0));
}

#[test]
fn hostile_names_stay_names() {
    let long = format!("c1/shop/{}", "x".repeat(5_000));
    let names =
        ["c1/<script>alert(1)<\u{2f}script>/evil\u{202e}gpj.exe", "c1/shop/<img src=x onerror=alert(1)>", &long];
    let topology = Mesh::default()
        .edge(names[0], names[1], requests(Protocol::Http, 5.0, 1.0))
        .edge(names[1], names[2], requests(Protocol::Http, f64::INFINITY, f64::NAN))
        .finish();
    let (layout, parts) = arranged(&topology, &[(names[0], 0.0, 0.0), (names[1], 320.0, 0.0), (names[2], 700.0, 0.0)]);
    assert!(layout.bounds.width() < 1_200.0, "{:?}", layout.bounds);
    check("graph-hostile", &picture(&layout, &parts, &Emphasis::default(), 1.0));
}

#[test]
fn the_legend_shows_every_sign() {
    let mut sheet = Scene { bounds: Rect::new(Point::default(), Size::new(400.0, 128.0)), items: Vec::new() };
    for (place, entry) in legend().into_iter().enumerate() {
        let (column, row) = (place % 7, place / 7);
        let by = Point::new(8.0 + 56.0 * column as f64, 8.0 + 32.0 * row as f64) - Point::default();
        sheet.items.extend(entry.glyph.items.into_iter().map(|item| moved(item, by)));
    }
    check("legend", &sheet);
}

fn moved(item: wayscope::scene::Item, by: wayscope::geometry::Vector) -> wayscope::scene::Item {
    let shape = match item.shape {
        Shape::Box { rect, radius, fill, stroke } => Shape::Box { rect: rect.translate(by), radius, fill, stroke },
        Shape::Disc { centre, radius, fill, stroke } => Shape::Disc { centre: centre + by, radius, fill, stroke },
        Shape::Line { path, stroke } => {
            let path = Path::polyline(path.flatten().into_iter().map(|point| point + by));
            Shape::Line { path, stroke }
        }
        Shape::Runs { runs, stroke } => {
            let runs = runs.into_iter().map(|run| run.into_iter().map(|point| point + by).collect()).collect();
            Shape::Runs { runs, stroke }
        }
        Shape::Area { outline, fill } => {
            Shape::Area { outline: outline.into_iter().map(|point| point + by).collect(), fill }
        }
        Shape::Text { at, text, style } => Shape::Text { at: at + by, text, style },
    };
    wayscope::scene::Item { shape, ..item }
}

#[test]
#[ignore = "writes pictures to target/gallery for a human to look at"]
fn pictures_to_look_at() {
    let (desk, phone) = (Size::new(1280.0, 800.0), Size::new(390.0, 700.0));
    let calm = Emphasis::default();
    let chosen = |topology: &Topology, name: &str| Emphasis {
        selected: topology.node_place(&key(name)).map(Target::Node),
        ..Emphasis::default()
    };
    show_fitted("show-shop", &shop(), &calm, desk);
    show_fitted("show-shop-phone", &shop(), &calm, phone);
    show_fitted("show-shop-selected", &shop(), &chosen(&shop(), "c1/shop/checkout-v3"), desk);
    show_fitted("show-ambient", &ambient(), &calm, desk);
    show_fitted("show-large", &large(300), &calm, desk);
    show_fitted("show-middle", &large(60), &calm, desk);
}
