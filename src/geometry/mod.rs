//! Points, rectangles, paths and the camera.
//!
//! *Conventions.* x grows to the right, y grows **down**, angles are radians from +x towards +y. Lengths are CSS pixels
//! at zoom 1 in world space. A function named `a_from_b` takes a value of space `b` and gives one of space `a`.
//!
//! *Invariants.* Nothing here knows nodes, colours or text.

mod camera;
mod path;
mod point;
mod rect;

pub use camera::Camera;
pub use path::{Path, Segment};
pub use point::{Point, Size, Vector};
pub use rect::Rect;
