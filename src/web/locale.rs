//! Numbers and times as the reader's language writes them.

use std::cell::OnceCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::quantity::{Duration, Format, Instant, Plain};

/// Whose midnight it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Zone {
    /// The computer's time zone.
    #[default]
    Local,
    /// Coordinated universal time.
    Utc,
}

/// [`Format`] by the browser's `Intl`. Each formatter is made when first needed and kept: making one costs as much as
/// hundreds of uses. Where `Intl` fails, numbers and times look as [`Plain`] writes them.
#[derive(Debug)]
pub struct IntlFormat {
    language: JsValue,
    zone: Zone,
    decimals: [OnceCell<Option<Function>>; 7],
    clock: OnceCell<Option<Function>>,
    clock_with_secs: OnceCell<Option<Function>>,
    day: OnceCell<Option<Function>>,
    date_time: OnceCell<Option<Function>>,
}

/// The languages the user prefers, most preferred first, as BCP 47 tags such as `de-CH`.
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

impl IntlFormat {
    /// For a BCP 47 tag; one that is none, or no tag, means the browser's own language.
    pub fn new(language: Option<&str>, zone: Zone) -> Self {
        Self {
            language: language.map_or(JsValue::UNDEFINED, JsValue::from_str),
            zone,
            decimals: Default::default(),
            clock: OnceCell::new(),
            clock_with_secs: OnceCell::new(),
            day: OnceCell::new(),
            date_time: OnceCell::new(),
        }
    }

    fn time(&self, cell: &OnceCell<Option<Function>>, parts: &[(&str, &str)], instant: Instant) -> Option<String> {
        let format = cell.get_or_init(|| {
            let options = Object::new();
            for (name, value) in parts {
                set(&options, name, &JsValue::from_str(value));
            }
            if self.zone == Zone::Utc {
                set(&options, "timeZone", &JsValue::from_str("UTC"));
            }
            formatter("DateTimeFormat", &self.language, &options)
        });
        call(format.as_ref(), instant.unix_millis() as f64)
    }

    fn is_midnight(&self, instant: Instant) -> bool {
        (instant + self.utc_offset(instant)).unix_millis().rem_euclid(86_400_000) < 1_000
    }
}

impl Format for IntlFormat {
    fn decimal(&self, value: f64, max_fraction_digits: u8) -> String {
        // Small negative numbers would show as `-0`.
        let value = if value.abs() * 10_f64.powi(max_fraction_digits.into()) < 0.5 { 0.0 } else { value };
        let format = self.decimals.get(usize::from(max_fraction_digits)).and_then(|cell| {
            let made = cell.get_or_init(|| {
                let options = Object::new();
                set(&options, "maximumFractionDigits", &max_fraction_digits.into());
                formatter("NumberFormat", &self.language, &options)
            });
            made.as_ref()
        });
        call(format, value).unwrap_or_else(|| Plain.decimal(value, max_fraction_digits))
    }

    fn tick_time(&self, instant: Instant, step: Duration) -> String {
        let (clock, secs) = (("hour", "2-digit"), ("second", "2-digit"));
        let text = if step >= Duration::from_mins(24 * 60) || self.is_midnight(instant) {
            self.time(&self.day, &[("month", "short"), ("day", "numeric")], instant)
        } else if step >= Duration::from_mins(1) {
            self.time(&self.clock, &[clock, ("minute", "2-digit")], instant)
        } else {
            self.time(&self.clock_with_secs, &[clock, ("minute", "2-digit"), secs], instant)
        };
        text.unwrap_or_else(|| Plain.tick_time(instant, step))
    }

    fn date_time(&self, instant: Instant) -> String {
        let parts = [("dateStyle", "medium"), ("timeStyle", "medium")];
        self.time(&self.date_time, &parts, instant).unwrap_or_else(|| Plain.date_time(instant))
    }

    fn utc_offset(&self, instant: Instant) -> Duration {
        match self.zone {
            Zone::Utc => Duration::ZERO,
            Zone::Local => {
                let date = js_sys::Date::new(&JsValue::from_f64(instant.unix_millis() as f64));
                Duration::from_millis((date.get_timezone_offset() * -60_000.0) as i64)
            }
        }
    }
}

fn set(options: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(options, &JsValue::from_str(name), value);
}

fn formatter(class: &str, language: &JsValue, options: &Object) -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    let make = |language: &JsValue| Reflect::construct(&class, &Array::of2(language, options));
    let formatter = make(language).or_else(|_| make(&JsValue::UNDEFINED)).ok()?;
    // A getter whose value is bound to the formatter.
    Reflect::get(&formatter, &"format".into()).ok()?.dyn_into().ok()
}

fn call(format: Option<&Function>, value: f64) -> Option<String> {
    format?.call1(&JsValue::UNDEFINED, &value.into()).ok()?.as_string()
}
