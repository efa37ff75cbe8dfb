//! Shapes and the list of them.

use crate::geometry::{Path, Point, Rect};

use super::ink::{Fill, Stroke};
use super::text::TextStyle;

/// One thing to draw.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A rectangle with round corners.
    Box {
        /// Outer edge, in the middle of the stroke.
        rect: Rect,
        /// Corner radius, at most half the shorter side.
        radius: f64,
        /// Inside.
        fill: Option<Fill>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Disc {
        /// Its middle.
        centre: Point,
        /// Its radius.
        radius: f64,
        /// Inside.
        fill: Option<Fill>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A line along a path.
    Line {
        /// Where it runs.
        path: Path,
        /// How it looks.
        stroke: Stroke,
    },
    /// Many straight runs of one look: a chart's line, broken at its gaps. A run of one point is a dot.
    Runs {
        /// The runs, in order.
        runs: Vec<Vec<Point>>,
        /// How they look.
        stroke: Stroke,
    },
    /// A filled polygon.
    Area {
        /// Its corners in order; closed by itself.
        outline: Vec<Point>,
        /// Inside.
        fill: Fill,
    },
    /// One line of text.
    Text {
        /// The anchor: on the baseline's height as [`TextStyle`] says.
        at: Point,
        /// What it says. Hostile input: drawn as text, never interpreted.
        text: String,
        /// How it looks.
        style: TextStyle,
    },
}

/// A shape and how strongly it shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What is drawn.
    pub shape: Shape,
    /// 1 in full; less when the reader's attention is elsewhere.
    pub opacity: f32,
}

/// A display list: later items cover earlier ones.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scene {
    /// What a view that shows everything must hold.
    pub bounds: Rect,
    /// Back to front.
    pub items: Vec<Item>,
}

impl Scene {
    /// How many things there are to draw, each of many lines counted.
    pub fn weight(&self) -> usize {
        let weight = |item: &Item| match &item.shape {
            Shape::Runs { runs, .. } => runs.len(),
            _ => 1,
        };
        self.items.iter().map(weight).sum()
    }

    /// Adds a shape in full strength.
    pub fn push(&mut self, shape: Shape) {
        self.push_faded(shape, 1.0);
    }

    /// Adds a shape with an opacity.
    pub fn push_faded(&mut self, shape: Shape, opacity: f32) {
        self.items.push(Item { shape, opacity });
    }
}
