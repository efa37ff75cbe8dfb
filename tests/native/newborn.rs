//! Counters that begin inside the window, on a real Prometheus: none is lost, and none brings the past.

use std::fmt::Write as _;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::decode_vector;
use wayscope::mesh::{Health, NodeKey, Tolerances, Topology};
use wayscope::promql::Label;
use wayscope::quantity::{Duration, Instant};
use wayscope::telemetry::{Observation, Plan, RoleSettings, Roles, topology};

use crate::prometheus::Prometheus;

const START: i64 = 1_700_000_000;
const SCRAPE: i64 = 15;
const WINDOW: i64 = 300;
/// The instant that is asked about, and the last scrape.
const NOW: i64 = START + 900;

/// A process and what it is scraped for since.
struct Process {
    instance: &'static str,
    scraped_since: i64,
}

const OLD: Process = Process { instance: "10.0.0.1:15020", scraped_since: START };
/// It has run for long, and the scrape of it begins in the window.
const NEW: Process = Process { instance: "10.0.0.2:15020", scraped_since: NOW - 120 };

/// Bytes sent to a server, by seconds before now.
struct Flow {
    server: &'static str,
    process: &'static Process,
    value: fn(i64) -> Option<f64>,
    /// Bytes in the window.
    expect: f64,
}

const FLOWS: [Flow; 7] = [
    Flow { server: "steady", process: &OLD, value: |ago| Some(1e9 - 2.0 * ago as f64), expect: 600.0 },
    Flow { server: "idle", process: &OLD, value: |_| Some(1e12), expect: 0.0 },
    Flow { server: "one-sample", process: &OLD, value: |ago| (ago == 0).then_some(500.0), expect: 500.0 },
    Flow {
        server: "two-samples",
        process: &OLD,
        value: |ago| (ago <= SCRAPE).then_some(if ago == 0 { 800.0 } else { 500.0 }),
        expect: 800.0,
    },
    // Over before its first scrape; the proxy keeps its counter.
    Flow { server: "short", process: &OLD, value: |ago| (ago <= 240).then_some(700.0), expect: 700.0 },
    Flow { server: "past", process: &NEW, value: |ago| (ago <= 120).then_some(1e12), expect: 0.0 },
    Flow {
        server: "past-and-present",
        process: &NEW,
        value: |ago| (ago <= 120).then_some(1e12 - 3.0 * ago as f64),
        // What rate() makes of two minutes that it saw.
        expect: 360.0,
    },
];

fn samples() -> String {
    let mut text = String::from("# TYPE istio_tcp_received_bytes counter\n");
    let scrapes = |since: i64| (since..=NOW).step_by(SCRAPE as usize);
    for flow in &FLOWS {
        for at in scrapes(flow.process.scraped_since) {
            let Some(value) = (flow.value)(NOW - at) else { continue };
            writeln!(
                text,
                r#"istio_tcp_received_bytes_total{{job="pods",instance="{}",app="ztunnel",namespace="istio-system",reporter="source",connection_security_policy="mutual_tls",source_workload="web",source_workload_namespace="shop",source_cluster="c1",destination_workload="{}",destination_workload_namespace="data",destination_cluster="c1"}} {value} {at}"#,
                flow.process.instance, flow.server
            )
            .unwrap();
        }
    }
    text.push_str("# TYPE istio_build gauge\n");
    for process in [&OLD, &NEW] {
        for at in scrapes(process.scraped_since) {
            let instance = process.instance;
            writeln!(text, r#"istio_build{{job="pods",instance="{instance}",component="ztunnel"}} 1 {at}"#).unwrap();
        }
    }
    text + "# EOF\n"
}

/// The graph that the plan's queries make.
fn graph(prometheus: &Prometheus) -> Topology {
    let mut seen = Vec::new();
    for (question, expr) in Plan::new(Duration::from_secs(WINDOW), &[], false).queries {
        let body = prometheus.query(&expr.to_string(), Instant::from_unix_secs(NOW as f64));
        let answer = decode_vector(&HttpAnswer::json(200, body)).unwrap_or_else(|error| panic!("{error}: {expr}"));
        for row in answer.rows.samples() {
            seen.extend(Observation::read(question, &|label: &Label| row.labels.get(label.as_str()), row.value));
        }
    }
    topology(&seen, &Roles::decide(Vec::new(), &seen, &RoleSettings::default()), Tolerances::default())
}

#[test]
fn what_begins_in_the_window_is_counted_from_zero_and_the_past_is_not() {
    let prometheus = Prometheus::start(&samples());
    let topology = graph(&prometheus);
    assert_eq!(topology.edges.len(), FLOWS.len());
    for flow in &FLOWS {
        let place = topology.node_place(&NodeKey::workload("c1", "data", flow.server)).expect(flow.server);
        let edge = topology.edges.iter().find(|edge| edge.target == place).expect("its edge");
        let bytes = edge.byte_rate().0 * WINDOW as f64;
        assert!((bytes - flow.expect).abs() <= flow.expect * 0.1, "{}: {bytes} bytes", flow.server);
        let is_idle = edge.health(topology.tolerances) == Health::Idle;
        assert_eq!(is_idle, flow.expect == 0.0, "{}: {bytes} bytes", flow.server);
    }
}
