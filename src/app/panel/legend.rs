//! What the legend says.

use crate::scene::{Glyph, LegendWord};
use crate::words::Label;

use super::names;
use super::voice::Voice;

/// The meaning of an entry.
pub fn legend_text(word: LegendWord, voice: Voice<'_>) -> String {
    match word {
        LegendWord::Node(glyph) => voice.label(glyph_label(glyph)),
        LegendWord::Health(health) => names::health(health, voice),
        LegendWord::Protocol(protocol) => names::protocol(protocol).to_owned(),
        LegendWord::Width => voice.label(Label::LegendWidth),
        LegendWord::Plaintext => voice.label(Label::Plaintext),
        LegendWord::Cluster => voice.label(Label::LegendClusterBox),
        LegendWord::Namespace => voice.label(Label::LegendNamespaceBox),
        LegendWord::Selected => voice.label(Label::LegendSelected),
        LegendWord::Found => voice.label(Label::LegendFound),
    }
}

fn glyph_label(glyph: Glyph) -> Label {
    match glyph {
        Glyph::Sidecar => Label::Sidecar,
        Glyph::Captured => Label::Captured,
        Glyph::Plain => Label::Plain,
        Glyph::Service => Label::Service,
        Glyph::Operation => Label::Operation,
        Glyph::Waypoint => Label::Waypoint,
        Glyph::Gateway => Label::Gateway,
        Glyph::EastWestGateway => Label::EastWestGateway,
        Glyph::Ztunnel => Label::Ztunnel,
        Glyph::External => Label::ServiceEntry,
        Glyph::Passthrough => Label::PassthroughHost,
        Glyph::BlackHole => Label::BlackHole,
        Glyph::UnknownClient => Label::UnknownClient,
    }
}
