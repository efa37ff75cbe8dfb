//! `histogram_quantile`.

use crate::quantity::parse_printed;

use super::Column;
use super::column::{Groups, LabelSet, NAME};

/// The label with a bucket's upper bound.
const LE: &str = "le";

/// The labels of a histogram, and its buckets by their upper bounds.
type Histogram<'c, 'a> = (LabelSet<'a>, Vec<(f64, &'c Column<'a>)>);

pub(super) fn evaluate<'a>(q: f64, columns: &[Column<'a>], steps: usize) -> Vec<Column<'a>> {
    let mut groups = Groups::default();
    let mut histograms: Vec<Histogram<'_, 'a>> = Vec::new();
    for column in columns {
        let Some(limit) = parse_printed(column.get(LE)) else { continue };
        let labels = column.only(&|name| name != LE && name != NAME);
        let place = groups.place(&labels);
        if place == histograms.len() {
            histograms.push((labels, Vec::new()));
        }
        if let Some((_, buckets)) = histograms.get_mut(place) {
            buckets.insert(buckets.partition_point(|(other, _)| *other <= limit), (limit, column));
        }
    }
    let at = |step: usize, buckets: &[(f64, &Column<'a>)]| {
        let value = |&(limit, column): &(f64, &Column<'a>)| Some((limit, (*column.values.get(step)?)?));
        let buckets: Vec<(f64, f64)> = buckets.iter().filter_map(value).collect();
        (!buckets.is_empty()).then(|| quantile(q, &buckets))
    };
    let column = |(labels, buckets): Histogram<'_, 'a>| {
        let values = (0..steps).map(|step| at(step, &buckets)).collect();
        Column { labels, values }
    };
    histograms.into_iter().map(column).collect()
}

/// The quantile of cumulative buckets, sorted by their upper bounds: `bucketQuantile` of `promql/quantile.go`.
fn quantile(q: f64, buckets: &[(f64, f64)]) -> f64 {
    if q.is_nan() {
        return f64::NAN;
    }
    if !(0.0..=1.0).contains(&q) {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let [.., (below, _), (last, _)] = *buckets else { return f64::NAN };
    // Rates of buckets that were scraped apart may fall a little.
    let total = buckets.iter().fold(0.0, |most: f64, (_, count)| most.max(*count));
    if last != f64::INFINITY || total == 0.0 {
        return f64::NAN;
    }
    let rank = q * total;
    let (mut start, mut before) = (0.0, 0.0);
    for (at, &(limit, count)) in buckets.iter().enumerate() {
        let count = count.max(before);
        if count >= rank || limit == f64::INFINITY {
            return match (at, limit) {
                (_, limit) if limit == f64::INFINITY => below,
                (0, limit) if limit <= 0.0 => limit,
                _ => start + (limit - start) * ((rank - before) / (count - before)),
            };
        }
        (start, before) = (limit, count);
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_interpolated_within_their_bucket() {
        let buckets = [(10.0, 5.0), (20.0, 9.0), (f64::INFINITY, 10.0)];
        for (q, expect) in [
            (0.0, 0.0),
            (0.25, 5.0),
            (0.5, 10.0),
            (0.7, 15.0),
            (0.99, 20.0),
            (-1.0, f64::NEG_INFINITY),
            (1.5, f64::INFINITY),
        ] {
            let found = quantile(q, &buckets);
            assert!((found - expect).abs() < 1e-9 || found.to_bits() == expect.to_bits(), "{q}: {found}");
        }
        assert!(quantile(f64::NAN, &buckets).is_nan());
        assert!(quantile(0.5, &buckets[..2]).is_nan(), "no bucket without bound");
        assert!(quantile(0.5, &[(1.0, 0.0), (f64::INFINITY, 0.0)]).is_nan(), "nothing observed");
    }
}
