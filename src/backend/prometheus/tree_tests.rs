//! Bodies are read as a tree of `serde_json` tells them.

use std::fmt;

use proptest::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{decode_matrix, decode_vector};
use crate::backend::HttpAnswer;
use crate::quantity::{Instant, parse_number};

/// JSON with all that it says, keys that come twice too.
#[derive(Clone, PartialEq, Debug)]
enum Tree {
    Null,
    Bool,
    Number(f64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

use Tree::{List, Map, Null, Number, Text};

struct TreeVisitor;

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Bool)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Number(number as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Map(entries))
    }
}

/// Labels and points, of a row with one and of a row with many.
type Row = (Vec<(String, String)>, Vec<(Instant, u64)>);

#[derive(Default, PartialEq, Debug)]
struct Told {
    status: String,
    kind: String,
    samples: Vec<Row>,
    series: Vec<Row>,
}

fn number(tree: &Tree) -> Option<f64> {
    match tree {
        Number(number) => Some(*number),
        Text(text) => parse_number(text),
        _ => None,
    }
}

fn point(tree: &Tree) -> Option<(Instant, u64)> {
    let List(items) = tree else { return None };
    let [secs, value, ..] = items.as_slice() else { return None };
    Some((Instant::from_unix_secs(number(secs)?), number(value)?.to_bits()))
}

fn text(tree: &Tree) -> Option<String> {
    if let Text(text) = tree { Some(text.clone()) } else { None }
}

impl Told {
    fn row(&mut self, tree: &Tree) -> Option<()> {
        let fields = match tree {
            Map(fields) => fields,
            Number(_) | Text(_) => return Some(()),
            _ => return None,
        };
        let (mut labels, mut value, mut values) = (Vec::new(), None, None);
        for (field, tree) in fields {
            match (field.as_str(), tree) {
                ("metric", Map(entries)) => {
                    for (name, value) in entries {
                        labels.push((name.clone(), text(value)?));
                    }
                }
                ("value", Null) => value = None,
                ("value", tree) => value = Some(vec![point(tree)?]),
                ("values", List(points)) => {
                    let points: Vec<_> = points.iter().map(point).collect::<Option<_>>()?;
                    values.get_or_insert_with(Vec::new).extend(points);
                }
                ("metric" | "values", _) => return None,
                _ => {}
            }
        }
        labels.retain(|(_, value)| !value.is_empty());
        match (value, values) {
            (Some(value), _) => self.samples.push((labels, value)),
            (None, Some(values)) => self.series.push((labels, values)),
            (None, None) => {}
        }
        Some(())
    }

    fn data(&mut self, tree: &Tree) -> Option<()> {
        let fields = match tree {
            Map(fields) => fields,
            Null => return Some(()),
            _ => return None,
        };
        for (field, tree) in fields {
            match (field.as_str(), tree) {
                ("resultType", tree) => self.kind = text(tree)?,
                ("result", List(rows)) => rows.iter().try_for_each(|row| self.row(row))?,
                ("warnings", tree) => remarks(tree)?,
                ("result", Null) | ("yaml" | "version" | "application", Text(_) | Null) => {}
                ("result" | "yaml" | "version" | "application", _) => return None,
                _ => {}
            }
        }
        Some(())
    }

    fn of(tree: &Tree) -> Option<Self> {
        let Map(fields) = tree else { return None };
        let mut told = Self::default();
        for (field, tree) in fields {
            match (field.as_str(), tree) {
                ("status", tree) => told.status = text(tree)?,
                ("data", tree) if told.status != "error" => told.data(tree)?,
                ("warnings" | "infos", tree) => remarks(tree)?,
                ("isPartial", Tree::Bool | Null) => {}
                ("isPartial", _) => return None,
                _ => {}
            }
        }
        Some(told)
    }
}

fn remarks(tree: &Tree) -> Option<()> {
    match tree {
        List(items) => items.iter().all(|item| matches!(item, Text(_))).then_some(()),
        Null => Some(()),
        _ => None,
    }
}

fn labels(labels: super::Labels) -> Vec<(String, String)> {
    labels.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Both read the same rows, or both refuse.
fn check(body: &[u8]) -> Result<(), TestCaseError> {
    let answer = HttpAnswer::json(200, body);
    let tree: Option<Tree> = serde_json::from_slice(body).ok();
    // Half of a character is refused where it is read, and passed over where nobody reads it.
    if tree.is_none() && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        return Ok(());
    }
    let told = tree.as_ref().and_then(Told::of).filter(|told| told.status == "success");
    let vector = told.as_ref().filter(|told| told.kind == "vector").map(|told| &told.samples);
    let matrix = told.as_ref().filter(|told| told.kind == "matrix").map(|told| &told.series);
    let samples: Option<Vec<Row>> = decode_vector(&answer).ok().map(|answer| {
        answer.rows.samples().map(|row| (labels(row.labels), vec![(row.at, row.value.to_bits())])).collect()
    });
    let series: Option<Vec<Row>> = decode_matrix(&answer).ok().map(|answer| {
        let points = |points: &[(Instant, f64)]| points.iter().map(|(at, value)| (*at, value.to_bits())).collect();
        answer.rows.series().map(|row| (labels(row.labels), points(row.points))).collect()
    });
    prop_assert_eq!(samples.as_ref(), vector, "{}", String::from_utf8_lossy(body));
    prop_assert_eq!(series.as_ref(), matrix, "{}", String::from_utf8_lossy(body));
    Ok(())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-c]{0,9}",
        1 => Just(r#"\"\\\/\n\u00fc"#.to_owned()),
        1 => Just("ü名\u{1f600}".to_owned()),
        1 => Just(r"\ud83d\ude00".to_owned()),
        1 => Just(r"\ud83d".to_owned()),
        1 => Just("\t".to_owned()),
    ]
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 1 => Just(" "), 1 => Just("\n\t")]
}

fn numeral() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,3}(\\.[0-9]{1,4})?",
        "-?[0-9]{1,20}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,3})?",
        Just("null".to_owned())
    ]
}

fn value() -> impl Strategy<Value = String> {
    let text = prop_oneof![numeral(), Just("NaN".to_owned()), Just("-Inf".to_owned()), Just("x".to_owned())];
    (numeral(), gap(), text).prop_map(|(secs, gap, value)| format!("[{secs}{gap},{gap}\"{value}\"]"))
}

fn row() -> impl Strategy<Value = String> {
    let label = (piece(), gap(), piece()).prop_map(|(name, gap, value)| format!("\"{name}\"{gap}:{gap}\"{value}\""));
    let rest = prop_oneof![
        4 => value().prop_map(|value| format!("\"value\":{value}")),
        4 => proptest::collection::vec(value(), 0..3).prop_map(|values| format!("\"values\":[{}]", values.join(","))),
        1 => Just("\"histogram\":[1,{}]".to_owned()),
        1 => Just("\"value\":null".to_owned()),
        1 => Just("\"other\":{\"a\":[]}".to_owned()),
    ];
    (proptest::collection::vec(label, 0..4), gap(), rest)
        .prop_map(|(labels, gap, rest)| format!("{{{gap}\"metric\":{{{}}},{rest}}}", labels.join(",")))
}

fn body() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["vector", "matrix"]);
    (kind, proptest::collection::vec(row(), 0..5), any::<bool>()).prop_map(|(kind, rows, repeats)| {
        let mut rows = rows;
        if repeats {
            rows.extend(rows.clone());
        }
        format!(r#"{{"status":"success","data":{{"resultType":"{kind}","result":[{}]}}}}"#, rows.join(","))
    })
}

proptest! {
    #[test]
    fn bodies_are_read_as_their_tree_tells_them(body in body()) {
        check(body.as_bytes())?;
    }

    #[test]
    fn damaged_bodies_are_read_as_their_tree_tells_them_or_refused(
        body in body(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..0x80), 1..3),
    ) {
        let mut body = body.into_bytes();
        for (place, byte) in damage {
            let place = place.index(body.len());
            body[place] = byte;
        }
        check(&body)?;
    }
}
