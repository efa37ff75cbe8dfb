//! Answers as Prometheus prints them, for a back end that exists only in memory.

use std::fmt::Write;

use super::rows::{Matrix, Point, Vector};
use crate::quantity::Instant;

/// A body of rows, written one by one.
#[derive(Clone, PartialEq, Debug)]
pub struct Rows {
    out: String,
    count: usize,
}

impl Rows {
    /// For samples.
    pub fn vector() -> Self {
        Self::of("vector")
    }

    /// For series.
    pub fn matrix() -> Self {
        Self::of("matrix")
    }

    fn of(kind: &str) -> Self {
        let start = [r#"{"status":"success","data":{"resultType":""#, kind, r#"","result":["#];
        Self { out: start.concat(), count: 0 }
    }

    /// A row of a vector. Labels are written as they come.
    pub fn sample<'a>(&mut self, labels: impl Iterator<Item = (&'a str, &'a str)>, at: Instant, value: f64) {
        self.begin(labels);
        self.out.push_str(r#""value":"#);
        push_point(&mut self.out, (at, value));
        self.out.push('}');
    }

    /// A row of a matrix.
    pub fn series<'a>(
        &mut self,
        labels: impl Iterator<Item = (&'a str, &'a str)>,
        points: impl Iterator<Item = (Instant, f64)>,
    ) {
        self.begin(labels);
        self.out.push_str(r#""values":["#);
        for (at, point) in points.enumerate() {
            push_comma(&mut self.out, at);
            push_point(&mut self.out, point);
        }
        self.out.push_str("]}");
    }

    fn begin<'a>(&mut self, labels: impl Iterator<Item = (&'a str, &'a str)>) {
        push_comma(&mut self.out, self.count);
        self.count += 1;
        self.out.push_str(r#"{"metric":{"#);
        for (at, (name, value)) in labels.enumerate() {
            push_comma(&mut self.out, at);
            push_text(&mut self.out, name);
            self.out.push(':');
            push_text(&mut self.out, value);
        }
        self.out.push_str("},");
    }

    /// The whole body.
    pub fn finish(mut self) -> String {
        self.out.push_str("]}}");
        self.out
    }
}

/// The body that holds these samples.
pub fn encode_vector(vector: &Vector) -> String {
    let mut rows = Rows::vector();
    for sample in vector.samples() {
        rows.sample(sample.labels.iter(), sample.at, sample.value);
    }
    rows.finish()
}

/// The body that holds these series.
pub fn encode_matrix(matrix: &Matrix) -> String {
    let mut rows = Rows::matrix();
    for series in matrix.series() {
        rows.series(series.labels.iter(), series.points.iter().copied());
    }
    rows.finish()
}

/// The body of a refusal; its HTTP status depends on the kind.
pub fn encode_error(kind: &str, message: &str) -> String {
    let mut out = String::from(r#"{"status":"error","errorType":"#);
    push_text(&mut out, kind);
    out.push_str(r#","error":"#);
    push_text(&mut out, message);
    out.push('}');
    out
}

/// The body of `/api/v1/status/buildinfo`.
pub fn encode_build_info(version: &str) -> String {
    let mut out = String::from(r#"{"status":"success","data":{"version":"#);
    push_text(&mut out, version);
    out.push_str("}}");
    out
}

/// The body of `/api/v1/status/config`.
pub fn encode_config(yaml: &str) -> String {
    let mut out = String::from(r#"{"status":"success","data":{"yaml":"#);
    push_text(&mut out, yaml);
    out.push_str("}}");
    out
}

fn push_comma(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

/// Adds a text as a JSON string.
pub(in crate::backend) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Go's encoder makes its text safe inside HTML too.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | ..' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Timestamps and values as `util/jsonutil/marshal.go` prints them: three decimals or none, and exponents only for
/// the very small and the very large.
fn push_point(out: &mut String, (at, value): Point) {
    let millis = at.unix_millis();
    let sign = if millis < 0 { "-" } else { "" };
    let (secs, fraction) = (millis.unsigned_abs() / 1_000, millis.unsigned_abs() % 1_000);
    let time = if fraction == 0 { format!("[{sign}{secs},\"") } else { format!("[{sign}{secs}.{fraction:03},\"") };
    out.push_str(&time);
    out.push_str(&value_text(value));
    out.push_str("\"]");
}

fn value_text(value: f64) -> String {
    let magnitude = value.abs();
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if magnitude.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    if magnitude == 0.0 || (1e-6..1e21).contains(&magnitude) {
        return value.to_string();
    }
    // Go writes the exponent with its sign and at least two digits.
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_in_prometheus() {
        for (value, expect) in [
            (0.0, "0"),
            (1.0, "1"),
            (-0.1, "-0.1"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (0.000_001, "0.000001"),
            (1.5e-7, "1.5e-07"),
            (-1e300, "-1e+300"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(value_text(value), expect);
        }
    }

    #[test]
    fn a_vector_is_one_line_of_json() {
        let mut vector = Vector::new();
        vector.push([("pod", "a\"\\\n\u{1}ü<"), ("__name__", "up")], Instant::from_unix_millis(1_700_000_000_025), 1.5);
        vector.push([], Instant::from_unix_millis(-1_000), f64::NAN);
        assert_eq!(
            encode_vector(&vector),
            concat!(
                r#"{"status":"success","data":{"resultType":"vector","result":["#,
                r#"{"metric":{"__name__":"up","pod":"a\"\\\n\u0001ü\u003c"},"value":[1700000000.025,"1.5"]},"#,
                r#"{"metric":{},"value":[-1,"NaN"]}]}}"#
            )
        );
    }

    #[test]
    fn a_matrix_holds_the_points_of_each_series() {
        let mut matrix = Matrix::new();
        let at = Instant::from_unix_millis;
        matrix.push([("a", "1")], [(at(0), 0.0), (at(1_500), 2.0)]);
        matrix.push([("a", "2")], []);
        assert_eq!(
            encode_matrix(&matrix),
            concat!(
                r#"{"status":"success","data":{"resultType":"matrix","result":["#,
                r#"{"metric":{"a":"1"},"values":[[0,"0"],[1.500,"2"]]},{"metric":{"a":"2"},"values":[]}]}}"#
            )
        );
    }
}
