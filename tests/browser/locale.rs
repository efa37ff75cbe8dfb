//! Numbers and times in the reader's language.

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::quantity::{Duration, Format, Instant};
use wayscope::web::locale::{IntlFormat, Zone, languages};

/// 2023-11-14T22:13:20Z
const THEN: i64 = 1_700_000_000_000;

fn utc(language: &str) -> IntlFormat {
    IntlFormat::new(Some(language), Zone::Utc)
}

#[wasm_bindgen_test]
fn numbers_follow_the_language() {
    for (language, value, digits, expect) in [
        ("en", 1234.5, 1, "1,234.5"),
        ("de", 1234.5, 1, "1.234,5"),
        ("zh", 1234.5, 1, "1,234.5"),
        ("en", 12.30, 2, "12.3"),
        ("en", 0.0004, 3, "0"),
        ("de", -0.0004, 3, "0"),
        ("de", -0.5, 3, "-0,5"),
        ("en", f64::INFINITY, 1, "∞"),
        ("en", f64::NAN, 1, "NaN"),
        ("en", 1.5, 200, "1.5"),
    ] {
        assert_eq!(utc(language).decimal(value, digits), expect, "{language} {value}");
    }
}

#[wasm_bindgen_test]
fn a_language_that_is_none_is_the_browsers_own() {
    assert_eq!(utc("no such language!").decimal(5.0, 0), "5");
    assert!(!languages().is_empty());
}

#[wasm_bindgen_test]
fn ticks_tell_the_time_and_the_date_at_midnight() {
    let (hour, minute, second) = (Duration::from_mins(60), Duration::from_mins(1), Duration::from_secs(1));
    let midnight = Instant::from_unix_millis(THEN).floor_to(hour * 24);
    let then = Instant::from_unix_millis(THEN);
    for (language, instant, step, expect) in [
        ("de", then, minute, "22:13"),
        ("de", then, second, "22:13:20"),
        ("en", then, minute, "10:13 PM"),
        ("zh", then, minute, "22:13"),
        ("de", midnight, hour, "14. Nov."),
        ("en", then, hour * 24, "Nov 14"),
        ("zh", midnight, hour, "11月14日"),
    ] {
        assert_eq!(utc(language).tick_time(instant, step).replace('\u{202f}', " "), expect);
    }
}

#[wasm_bindgen_test]
fn full_times_have_a_year_and_seconds() {
    let text = utc("de").date_time(Instant::from_unix_millis(THEN));
    assert_eq!(text, "14.11.2023, 22:13:20");
}

#[wasm_bindgen_test]
fn times_out_of_any_calendar_are_still_printed() {
    assert!(!utc("en").date_time(Instant::from_unix_millis(i64::MAX)).is_empty());
}

#[wasm_bindgen_test]
fn the_offset_is_that_of_the_computer() {
    let date = js_sys::Date::new(&(THEN as f64).into());
    let instant = Instant::from_unix_millis(THEN);
    let local = IntlFormat::new(None, Zone::Local);
    assert!((local.utc_offset(instant).secs() + date.get_timezone_offset() * 60.0).abs() < 1e-9);
    assert_eq!(utc("en").utc_offset(instant), Duration::ZERO);
}
