//! Requests and layouts as rows of numbers, to cross to a worker and back.
//!
//! Every integer in them is far below 2^53 and so exact as a double. What is read is checked: a row that ends early, or
//! counts that cannot be, are no request and no layout.

use crate::geometry::{Path, Point, Rect, Segment, Size};

use super::request::{Direction, EdgeSpec, GroupSpec, LayoutRequest, NodeSpec, Options, Spacing};
use super::result::{Layout, Route};

/// What stands for no index.
const NONE: f64 = -1.0;

/// The request as numbers.
pub fn write_request(request: &LayoutRequest) -> Vec<f64> {
    let Options { direction, aspect, seed, spacing } = request.options;
    let Spacing { node, layer, edge, padding } = spacing;
    let direction = if direction == Direction::TopToBottom { 1.0 } else { 0.0 };
    // The halves of the seed: a double does not hold all of it.
    let (seed_high, seed_low) = ((seed >> 32) as f64, (seed & 0xffff_ffff) as f64);
    let counts = [request.nodes.len() as f64, request.groups.len() as f64, request.edges.len() as f64];
    let mut row = vec![direction, aspect, seed_high, seed_low, node, layer, edge, padding];
    row.extend(counts);
    for NodeSpec { size, group } in &request.nodes {
        row.extend([size.width, size.height, index(*group)]);
    }
    for GroupSpec { parent, header } in &request.groups {
        row.extend([header.width, header.height, index(*parent)]);
    }
    for EdgeSpec { source, target, label } in &request.edges {
        row.extend([*source as f64, *target as f64, label.width, label.height]);
    }
    row
}

/// The request that was written as these numbers; nothing for a row that is none.
pub fn read_request(row: &[f64]) -> Option<LayoutRequest> {
    let mut row = Row(row);
    let [direction, aspect, seed_high, seed_low, node, layer, edge, padding] = row.next()?;
    let options = Options {
        direction: if direction > 0.0 { Direction::TopToBottom } else { Direction::LeftToRight },
        aspect,
        seed: ((seed_high as u64) << 32) | seed_low as u64,
        spacing: Spacing { node, layer, edge, padding },
    };
    let [nodes, groups, edges] = row.next()?.map(|count| count as usize);
    let nodes =
        row.list(nodes, |[width, height, group]| NodeSpec { size: Size::new(width, height), group: place(group) })?;
    let groups = row.list(groups, |[width, height, parent]| GroupSpec {
        parent: place(parent),
        header: Size::new(width, height),
    })?;
    let edges = row.list(edges, |[source, target, width, height]| EdgeSpec {
        source: source as usize,
        target: target as usize,
        label: Size::new(width, height),
    })?;
    Some(LayoutRequest { nodes, groups, edges, options })
}

/// The layout as numbers.
pub fn write_layout(layout: &Layout) -> Vec<f64> {
    let mut row = vec![layout.nodes.len() as f64, layout.groups.len() as f64, layout.edges.len() as f64];
    let rects = layout.nodes.iter().chain(&layout.groups).chain(std::iter::once(&layout.bounds));
    row.extend(rects.flat_map(|rect| [rect.min.x, rect.min.y, rect.max.x, rect.max.y]));
    for Route { path, label } in &layout.edges {
        row.extend([label.x, label.y, path.start.x, path.start.y, path.segments.len() as f64]);
        for segment in &path.segments {
            match *segment {
                Segment::Line(end) => row.extend([0.0, end.x, end.y]),
                Segment::Cubic(one, two, end) => row.extend([1.0, one.x, one.y, two.x, two.y, end.x, end.y]),
            }
        }
    }
    row
}

/// The layout that was written as these numbers; nothing for a row that is none.
pub fn read_layout(row: &[f64]) -> Option<Layout> {
    let mut row = Row(row);
    let [nodes, groups, edges] = row.next()?.map(|count| count as usize);
    let rect =
        |[left, top, right, bottom]: [f64; 4]| Rect { min: Point::new(left, top), max: Point::new(right, bottom) };
    let nodes = row.list(nodes, rect)?;
    let groups = row.list(groups, rect)?;
    let bounds = rect(row.next()?);
    let edges = (0..edges).map(|_| route(&mut row)).collect::<Option<Vec<Route>>>()?;
    Some(Layout { nodes, groups, edges, bounds })
}

fn route(row: &mut Row<'_>) -> Option<Route> {
    let [x, y, start_x, start_y, segments] = row.next()?;
    let mut path = Path::from(Point::new(start_x, start_y));
    for _ in 0..segments as usize {
        let [is_curve] = row.next()?;
        if is_curve > 0.0 {
            let [one_x, one_y, two_x, two_y, x, y] = row.next()?;
            path.cubic_to(Point::new(one_x, one_y), Point::new(two_x, two_y), Point::new(x, y));
        } else {
            let [x, y] = row.next()?;
            path.line_to(Point::new(x, y));
        }
    }
    Some(Route { path, label: Point::new(x, y) })
}

fn index(place: Option<usize>) -> f64 {
    place.map_or(NONE, |place| place as f64)
}

fn place(index: f64) -> Option<usize> {
    (index >= 0.0).then_some(index as usize)
}

/// What is left to be read.
struct Row<'a>(&'a [f64]);

impl Row<'_> {
    fn next<const N: usize>(&mut self) -> Option<[f64; N]> {
        let (next, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*next)
    }

    fn list<const N: usize, T>(&mut self, count: usize, make: impl Fn([f64; N]) -> T) -> Option<Vec<T>> {
        // A count that the row cannot hold ends in nothing before it ends in a list without end.
        (0..count).map(|_| self.next().map(&make)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> LayoutRequest {
        let size = |width| Size::new(width, 20.5);
        LayoutRequest {
            nodes: vec![NodeSpec::within(size(80.0), 1), NodeSpec::within(size(60.25), 0), NodeSpec::new(size(0.0))],
            groups: vec![GroupSpec::new(size(30.0)), GroupSpec::within(size(10.0), 0)],
            edges: vec![
                EdgeSpec::new(0, 1),
                EdgeSpec { label: size(12.0), ..EdgeSpec::new(1, 2) },
                EdgeSpec::new(2, 2),
            ],
            options: Options { direction: Direction::TopToBottom, seed: u64::MAX - 7, ..Options::default() },
        }
    }

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        for request in [request(), LayoutRequest::default()] {
            assert_eq!(read_request(&write_request(&request)), Some(request));
        }
    }

    #[test]
    fn a_layout_arrives_as_it_was_made() {
        let mut layout = super::super::place(&request());
        layout.edges[0].path.line_to(Point::new(1.0, -2.0));
        for layout in [layout, Layout::default()] {
            assert_eq!(read_layout(&write_layout(&layout)), Some(layout));
        }
    }

    #[test]
    fn a_row_that_was_cut_or_counts_wrong_is_nothing() {
        let (request, layout) = (write_request(&request()), write_layout(&super::super::place(&request())));
        for end in 0..request.len() {
            assert_eq!(read_request(&request[..end]), None, "{end}");
        }
        for end in 0..layout.len() {
            assert_eq!(read_layout(&layout[..end]), None, "{end}");
        }
        let endless = [f64::INFINITY, 0.0, 0.0];
        assert_eq!(read_layout(&endless), None);
    }
}
