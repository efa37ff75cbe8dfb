//! What the layout must know of a topology.

use crate::geometry::Size;
use crate::layout::{EdgeSpec, LayoutRequest, NodeSpec, Options};
use crate::mesh::{Edge, Health, Node, NodeKey, Protocol, Role, Security, Topology};
use crate::quantity::{BytesPerSec, Format, PerSec, Ratio};

use super::super::ink::Ink;
use super::super::label::{clean, ellipsised};
use super::super::text::{Measure, Weight};
use super::card;
use super::edge::{LABEL, LINE, LOCK, PLATE};
use super::edge_look::{ink, stroke};
use super::glyph::Glyph;
use super::groups::Groups;
use super::parts::{EdgePart, GraphParts, LabelLine, NodePart};
use super::view::{GraphView, GraphWords};

/// Sizes come in multiples of that, so that a letter more or less moves nothing.
const GRID: f64 = 8.0;

/// Measures everything the view shows. Equal requests mean that an old layout still holds for the new parts.
pub fn request(
    topology: &Topology,
    view: &GraphView,
    measure: &dyn Measure,
    format: &dyn Format,
    words: &dyn GraphWords,
) -> (LayoutRequest, GraphParts) {
    let groups = Groups::of(topology, view.boxes, measure);
    let mut nodes = Vec::with_capacity(topology.nodes.len());
    let mut specs = Vec::with_capacity(topology.nodes.len());
    for (node, group) in topology.nodes.iter().zip(&groups.of_node) {
        let (part, size) = node_part(node, *group, view, measure, words);
        nodes.push(part);
        specs.push(NodeSpec { size, group: *group });
    }
    let labels = Labels { view, measure, format };
    let edges: Vec<EdgePart> = topology.edges.iter().map(|edge| labels.edge_part(edge)).collect();
    let edge_specs =
        edges.iter().map(|part| EdgeSpec { source: part.ends.0, target: part.ends.1, label: part.label }).collect();
    let request =
        LayoutRequest { nodes: specs, groups: groups.specs(), edges: edge_specs, options: Options::default() };
    (request, GraphParts { nodes, groups: groups.parts, edges })
}

fn node_part(
    node: &Node,
    group: Option<usize>,
    view: &GraphView,
    measure: &dyn Measure,
    words: &dyn GraphWords,
) -> (NodePart, Size) {
    let name = clean(&words.node_title(node));
    let title = ellipsised(&name, card::TEXT_ROOM, card::TITLE, Weight::Bold, measure);
    let mut caption = clean(&words.node_caption(node));
    if let Some(namespace) = node.key.namespace().filter(|name| !view.boxes.namespaces && name.is_known()) {
        let separator = if caption.is_empty() { "" } else { " · " };
        caption = format!("{}{separator}{caption}", clean(namespace.as_str()));
    }
    let (caption, caption_width) = ellipsised(&caption, card::TEXT_ROOM, card::CAPTION, Weight::Normal, measure);
    let width = up(card::width(title.1.max(caption_width)), GRID);
    let part = NodePart { name, title, caption, glyph: glyph(node), ink: ink(node.health), group };
    (part, Size::new(width, card::HEIGHT))
}

fn glyph(node: &Node) -> Glyph {
    match (&node.key, node.role.role) {
        (NodeKey::Service { .. }, _) => Glyph::Service,
        (NodeKey::Operation { .. }, _) => Glyph::Operation,
        (NodeKey::ServiceEntry { .. }, _) => Glyph::External,
        (NodeKey::Passthrough { .. }, _) => Glyph::Passthrough,
        (NodeKey::BlackHole { .. }, _) => Glyph::BlackHole,
        (NodeKey::UnknownClient { .. }, _) => Glyph::UnknownClient,
        (_, Role::Waypoint) => Glyph::Waypoint,
        (_, Role::EastWestGateway) => Glyph::EastWestGateway,
        (_, Role::Gateway) => Glyph::Gateway,
        (_, Role::Ztunnel) => Glyph::Ztunnel,
        (_, Role::Sidecar) => Glyph::Sidecar,
        (_, Role::Captured) => Glyph::Captured,
        (_, Role::Plain) => Glyph::Plain,
    }
}

struct Labels<'a> {
    view: &'a GraphView,
    measure: &'a dyn Measure,
    format: &'a dyn Format,
}

impl Labels<'_> {
    fn edge_part(&self, edge: &Edge) -> EdgePart {
        let shown = self.view.labels;
        let health = edge.health(self.view.tolerances);
        let plaintext = shown.plaintext && matches!(edge.security, Security::Plaintext | Security::Mixed(_));
        let (mut lines, mut width, mut rows) = (Vec::new(), 0.0_f64, 0.0);
        // Room is kept for what an edge of that kind may say, so that it may say something else at the next refresh.
        if shown.requests && edge.requests.is_some() {
            width = width.max(self.request_line(PerSec(88.8), Ratio::of(88.8, 100.0), Ink::Text).width());
            rows += 1.0;
            if let Some(rate) = self.rate(edge).filter(|rate| rate.is_flowing()) {
                let share = edge.error_share().filter(|share| share.value() > 0.0);
                lines.push(self.request_line(rate, share, error_ink(health)));
            }
        }
        if shown.bytes && (edge.protocol == Protocol::Tcp || edge.bytes.is_some()) {
            width = width.max(self.byte_line(BytesPerSec(88.8 * 1024.0)).width());
            rows += 1.0;
            let rate = edge.bytes_of(self.view.ways);
            if rate.is_flowing() {
                lines.push(self.byte_line(rate));
            }
        }
        let width =
            lines.iter().map(LabelLine::width).fold(width, f64::max) + if plaintext { LOCK } else { 0.0 } + 2.0 * PLATE;
        let rows = if plaintext { f64::max(rows, 1.0) } else { rows };
        let label = if rows > 0.0 { Size::new(up(width, GRID), rows * LINE) } else { Size::default() };
        let ends = (edge.source, edge.target);
        EdgePart { ends, stroke: stroke(edge, health), lines, label, plaintext }
    }

    /// What is told of an edge's requests: how many they are, or how many messages; none where nobody counts that.
    fn rate(&self, edge: &Edge) -> Option<PerSec> {
        let requests = edge.requests.as_ref()?;
        match self.view.messages.filter(|_| edge.protocol == Protocol::Grpc) {
            Some(ways) => requests.measured?.messages_of(ways),
            None => Some(requests.rate),
        }
    }

    fn request_line(&self, rate: PerSec, errors: Option<Ratio>, ink: Ink) -> LabelLine {
        let mut pieces = vec![self.piece(rate.text(self.format), Ink::Text)];
        if let Some(share) = errors {
            pieces.push(self.piece(" · ".into(), Ink::Muted));
            pieces.push(self.piece(share.text(self.format), ink));
        }
        LabelLine { pieces }
    }

    fn byte_line(&self, rate: BytesPerSec) -> LabelLine {
        LabelLine { pieces: vec![self.piece(rate.text(self.format), Ink::Text)] }
    }

    fn piece(&self, text: String, ink: Ink) -> (String, Ink, f64) {
        let width = self.measure.width(&text, LABEL, Weight::Normal);
        (text, ink, width)
    }
}

/// Errors within all tolerances are said quietly, never in the colour of health.
fn error_ink(health: Health) -> Ink {
    if health <= Health::Healthy { Ink::Muted } else { ink(health) }
}

/// The least multiple of `grid` that is not less.
fn up(length: f64, grid: f64) -> f64 {
    (length / grid).ceil() * grid
}

#[cfg(test)]
mod tests {
    use super::super::sample::{http_edge, requested, tcp_edge, topology};
    use super::super::view::EdgeLabels;
    use super::*;
    use crate::mesh::{Measured, Ways};

    fn label(edge: Edge, labels: EdgeLabels) -> (String, Size) {
        label_of(edge, GraphView { labels, ..GraphView::default() })
    }

    fn label_of(edge: Edge, view: GraphView) -> (String, Size) {
        let (request, parts) = requested(&topology(&[("c/a/x", "c/a/y", edge)]), &view);
        let line = |line: &LabelLine| line.pieces.iter().map(|(text, _, _)| text.as_str()).collect::<String>();
        let lines: Vec<String> = parts.edges[0].lines.iter().map(line).collect();
        (lines.join("|").replace('\u{202f}', " "), request.edges[0].label)
    }

    const ALL: EdgeLabels = EdgeLabels { requests: true, bytes: true, plaintext: true };

    #[test]
    fn a_label_says_what_the_view_shows() {
        let bytes_too = Edge { bytes: tcp_edge(2048.0, Security::Unknown).bytes, ..http_edge(12.0, 3.0) };
        let requests_only = EdgeLabels { bytes: false, ..ALL };
        for (edge, labels, expect) in [
            (http_edge(12.0, 0.0), ALL, "12/s"),
            (http_edge(12.0, 3.0), ALL, "12/s · 25%"),
            (bytes_too.clone(), ALL, "12/s · 25%|2 KiB/s"),
            (bytes_too, requests_only, "12/s · 25%"),
            (tcp_edge(1024.0, Security::Unknown), ALL, "1 KiB/s"),
            (tcp_edge(1024.0, Security::Unknown), requests_only, ""),
            (http_edge(0.0, 0.0), ALL, ""),
            (http_edge(f64::NAN, f64::NAN), ALL, ""),
        ] {
            assert_eq!(label(edge, labels).0, expect);
        }
    }

    #[test]
    fn messages_are_told_of_grpc_calls_alone() {
        let http = http_edge(12.0, 3.0);
        let edge = |messages| {
            let mut edge = Edge { protocol: Protocol::Grpc, ..http.clone() };
            if let Some(requests) = &mut edge.requests {
                requests.measured = Some(Measured {
                    requests: requests.rate,
                    took_secs: None,
                    sizes: [None; 2],
                    messages,
                    reporter: requests.reporter,
                });
            }
            edge
        };
        let (sent, both) = ([Some(PerSec(40.0)), None], [Some(PerSec(40.0)), Some(PerSec(7.0))]);
        for (edge, messages, expect) in [
            (edge(both), None, "12/s · 25%"),
            (edge(both), Some(Ways::Both), "47/s · 25%"),
            (edge(both), Some(Ways::Received), "7/s · 25%"),
            (edge(sent), Some(Ways::Both), "40/s · 25%"),
            (edge(sent), Some(Ways::Received), ""),
            (http.clone(), Some(Ways::Sent), "12/s · 25%"),
            (Edge { protocol: Protocol::Grpc, ..http.clone() }, Some(Ways::Sent), ""),
        ] {
            assert_eq!(label_of(edge, GraphView { messages, ..GraphView::default() }).0, expect, "{messages:?}");
        }
    }

    #[test]
    fn new_rates_do_not_move_the_map() {
        let size = |edge: Edge| label(edge, ALL).1;
        for rate in [0.0, 0.01, 9.9, 12.0, 999.0] {
            for errors in [0.0, rate / 3.0] {
                assert_eq!(size(http_edge(rate, errors)), size(http_edge(1.0, 0.0)), "{rate} {errors}");
            }
        }
        assert_eq!(size(tcp_edge(0.0, Security::Unknown)), size(tcp_edge(9e7, Security::Unknown)));
    }

    #[test]
    fn tolerated_errors_are_said_without_the_colour_of_health() {
        let mut tolerated = http_edge(100.0, 0.0);
        if let Some(requests) = &mut tolerated.requests {
            requests.client_errors = PerSec(4.0);
        }
        for (edge, expect) in [
            (tolerated, ("4%", Ink::Muted)),
            (http_edge(100.0, 4.0), ("4%", Ink::Degraded)),
            (http_edge(100.0, 40.0), ("40%", Ink::Failing)),
        ] {
            let (_, parts) = requested(&topology(&[("c/a/x", "c/a/y", edge)]), &GraphView::default());
            let (text, ink, _) = &parts.edges[0].lines[0].pieces[2];
            assert_eq!((text.as_str(), *ink), expect);
        }
    }

    #[test]
    fn only_plaintext_shows_a_lock() {
        let half = Ratio::of(1.0, 2.0).map_or(Security::Unknown, Security::Mixed);
        for (security, expect) in
            [(Security::Plaintext, true), (half, true), (Security::MutualTls, false), (Security::Unknown, false)]
        {
            let (_, parts) =
                requested(&topology(&[("c/a/x", "c/a/y", tcp_edge(1.0, security))]), &GraphView::default());
            assert_eq!(parts.edges[0].plaintext, expect, "{security:?}");
        }
    }

    #[test]
    fn long_names_do_not_make_wide_cards() {
        let long = format!("c/a/{}", "w".repeat(5_000));
        let (request, parts) = requested(&topology(&[(&long, "c/a/y", http_edge(1.0, 0.0))]), &GraphView::default());
        let width = request.nodes.iter().map(|node| node.size.width).fold(0.0, f64::max);
        assert!(width <= 224.0, "{width}");
        assert!(parts.nodes.iter().any(|part| part.title.0.contains('…')));
    }
}
