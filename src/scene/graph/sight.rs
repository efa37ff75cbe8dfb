//! What part of the graph is seen, and how large.

use crate::geometry::{Camera, Rect, Size};

/// The window through which the graph is seen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sight {
    /// The part of the world on screen.
    pub visible: Rect,
    /// Screen pixels a world unit; greater than zero.
    pub zoom: f64,
    /// Whether many edges may be drawn as few from afar.
    pub bundles: bool,
}

/// How much is worth drawing at a zoom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Detail {
    /// Labels of edges.
    pub edge_labels: bool,
    /// The second line of nodes.
    pub captions: bool,
    /// The names of nodes, and arrowheads. Without them, cards are blocks in the colour of their health.
    pub titles: bool,
    /// World units a screen pixel, never less than 1, in steps of √2 so that small changes of zoom change nothing:
    /// what must not shrink with the zoom is multiplied with it.
    pub scale: f64,
}

impl Sight {
    /// What a camera sees on a screen of that size.
    pub fn of(camera: Camera, screen: Size, bundles: bool) -> Self {
        Self { visible: camera.visible(screen), zoom: camera.zoom, bundles }
    }
}

impl Detail {
    /// Below that zoom labels of edges would be smaller than seven pixels.
    const EDGE_LABELS_FROM: f64 = 0.6;
    /// The same for captions.
    const CAPTIONS_FROM: f64 = 0.5;
    /// And for titles, which grow when captions are gone.
    const TITLES_FROM: f64 = 0.25;

    /// The detail for a zoom; for one that is not a number, everything.
    pub fn at(zoom: f64) -> Self {
        let steps = (-zoom.log2() * 2.0).round().clamp(0.0, 12.0);
        let scale = if steps.is_nan() { 1.0 } else { std::f64::consts::SQRT_2.powi(steps as i32) };
        let shown = |from: f64| zoom >= from || zoom.is_nan();
        Self {
            edge_labels: shown(Self::EDGE_LABELS_FROM),
            captions: shown(Self::CAPTIONS_FROM),
            titles: shown(Self::TITLES_FROM),
            scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detail_goes_in_the_order_of_its_worth() {
        for (zoom, labels, captions, titles, scale) in [
            (2.0, true, true, true, 1.0),
            (0.6, true, true, true, std::f64::consts::SQRT_2),
            (0.5, false, true, true, 2.0),
            (0.25, false, false, true, 4.0),
            (0.1, false, false, false, 128_f64.sqrt()),
            (0.0, false, false, false, 64.0),
            (f64::NAN, true, true, true, 1.0),
        ] {
            let detail = Detail::at(zoom);
            assert_eq!((detail.edge_labels, detail.captions, detail.titles), (labels, captions, titles), "{zoom}");
            assert!((detail.scale - scale).abs() < 1e-9, "{zoom}: {}", detail.scale);
        }
    }
}
