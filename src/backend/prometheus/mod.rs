//! The HTTP API of Prometheus and of those that speak like it: Thanos, Mimir, Cortex, VictoriaMetrics
//! (<https://prometheus.io/docs/prometheus/latest/querying/api/>).

mod call;
mod decode;
mod encode;
mod envelope;
mod json;
mod labels;
mod result;
mod rows;
mod status;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tree_tests;

pub use call::{Call, Dialect, MAX_POINTS};
pub use decode::{decode_matrix, decode_vector};
pub(super) use encode::push_text;
pub use encode::{Rows, encode_build_info, encode_config, encode_error, encode_matrix, encode_vector};
pub use labels::{Columns, Labels, Symbol};
pub use rows::{Matrix, Sample, Series, Vector};
pub use status::{BuildInfo, decode_build_info, decode_scrape_interval};
