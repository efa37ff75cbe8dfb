// What a Prometheus would say of a graph.
import { envoy } from "../../e2e/harness/mesh.mjs";
import { mesh } from "./mesh.mjs";
import { random } from "./random.mjs";

const CODES = ["200", "404", "500", "503", "429", "302", "201", "401", "504", "204", "400", "502"];
const FLAGS = ["UH", "UF", "URX", "DC"];
/** Requests a second at most. */
const BUSIEST = 500;

const pathOf = ({ namespace, name }) => `${namespace}/${name}`;

/**
 * Rows of `istio_requests_total`, [labels, value], of which so many, at least one an edge: each edge is told of by both of
 * its ends, and then with one response code after the other.
 */
export function requestRows({ nodes, edges }, count = edges.length) {
  const rows = [];
  for (let place = 0; place < Math.max(count, edges.length); place++) {
    const [source, target] = edges[place % edges.length];
    const round = Math.floor(place / edges.length);
    const reporter = round % 2 ? "source" : "destination";
    const labels = envoy(reporter, pathOf(nodes[source]), pathOf(nodes[target]));
    rows.push([{ ...labels, response_code: CODES[Math.floor(round / 2) % CODES.length] }, round < 2 ? 5 + (place % 7) : 0.01]);
  }
  return rows;
}

/** Series of one answer at most: larger ones are refused, and asked for in parts. */
const MOST_SERIES = 50_000;

/** The bytes of answers: so many series of `istio_requests_total` by the labels that consoles ask for. */
export function requestsAnswers(count, seed) {
  const chance = random(seed);
  const { nodes, edges } = mesh(count >= 100_000 ? 10_000 : count >= 10_000 ? 3_000 : 300, seed);
  const series = [];
  for (let place = 0; place < count; place++) {
    const [source, target] = edges[place % edges.length].map((node) => nodes[node]);
    const round = Math.floor(place / edges.length);
    series.push({ metric: labelsOf(source, target, round, chance), value: [1_760_000_000.123, String(+(chance() * BUSIEST).toFixed(9))] });
  }
  const answer = (result) => Buffer.from(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  return Array.from({ length: Math.ceil(count / MOST_SERIES) }, (_, part) => answer(series.slice(part * MOST_SERIES, (part + 1) * MOST_SERIES)));
}

function labelsOf(source, target, round, chance) {
  const isGrpc = chance() < 0.3;
  const code = CODES[round % CODES.length];
  const version = `v${1 + (round % 3)}`;
  return {
    reporter: round % 2 ? "source" : "destination",
    source_cluster: "cluster-east-1",
    source_workload_namespace: source.namespace,
    source_workload: `${source.name}-v1`,
    source_canonical_service: source.name,
    source_canonical_revision: "v1",
    destination_cluster: chance() < 0.9 ? "cluster-east-1" : "cluster-west-1",
    destination_service_namespace: target.namespace,
    destination_service: `${target.name}.${target.namespace}.svc.cluster.local`,
    destination_service_name: target.name,
    destination_workload_namespace: target.namespace,
    destination_workload: `${target.name}-${version}`,
    destination_canonical_service: target.name,
    destination_canonical_revision: version,
    request_protocol: isGrpc ? "grpc" : "http",
    response_code: code,
    grpc_response_status: isGrpc ? "0" : "",
    response_flags: code.startsWith("5") ? FLAGS[round % FLAGS.length] : "-",
  };
}
