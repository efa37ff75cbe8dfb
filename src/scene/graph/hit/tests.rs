use super::super::sample::{http_edge, requested, row, topology};
use super::super::view::GraphView;
use super::*;

fn index() -> (HitIndex, Layout) {
    let topology = topology(&[("c/a/api", "c/a/web", http_edge(5.0, 1.0))]);
    let (request, parts) = requested(&topology, &GraphView::default());
    let layout = row(&request);
    (HitIndex::new(&layout, &parts), layout)
}

#[test]
fn nodes_come_before_labels_before_edges_before_headers() {
    let (index, layout) = index();
    let detail = Detail::at(1.0);
    let route = &layout.edges[0];
    let (start, middle) = (route.path.start, route.label);
    for (x, y, expect) in [
        (layout.nodes[0].centre().x, layout.nodes[0].centre().y, Some(Target::Node(0))),
        (layout.nodes[1].max.x, layout.nodes[1].max.y, Some(Target::Node(1))),
        (middle.x, middle.y - 6.0, Some(Target::Edge(0))),
        (start.x + 3.0, start.y + 3.0, Some(Target::Edge(0))),
        (start.x + 3.0, start.y + 5.0, None),
        (layout.groups[0].min.x + 2.0, layout.groups[0].min.y + 2.0, Some(Target::Group(0))),
        (-500.0, -500.0, None),
        (f64::NAN, f64::INFINITY, None),
    ] {
        assert_eq!(index.hit(Point::new(x, y), 4.0, detail), expect, "{x} {y}");
    }
}

#[test]
fn a_label_that_is_not_drawn_cannot_be_hit() {
    let (index, layout) = index();
    let beside = Point::new(layout.edges[0].label.x, layout.edges[0].label.y - 6.0);
    assert_eq!(index.hit(beside, 4.0, Detail::at(0.5)), None);
}

#[test]
fn the_nearest_of_two_edges_is_hit() {
    let topology = topology(&[("c/a/x", "c/a/y", http_edge(5.0, 1.0)), ("c/a/y", "c/a/x", http_edge(5.0, 1.0))]);
    let (request, parts) = requested(&topology, &GraphView::default());
    let mut layout = row(&request);
    let path = crate::geometry::Path::polyline;
    layout.edges[0].path = path([Point::new(150.0, 0.0), Point::new(5_000.0, 4_850.0)]);
    layout.edges[1].path = path([Point::new(150.0, 10.0), Point::new(5_000.0, 4_860.0)]);
    let index = HitIndex::new(&layout, &parts);
    for (place, expect) in [(-2.0, 0), (3.0, 0), (7.0, 1), (12.0, 1)] {
        let point = Point::new(3_150.0, 3_000.0 + place);
        assert_eq!(index.hit(point, 20.0, Detail::at(1.0)), Some(Target::Edge(expect)), "{place}");
    }
}

#[test]
fn a_layout_of_absurd_size_stays_answerable() {
    let topology = topology(&[("c/a/x", "c/a/y", http_edge(5.0, 1.0))]);
    let (request, parts) = requested(&topology, &GraphView::default());
    let mut layout = row(&request);
    let far = Point::new(1e300, f64::NAN);
    layout.nodes[0] = Rect { min: Point::new(-1e300, -1e300), max: far };
    layout.edges[0].path = crate::geometry::Path::polyline([Point::default(), far]);
    layout.groups.clear();
    let index = HitIndex::new(&layout, &parts);
    assert_eq!(index.hit(layout.nodes[1].centre(), 1e300, Detail::at(1.0)), Some(Target::Node(1)));
}
