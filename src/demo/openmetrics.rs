//! The samples as text, to fill a real server with.

use std::fmt::Write;

use super::counter::SCRAPE_MILLIS;
use super::mesh::DemoMesh;
use crate::quantity::{Duration, TimeRange};

impl DemoMesh {
    /// Every sample of a range, every `step` of it, as `OpenMetrics` with timestamps: what `promtool tsdb
    /// create-blocks-from openmetrics` reads. A server filled so answers as [`DemoMesh::answer`] does if the step is the
    /// scrape interval of 15 seconds; samples stand at its multiples, and the step is rounded up to one.
    ///
    /// About 800 bytes a sample: half an hour is some hundred megabytes.
    pub fn openmetrics(&self, range: TimeRange, step: Duration) -> String {
        let scrape = Duration::from_millis(SCRAPE_MILLIS);
        let step = step.max(scrape).ceil_to(scrape);
        let first = (range.from + (step - Duration::from_millis(1))).floor_to(step).unix_millis();
        let (mut out, mut last) = (String::new(), "");
        for (metric, all) in &self.book.families {
            let (name, kind) = family_of(metric);
            if name != last {
                last = name;
                _ = writeln!(out, "# TYPE {name} {kind}");
            }
            for series in all {
                let (mut labels, mut text) = (Vec::new(), String::new());
                self.push_labels(series, &mut labels);
                for (name, value) in labels {
                    // No value of the demo needs escapes.
                    _ = write!(text, "{}{name}=\"{value}\"", if text.is_empty() { "" } else { "," });
                }
                for at in (first..=range.to.unix_millis()).step_by(step.millis().unsigned_abs() as usize) {
                    if let Some(value) = series.counter.at(at) {
                        _ = writeln!(out, "{metric}{{{text}}} {value} {}", at / 1_000);
                    }
                }
            }
        }
        out.push_str("# EOF\n");
        out
    }
}

/// The name and type of a metric's family.
fn family_of(metric: &str) -> (&str, &'static str) {
    if let Some(name) = metric.strip_suffix("_total") {
        return (name, "counter");
    }
    let part = ["_bucket", "_sum", "_count"].into_iter().find_map(|part| metric.strip_suffix(part));
    part.map_or((metric, "gauge"), |name| (name, "histogram"))
}
