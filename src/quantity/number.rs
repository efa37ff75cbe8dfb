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
        _ if digits.starts_with(is_digit) && digits.ends_with(is_digit) => {
            serde_json::from_slice(digits.as_bytes()).ok()?
        }
        _ => return None,
    };
    Some(if is_negative { -size } else { size })
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
