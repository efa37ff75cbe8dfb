//! Telling a drag from a pinch.

use crate::geometry::{Point, Vector};

/// The fingers on an element.
#[derive(Debug, Default)]
pub(super) struct Fingers {
    down: Vec<(i32, Point)>,
    /// Once two fingers were down, what remains of the touch is no drag.
    pinching: bool,
}

/// What a finger going down begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Press {
    Drag,
    Pinch,
    /// A third finger.
    Nothing,
}

/// What a finger's way or end belongs to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Motion {
    Drag,
    Pinch { centre: Point, factor: f64, by: Vector },
    Nothing,
}

/// Nearer fingers than this, in CSS pixels, give no useful ratio.
const LEAST_SPREAD: f64 = 8.0;

impl Fingers {
    pub(super) fn press(&mut self, id: i32, at: Point) -> Press {
        match self.down.len() {
            0 => self.down.push((id, at)),
            1 => {
                self.down.push((id, at));
                self.pinching = true;
                return Press::Pinch;
            }
            _ => return Press::Nothing,
        }
        if self.pinching { Press::Nothing } else { Press::Drag }
    }

    pub(super) fn travel(&mut self, id: i32, at: Point) -> Motion {
        if !self.pinching {
            return Motion::Drag;
        }
        let before = self.frame();
        if let Some(finger) = self.down.iter_mut().find(|finger| finger.0 == id) {
            finger.1 = at;
        }
        match (before, self.frame()) {
            (Some((from, apart)), Some((centre, spread))) => {
                Motion::Pinch { centre, factor: spread / apart, by: centre - from }
            }
            _ => Motion::Nothing,
        }
    }

    pub(super) fn lift(&mut self, id: i32) -> Motion {
        self.down.retain(|finger| finger.0 != id);
        let motion = if self.pinching { Motion::Nothing } else { Motion::Drag };
        self.pinching &= !self.down.is_empty();
        motion
    }

    /// Middle and distance of two fingers.
    fn frame(&self) -> Option<(Point, f64)> {
        match self.down[..] {
            [(_, one), (_, other)] => Some((one.lerp(other, 0.5), one.distance(other).max(LEAST_SPREAD))),
            _ => None,
        }
    }
}
