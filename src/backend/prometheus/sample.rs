//! Timestamps, values and label sets, read from JSON without an intermediate tree.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::rows::Point;
use crate::backend::labels::{LabelTable, Symbol};
use crate::quantity::{Instant, parse_number};

/// A number, or the text of one: Prometheus puts values between quotes since JSON knows no NaN and no infinities.
struct Float(f64);

impl<'de> Deserialize<'de> for Float {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FloatVisitor)
    }
}

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = Float;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a text such as \"1.5\", \"NaN\" or \"+Inf\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Float, E> {
        parse_number(text).map(Float).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Float, E> {
        Ok(Float(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Float, E> {
        Ok(Float(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Float, E> {
        Ok(Float(number as f64))
    }
}

/// `[1700000000.25, "1.5"]`
pub(super) struct PointJson(pub Point);

impl<'de> Deserialize<'de> for PointJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PointVisitor)
    }
}

struct PointVisitor;

impl<'de> Visitor<'de> for PointVisitor {
    type Value = PointJson;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of a timestamp and a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<PointJson, A::Error> {
        let Some(Float(secs)) = seq.next_element()? else { return Err(A::Error::invalid_length(0, &self)) };
        let Some(Float(value)) = seq.next_element()? else { return Err(A::Error::invalid_length(1, &self)) };
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(PointJson((Instant::from_unix_secs(secs), value)))
    }
}

/// Appends the points of a series.
pub(super) struct PointsSeed<'a>(pub &'a mut Vec<Point>);

impl<'de> DeserializeSeed<'de> for PointsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PointsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of points")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(PointJson(point)) = seq.next_element()? {
            self.0.push(point);
        }
        Ok(())
    }
}

/// Adds labels to the open set of a table.
pub(super) struct LabelsSeed<'a>(pub &'a mut LabelTable);

impl<'de> DeserializeSeed<'de> for LabelsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for LabelsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of labels")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        loop {
            let (name_hint, value_hint) = self.0.hint().unzip();
            let Some(name) = map.next_key_seed(SymbolSeed { table: self.0, hint: name_hint })? else { return Ok(()) };
            let value = map.next_value_seed(SymbolSeed { table: self.0, hint: value_hint })?;
            self.0.add(name, value);
        }
    }
}

/// Interns a text.
struct SymbolSeed<'a> {
    table: &'a mut LabelTable,
    hint: Option<Symbol>,
}

impl<'de> DeserializeSeed<'de> for SymbolSeed<'_> {
    type Value = Symbol;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Symbol, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SymbolSeed<'_> {
    type Value = Symbol;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Symbol, E> {
        Ok(self.table.symbol(text, self.hint))
    }
}
