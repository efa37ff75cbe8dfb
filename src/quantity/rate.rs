//! Rates: how many bytes or events a second.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use super::format::Format;
use super::scaled::Unit;

/// Bytes a second. Finite and not negative unless a back end said otherwise.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
pub struct BytesPerSec(pub f64);

/// Events (requests, connections, messages) a second. Finite and not negative unless a back end said otherwise.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
pub struct PerSec(pub f64);

macro_rules! rate {
    ($name:ident, $unit:expr) => {
        impl $name {
            /// Three significant digits and a prefix, such as `1.5 KiB/s` or `12.3/s`.
            pub fn text(self, format: &dyn Format) -> String {
                $unit.scale(self.0).text(format)
            }

            /// Whether anything flows: greater than zero, not NaN.
            pub fn is_flowing(self) -> bool {
                self.0 > 0.0
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
                rates.fold(Self::default(), Add::add)
            }
        }
    };
}

rate!(BytesPerSec, Unit::BytesPerSec);
rate!(PerSec, Unit::PerSec);
