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

/// Reads a number as this program prints it, to the last bit: the shortest text that tells it from all others. A text that
/// is longer than that is read within a few units in the last place.
///
/// Slow beside [`parse_number`]: it prints to see what it has read. It needs no table.
pub fn parse_printed(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (significand, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = significand.split_once('.').unwrap_or((significand, ""));
    let digits = [whole, fraction].concat();
    let size = match unsigned {
        _ if unsigned.eq_ignore_ascii_case("nan") => f64::NAN,
        _ if unsigned.eq_ignore_ascii_case("inf") => f64::INFINITY,
        _ if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) => return None,
        _ => {
            let exponent = exponent.parse::<i32>().ok()?.saturating_sub(length(fraction));
            nearest(digits.trim_start_matches('0'), exponent)
        }
    };
    Some(if text.starts_with('-') { -size } else { size })
}

/// The number of these digits, times a power of ten.
fn nearest(digits: &str, exponent: i32) -> f64 {
    /// More digits fit into no integer, and tell nothing.
    const MOST_DIGITS: usize = 18;
    let kept = digits.get(..MOST_DIGITS).unwrap_or(digits);
    let mut exponent = exponent.saturating_add(length(digits) - length(kept));
    let Ok(significand) = kept.parse::<u64>() else { return 0.0 };
    let shortest = kept.trim_end_matches('0');
    let last = exponent.saturating_add(length(kept) - length(shortest));
    let mut near = significand as f64;
    while exponent != 0 && near != 0.0 && near.is_finite() {
        // Up to there powers of ten are exact.
        let step = exponent.clamp(-22, 22);
        near = if step > 0 { near * 10_f64.powi(step) } else { near / 10_f64.powi(-step) };
        exponent -= step;
    }
    // Each step may have rounded.
    let bits = near.min(f64::MAX).to_bits();
    let around = (0..64_u64).flat_map(|by| [bits.saturating_sub(by), bits + by]).map(f64::from_bits);
    around.into_iter().find(|one| prints_as(*one, shortest, last)).unwrap_or(near)
}

fn length(digits: &str) -> i32 {
    i32::try_from(digits.len()).unwrap_or(i32::MAX)
}

/// Whether the shortest text of a number has these digits, the last of them worth that power of ten.
fn prints_as(number: f64, digits: &str, last: i32) -> bool {
    let text = format!("{number:e}");
    let Some((printed, exponent)) = text.split_once('e') else { return false };
    let first = last.saturating_add(length(digits) - 1);
    exponent.parse() == Ok(first) && printed.bytes().filter(|byte| *byte != b'.').eq(digits.bytes())
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
    fn what_was_printed_is_read_to_the_last_bit() {
        let mut bits = 1_u64;
        for round in 0..50_000_u64 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Subnormal numbers too.
            let number = f64::from_bits(if round % 16 == 0 { bits >> 12 } else { bits });
            for text in [format!("{number:e}"), number.to_string()] {
                let read = parse_printed(&text).unwrap();
                assert!(read.to_bits() == number.to_bits() || number.is_nan(), "{text} {read:e}");
            }
        }
        for (text, expect) in
            [("0", 0.0), ("-0", -0.0), ("1.50", 1.5), ("1e+3", 1e3), (".5", 0.5), ("5.", 5.0), ("0e9", 0.0)]
        {
            assert_eq!(parse_printed(text).map(f64::to_bits), Some(f64::to_bits(expect)), "{text}");
        }
        for number in [f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY, -f64::INFINITY, 0.1, 1e22, 1e23] {
            assert_eq!(parse_printed(&number.to_string()), Some(number));
        }
        assert_eq!(parse_printed("1e999"), Some(f64::INFINITY));
        assert_eq!(parse_printed("1e-999"), Some(0.0));
        for text in ["", "-", "e5", "1e", "1e5e5", "1.2.3", "0x10", "1_0", "+-1", ".", "infinity"] {
            assert_eq!(parse_printed(text), None, "{text}");
        }
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
