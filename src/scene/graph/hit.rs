//! What lies under the pointer.

use crate::geometry::{Point, Rect, Size};
use crate::layout::Layout;

use super::edge::label_rect;
use super::groups::HEADER;
use super::parts::GraphParts;
use super::sight::Detail;

/// Something that can be pointed at, by its place in the topology or among the boxes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Target {
    /// A node.
    Node(usize),
    /// An edge.
    Edge(usize),
    /// A box.
    Group(usize),
}

/// What a cell holds. The order is that in which they are asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Entry {
    Node(usize),
    Label(usize),
    /// An edge, and the first of its points with which it passes the cell.
    Piece(usize, usize),
    Header(usize),
}

/// Finds what lies at a place without asking everything: a uniform grid of cells, made once for a layout.
#[derive(Clone, Debug, Default)]
pub struct HitIndex {
    entries: Vec<Entry>,
    /// A cell, and the place of an entry that it holds: sorted.
    cells: Vec<u64>,
    nodes: Vec<Rect>,
    labels: Vec<Rect>,
    headers: Vec<Rect>,
    routes: Vec<Vec<Point>>,
}

/// Side of a cell in world units: about a card.
const CELL: f64 = 192.0;
/// Something that covers more cells is entered no further; no drawing that fits a screen has such things.
const MOST_CELLS: i32 = 4_096;

impl HitIndex {
    /// The index of a layout and the parts that were laid out.
    pub fn new(layout: &Layout, parts: &GraphParts) -> Self {
        let labels = parts.edges.iter().zip(&layout.edges);
        let header = |rect: &Rect| Rect::new(rect.min, Size::new(rect.width(), HEADER.min(rect.height())));
        let mut index = Self {
            entries: Vec::new(),
            cells: Vec::new(),
            nodes: layout.nodes.clone(),
            labels: labels.map(|(part, route)| label_rect(part, route)).collect(),
            headers: layout.groups.iter().map(header).collect(),
            routes: layout.edges.iter().map(|route| route.path.flatten()).collect(),
        };
        for (place, rect) in layout.nodes.iter().enumerate() {
            index.enter(*rect, Entry::Node(place));
        }
        for place in 0..index.labels.len() {
            let rect = index.labels[place];
            if rect.width() > 0.0 {
                index.enter(rect, Entry::Label(place));
            }
        }
        for place in 0..index.headers.len() {
            index.enter(index.headers[place], Entry::Header(place));
        }
        index.enter_routes();
        index.cells.sort_unstable();
        index
    }

    fn enter(&mut self, rect: Rect, entry: Entry) {
        let ((left, top), (right, bottom)) = (cell(rect.min), cell(rect.max));
        let columns = right.saturating_sub(left).clamp(0, MOST_CELLS);
        let rows = bottom.saturating_sub(top).clamp(0, MOST_CELLS / (columns + 1));
        for x in left..=left.saturating_add(columns) {
            for y in top..=top.saturating_add(rows) {
                self.cells.push(code(x, y) << 32 | self.entries.len() as u64);
            }
        }
        self.entries.push(entry);
    }

    /// Long straight pieces are entered in stretches of a cell's length, as the rectangle round a long diagonal would
    /// hold many cells that it never touches.
    fn enter_routes(&mut self) {
        let routes = std::mem::take(&mut self.routes);
        for (edge, points) in routes.iter().enumerate() {
            for (piece, ends) in points.windows(2).enumerate() {
                let &[from, to] = ends else { continue };
                let stretches = (from.distance(to) / CELL).ceil().max(1.0);
                if stretches > f64::from(MOST_CELLS) {
                    continue;
                }
                for stretch in 0..stretches as usize {
                    let at = |share: usize| from.lerp(to, share as f64 / stretches);
                    let rect = Rect::around([at(stretch), at(stretch + 1)]).unwrap_or_default();
                    self.enter(rect, Entry::Piece(edge, piece));
                }
            }
        }
        self.routes = routes;
    }

    /// What lies at the point: a node, else an edge's label (while labels are drawn), else the nearest edge within
    /// `tolerance` world units, else the header of the innermost box.
    pub fn hit(&self, point: Point, tolerance: f64, detail: Detail) -> Option<Target> {
        let reach = Rect { min: point, max: point }.inflate(tolerance.clamp(0.0, 4.0 * CELL));
        let ((left, top), (right, bottom)) = (cell(reach.min), cell(reach.max));
        let mut best: Option<(f64, Target)> = None;
        for cell in (left..=right).flat_map(|x| (top..=bottom).map(move |y| code(x, y))) {
            let first = self.cells.partition_point(|&key| key >> 32 < cell);
            let held = self.cells[first..].iter().take_while(|&&key| key >> 32 == cell);
            for entry in held.filter_map(|&key| self.entries.get(key as u32 as usize)) {
                let Some(candidate) = self.judge(*entry, point, tolerance, detail) else { continue };
                if best.is_none_or(|best| candidate.0 < best.0) {
                    best = Some(candidate);
                }
            }
        }
        best.map(|(_, target)| target)
    }

    /// How good a hit is: the lower the better; nodes below 0, labels at 0, edges by their distance, headers last, the
    /// inner (later) before the outer.
    fn judge(&self, entry: Entry, point: Point, tolerance: f64, detail: Detail) -> Option<(f64, Target)> {
        let inside = |rects: &[Rect], place: usize| rects.get(place).is_some_and(|rect| rect.contains(point));
        match entry {
            Entry::Node(place) => inside(&self.nodes, place).then_some((-1.0 - place as f64, Target::Node(place))),
            Entry::Label(place) => {
                (detail.edge_labels && inside(&self.labels, place)).then_some((0.0, Target::Edge(place)))
            }
            Entry::Piece(edge, piece) => {
                let points = self.routes.get(edge)?;
                let ends = [*points.get(piece)?, *points.get(piece + 1)?];
                let distance = crate::geometry::Path::polyline(ends).distance(point);
                (distance <= tolerance).then_some((distance, Target::Edge(edge)))
            }
            Entry::Header(place) => inside(&self.headers, place).then_some((1e12 - place as f64, Target::Group(place))),
        }
    }
}

/// A cell as a number of 32 bits; those far out are one.
fn code(x: i32, y: i32) -> u64 {
    let half = |at: i32| u64::from(at.clamp(i16::MIN.into(), i16::MAX.into()) as u16);
    half(x) << 16 | half(y)
}

fn cell(point: Point) -> (i32, i32) {
    ((point.x / CELL).floor() as i32, (point.y / CELL).floor() as i32)
}

#[cfg(test)]
mod tests;
