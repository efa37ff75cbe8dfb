use proptest::prelude::*;

use super::*;
use crate::geometry::{Point, Rect, Segment, Size};

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(Point::new(x, y), Size::new(width, height))
}

fn graph(nodes: usize, edges: &[(usize, usize)]) -> LayoutRequest {
    LayoutRequest {
        nodes: vec![NodeSpec::new(Size::new(100.0, 40.0)); nodes],
        edges: edges.iter().map(|&(source, target)| EdgeSpec::new(source, target)).collect(),
        ..LayoutRequest::default()
    }
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(place(&LayoutRequest::default()), Layout::default());
}

#[test]
fn one_call_is_a_straight_line_to_the_right() {
    let layout = place(&graph(2, &[(0, 1)]));
    assert_eq!(layout.nodes, [rect(0.0, 0.0, 100.0, 40.0), rect(160.0, 0.0, 100.0, 40.0)]);
    assert_eq!(layout.edges[0].path.start, Point::new(100.0, 20.0));
    assert_eq!(layout.edges[0].path.segments, [Segment::Line(Point::new(160.0, 20.0))]);
    assert_eq!(layout.edges[0].label, Point::new(130.0, 20.0));
    assert_eq!(layout.bounds, rect(0.0, 0.0, 260.0, 40.0));
}

#[test]
fn from_top_to_bottom_the_same_line_points_down() {
    let mut request = graph(2, &[(0, 1)]);
    request.options.direction = Direction::TopToBottom;
    let layout = place(&request);
    assert_eq!(layout.nodes, [rect(0.0, 0.0, 100.0, 40.0), rect(0.0, 100.0, 100.0, 40.0)]);
    assert_eq!(layout.edges[0].path.end(), Point::new(50.0, 100.0));
}

#[test]
fn two_callees_stand_evenly_beside_their_caller() {
    let layout = place(&graph(3, &[(0, 1), (0, 2)]));
    assert_eq!(layout.nodes[0], rect(0.0, 32.0, 100.0, 40.0));
    assert_eq!(layout.nodes[1], rect(160.0, 0.0, 100.0, 40.0));
    assert_eq!(layout.nodes[2], rect(160.0, 64.0, 100.0, 40.0));
}

#[test]
fn a_box_leaves_room_for_its_title_and_padding() {
    let mut request = graph(1, &[]);
    request.groups = vec![GroupSpec::new(Size::new(20.0, 18.0)), GroupSpec::new(Size::new(300.0, 18.0))];
    request.nodes[0].group = Some(0);
    let layout = place(&request);
    assert_eq!(layout.groups[0].size(), Size::new(132.0, 90.0));
    assert_eq!(layout.nodes[0].min - layout.groups[0].min, crate::geometry::Vector::new(16.0, 34.0));
    assert_eq!(layout.groups[1].size(), Size::new(332.0, 50.0));
}

#[test]
fn a_self_loop_begins_and_ends_on_the_upper_side_of_its_node() {
    let layout = place(&graph(1, &[(0, 0)]));
    let (node, path) = (layout.nodes[0], &layout.edges[0].path);
    assert!(node.distance(path.start) < 1e-9 && (path.start.y - path.end().y).abs() < 1e-9);
    assert!(path.start.x > node.min.x && path.end().x < node.max.x && path.start.x < path.end().x);
    assert!(layout.edges[0].label.y < node.min.y);
}

#[test]
fn parallel_edges_run_apart() {
    let layout = place(&graph(2, &[(0, 1), (0, 1), (1, 0)]));
    let starts: Vec<f64> = layout.edges.iter().map(|edge| edge.path.start.y).collect();
    assert!(starts[0] + 1.0 < starts[1] && starts[1] + 1.0 < starts[2], "{starts:?}");
    assert!(layout.nodes[1].distance(layout.edges[2].path.start) < 1e-9);
}

#[test]
fn edges_of_nowhere_are_ignored() {
    let layout = place(&graph(2, &[(0, 7), (9, 9)]));
    assert_eq!(layout.edges, [Route::default(), Route::default()]);
}

#[test]
fn hopeless_numbers_are_tolerated() {
    let mut request = graph(3, &[(0, 1), (1, 2), (2, 0)]);
    request.nodes[0].size = Size::new(f64::NAN, f64::INFINITY);
    request.nodes[1].size = Size::new(-5.0, 1.0e300);
    request.options.aspect = f64::NAN;
    request.options.spacing = Spacing { node: f64::NAN, layer: -1.0, edge: f64::INFINITY, padding: -3.0 };
    check(&request);
}

#[test]
fn odd_shapes_stay_readable() {
    let star: Vec<_> = (1..=500).map(|leaf| (0, leaf)).collect();
    let chain: Vec<_> = (0..199).map(|node| (node, node + 1)).collect();
    let complete: Vec<_> = (0..40).flat_map(|one| (0..one).map(move |other| (other, one))).collect();
    let pairs: Vec<_> = (0..300).map(|pair| (2 * pair, 2 * pair + 1)).collect();
    for (nodes, edges) in [(501, star), (200, chain), (40, complete), (600, pairs), (2000, vec![])] {
        let layout = check(&graph(nodes, &edges));
        let aspect = layout.bounds.width() / layout.bounds.height();
        assert!((0.5..=2.5).contains(&aspect), "{nodes} nodes: {aspect}");
    }
}

/// What holds for every drawing; returns it.
fn check(request: &LayoutRequest) -> Layout {
    let layout = place(request);
    assert_eq!(layout, place(request), "not deterministic");
    assert_eq!((layout.nodes.len(), layout.groups.len()), (request.nodes.len(), request.groups.len()));
    assert_eq!(layout.edges.len(), request.edges.len());
    let frame = layout.bounds.inflate(1e-6);
    for rect in layout.nodes.iter().chain(&layout.groups) {
        assert!(rect.min.x.is_finite() && rect.max.y.is_finite() && frame.encloses(*rect));
    }
    let mut by_left: Vec<usize> = (0..layout.nodes.len()).collect();
    by_left.sort_by(|&a, &b| layout.nodes[a].min.x.total_cmp(&layout.nodes[b].min.x));
    for (index, &a) in by_left.iter().enumerate() {
        let (one, rest) = (layout.nodes[a].inflate(-1e-6), &by_left[index + 1..]);
        for &b in rest.iter().take_while(|&&b| layout.nodes[b].min.x < one.max.x) {
            assert!(!one.overlaps(layout.nodes[b].inflate(-1e-6)), "nodes {a} and {b} overlap");
        }
    }
    for (group, rect) in layout.groups.iter().enumerate() {
        for (index, (node, spec)) in layout.nodes.iter().zip(&request.nodes).enumerate() {
            if lies_in(request, spec.group, group) {
                assert!(rect.inflate(1e-6).encloses(*node), "node {index} out of box {group}");
            } else {
                assert!(!rect.inflate(-1e-6).overlaps(node.inflate(-1e-6)), "node {index} in foreign box {group}");
            }
        }
    }
    for (edge, route) in request.edges.iter().zip(&layout.edges) {
        let (Some(source), Some(target)) = (layout.nodes.get(edge.source), layout.nodes.get(edge.target)) else {
            assert_eq!(*route, Route::default());
            continue;
        };
        for (point, rect) in [(route.path.start, source), (route.path.end(), target)] {
            let flat = rect.width().min(rect.height()) < 0.01;
            assert!(rect.distance(point) < 1e-6, "an edge ends outside");
            assert!(flat || !rect.inflate(-1e-3).contains(point), "an edge ends inside");
        }
        assert!(frame.contains(route.label) || route.path.segments.is_empty());
    }
    layout
}

fn lies_in(request: &LayoutRequest, mut at: Option<usize>, group: usize) -> bool {
    for _ in 0..=request.groups.len() {
        match at {
            Some(found) if found == group => return true,
            Some(found) => at = request.groups.get(found).and_then(|group| group.parent),
            None => return false,
        }
    }
    false
}

fn requests() -> impl Strategy<Value = LayoutRequest> {
    let size = || (1.0_f64..200.0, 1.0_f64..80.0).prop_map(|(width, height)| Size::new(width, height));
    (1_usize..40, 0_usize..8).prop_flat_map(move |(nodes, groups)| {
        let node = (size(), prop::option::of(0..groups + 1)).prop_map(|(size, group)| NodeSpec { size, group });
        let label = prop_oneof![Just(Size::default()), size()];
        let edge = (0..nodes, 0..nodes, label).prop_map(|(source, target, label)| EdgeSpec { source, target, label });
        // A parent with a lower index: no circles, which the drawing would not show as boxes in boxes.
        let parents: Vec<_> = (0..groups)
            .map(|group| {
                (size(), prop::option::of(0..group + 1)).prop_map(move |(header, parent)| GroupSpec {
                    parent: parent.filter(|&parent| parent < group),
                    header,
                })
            })
            .collect();
        let (nodes, edges) = (prop::collection::vec(node, nodes), prop::collection::vec(edge, 0..80));
        (nodes, parents, edges, any::<bool>()).prop_map(|(nodes, groups, edges, upright)| {
            let direction = if upright { Direction::TopToBottom } else { Direction::LeftToRight };
            LayoutRequest { nodes, groups, edges, options: Options { direction, ..Options::default() } }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_drawing_is_sound(request in requests()) {
        check(&request);
    }
}
