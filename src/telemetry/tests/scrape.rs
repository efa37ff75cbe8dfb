//! What real ztunnels write (`tests/data/README.md`), classified. The counters are taken for rates: they began at zero.

use std::collections::BTreeMap;

use super::picture;
use super::reading::Reading;
use super::series::Series;
use crate::mesh::HopKind;
use crate::telemetry::{RoleSettings, classify, metric};

const SCRAPE: &str = include_str!("../../../tests/data/ztunnel-metrics.txt");

/// The series of traffic in a text of Prometheus' exposition format, whose label values have no escapes.
fn series() -> Vec<Series> {
    let traffic = [metric::TCP_RECEIVED, metric::TCP_SENT, metric::TCP_OPENED, metric::TCP_CLOSED];
    let named = |name: &str| traffic.iter().map(ToString::to_string).find(|metric| metric == name);
    let read = |line: &str| {
        let (name, rest) = line.split_once('{')?;
        let (labels, value) = rest.split_once("} ")?;
        let pair = |text: &str| {
            text.split_once('=').map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        };
        let labels: BTreeMap<String, String> = labels.split(',').filter_map(pair).collect();
        Some(Series { metric: named(name)?.leak(), labels, value: value.parse().unwrap() })
    };
    SCRAPE.lines().filter_map(read).collect()
}

fn reading() -> Reading {
    super::read(&series())
}

#[test]
fn every_series_of_traffic_has_its_row() {
    let reading = reading();
    let roles = reading.roles(&RoleSettings::default());
    let mut kinds: BTreeMap<HopKind, usize> = BTreeMap::new();
    // Connections that are open are counted anew from those opened and closed.
    let seen: Vec<_> = reading.seen.iter().filter(|one| one.question.is_about_traffic()).collect();
    for one in &seen {
        *kinds.entry(classify(one, &roles)).or_default() += 1;
    }
    assert_eq!(series().len(), 17 + 18 + 17 + 17, "series of the scrape");
    assert_eq!(seen.len(), series().len(), "no two series of these proxies have the same labels");
    let expect = BTreeMap::from([
        (HopKind::Ambient, 53),
        (HopKind::AmbientPassthrough, 4),
        (HopKind::PlaintextToAmbient, 8),
        (HopKind::AmbientToPlain, 4),
    ]);
    assert_eq!(kinds, expect);
}

/// Bytes once though both ends report them; refused connections failed, whoever refused; plaintext told.
#[test]
fn real_ztunnels_make_the_graph_of_the_traffic_they_carried() {
    let expected = [
        "Kubernetes:bookinfo/mysqldb-v1 > Kubernetes:bookinfo/ratings-v1 tcp plaintextToAmbient plaintext from destination; bytes 2000 8000 destination ztunnel; connections 2 0 destination",
        "Kubernetes:bookinfo/productpage-v1 > Kubernetes:bookinfo/ratings-v1 tcp ambient mutualTls from source+destination; bytes 5000 20000 destination ztunnel; connections 6 1 destination",
        "Kubernetes:bookinfo/productpage-v1 > Kubernetes:bookinfo/reviews-v1 tcp ambient mutualTls from source+destination; bytes 11000 44000 destination ztunnel; connections 11 0 destination",
        "Kubernetes:bookinfo/productpage-v1 > Kubernetes:bookinfo/reviews-v2 tcp ambient mutualTls from source+destination; bytes 9000 36000 destination ztunnel; connections 11 2 destination",
        "Kubernetes:bookinfo/productpage-v1 > Kubernetes:passthrough=unknown tcp ambientPassthrough plaintext from source; bytes 3000 12000 source ztunnel; connections 3 0 source",
        "Kubernetes:bookinfo/ratings-v1 > Kubernetes:bookinfo/mysqldb-v1 tcp ambientToPlain plaintext from source; bytes 6000 24000 source ztunnel; connections 6 0 source",
        "Kubernetes:bookinfo/reviews-v1 > Kubernetes:bookinfo/ratings-v1 tcp ambient mutualTls from source+destination; bytes 10000 40000 destination ztunnel; connections 10 0 destination",
        "Kubernetes:bookinfo/reviews-v2 > Kubernetes:bookinfo/ratings-v1 tcp ambient mutualTls from source+destination; bytes 10000 40000 destination ztunnel; connections 10 0 destination",
        "Kubernetes:client=unknown > Kubernetes:bookinfo/ratings-v1 tcp plaintextToAmbient plaintext from destination; bytes 4000 16000 destination ztunnel; connections 4 0 destination",
        "Kubernetes:bookinfo/mysqldb-v1 plain in 30000 0 out 10000 0",
        "Kubernetes:bookinfo/productpage-v1 captured in 0 0 out 140000 0",
        "Kubernetes:bookinfo/ratings-v1 captured in 155000 0 out 30000 0",
        "Kubernetes:bookinfo/reviews-v1 captured in 55000 0 out 50000 0",
        "Kubernetes:bookinfo/reviews-v2 captured in 45000 0 out 50000 0",
        "Kubernetes:passthrough=unknown plain in 15000 0 out 0 0",
        "Kubernetes:client=unknown plain in 0 0 out 20000 0",
    ];
    let difference = picture::difference(&reading().topology(), &expected, 0.0);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}
