//! The legend, drawn from the same shapes as the graph.

use crate::geometry::{Path, Point, Rect, Size};
use crate::mesh::{Health, Protocol};

use super::super::ink::{Ink, Stroke};
use super::super::shape::Scene;
use super::edge_look::{dash, ink};
use super::glyph::{Glyph, SIDE, draw_open_lock};
use super::parts::GroupKind;
use super::{boxes, card, edge};

/// What an entry of the legend says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LegendWord {
    /// What a node's small picture means.
    Node(Glyph),
    /// What a colour means.
    Health(Health),
    /// What a dash means.
    Protocol(Protocol),
    /// The wider, the more flows.
    Width,
    /// An open lock: plaintext.
    Plaintext,
    /// The box round a cluster.
    Cluster,
    /// The box round a namespace.
    Namespace,
    /// What is selected.
    Selected,
    /// What a search found.
    Found,
}

/// A picture and its meaning.
#[derive(Clone, PartialEq, Debug)]
pub struct LegendEntry {
    /// The picture, 40 by 16 units.
    pub glyph: Scene,
    /// The meaning.
    pub word: LegendWord,
}

/// Size of an entry's picture.
const SIZE: Size = Size::new(40.0, SIDE);

const GLYPHS: [Glyph; 13] = [
    Glyph::Sidecar,
    Glyph::Captured,
    Glyph::Plain,
    Glyph::Service,
    Glyph::Operation,
    Glyph::Waypoint,
    Glyph::Gateway,
    Glyph::EastWestGateway,
    Glyph::Ztunnel,
    Glyph::External,
    Glyph::Passthrough,
    Glyph::BlackHole,
    Glyph::UnknownClient,
];

/// All entries: parts of nodes, then colours, protocols, the rest.
pub fn legend() -> Vec<LegendEntry> {
    use LegendWord as Word;
    let health = [Health::Healthy, Health::Degraded, Health::Failing, Health::Streams, Health::Idle];
    let protocols = [Protocol::Http, Protocol::Grpc, Protocol::Tcp];
    let rest = [Word::Width, Word::Plaintext, Word::Cluster, Word::Namespace, Word::Selected, Word::Found];
    let words = GLYPHS.map(Word::Node).into_iter().chain(health.map(Word::Health));
    let words = words.chain(protocols.map(Word::Protocol)).chain(rest);
    words.map(|word| LegendEntry { glyph: picture(word), word }).collect()
}

fn picture(word: LegendWord) -> Scene {
    let bounds = Rect::new(Point::default(), SIZE);
    let mut scene = Scene { bounds, items: Vec::new() };
    let frame = bounds.inflate(-1.0);
    let card = Rect::centred(bounds.centre(), Size::new(26.0, 8.0));
    let arrow = |ink: Ink, width: f64, dash, scene: &mut Scene| {
        let path = Path::polyline([Point::new(1.0, SIDE / 2.0), Point::new(39.0, SIDE / 2.0)]);
        edge::draw_line(&path, Stroke { ink, alpha: 1.0, width, dash }, 1.0, scene);
    };
    match word {
        LegendWord::Node(glyph) => glyph.draw(Point::new(12.0, 0.0), Ink::Muted, 1.0, &mut scene),
        LegendWord::Health(health) => {
            let dash = if health == Health::Streams { dash(Protocol::Tcp) } else { None };
            arrow(ink(health), 2.5, dash, &mut scene);
        }
        LegendWord::Protocol(protocol) => arrow(Ink::Text, 2.0, dash(protocol), &mut scene),
        LegendWord::Width => arrow(Ink::Text, 5.0, None, &mut scene),
        LegendWord::Plaintext => draw_open_lock(Point::new(15.5, 2.5), Ink::Muted, 1.0, &mut scene),
        LegendWord::Cluster => boxes::draw_frame(GroupKind::Cluster, frame, 1.0, 1.0, &mut scene),
        LegendWord::Namespace => boxes::draw_frame(GroupKind::Namespace, frame, 1.0, 1.0, &mut scene),
        LegendWord::Selected => card::draw_ring(card, Stroke::solid(Ink::Accent, 2.0), &mut scene),
        LegendWord::Found => {
            let stroke = Stroke { dash: Some((5.0, 3.0)), ..Stroke::solid(Ink::Accent, 2.0) };
            card::draw_ring(card, stroke, &mut scene);
        }
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_picture_of_its_own() {
        let entries = legend();
        for (place, entry) in entries.iter().enumerate() {
            assert!(!entry.glyph.items.is_empty(), "{:?}", entry.word);
            assert!(entries[..place].iter().all(|other| other.glyph != entry.glyph), "{:?}", entry.word);
        }
    }
}
