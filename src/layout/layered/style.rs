//! Distances and wishes, made sound.

use super::super::request::Options;
use super::fold::Room;

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Style {
    pub node: f64,
    pub layer: f64,
    pub edge: f64,
    pub padding: f64,
    pub aspect: f64,
    pub seed: u64,
}

impl Style {
    pub(super) fn of(options: &Options) -> Self {
        let spacing = options.spacing;
        let sound =
            |length: f64, otherwise: f64| if length.is_finite() { length.clamp(1.0, 1000.0) } else { otherwise };
        let aspect = if options.aspect.is_finite() { options.aspect.clamp(0.2, 5.0) } else { 1.5 };
        let upright = options.direction == super::super::request::Direction::TopToBottom;
        Self {
            node: sound(spacing.node, 24.0),
            layer: sound(spacing.layer, 60.0),
            edge: sound(spacing.edge, 8.0),
            padding: sound(spacing.padding, 16.0),
            aspect: if upright { aspect.recip() } else { aspect },
            seed: options.seed,
        }
    }
}

impl Style {
    pub(super) fn room(&self) -> Room {
        Room { along: self.layer, across: self.node, edge: self.edge, aspect: self.aspect }
    }
}

/// Room above a node (across the flow) for its self-loops.
pub(super) fn loop_room(loops: usize) -> f64 {
    if loops == 0 { 0.0 } else { 12.0 + 6.0 * loops.min(20) as f64 }
}
