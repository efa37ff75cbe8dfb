//! The rows of an answer, read in one pass whichever kind they are.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::rows::Point;
use super::sample::{LabelsSeed, PointJson, PointsSeed};
use crate::backend::labels::{LabelSet, LabelTable};

/// Rows with one sample and rows with many, side by side.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) table: LabelTable,
    pub(super) samples: Vec<(LabelSet, Point)>,
    /// As in a [`Matrix`](super::Matrix): label set, and where its points end.
    pub(super) series: Vec<(LabelSet, usize)>,
    pub(super) points: Vec<Point>,
    /// Rows with native histograms.
    pub(super) histograms: usize,
    /// Rows with nothing to read.
    pub(super) skipped: usize,
}

/// Reads `result`: a list of rows, null when there are none, or a bare point.
pub(super) struct ResultSeed<'a>(pub &'a mut Rows);

impl<'de> DeserializeSeed<'de> for ResultSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ResultSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`result` as a list of rows")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(RowSeed(self.0))?.is_some() {}
        Ok(())
    }
}

/// Reads one row.
struct RowSeed<'a>(&'a mut Rows);

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum RowField {
    Metric,
    Value,
    Values,
    Histogram,
    Histograms,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row with `metric` and `value` or `values`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let rows = self.0;
        let first_point = rows.points.len();
        let (mut sample, mut has_points, mut has_histogram) = (None, false, false);
        while let Some(field) = map.next_key()? {
            match field {
                RowField::Metric => map.next_value_seed(LabelsSeed(&mut rows.table))?,
                RowField::Value => sample = map.next_value::<Option<PointJson>>()?,
                RowField::Values => {
                    map.next_value_seed(PointsSeed(&mut rows.points))?;
                    has_points = true;
                }
                RowField::Histogram | RowField::Histograms => {
                    has_histogram |= map.next_value::<Option<IgnoredAny>>()?.is_some();
                }
                RowField::Other => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        let labels = rows.table.close();
        rows.histograms += usize::from(has_histogram);
        if let Some(PointJson(point)) = sample {
            rows.samples.push((labels, point));
            rows.points.truncate(first_point);
        } else if has_points {
            rows.series.push((labels, rows.points.len()));
        } else {
            rows.skipped += usize::from(!has_histogram);
        }
        Ok(())
    }

    // A scalar's timestamp and value: the type of the result says that it is no list of rows.
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
