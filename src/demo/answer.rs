//! Questions answered as a server answers them: the same status, the same bytes.

use super::eval::{Column, Refusal, evaluate};
use super::mesh::DemoMesh;
use crate::backend::HttpAnswer;
use crate::backend::prometheus::{Call, MAX_POINTS, Rows, encode_build_info, encode_config, encode_error};
use crate::promql::Expr;
use crate::quantity::{Duration, Instant, TimeRange};

/// The version of Prometheus whose semantics are simulated.
const VERSION: &str = "2.55.1";
const CONFIG: &str = "global:\n  scrape_interval: 15s\n  scrape_timeout: 10s\n";

impl DemoMesh {
    /// What a Prometheus that scraped this mesh would answer, errors included: 400 for a range that it refuses, 422 for
    /// an expression without a value.
    pub fn answer(&self, call: &Call) -> HttpAnswer {
        match call {
            Call::Instant { query, time, .. } => self.instant(query, *time),
            Call::Range { query, range, step, .. } => self.range(query, *range, *step),
            Call::BuildInfo => HttpAnswer::json(200, encode_build_info(VERSION)),
            Call::Config => HttpAnswer::json(200, encode_config(CONFIG)),
        }
    }

    fn instant(&self, query: &Expr, time: Instant) -> HttpAnswer {
        let columns = match evaluate(self, query, &[time.unix_millis()]) {
            Ok(columns) => columns,
            Err(refusal) => return refused(refusal),
        };
        let mut rows = Rows::vector();
        for column in &columns {
            if let Some(&[Some(value)]) = column.values.get(..1).and_then(|values| values.first_chunk()) {
                rows.sample(labels(column), time, value);
            }
        }
        HttpAnswer::json(200, rows.finish())
    }

    fn range(&self, query: &Expr, range: TimeRange, step: Duration) -> HttpAnswer {
        let (from, to, step) = (range.from.unix_millis(), range.to.unix_millis(), step.millis().max(1));
        if (to - from) / step > MAX_POINTS {
            return bad_data(
                "exceeded maximum resolution of 11,000 points per timeseries. \
                 Try decreasing the query resolution (?step=XX)",
            );
        }
        let at: Vec<i64> = (0..=(to - from) / step).map(|place| from + place * step).collect();
        let columns = match evaluate(self, query, &at) {
            Ok(columns) => columns,
            Err(refusal) => return refused(refusal),
        };
        let mut sorted: Vec<&Column<'_>> = Vec::new();
        for column in columns.iter().filter(|column| column.values.iter().any(Option::is_some)) {
            sorted.insert(sorted.partition_point(|other| other.labels < column.labels), column);
        }
        let mut rows = Rows::matrix();
        for column in sorted {
            let points = at.iter().zip(&column.values);
            let points = points.filter_map(|(at, value)| Some((Instant::from_unix_millis(*at), (*value)?)));
            rows.series(labels(column), points);
        }
        HttpAnswer::json(200, rows.finish())
    }
}

fn labels<'c>(column: &'c Column<'_>) -> impl Iterator<Item = (&'c str, &'c str)> {
    column.labels.iter().map(|(name, value)| (*name, value.as_ref()))
}

fn refused(refusal: Refusal) -> HttpAnswer {
    HttpAnswer::json(422, encode_error("execution", &refusal.to_string()))
}

fn bad_data(message: &str) -> HttpAnswer {
    HttpAnswer::json(400, encode_error("bad_data", message))
}
