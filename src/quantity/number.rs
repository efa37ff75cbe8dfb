//! Numbers written as text.

/// Reads a number as Prometheus writes sample values and bucket limits (`strconv.FormatFloat`): a decimal number with or
/// without an exponent, `NaN`, `+Inf` or `-Inf`, in any case. Nothing when it is none of these.
///
/// The result is within two units in the last place. It is read as JSON reads numbers: the standard library's reader,
/// which is exact to the last bit, brings 10 kB of tables.
pub fn parse_number(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    // White space, further signs and quotes are part of JSON, and of no number.
    let size = match digits {
        _ if digits.eq_ignore_ascii_case("nan") => f64::NAN,
        _ if digits.eq_ignore_ascii_case("inf") => f64::INFINITY,
        _ if let Some((size, _)) = parse_decimal(digits.as_bytes()).filter(|(_, len)| *len == digits.len()) => size,
        _ if digits.starts_with(is_digit) && digits.ends_with(is_digit) => {
            serde_json::from_slice(digits.as_bytes()).ok()?
        }
        _ => return None,
    };
    Some(if is_negative { -size } else { size })
}

/// Reads the usual decimal number that a text begins with, digits with or without a fraction, and tells how many bytes it
/// takes. Nothing where it has a sign, an exponent, a needless zero, or more digits than 19: such is for others to read.
pub fn parse_decimal(text: &[u8]) -> Option<(f64, usize)> {
    let (mut number, mut scale, mut len, mut fraction) = (0_u64, 1.0, 0_usize, None);
    for &byte in text {
        match byte {
            // Of more digits than it can hold it is not used.
            b'0'..=b'9' => number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
            b'.' if fraction.is_none() => fraction = Some(len),
            b'.' | b'e' | b'E' | b'+' | b'-' => return None,
            _ => break,
        }
        if byte != b'.' && fraction.is_some() {
            scale *= 10.0;
        }
        len += 1;
    }
    let whole = fraction.unwrap_or(len);
    let is_usual = (whole == 1 || whole > 1 && text.first() != Some(&b'0')) && fraction.is_none_or(|at| at + 1 < len);
    // Powers of ten up to the 22nd are exact; so it is one rounding for the digits and one for the quotient.
    let digits = len - usize::from(fraction.is_some());
    (is_usual && digits <= 19).then(|| (number as f64 / scale, len))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_server_are_read() {
        for (text, expect) in [
            ("0", 0.0),
            ("1.5", 1.5),
            ("-2", -2.0),
            ("1e+06", 1e6),
            ("5e-05", 5e-5),
            ("1700000000.25", 1_700_000_000.25),
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("1.7976931348623157e+308", f64::MAX),
            ("5e-324", 5e-324),
            ("+Inf", f64::INFINITY),
            ("-Inf", f64::NEG_INFINITY),
            ("inf", f64::INFINITY),
            ("+INF", f64::INFINITY),
        ] {
            assert_eq!(parse_number(text), Some(expect), "{text}");
        }
        assert!(parse_number("NaN").is_some_and(f64::is_nan));
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        for text in ["", " 1", "1 ", "1,5", "0x10", "1e", "--1", "+-1", "nan()", "null", "\"1\"", "[1]"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn usual_decimals_are_read_as_json_is() {
        for (text, expect) in [
            ("0,", Some(1)),
            ("12.50]", Some(5)),
            ("1700000000.25", Some(13)),
            ("9999999999999999999", Some(19)),
            ("0.1234567890123456789", None),
            ("0.123456789012345678", Some(20)),
            ("99999999999999999999", None),
            ("00", None),
            ("01.5", None),
            ("1.", None),
            (".5", None),
            ("1.2.3", None),
            ("1e5", None),
            ("-1", None),
            ("", None),
            ("x", None),
        ] {
            let read = parse_decimal(text.as_bytes());
            assert_eq!(read.map(|(_, len)| len), expect, "{text}");
            if let Some((number, len)) = read {
                let json: f64 = serde_json::from_str(&text[..len]).unwrap();
                assert_eq!(number.to_bits(), json.to_bits(), "{text}");
            }
        }
    }

    #[test]
    fn every_number_comes_back_within_two_units_in_the_last_place() {
        let mut bits = 1_u64;
        for _ in 0..100_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(bits >> 1);
            // Near the ends of the range a product on the way may leave it.
            if number.is_finite() && (1e-290..1e290).contains(&number) {
                let read = parse_number(&format!("{number:e}")).unwrap();
                assert!(read.to_bits().abs_diff(number.to_bits()) <= 2, "{number:e} {read:e}");
            }
        }
    }
}
