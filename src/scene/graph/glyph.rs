//! Small pictures of the parts that nodes play.

use crate::geometry::{Point, Rect, Size, Vector};

use super::super::ink::{Fill, Ink, Stroke};
use super::super::shape::{Scene, Shape};

/// A node's small picture, drawn in a square of 16 units.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Glyph {
    /// A workload with a proxy of its own: a hexagon with a core.
    Sidecar,
    /// A workload that a ztunnel serves: a hexagon on a ground.
    Captured,
    /// A workload that no proxy speaks for: a bare hexagon.
    Plain,
    /// A service: one way fans out into three.
    Service,
    /// An operation of a service: angle brackets round a dot.
    Operation,
    /// A waypoint: a diamond with a core.
    Waypoint,
    /// A gateway: an arrow through a door.
    Gateway,
    /// An east-west gateway: an arrow both ways through a wall.
    EastWestGateway,
    /// A ztunnel: a tunnel's mouth.
    Ztunnel,
    /// A declared host outside the mesh: a globe.
    External,
    /// An undeclared destination: two chevrons.
    Passthrough,
    /// A forbidden destination: a circle, struck out.
    BlackHole,
    /// An unknown client: a person.
    UnknownClient,
}

/// Side of the square.
pub(super) const SIDE: f64 = 16.0;

type Lines = &'static [&'static [(f64, f64)]];

const HEXAGON: &[(f64, f64)] =
    &[(8.0, 1.5), (13.6, 4.75), (13.6, 11.25), (8.0, 14.5), (2.4, 11.25), (2.4, 4.75), (8.0, 1.5)];
const LOW_HEXAGON: &[(f64, f64)] =
    &[(8.0, 0.5), (12.8, 3.25), (12.8, 8.75), (8.0, 11.5), (3.2, 8.75), (3.2, 3.25), (8.0, 0.5)];
const MERIDIAN: &[(f64, f64)] = &[
    (8.0, 1.5),
    (9.9, 2.9),
    (10.8, 5.2),
    (11.1, 8.0),
    (10.8, 10.8),
    (9.9, 13.1),
    (8.0, 14.5),
    (6.1, 13.1),
    (5.2, 10.8),
    (4.9, 8.0),
    (5.2, 5.2),
    (6.1, 2.9),
    (8.0, 1.5),
];
const SHOULDERS: &[(f64, f64)] = &[
    (2.5, 14.0),
    (2.9, 11.7),
    (4.2, 10.2),
    (6.0, 9.4),
    (8.0, 9.2),
    (10.0, 9.4),
    (11.8, 10.2),
    (13.1, 11.7),
    (13.5, 14.0),
];
const MOUTH: &[(f64, f64)] =
    &[(1.5, 14.0), (1.5, 8.5), (2.4, 5.3), (4.7, 2.9), (8.0, 2.0), (11.3, 2.9), (13.6, 5.3), (14.5, 8.5), (14.5, 14.0)];
const INNER_MOUTH: &[(f64, f64)] =
    &[(5.0, 14.0), (5.0, 9.0), (5.9, 6.9), (8.0, 6.0), (10.1, 6.9), (11.0, 9.0), (11.0, 14.0)];

impl Glyph {
    fn lines(self) -> Lines {
        match self {
            Self::Sidecar | Self::Plain => &[HEXAGON],
            Self::Captured => &[LOW_HEXAGON, &[(1.5, 14.75), (14.5, 14.75)]],
            Self::Service => &[
                &[(4.0, 8.0), (11.0, 8.0)],
                &[(4.0, 8.0), (7.0, 8.0), (11.0, 3.0)],
                &[(4.0, 8.0), (7.0, 8.0), (11.0, 13.0)],
            ],
            Self::Operation => &[&[(5.5, 3.5), (1.5, 8.0), (5.5, 12.5)], &[(10.5, 3.5), (14.5, 8.0), (10.5, 12.5)]],
            Self::Waypoint => &[&[(8.0, 1.0), (15.0, 8.0), (8.0, 15.0), (1.0, 8.0), (8.0, 1.0)]],
            Self::Gateway => &[
                &[(7.0, 2.0), (13.5, 2.0), (13.5, 14.0), (7.0, 14.0)],
                &[(1.5, 8.0), (9.5, 8.0)],
                &[(6.5, 5.0), (9.5, 8.0), (6.5, 11.0)],
            ],
            Self::EastWestGateway => &[
                &[(8.0, 1.5), (8.0, 5.5)],
                &[(8.0, 10.5), (8.0, 14.5)],
                &[(1.5, 8.0), (14.5, 8.0)],
                &[(4.0, 5.5), (1.5, 8.0), (4.0, 10.5)],
                &[(12.0, 5.5), (14.5, 8.0), (12.0, 10.5)],
            ],
            Self::Ztunnel => &[MOUTH, INNER_MOUTH],
            Self::External => &[MERIDIAN, &[(1.5, 8.0), (14.5, 8.0)]],
            Self::Passthrough => &[&[(3.0, 3.0), (8.0, 8.0), (3.0, 13.0)], &[(8.5, 3.0), (13.5, 8.0), (8.5, 13.0)]],
            Self::BlackHole => &[&[(3.4, 12.6), (12.6, 3.4)]],
            Self::UnknownClient => &[SHOULDERS],
        }
    }

    /// Middles and radii of circles, and whether they are filled.
    fn discs(self) -> &'static [(f64, f64, f64, bool)] {
        match self {
            Self::Sidecar | Self::Waypoint | Self::Operation => &[(8.0, 8.0, 2.25, true)],
            Self::Service => {
                &[(2.75, 8.0, 1.75, true), (12.5, 2.75, 1.5, true), (12.5, 8.0, 1.5, true), (12.5, 13.25, 1.5, true)]
            }
            Self::External | Self::BlackHole => &[(8.0, 8.0, 6.5, false)],
            Self::UnknownClient => &[(8.0, 4.75, 2.75, false)],
            _ => &[],
        }
    }

    /// Draws it with its upper left corner at `at`.
    pub(super) fn draw(self, at: Point, ink: Ink, opacity: f32, scene: &mut Scene) {
        let place = |(x, y): &(f64, f64)| at + Vector::new(*x, *y);
        let runs = self.lines().iter().map(|line| line.iter().map(place).collect()).collect();
        scene.push_faded(Shape::Runs { runs, stroke: Stroke::solid(ink, 1.5) }, opacity);
        for (x, y, radius, filled) in self.discs() {
            let (fill, stroke) =
                if *filled { (Some(Fill::solid(ink)), None) } else { (None, Some(Stroke::solid(ink, 1.5))) };
            scene.push_faded(Shape::Disc { centre: place(&(*x, *y)), radius: *radius, fill, stroke }, opacity);
        }
    }
}

/// Draws an open lock, 9 wide and 11 high, its upper left corner at `at`.
pub(super) fn draw_open_lock(at: Point, ink: Ink, opacity: f32, scene: &mut Scene) {
    const SHACKLE: [(f64, f64); 6] = [(2.0, 5.5), (2.0, 2.6), (3.0, 1.2), (4.5, 0.75), (6.0, 1.2), (7.0, 2.6)];
    let runs = vec![SHACKLE.iter().map(|(x, y)| at + Vector::new(*x, *y)).collect()];
    scene.push_faded(Shape::Runs { runs, stroke: Stroke::solid(ink, 1.25) }, opacity);
    let body = Rect::new(at + Vector::new(0.5, 5.0), Size::new(8.0, 6.0));
    scene.push_faded(Shape::Box { rect: body, radius: 1.25, fill: Some(Fill::solid(ink)), stroke: None }, opacity);
}
