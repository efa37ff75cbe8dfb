//! Query construction: a tree of PromQL expressions that prints as text every Prometheus since 2.29 accepts, and is read
//! back from that text.
//!
//! The names are those of the language's own description
//! (<https://prometheus.io/docs/prometheus/latest/querying/basics/>). Build with the functions of this module, print with
//! `to_string()`:
//!
//! ```
//! use wayscope::promql::{Label, Matcher, Metric, Selector, rate, sum_by};
//! use wayscope::quantity::Duration;
//!
//! const REPORTER: Label = Label::new_static("reporter");
//! const RECEIVED: Metric = Metric::new_static("istio_tcp_received_bytes_total");
//! let selector = Selector::metric(RECEIVED).with(Matcher::NotEqual(REPORTER, "waypoint".into()));
//! let query = sum_by([REPORTER], rate(selector, Duration::from_mins(5)));
//! let text = r#"sum by (reporter) (rate(istio_tcp_received_bytes_total{reporter!="waypoint"}[5m]))"#;
//! assert_eq!(query.to_string(), text);
//! ```
//!
//! *Invariants.*
//! - Every tree prints as a valid instant-vector expression, whatever strings and numbers it holds.
//! - A string never leaves its quotes: label values are escaped here and nowhere else.
//! - Only legacy names (`[a-zA-Z_][a-zA-Z0-9_]*`), no regular expression on the metric name unless several metrics are
//!   asked for at once, no duration expressions: older servers and Google's read the text too.
//! - Nothing here knows a metric, a mesh or a server.

mod construct;
mod expr;
mod literal;
mod matcher;
mod name;
mod operator;
mod parse;
mod pattern;
mod print;
mod selector;
#[cfg(test)]
mod tests;
mod walk;

pub use construct::{
    avg_by, count_by, count_over_time, delta, group_by, increase, label_replace, last_over_time, max_by, max_over_time,
    min_by, range, rate, sum, sum_by, top,
};
pub use expr::Expr;
pub use matcher::Matcher;
pub use name::{Label, Metric, ParseNameError};
pub use operator::{AggregateOp, BinaryOp, RangeFunction};
pub use parse::{ParseExprError, parse};
pub use pattern::{Pattern, Piece};
pub use selector::Selector;
