//! The simulated mesh as a back end sees it: series by metric.

use super::book::{Book, Series, book};
use super::eval::LabelSet;
use super::labels::Labels;
use super::shop::SHOP;
use crate::promql::Selector;

/// The label of a bucket's upper bound.
const LE: &str = "le";

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
        self.book.families.iter().map(|(_, series)| series.len()).sum()
    }

    /// The series that a selector selects, each with its metric.
    pub(super) fn select<'a>(&'a self, selector: &Selector) -> Vec<(&'static str, &'a Series)> {
        let mut selected = Vec::new();
        for (metric, all) in &self.book.families {
            let selects = |series: &&Series| selector.selects(metric, |name| self.label(series, name));
            if selector.metrics().any(|one| one.as_str() == *metric) {
                selected.extend(all.iter().filter(selects).map(|series| (*metric, series)));
            }
        }
        selected
    }

    /// Adds the labels of a series, sorted by name, without the metric's name.
    pub(super) fn push_labels<'a>(&'a self, series: &'a Series, labels: &mut LabelSet<'a>) {
        let mut le = if series.le.is_empty() { None } else { Some(series.le) };
        for (name, value) in self.book.streams.get(series.stream).into_iter().flat_map(Labels::iter) {
            if name > LE
                && let Some(le) = le.take()
            {
                labels.push((LE, le.into()));
            }
            labels.push((name, value.into()));
        }
    }

    fn label<'a>(&'a self, series: &'a Series, name: &str) -> Option<&'a str> {
        if name == LE {
            return (!series.le.is_empty()).then_some(series.le);
        }
        self.book.streams.get(series.stream)?.get(name)
    }
}

impl Default for DemoMesh {
    fn default() -> Self {
        Self::new()
    }
}
