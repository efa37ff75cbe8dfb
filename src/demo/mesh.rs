//! The simulated mesh as a back end sees it: series by metric.

use super::series::{Book, Series, book};
use super::shop::SHOP;
use crate::promql::Selector;

/// A mesh that exists only as numbers: some forty workloads of a company that sells things, with every series that
/// Istio's proxies would write and Prometheus would scrape every 15 seconds.
///
/// Every counter is known at every instant, so any time and any range can be asked about at once. The same question has
/// the same answer on every machine.
#[derive(Clone, PartialEq, Debug)]
pub struct DemoMesh {
    pub(super) book: Book,
}

impl DemoMesh {
    /// The mesh. A few milliseconds of work: build it once.
    pub fn new() -> Self {
        Self { book: book(&SHOP) }
    }

    /// How many series there are.
    pub fn series_count(&self) -> usize {
        self.book.series.len()
    }

    /// The series of one metric.
    pub(super) fn of_metric(&self, metric: &str) -> &[Series] {
        let start = self.book.series.partition_point(|series| series.metric < metric);
        let end = self.book.series.partition_point(|series| series.metric <= metric);
        self.book.series.get(start..end).unwrap_or_default()
    }

    /// The series that a selector selects, each with its labels, without the metric's name.
    pub(super) fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = &'a Series> {
        let of_metric = |metric: &'a crate::promql::Metric| self.of_metric(metric.as_str());
        let selected = |series: &&Series| selector.selects(series.metric, |name| self.label(series, name));
        selector.metrics().flat_map(of_metric).filter(selected)
    }

    /// The labels of a series, sorted by name, without the metric's name.
    pub(super) fn labels<'a>(&'a self, series: &'a Series) -> impl Iterator<Item = (&'static str, &'a str)> {
        let stream = self.book.streams.get(series.stream).map_or(&[][..], Vec::as_slice);
        let at = stream.partition_point(|(name, _)| *name < "le");
        let (before, after) = stream.split_at_checked(at).unwrap_or((stream, &[]));
        let le = (!series.le.is_empty()).then_some(("le", series.le));
        let plain = |(name, value): &'a (&'static str, std::borrow::Cow<'static, str>)| (*name, value.as_ref());
        before.iter().map(plain).chain(le).chain(after.iter().map(plain))
    }

    fn label<'a>(&'a self, series: &'a Series, name: &str) -> Option<&'a str> {
        if name == "le" {
            return (!series.le.is_empty()).then_some(series.le);
        }
        let stream = self.book.streams.get(series.stream)?;
        let at = stream.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        stream.get(at).map(|(_, value)| value.as_ref())
    }
}

impl Default for DemoMesh {
    fn default() -> Self {
        Self::new()
    }
}
