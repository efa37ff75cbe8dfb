//! JSON read in one pass, without a tree of values: each value is given to a closure as it comes.
//!
//! *Invariants.* `serde_json` reads the text, and refuses what is nested more than 128 deep. One visitor is compiled for
//! all shapes: decoders differ in closures only. What a closure does not look at is skipped.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::answer::HttpAnswer;
use super::error::BackendError;

/// The text broke off or is no JSON; the reader knows the reason.
#[derive(Debug)]
pub(super) struct Broken(());

/// Whether reading goes on.
pub(super) type Read = Result<(), Broken>;

/// A value that is being read.
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// A fraction, or a whole number beyond an `i64`.
    Float(f64),
    Text(&'a str),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
}

/// The items of a list, as they come.
pub(super) trait Items {
    /// Gives the next item; false when there is none.
    fn next(&mut self, take: &mut dyn FnMut(Json<'_>) -> Read) -> Result<bool, Broken>;
}

/// The members of an object, as they come.
pub(super) trait Members {
    /// Gives the next member; false when there is none.
    fn next(&mut self, take: &mut dyn FnMut(&str, Json<'_>) -> Read) -> Result<bool, Broken>;
}

/// Reads the values that a text is made of, one behind the other; most are made of one.
///
/// # Errors
/// When the text breaks off, is no JSON, or is nested too deep.
pub(super) fn read(answer: &HttpAnswer, take: &mut dyn FnMut(Json<'_>) -> Read) -> Result<(), BackendError> {
    let mut json = serde_json::Deserializer::from_slice(&answer.body);
    loop {
        Give(take).deserialize(&mut json).map_err(|error| answer.unreadable(&error))?;
        if json.end().is_ok() {
            return Ok(());
        }
    }
}

impl Json<'_> {
    /// Gives each item of a list; nothing for what is no list.
    pub(super) fn items(self, take: &mut dyn FnMut(Json<'_>) -> Read) -> Read {
        if let Self::List(items) = self {
            while items.next(take)? {}
        }
        Ok(())
    }

    /// Gives each member of an object; nothing for what is no object.
    pub(super) fn members(self, take: &mut dyn FnMut(&str, Json<'_>) -> Read) -> Read {
        if let Self::Object(members) = self {
            while members.next(take)? {}
        }
        Ok(())
    }

    /// The text; empty for what is none.
    pub(super) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// A whole number, written as one or as a text of decimal digits; of a fraction the whole part.
    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(int) => Some(*int),
            Self::Float(float) => Some(*float as i64),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Adds the value as a text: what is no list and no object as a reader would write it, those as JSON.
    pub(super) fn print(self, out: &mut String) -> Read {
        match self {
            Self::Text(text) => out.push_str(text),
            other => return other.print_json(out),
        }
        Ok(())
    }

    fn print_json(self, out: &mut String) -> Read {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
            Self::Int(int) => out.push_str(&int.to_string()),
            Self::Float(float) => out.push_str(&float.to_string()),
            Self::Text(text) => super::prometheus::push_text(out, text),
            Self::List(items) => {
                out.push('[');
                let start = out.len();
                while items.next(&mut |item| {
                    out.push_str(if out.len() > start { "," } else { "" });
                    item.print_json(out)
                })? {}
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                let start = out.len();
                while members.next(&mut |name, member| {
                    out.push_str(if out.len() > start { "," } else { "" });
                    super::prometheus::push_text(out, name);
                    out.push(':');
                    member.print_json(out)
                })? {}
                out.push('}');
            }
        }
        Ok(())
    }
}

/// Gives the value that comes to a closure.
struct Give<'f>(&'f mut dyn FnMut(Json<'_>) -> Read);

impl Give<'_> {
    fn scalar<E: Error>(self, json: Json<'_>) -> Result<(), E> {
        (self.0)(json).map_err(|Broken(())| E::custom("unreadable"))
    }
}

impl<'de> DeserializeSeed<'de> for Give<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Give<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Json::Null)
    }

    fn visit_bool<E: Error>(self, bool: bool) -> Result<(), E> {
        self.scalar(Json::Bool(bool))
    }

    fn visit_i64<E: Error>(self, int: i64) -> Result<(), E> {
        self.scalar(Json::Int(int))
    }

    fn visit_u64<E: Error>(self, int: u64) -> Result<(), E> {
        self.scalar(i64::try_from(int).map_or(Json::Float(int as f64), Json::Int))
    }

    fn visit_f64<E: Error>(self, float: f64) -> Result<(), E> {
        self.scalar(Json::Float(float))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        let mut list = ListOf { seq, failed: None, marker: PhantomData };
        let read = (self.0)(Json::List(&mut list));
        if let Some(error) = list.failed {
            return Err(error);
        }
        read.map_err(|Broken(())| A::Error::custom("unreadable"))?;
        while list.seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut object = ObjectOf { map, failed: None, name: String::new(), marker: PhantomData };
        let read = (self.0)(Json::Object(&mut object));
        if let Some(error) = object.failed {
            return Err(error);
        }
        read.map_err(|Broken(())| A::Error::custom("unreadable"))?;
        while object.map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

struct ListOf<'de, A: SeqAccess<'de>> {
    seq: A,
    failed: Option<A::Error>,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: SeqAccess<'de>> Items for ListOf<'de, A> {
    fn next(&mut self, take: &mut dyn FnMut(Json<'_>) -> Read) -> Result<bool, Broken> {
        match self.seq.next_element_seed(Give(take)) {
            Ok(item) => Ok(item.is_some()),
            Err(error) => {
                self.failed = Some(error);
                Err(Broken(()))
            }
        }
    }
}

struct ObjectOf<'de, A: MapAccess<'de>> {
    map: A,
    failed: Option<A::Error>,
    name: String,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> ObjectOf<'de, A> {
    fn member(&mut self, take: &mut dyn FnMut(&str, Json<'_>) -> Read) -> Result<bool, A::Error> {
        if self.map.next_key_seed(Name(&mut self.name))?.is_none() {
            return Ok(false);
        }
        let name = &self.name;
        self.map.next_value_seed(Give(&mut |value| take(name, value)))?;
        Ok(true)
    }
}

impl<'de, A: MapAccess<'de>> Members for ObjectOf<'de, A> {
    fn next(&mut self, take: &mut dyn FnMut(&str, Json<'_>) -> Read) -> Result<bool, Broken> {
        self.member(take).map_err(|error| {
            self.failed = Some(error);
            Broken(())
        })
    }
}

/// Reads a member's name into a buffer.
struct Name<'n>(&'n mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(body: &str) -> Result<String, BackendError> {
        let mut out = String::new();
        read(&HttpAnswer::json(200, body), &mut |json| json.print(&mut out))?;
        Ok(out)
    }

    #[test]
    fn what_is_read_prints_as_it_was() {
        for body in [r#"{"a":[1,-2,0.5,"x\"",null,true],"b":{}}"#, "[]", "{}", "[[[{}]]]"] {
            assert_eq!(printed(body).as_deref(), Ok(body));
        }
        assert_eq!(printed("\"bare\"").as_deref(), Ok("bare"));
        assert_eq!(printed("[18446744073709551615]").as_deref(), Ok("[18446744073709552000]"));
        assert_eq!(printed("{\"a\":1}\n{\"b\":2}\n").as_deref(), Ok("{\"a\":1}{\"b\":2}"), "one value a line");
    }

    #[test]
    fn what_nobody_looks_at_is_skipped() {
        let mut seen = Vec::new();
        let body = r#"{"skip":[{"deep":[1,2]},3],"name":"x","half":[1,2,3]}"#;
        let answer = HttpAnswer::json(200, body);
        let done = read(&answer, &mut |json| {
            json.members(&mut |name, value| {
                seen.push(name.to_owned());
                if let Json::List(items) = value {
                    items.next(&mut |_| Ok(()))?;
                }
                Ok(())
            })
        });
        assert_eq!((done, seen.join(" ")), (Ok(()), "skip name half".to_owned()));
    }

    #[test]
    fn broken_texts_are_errors_of_their_own_kind() {
        assert_eq!(printed("{\"a\":[1,"), Err(BackendError::Truncated { bytes: 8 }));
        assert_eq!(printed(""), Err(BackendError::Truncated { bytes: 0 }));
        assert_eq!(printed("<html>"), Err(BackendError::Html { status: 200 }));
        assert!(matches!(printed("{\"a\":oops}"), Err(BackendError::NotJson { .. })));
        assert!(matches!(printed(&"[".repeat(100_000)), Err(BackendError::NotJson { .. })), "nested too deep");
    }
}
