//! Labels in, graph out.

use super::series::Series;

/// Series, and the picture of the graph that they mean.
pub struct Case {
    pub series: Vec<Series>,
    pub picture: &'static [&'static str],
}
