//! Identifiers of traces and spans.

use std::fmt;

/// A trace's identifier: 128 bits, never zero. Prints as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TraceId(u128);

/// A span's identifier within its trace: 64 bits, never zero. Prints as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpanId(u64);

impl TraceId {
    /// Reads up to 32 hexadecimal digits, or 16 or 8 bytes in base64. Jaeger prints 16 digits when the upper half is
    /// zero (`jaeger-idl model/v1/ids.go`), Tempo's search leaves out leading zeros (`tempo pkg/util/traceid.go`), and
    /// protobuf's own JSON has base64. Nothing for zero, which the trace context forbids, and for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bits = hex(text, 32).or_else(|| base64(text, &[16, 8]))?;
        (bits > 0).then_some(Self(bits))
    }

    /// The identifier of these bits; nothing for zero.
    pub fn from_bits(bits: u128) -> Option<Self> {
        (bits > 0).then_some(Self(bits))
    }

    /// The bits.
    pub const fn bits(self) -> u128 {
        self.0
    }
}

impl SpanId {
    /// As [`TraceId::parse`], with 16 digits or 8 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let bits = hex(text, 16).or_else(|| base64(text, &[8]))?;
        Self::from_bits(bits as u64)
    }

    /// The identifier of these bits; nothing for zero.
    pub fn from_bits(bits: u64) -> Option<Self> {
        (bits > 0).then_some(Self(bits))
    }

    /// The bits.
    pub const fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

fn hex(text: &str, most: usize) -> Option<u128> {
    if text.is_empty() || text.len() > most {
        return None;
    }
    text.bytes().try_fold(0, |bits: u128, digit| Some(bits << 4 | u128::from(char::from(digit).to_digit(16)?)))
}

/// Both alphabets of RFC 4648, with padding or without; big end first.
fn base64(text: &str, lengths: &[usize]) -> Option<u128> {
    let text = text.trim_end_matches('=');
    let bytes = text.len() * 6 / 8;
    if !lengths.contains(&bytes) {
        return None;
    }
    let mut bits: u128 = 0;
    let spare = text.len() * 6 - bytes * 8;
    for (at, letter) in text.bytes().enumerate() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        // The last letter holds bits that belong to no byte.
        let is_last = at + 1 == text.len();
        bits = if is_last { bits << (6 - spare) | u128::from(six >> spare) } else { bits << 6 | u128::from(six) };
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_a_trace_id_are_one() {
        for (text, expect) in [
            ("0000000000000000a72210f0eefa66d1", Some("0000000000000000a72210f0eefa66d1")),
            ("a72210f0eefa66d1", Some("0000000000000000a72210f0eefa66d1")),
            ("A72210F0EEFA66D1", Some("0000000000000000a72210f0eefa66d1")),
            ("722f0eefa66d145ae2e12f96bff67", Some("000722f0eefa66d145ae2e12f96bff67")),
            ("pyIQ8O76ZtFFri4S+Wv/Zw==", Some("a72210f0eefa66d145ae2e12f96bff67")),
            ("pyIQ8O76ZtFFri4S-Wv_Zw", Some("a72210f0eefa66d145ae2e12f96bff67")),
            ("AAAAAAAAAAAAAAAAAAAAAA==", None),
            ("00000000000000000000000000000000", None),
            ("", None),
            ("a72210f0eefa66d145ae2e12f96bff671", None),
            ("not an id at all", None),
            ("名前", None),
        ] {
            assert_eq!(TraceId::parse(text).map(|id| id.to_string()).as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn all_spellings_of_a_span_id_are_one() {
        for (text, expect) in [
            ("2cb0487dd9406ef0", Some("2cb0487dd9406ef0")),
            ("b0487dd9406ef0", Some("00b0487dd9406ef0")),
            ("LLBIfdlAbvA=", Some("2cb0487dd9406ef0")),
            ("LLBIfdlAbvA", Some("2cb0487dd9406ef0")),
            ("0000000000000000", None),
            ("", None),
            ("a72210f0eefa66d145ae2e12f96bff67", None),
        ] {
            assert_eq!(SpanId::parse(text).map(|id| id.to_string()).as_deref(), expect, "{text}");
        }
    }
}
