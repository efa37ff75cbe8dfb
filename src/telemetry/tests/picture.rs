//! A graph as lines of text, to be compared with what the facts say it is.

use super::wayscope::mesh::{Edge, Node, NodeKey, Topology};

/// One line for each edge and then one for each node.
///
/// Edges: `source > target protocol kind[ logical][ via waypoint] security from reporters` and what is measured:
/// `; bytes <sent> <received> reporter emitter`, `; requests <rate> <failures> <client errors> reporter`,
/// `; measured <mean seconds> <request bytes> <response bytes> <messages to the server> <messages back> reporter` with `-`
/// for what nobody measures, `; connections <opened> <failed> reporter`.
/// Nodes: `name role in <bytes> <requests> out <bytes> <requests>`.
pub fn lines(topology: &Topology) -> Vec<String> {
    let name = |place: usize| short(&topology.nodes[place].key);
    let edges = topology.edges.iter().map(|edge| edge_line(&name(edge.source), &name(edge.target), edge));
    edges.chain(topology.nodes.iter().map(node_line)).collect()
}

/// The first difference between a picture and what is expected, numbers within a relative tolerance; nothing when they
/// agree.
pub fn difference(topology: &Topology, expected: &[&str], tolerance: f64) -> Option<String> {
    let seen = lines(topology);
    let matches = |(one, other): (&String, &&str)| is_alike(one, other, tolerance);
    let alike = seen.len() == expected.len() && seen.iter().zip(expected).all(matches);
    (!alike).then(|| format!("expected:\n{}\n\nseen:\n{}", expected.join("\n"), seen.join("\n")))
}

fn is_alike(one: &str, other: &str, tolerance: f64) -> bool {
    let words = |line: &str| line.split([' ', ';']).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let same = |(one, other): (&String, &String)| match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => (one - other).abs() <= tolerance * one.abs().max(other.abs()),
        _ => one == other,
    };
    one.len() == other.len() && one.iter().zip(&other).all(same)
}

fn edge_line(source: &str, target: &str, edge: &Edge) -> String {
    let logical = if edge.logical { " logical" } else { "" };
    let via = edge.via.as_ref().map(|via| format!(" via {}", short(via))).unwrap_or_default();
    let reporters: Vec<&str> = edge.reporters.iter().map(|reporter| reporter.as_str()).collect();
    let bytes = edge.bytes.map(|bytes| {
        let (reporter, emitter) = (bytes.reporter.as_str(), bytes.emitter.as_str());
        format!("; bytes {} {} {reporter} {emitter}", bytes.sent.0, bytes.received.0)
    });
    let requests = edge.requests.as_ref().map(|requests| {
        let (rate, failures, errors) = (requests.rate.0, requests.failures.0, requests.client_errors.0);
        format!("; requests {rate} {failures} {errors} {}", requests.reporter.as_str())
    });
    let measured = edge.requests.as_ref().and_then(|requests| requests.measured).map(|measured| {
        let number = |number: Option<f64>| number.map_or("-".to_owned(), |number| number.to_string());
        let [[up, down], [to_server, to_client]] = [
            measured.sizes.map(|rate| number(rate.map(|rate| rate.0))),
            measured.messages.map(|rate| number(rate.map(|rate| rate.0))),
        ];
        let (mean, reporter) = (number(measured.mean_secs()), measured.reporter.as_str());
        format!("; measured {mean} {up} {down} {to_server} {to_client} {reporter}")
    });
    let connections = edge.connections.map(|connections| {
        let (opened, failed) = (connections.opened.0, connections.failed.0);
        format!("; connections {opened} {failed} {}", connections.reporter.as_str())
    });
    let measured: String = [bytes, requests, measured, connections].into_iter().flatten().collect();
    format!(
        "{source} > {target} {} {}{logical}{via} {} from {}{measured}",
        edge.protocol.as_str(),
        edge.kind.as_str(),
        edge.security.as_str(),
        reporters.join("+"),
    )
}

fn node_line(node: &Node) -> String {
    let (inbound, outbound) = (node.inbound, node.outbound);
    format!(
        "{} {} in {} {} out {} {}",
        short(&node.key),
        node.role.role.as_str(),
        inbound.bytes.0,
        inbound.requests.0,
        outbound.bytes.0,
        outbound.requests.0,
    )
}

/// A node's shortest unmistakable name; cluster `c1` goes without saying.
pub fn short(key: &NodeKey) -> String {
    let cluster = key.cluster().map(ToString::to_string).filter(|cluster| cluster != "c1");
    let cluster = cluster.map(|cluster| cluster + ":").unwrap_or_default();
    match key {
        NodeKey::Workload { namespace, workload, .. } => format!("{cluster}{namespace}/{workload}"),
        NodeKey::App { namespace, app, version, .. } => format!("{cluster}app={namespace}/{app}/{version}"),
        NodeKey::Service { host, .. } => format!("{cluster}service={host}"),
        NodeKey::Operation { host, operation, .. } => format!("{cluster}operation={host}/{operation}"),
        NodeKey::ServiceEntry { host } => format!("entry={host}"),
        NodeKey::Passthrough { host, .. } => format!("{cluster}passthrough={host}"),
        NodeKey::BlackHole { .. } => format!("{cluster}blackhole"),
        NodeKey::UnknownClient { identity, .. } => {
            format!("{cluster}client={}", identity.account().map_or("unknown", |(_, account)| account))
        }
    }
}
