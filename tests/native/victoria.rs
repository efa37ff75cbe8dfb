//! A real VictoriaMetrics, and what the program makes of it: the same as of a Prometheus with the same samples.

use std::process::Stdio;

use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::Call;
use wayscope::demo::DemoMesh;
use wayscope::mesh::{Edge, Node, Topology};
use wayscope::quantity::{Duration, Instant, TimeRange};

use crate::demo::graph::topology_by;
use crate::prometheus::{Folder, Prometheus, Reply, Server, agent, free_port, program, start, wait_until_ready};

/// A running server.
#[must_use = "the server ends with this value"]
pub struct Victoria {
    _server: Server,
    url: String,
    agent: ureq::Agent,
    // Dropped after the server, which writes to it.
    _folder: Folder,
}

impl Victoria {
    /// Starts a server that holds these samples, given as for [`Prometheus::start`].
    ///
    /// # Panics
    /// When it is not installed, does not get ready or refuses the samples.
    pub fn start(openmetrics: &str) -> Self {
        let (folder, agent) = (Folder::new(), agent());
        let address = format!("127.0.0.1:{}", free_port());
        let mut command = program("victoria-metrics");
        command
            .arg(format!("-httpListenAddr={address}"))
            .arg(format!("-storageDataPath={}", folder.0.join("data").display()))
            .args(["-retentionPeriod=100y", "-search.latencyOffset=0s", "-loggerLevel=ERROR"])
            // By default it drops all but thirty labels of a series, and what names the client among them.
            .arg("-maxLabelsPerTimeseries=64")
            .stdin(Stdio::null());
        let mut server = Server(start(&mut command, &folder.0));
        let url = format!("http://{address}");
        if let Err(reason) = wait_until_ready(&mut server, &agent, &format!("{url}/health")) {
            let log = std::fs::read_to_string(folder.0.join("log")).unwrap_or_default();
            panic!("victoria-metrics {reason}; it wrote:\n{log}");
        }
        let victoria = Self { _server: server, url, agent, _folder: folder };
        victoria.import(openmetrics);
        victoria
    }

    /// Its import reads milliseconds where `OpenMetrics` has seconds.
    fn import(&self, openmetrics: &str) {
        let mut text = String::with_capacity(openmetrics.len());
        for sample in openmetrics.lines().filter(|line| !line.starts_with('#')) {
            text.push_str(sample);
            text.push_str("000\n");
        }
        let reply = Reply::read(self.agent.post(format!("{}/api/v1/import/prometheus", self.url)).send(&text));
        assert_eq!(reply.status, 204, "{}", String::from_utf8_lossy(&reply.body));
        assert_eq!(self.get("/internal/force_flush").status, 200);
    }

    fn get(&self, path: &str) -> Reply {
        Reply::read(self.agent.get(format!("{}{path}", self.url)).call())
    }

    /// The answer's body to a query at one instant.
    pub fn query(&self, expr: &str, time: Instant) -> Vec<u8> {
        let form = [("query", expr.to_owned()), ("time", time.to_string()), ("nocache", "1".to_owned())];
        Reply::read(self.agent.post(format!("{}/api/v1/query", self.url)).send_form(form)).body
    }
}

/// Everything about an edge that is no number.
fn told(edge: &Edge, topology: &Topology) -> String {
    let Edge { kind, security, via, identities, services, reporters, requests, bytes, connections, .. } = edge;
    let key = topology.edge_key(edge).expect("a key");
    let requests = requests.as_ref().map(|one| (one.reporter, one.measured.map(|measured| measured.reporter)));
    let (bytes, connections) = (bytes.map(|one| (one.reporter, one.emitter)), connections.map(|one| one.reporter));
    let security = security.as_str();
    format!(
        "{key:?} {kind:?} {security} {via:?} {identities:?} {services:?} {reporters:?} {requests:?} {bytes:?} {connections:?}"
    )
}

fn close(what: &str, one: f64, other: f64) {
    assert!((one - other).abs() <= TOLERANCE * one.abs().max(other.abs()) + 0.01, "{what}: {one} and {other}");
}

/// Prometheus extrapolates to the window's ends, VictoriaMetrics takes the sample before the window.
const TOLERANCE: f64 = 0.1;

#[test]
fn victoria_metrics_makes_the_same_graph_as_prometheus() {
    // An evening between two scrapes, when no pod was replaced for a while.
    let at = Instant::from_unix_millis(1_760_038_207_000);
    let range = TimeRange::new(at - Duration::from_mins(6), at);
    let samples = DemoMesh::new().openmetrics(range, Duration::from_secs(15));
    let (victoria, prometheus) = (Victoria::start(&samples), Prometheus::start(&samples));
    let graph = |query: &dyn Fn(&str, Instant) -> Vec<u8>| {
        topology_by(at, Duration::from_mins(2), &|call| match call {
            Call::Instant { query: expr, time, .. } => HttpAnswer::json(200, query(&expr.to_string(), *time)),
            _ => unreachable!("a plan asks for one instant"),
        })
    };
    let one = graph(&|expr, time| victoria.query(expr, time));
    let other = graph(&|expr, time| prometheus.query(expr, time));
    let words = |topology: &Topology| topology.edges.iter().map(|edge| told(edge, topology)).collect::<Vec<_>>();
    for (mine, theirs) in words(&one).iter().zip(&words(&other)) {
        assert_eq!(mine, theirs);
    }
    assert_eq!(one.edges.len(), other.edges.len());
    assert!(one.edges.len() > 80, "{}", one.edges.len());
    let roles = |topology: &Topology| {
        let role = |node: &Node| (node.key.clone(), node.role.clone(), node.app.clone(), node.version.clone());
        topology.nodes.iter().map(role).collect::<Vec<_>>()
    };
    assert_eq!(roles(&one), roles(&other));
    for (mine, theirs) in one.edges.iter().zip(&other.edges) {
        let what = told(mine, &one);
        close(&what, mine.byte_rate().0, theirs.byte_rate().0);
        let rate = |edge: &Edge| edge.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
        close(&what, rate(mine), rate(theirs));
        let mean = |edge: &Edge| edge.requests.as_ref().and_then(|one| one.measured?.mean_secs()).unwrap_or_default();
        close(&what, mean(mine), mean(theirs));
        let active = |edge: &Edge| edge.connections.and_then(|one| one.active).unwrap_or_default();
        close(&what, active(mine), active(theirs));
    }
}
