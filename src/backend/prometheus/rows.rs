//! Samples and series with their labels.

use std::fmt;

use super::labels::{Columns, LabelSet, LabelTable, Labels, Symbol};
use crate::quantity::Instant;

/// Samples at one instant, one for each label set.
#[derive(Clone, Default)]
pub struct Vector {
    pub(super) table: LabelTable,
    pub(super) samples: Vec<(LabelSet, Point)>,
}

/// Series over a range, one for each label set.
#[derive(Clone, Default)]
pub struct Matrix {
    pub(super) table: LabelTable,
    /// Label set, and where its points end; they begin where the series before ends.
    pub(super) series: Vec<(LabelSet, usize)>,
    pub(super) points: Vec<Point>,
}

/// An instant and the value at it, which may be NaN or infinite.
pub(super) type Point = (Instant, f64);

/// A row of a [`Vector`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sample<'a> {
    /// Which series.
    pub labels: Labels<'a>,
    /// When.
    pub at: Instant,
    /// NaN and infinities included.
    pub value: f64,
}

/// A row of a [`Matrix`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Series<'a> {
    /// Which series.
    pub labels: Labels<'a>,
    /// Oldest first; an instant without a sample is left out. Values may be NaN or infinite.
    pub points: &'a [(Instant, f64)],
}

impl Vector {
    /// No samples.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sample. Labels are sorted by name; an empty value means no label; of a name that comes twice, the last.
    pub fn push<'a>(&mut self, labels: impl IntoIterator<Item = (&'a str, &'a str)>, at: Instant, value: f64) {
        let set = self.table.push(labels);
        self.samples.push((set, (at, value)));
    }

    /// The samples, in the back end's order.
    pub fn samples(&self) -> impl ExactSizeIterator<Item = Sample<'_>> {
        self.samples.iter().map(|&(set, (at, value))| Sample { labels: self.table.labels(set), at, value })
    }

    /// Where these labels stand, by their names.
    pub fn columns(&self, names: &[&str]) -> Columns<'_> {
        self.table.columns(names)
    }

    /// Calls `each` with the labels of every sample that `columns` of this answer were made for, and with its value.
    pub fn each(&self, columns: &Columns, each: &mut dyn FnMut(&[Symbol], f64)) {
        let mut row = columns.row();
        for &(set, (_, value)) in &self.samples {
            columns.read(set, &mut row);
            each(&row, value);
        }
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }
}

impl Matrix {
    /// No series.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a series. Labels as in [`Vector::push`]; points oldest first.
    pub fn push<'a>(
        &mut self,
        labels: impl IntoIterator<Item = (&'a str, &'a str)>,
        points: impl IntoIterator<Item = (Instant, f64)>,
    ) {
        let set = self.table.push(labels);
        self.points.extend(points);
        self.series.push((set, self.points.len()));
    }

    /// The series, in the back end's order.
    pub fn series(&self) -> impl ExactSizeIterator<Item = Series<'_>> {
        let mut start = 0;
        self.series.iter().map(move |&(set, end)| {
            let points = self.points.get(start..end).unwrap_or_default();
            start = end;
            Series { labels: self.table.labels(set), points }
        })
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.series.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.series.is_empty()
    }
}

/// The same samples in the same order; NaN differs from itself.
impl PartialEq for Vector {
    fn eq(&self, other: &Self) -> bool {
        self.samples().eq(other.samples())
    }
}

/// The same series in the same order; NaN differs from itself.
impl PartialEq for Matrix {
    fn eq(&self, other: &Self) -> bool {
        self.series().eq(other.series())
    }
}

impl fmt::Debug for Vector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.samples()).finish()
    }
}

impl fmt::Debug for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.series()).finish()
    }
}
