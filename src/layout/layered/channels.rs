//! Pass 7: positions along the flow.
//!
//! *Before:* positions across. *After:* each layer has a left and a right edge; between layers is a channel in which
//! edges bend, the wider the steeper they are, and wide enough for the labels that stand in it.

use super::part::Part;
use super::proper::{Proper, Way};
use super::style::Style;

/// How much wider than usual a channel may get.
const WIDEST: f64 = 3.0;
const STEEPNESS: f64 = 0.18;
const BORDER_STEEPNESS: f64 = 0.4;
const LABEL_MARGIN: f64 = 10.0;

/// How far a hairpin over that height reaches out.
pub(super) fn bulge(height: f64) -> f64 {
    (12.0 + 0.12 * height.abs()).min(60.0)
}

/// Left and right edge of each layer, the layers of ports included; the first begins at 0.
pub(super) fn channels(part: &Part, proper: &Proper, y: &[f64], style: &Style, border: [f64; 2]) -> Vec<[f64; 2]> {
    let count = proper.layers.len();
    let mut widths = vec![0.0_f64; count];
    for (slot, size) in part.sizes.iter().enumerate() {
        let layer = proper.layer_of[slot];
        widths[layer] = widths[layer].max(size.0);
    }
    let least = |gap: usize| match gap {
        0 => border[0],
        _ if gap + 2 == count => border[1],
        _ => style.layer,
    };
    let mut gaps: Vec<f64> = (0..count.saturating_sub(1)).map(least).collect();
    for segment in &proper.segments {
        let [left, right] = [0, 1].map(|end| y[segment.slots[end]] + segment.offsets[end]);
        let layer = proper.layer_of[segment.slots[0]];
        let (steepness, most) = if least(layer) < style.layer {
            (BORDER_STEEPNESS, style.layer)
        } else {
            (STEEPNESS, WIDEST * style.layer)
        };
        gaps[layer] = gaps[layer].max((steepness * (left - right).abs()).min(most));
    }
    for way in &proper.ways {
        if let Way::Hairpin { slots: [one, other], offsets } = *way {
            let layer = proper.layer_of[one];
            gaps[layer] = gaps[layer].max(1.25 * bulge(y[one] + offsets[0] - y[other] - offsets[1]));
        }
    }
    for (link, way) in part.links.iter().zip(&proper.ways) {
        if link.label.0 > 0.0 {
            let layer = labelled_gap(proper, way);
            gaps[layer] = gaps[layer].max(link.label.0 + 2.0 * LABEL_MARGIN);
        }
    }
    let mut edges = Vec::with_capacity(count);
    let mut x = 0.0;
    for (layer, width) in widths.into_iter().enumerate() {
        edges.push([x, x + width]);
        x += width + gaps.get(layer).copied().unwrap_or(0.0);
    }
    edges
}

/// The channel, by the layer to its left, in which the label of a link stands.
fn labelled_gap(proper: &Proper, way: &Way) -> usize {
    match *way {
        Way::Through { first, count } => proper.layer_of[proper.segments[first + count / 2].slots[0]],
        Way::Hairpin { slots, .. } => proper.layer_of[slots[0]],
    }
}
