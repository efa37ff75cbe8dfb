//! The rows of an answer, read in one pass whichever kind they are.

use super::json::{Fault, Reader};
use super::labels::{LabelSet, LabelTable, Symbol};
use super::rows::Point;
use crate::quantity::Instant;

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
    /// The labels of the row before, as they are spelt, and their shape.
    before: Vec<Spelt>,
    shape: Option<u32>,
}

/// A label in the text of the answer: where what stands before its value begins, with the comma, where its value begins
/// after the quote, and where that ends behind the other.
#[derive(Clone, Copy)]
struct Spelt {
    at: usize,
    value_at: usize,
    end: usize,
    name: Symbol,
    value: Symbol,
}

const RESULT: &str = "`result` as a list of rows";
const ROW: &str = "a row with `metric` and `value` or `values`";
const LABELS: &str = "a map of labels";
const POINTS: &str = "a list of points";
const POINT: &str =
    "a list of a timestamp and a value, which is a number or a text such as \"1.5\", \"NaN\" or \"+Inf\"";

impl Rows {
    /// Reads `result`: a list of rows, null when there are none, or a bare point.
    pub(super) fn read(&mut self, json: &mut Reader) -> Result<(), Fault> {
        if json.null()? { Ok(()) } else { json.list(RESULT, &mut |json| self.row(json)) }
    }

    fn row(&mut self, json: &mut Reader) -> Result<(), Fault> {
        // A scalar's timestamp and value: the type of the result says that it is no list of rows.
        if matches!(json.peek(), b'"' | b'-' | b'0'..=b'9') {
            return json.skip().map(|_| ());
        }
        let first_point = self.points.len();
        let (start, mut shape) = (self.table.start(), None);
        let (mut sample, mut has_points, mut has_histogram) = (None, false, false);
        json.map(ROW, &mut |json, field| {
            match field {
                "metric" => {
                    self.table.reopen(start);
                    shape = Some(self.labels(json)?);
                }
                "value" => sample = if json.null()? { None } else { Some(point(json)?) },
                "values" => {
                    json.list(POINTS, &mut |json| {
                        self.points.push(point(json)?);
                        Ok(())
                    })?;
                    has_points = true;
                }
                "histogram" | "histograms" => has_histogram |= json.skip()? != b"null",
                _ => _ = json.skip()?,
            }
            Ok(())
        })?;
        let labels = LabelSet { shape: shape.unwrap_or_else(|| self.table.shape(Vec::new())), start };
        self.histograms += usize::from(has_histogram);
        if let Some(point) = sample {
            self.samples.push((labels, point));
            self.points.truncate(first_point);
        } else if has_points {
            self.series.push((labels, self.points.len()));
        } else {
            self.skipped += usize::from(!has_histogram);
        }
        Ok(())
    }

    /// Adds labels to the open set, and gives its shape. Rows mostly have the names of the row before, and many of its
    /// values: what is spelt as it was there needs no look at the table.
    fn labels(&mut self, json: &mut Reader) -> Result<u32, Fault> {
        if !json.take(b'{') {
            return json.fault(LABELS);
        }
        let mut place = 0;
        loop {
            let at = json.place();
            if let Some(before) = self.before.get_mut(place)
                && json.repeats(before.at, before.value_at)
            {
                let value_at = json.place();
                if !json.repeats(before.value_at, before.end) {
                    before.value = value(&mut self.table, json)?;
                }
                (before.at, before.value_at, before.end) = (at, value_at, json.place());
                self.table.add(before.value);
            } else if json.goes_on(place == 0, b'}', LABELS)? {
                self.strange(json, at, place)?;
            } else {
                break;
            }
            place += 1;
        }
        if place < self.before.len() {
            self.before.truncate(place);
            self.shape = None;
        }
        let shape =
            self.shape.unwrap_or_else(|| self.table.shape(self.before.iter().map(|label| label.name).collect()));
        self.shape = Some(shape);
        Ok(shape)
    }

    /// Adds a label that is not spelt as in the row before: another one, or one after some that are missing.
    fn strange(&mut self, json: &mut Reader, at: usize, place: usize) -> Result<(), Fault> {
        self.shape = None;
        if !json.take(b'"') {
            return json.fault(LABELS);
        }
        let name = value(&mut self.table, json)?;
        if !json.take(b':') || !json.take(b'"') {
            return json.fault(LABELS);
        }
        let value_at = json.place();
        let value = value(&mut self.table, json)?;
        self.table.add(value);
        // The first label has no comma, and no other may take its place.
        if place == 0 {
            self.before.clear();
        } else if self.before.get(place + 1).is_some_and(|next| next.name == name) {
            self.before.remove(place);
        }
        let label = Spelt { at, value_at, end: json.place(), name, value };
        match self.before.get_mut(place).filter(|known| known.name == name) {
            Some(known) => *known = label,
            None => self.before.insert(place, label),
        }
        Ok(())
    }
}

/// Reads a text after its opening quote.
fn value(table: &mut LabelTable, json: &mut Reader) -> Result<Symbol, Fault> {
    let symbol = match json.plain() {
        Some(text) => table.symbol(text),
        None => table.symbol(json.rest_of_text()?.as_bytes()),
    };
    symbol.map_or_else(|| json.fault(LABELS), Ok)
}

/// Reads `[1700000000.25, "1.5"]`. Prometheus puts values between quotes since JSON knows no NaN and no infinities.
fn point(json: &mut Reader) -> Result<Point, Fault> {
    let (mut numbers, mut count) = ([0.0; 2], 0);
    json.list(POINT, &mut |json| {
        match numbers.get_mut(count) {
            Some(number) => *number = json.number(POINT)?,
            None => _ = json.skip()?,
        }
        count += 1;
        Ok(())
    })?;
    let [secs, value] = numbers;
    if count < 2 { json.fault(POINT) } else { Ok((Instant::from_unix_secs(secs), value)) }
}
