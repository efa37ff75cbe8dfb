//! Shares of a whole.

use super::format::Format;
use super::scaled::Unit;

/// A share between 0 and 1.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
pub struct Ratio(f64);

impl Ratio {
    /// `part` of `whole`, clamped to 0…1; nothing when the whole is not greater than zero or either is NaN.
    pub fn of(part: f64, whole: f64) -> Option<Self> {
        let share = part / whole;
        (whole > 0.0 && !share.is_nan()).then(|| Self(share.clamp(0.0, 1.0)))
    }

    /// The share, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }

    /// In per cent, such as `3.1%`.
    pub fn text(self, format: &dyn Format) -> String {
        Unit::Percent.scale(self.0).text(format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_no_share() {
        assert_eq!(Ratio::of(0.0, 0.0), None);
        assert_eq!(Ratio::of(f64::NAN, 1.0), None);
        assert_eq!(Ratio::of(1.0, f64::NAN), None);
        assert_eq!(Ratio::of(3.0, 2.0), Some(Ratio(1.0)));
    }
}
