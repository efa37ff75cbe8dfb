//! Reading JSON value by value from its bytes, without a tree.
//!
//! *Invariants.* What is common is read here; what is rare (escapes, exponents, values that nobody asks for) is left to
//! `serde_json`, so that the same texts are JSON here and there. The program is built for size: the loops are plain.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::quantity::{parse_decimal, parse_number};

/// A place in a text of JSON.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Why a text cannot be read.
pub(super) enum Fault {
    /// It is no JSON.
    Json(serde_json::Error),
    /// It is no JSON, or not what is wanted there.
    Shape {
        /// What is wanted.
        wanted: &'static str,
        /// After how many bytes.
        at: usize,
    },
}

type Read<T> = Result<T, Fault>;

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next byte that is no white space; 0 at the end.
    pub fn peek(&mut self) -> u8 {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                next => return next.copied().unwrap_or(0),
            }
        }
    }

    /// Whether nothing follows but white space.
    pub fn is_at_end(&mut self) -> bool {
        self.peek();
        self.at >= self.bytes.len()
    }

    /// Passes over a byte where it is the next one.
    pub fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// How many bytes were read.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Passes over bytes that stood at another place, where they follow here too.
    pub fn repeats(&mut self, from: usize, to: usize) -> bool {
        let next = self.at + to - from;
        let repeats = match (self.bytes.get(from..to), self.bytes.get(self.at..next)) {
            (Some(known), Some(here)) => equal(known, here),
            _ => false,
        };
        if repeats {
            self.at = next;
        }
        repeats
    }

    /// The fault that something else stands here than is wanted.
    pub fn fault<T>(&self, wanted: &'static str) -> Read<T> {
        Err(Fault::Shape { wanted, at: self.at })
    }

    /// What follows the comma, or the bracket that opened; false where the bracket closes.
    pub fn goes_on(&mut self, is_first: bool, close: u8, wanted: &'static str) -> Read<bool> {
        if is_first {
            return Ok(!self.take(close));
        }
        let goes_on = self.take(b',');
        if goes_on || self.take(close) { Ok(goes_on) } else { self.fault(wanted) }
    }

    /// Reads a list; each of its items is for `item` to read.
    pub fn list(&mut self, wanted: &'static str, item: &mut dyn FnMut(&mut Self) -> Read<()>) -> Read<()> {
        if !self.take(b'[') {
            return self.fault(wanted);
        }
        let mut is_first = true;
        while self.goes_on(is_first, b']', wanted)? {
            item(self)?;
            is_first = false;
        }
        Ok(())
    }

    /// Reads a map; the value of each key is for `value` to read.
    pub fn map(&mut self, wanted: &'static str, value: &mut dyn FnMut(&mut Self, &str) -> Read<()>) -> Read<()> {
        if !self.take(b'{') {
            return self.fault(wanted);
        }
        let mut is_first = true;
        while self.goes_on(is_first, b'}', wanted)? {
            let key = self.text(wanted)?;
            if !self.take(b':') {
                return self.fault(wanted);
            }
            value(self, &key)?;
            is_first = false;
        }
        Ok(())
    }

    /// Passes over null, and tells whether it stood there.
    pub fn null(&mut self) -> Read<bool> {
        if self.peek() == b'n' { self.skip().map(|_| true) } else { Ok(false) }
    }

    /// Passes over a value, and gives its bytes.
    pub fn skip(&mut self) -> Read<&'a [u8]> {
        self.peek();
        let from = self.at;
        self.rare::<IgnoredAny>()?;
        Ok(self.bytes.get(from..self.at).unwrap_or_default())
    }

    /// Reads a text.
    pub fn text(&mut self, wanted: &'static str) -> Read<Cow<'a, str>> {
        if !self.take(b'"') {
            return self.fault(wanted);
        }
        match self.plain().map(str::from_utf8) {
            Some(Ok(text)) => Ok(Cow::Borrowed(text)),
            _ => self.rest_of_text().map(Cow::Owned),
        }
    }

    /// After its opening quote, the bytes of a text that is spelt plainly: in ASCII and without escapes.
    pub fn plain(&mut self) -> Option<&'a [u8]> {
        let bytes: &'a [u8] = self.bytes;
        let (text, rest) = bytes.get(self.at..).and_then(|rest| rest.split_at_checked(plain_len(rest)))?;
        if rest.first() != Some(&b'"') {
            return None;
        }
        self.at += text.len() + 1;
        Some(text)
    }

    /// After its opening quote, a text however it is spelt.
    pub fn rest_of_text(&mut self) -> Read<String> {
        self.at -= 1;
        self.rare()
    }

    /// Reads a number, or the text of one.
    pub fn number(&mut self, wanted: &'static str) -> Read<f64> {
        match self.peek() {
            b'"' => {
                let at = self.at;
                let number = parse_number(&self.text(wanted)?);
                number.ok_or(Fault::Shape { wanted, at })
            }
            b'-' => self.rare(),
            b'0'..=b'9' => match parse_decimal(self.bytes.get(self.at..).unwrap_or_default()) {
                Some((number, len)) => {
                    self.at += len;
                    Ok(number)
                }
                None => self.rare(),
            },
            _ => self.fault(wanted),
        }
    }

    fn rare<T: DeserializeOwned>(&mut self) -> Read<T> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter();
        let value = values.next();
        self.at += values.byte_offset();
        match value {
            Some(value) => value.map_err(Fault::Json),
            None => self.fault("a value"),
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// How many bytes at the beginning are ASCII without control characters, quotes and backslashes.
fn plain_len(bytes: &[u8]) -> usize {
    let (mut rest, mut len) = (bytes, 0);
    while let Some((word, behind)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*word);
        let (quote, slash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
        // The upper bit of the first byte that is not plain, and perhaps of some behind it.
        let special = word | word.wrapping_sub(ONES * 0x20) | quote.wrapping_sub(ONES) | slash.wrapping_sub(ONES);
        let special = special & (ONES * 0x80);
        if special != 0 {
            return len + special.trailing_zeros() as usize / 8;
        }
        len += 8;
        rest = behind;
    }
    for byte in rest {
        if !matches!(byte, 0x20..=0x7f) || matches!(byte, b'"' | b'\\') {
            break;
        }
        len += 1;
    }
    len
}

/// Whether two texts are the same; eight bytes at a time, which `==` does not do where programs are built for size.
pub(super) fn equal(one: &[u8], other: &[u8]) -> bool {
    let ((mut rest, last), (mut as_rest, as_last)) = ((one, one.last_chunk::<8>()), (other, other.last_chunk::<8>()));
    let (Some(last), Some(as_last)) = (last, as_last) else { return one == other };
    if one.len() != other.len() || u64::from_le_bytes(*last) != u64::from_le_bytes(*as_last) {
        return false;
    }
    while let (Some((word, behind)), Some((as_word, as_behind))) =
        (rest.split_first_chunk::<8>(), as_rest.split_first_chunk::<8>())
    {
        if u64::from_le_bytes(*word) != u64::from_le_bytes(*as_word) {
            return false;
        }
        (rest, as_rest) = (behind, as_behind);
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_read_as_serde_json_reads_them(
            bytes in proptest::collection::vec(prop_oneof![
                4 => 0x20_u8..0x7f, 1 => any::<u8>(), 1 => Just(b'\\'), 1 => Just(b'"'), 1 => Just(b'u'),
            ], 0..24),
        ) {
            let body = [&b"\""[..], &bytes, b"\" "].concat();
            let mut values = serde_json::Deserializer::from_slice(&body).into_iter::<String>();
            let (expect, len) = (values.next().and_then(Result::ok), values.byte_offset());
            let mut reader = Reader::new(&body);
            let read = reader.text("a text").ok().map(Cow::into_owned);
            prop_assert_eq!(&read, &expect);
            if read.is_some() {
                prop_assert_eq!(reader.place(), len);
            }
        }

        #[test]
        fn numbers_are_read_as_serde_json_reads_them(text in "-?[0-9]{1,22}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?[ ,]") {
            let mut values = serde_json::Deserializer::from_slice(text.as_bytes()).into_iter::<f64>();
            let (expect, len) = (values.next().and_then(Result::ok), values.byte_offset());
            let mut reader = Reader::new(text.as_bytes());
            let read = reader.number("a number").ok();
            prop_assert_eq!(read.map(f64::to_bits), expect.map(f64::to_bits));
            if read.is_some() {
                prop_assert_eq!(reader.place(), len);
            }
        }

        #[test]
        fn equal_is_equal(one in "[ab]{0,20}", other in "[ab]{0,20}") {
            prop_assert_eq!(equal(one.as_bytes(), other.as_bytes()), one == other);
            prop_assert!(equal(one.as_bytes(), one.clone().as_bytes()));
        }
    }
}
