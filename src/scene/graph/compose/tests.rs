use super::super::sample::{http_edge, requested, row, topology};
use super::super::view::GraphView;
use super::*;

/// Three in a row in one namespace: `a` calls `b` calls `c`.
fn three() -> (Layout, GraphParts) {
    let edges = [("c/n/a", "c/n/b", http_edge(5.0, 0.0)), ("c/n/b", "c/n/c", http_edge(7.0, 3.0))];
    let (request, parts) = requested(&topology(&edges), &GraphView::default());
    (row(&request), parts)
}

fn drawn(emphasis: &Emphasis, visible: Rect, zoom: f64) -> GraphScene {
    let (layout, parts) = three();
    compose(&layout, &parts, emphasis, Sight { visible, zoom, bundles: true })
}

/// Every text with its opacity.
fn texts(graph: &GraphScene) -> Vec<(String, f32)> {
    let text = |item: &super::super::super::shape::Item| match &item.shape {
        Shape::Text { text, .. } => Some((text.clone(), item.opacity)),
        _ => None,
    };
    graph.scene.items.iter().filter_map(text).collect()
}

fn all() -> Rect {
    three().0.bounds
}

fn check(emphasis: &Emphasis, zoom: f64, expect: &[(&str, f32)]) {
    let expect: Vec<_> = expect.iter().map(|(text, opacity)| ((*text).to_owned(), *opacity)).collect();
    assert_eq!(texts(&drawn(emphasis, all(), zoom)), expect, "{emphasis:?} {zoom}");
}

fn select(target: Target) -> Emphasis {
    Emphasis { selected: Some(target), ..Emphasis::default() }
}

const NODE: f32 = FADED_NODE;

#[test]
fn detail_goes_with_the_zoom() {
    let calm = Emphasis::default();
    let labels = [("5/s", 1.0), ("7/s", 1.0), (" · ", 1.0), ("42.9%", 1.0)];
    let rest = [("a", 1.0), ("b", 1.0), ("c", 1.0), ("n", 1.0)];
    check(&calm, 1.0, &[&labels[..], &rest].concat());
    check(&calm, 0.4, &rest);
    check(&calm, 0.2, &[("n", 1.0)]);
}

#[test]
fn the_neighbourhood_of_a_node_stays_strong() {
    let strong = [("5/s", 1.0), ("a", 1.0), ("b", 1.0), ("c", NODE), ("n", 1.0)];
    check(&select(Target::Node(0)), 1.0, &strong);
    check(&select(Target::Edge(0)), 1.0, &strong);
    check(&Emphasis { hovered: Some(Target::Node(0)), ..Emphasis::default() }, 1.0, &strong);
}

#[test]
fn pointing_elsewhere_does_not_move_the_attention_from_what_is_selected() {
    let emphasis = Emphasis { hovered: Some(Target::Node(2)), ..select(Target::Node(0)) };
    check(&emphasis, 1.0, &[("5/s", 1.0), ("a", 1.0), ("b", 1.0), ("c", NODE), ("n", 1.0)]);
}

#[test]
fn a_selected_box_keeps_all_it_holds() {
    let group = texts(&drawn(&select(Target::Group(0)), all(), 1.0));
    assert!(group.iter().all(|(_, opacity)| (*opacity - 1.0).abs() < f32::EPSILON), "{group:?}");
}

#[test]
fn what_is_out_of_sight_is_not_drawn() {
    let (layout, _) = three();
    let graph = drawn(&Emphasis::default(), layout.nodes[0].inflate(-10.0), 1.0);
    assert_eq!(texts(&graph), [("5/s".to_owned(), 1.0), ("a".to_owned(), 1.0), ("n".to_owned(), 1.0)]);
    assert_eq!(graph.scene.bounds, layout.bounds);
}

#[test]
fn a_picture_serves_small_pans_and_no_other_zoom() {
    let visible = Rect { min: Point::new(0.0, 0.0), max: Point::new(400.0, 300.0) };
    let graph = drawn(&Emphasis::default(), visible, 1.0);
    let pan = |x: f64, zoom: f64| Sight {
        visible: visible.translate(crate::geometry::Vector::new(x, 0.0)),
        zoom,
        bundles: true,
    };
    for (sight, expect) in
        [(pan(100.0, 1.0), true), (pan(100.0, 1.3), true), (pan(300.0, 1.0), false), (pan(0.0, 0.4), false)]
    {
        assert_eq!(graph.serves(sight), expect, "{sight:?}");
    }
}

#[test]
fn parts_without_a_place_are_left_out() {
    let (mut layout, parts) = three();
    layout.nodes.truncate(1);
    layout.edges.clear();
    layout.groups.clear();
    let targets = [Target::Node(7), Target::Edge(7), Target::Group(7)];
    for target in targets {
        let emphasis = Emphasis { selected: Some(target), hovered: Some(target), found: targets.to_vec() };
        let graph = compose(&layout, &parts, &emphasis, Sight { visible: layout.bounds, zoom: 1.0, bundles: true });
        assert_eq!(texts(&graph), [("a".to_owned(), NODE)]);
    }
    let empty = compose(
        &Layout::default(),
        &GraphParts::default(),
        &Emphasis::default(),
        Sight { visible: Rect::default(), zoom: f64::NAN, bundles: true },
    );
    assert!(empty.scene.items.is_empty());
}

#[test]
fn from_afar_lines_of_one_look_are_one_shape() {
    let graph = drawn(&Emphasis::default(), all(), 0.1);
    let looks = graph.scene.items.iter().filter(|item| matches!(item.shape, Shape::Runs { .. })).count();
    assert_eq!(looks, 2);
}
