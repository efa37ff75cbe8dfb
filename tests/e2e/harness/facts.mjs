// The facts of Istio's telemetry (tests/data/facts.json) as history of a server, and a graph as they draw it.
import { readFileSync } from "node:fs";
import { families, waving } from "./mesh.mjs";

/** The label that keeps the series of one case from those of another. */
export const CASE = "test_case";

const SWING = 0.3;
const PERIOD_SECS = 300;

/** [{name, series: [{metric, labels, value}], picture: [line]}]; value: a counter's rate a second, or a gauge's value. */
export const FACTS = JSON.parse(readFileSync(new URL("../../data/facts.json", import.meta.url), "utf8"));

/** The series of all cases as `openMetrics` takes them: counters whose rates swing about those of the cases. */
export function historyOf(facts) {
  const over = (name) => ({ metric, labels, value }) => {
    const own = { ...labels, [CASE]: name };
    const counter = /^(\w+)_total$/.exec(metric)?.[1];
    if (counter) return { family: counter, type: "counter", labels: own, value: waving(value, SWING, PERIOD_SECS) };
    if (metric.endsWith("_sum")) throw new Error(`\`${metric}\` of ${name}: a picture here leaves out what is measured`);
    return { family: metric, type: "gauge", labels: own, value: () => value };
  };
  return families(facts.flatMap(({ name, series }) => series.map(over(name))));
}

/** A graph, as the element exports it, in the lines of a case's picture: src/telemetry/tests/picture.rs. */
export function pictureOf({ nodes, edges }) {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  return [...edges.map((edge) => edgeLine(edge, names)), ...nodes.map(nodeLine)];
}

/** What a line of a picture says of an edge's ends and bytes: {source, target, via, bytes: {sent, received, reporter}}. */
export function edgeOf(line) {
  const [, source, target] = /^(\S+) > (\S+) /.exec(line);
  const [, via] = / via (\S+) /.exec(line) ?? [];
  const [, sent, received, reporter] = /; bytes (\S+) (\S+) (\w+) /.exec(line) ?? [];
  return { source, target, via, bytes: reporter && { sent: Number(sent), received: Number(received), reporter } };
}

/** The labels that tell the series of an edge. */
export function labelsOf({ source, target, via }) {
  const [client, server] = [labelsOfEnd("source", source), labelsOfEnd("destination", target)];
  if (!via) return { ...client, ...server };
  // A waypoint that names no server is the end of what is known; old ones put their own namespace for the server's.
  return { ...client, destination_workload: via === target ? "unknown" : server.destination_workload };
}

function labelsOfEnd(side, name) {
  const [, cluster, kind, rest] = /^(?:(\w+):)?(?:(\w+)=)?(.+)$/.exec(name);
  if (kind === "entry" || kind === "service") return { destination_service: rest };
  if (kind !== undefined) return { [`${side}_workload`]: "unknown" };
  const [namespace, workload] = rest.split("/");
  return { [`${side}_workload`]: workload, [`${side}_workload_namespace`]: namespace, [`${side}_cluster`]: cluster ?? "c1" };
}

/** Whether two lines say the same, numbers within a share. */
export function isAlike(one, other, tolerance) {
  const [words, others] = [one, other].map((line) => line.split(/[ ;]/));
  return words.length === others.length && words.every((word, place) => word === others[place] || isClose(Number(word), Number(others[place]), tolerance));
}

export const isClose = (one, other, tolerance) => Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));

/** Cluster `c1` goes without saying. */
function nameOf({ kind, cluster, namespace, workload, service = "unknown", identity }) {
  const prefix = cluster && cluster !== "c1" ? `${cluster}:` : "";
  switch (kind) {
    case "workload":
      return `${prefix}${namespace}/${workload}`;
    case "service":
    case "passthrough":
      return `${prefix}${kind}=${service}`;
    case "serviceEntry":
      return `entry=${service}`;
    case "blackHole":
      return `${prefix}blackhole`;
    case "unknownClient":
      return `${prefix}client=${identity?.split("/").at(-1) ?? "unknown"}`;
    default:
      throw new Error(`a node of kind \`${kind}\``);
  }
}

function edgeLine({ source, target, protocol, kind, logical, via, security, reporters, bytes, requests, connections }, names) {
  const parts = [
    `${names.get(source)} > ${names.get(target)} ${protocol} ${kind}${logical ? " logical" : ""}${via ? ` via ${names.get(via)}` : ""} ${security.state} from ${reporters.join("+")}`,
  ];
  if (bytes) parts.push(`bytes ${bytes.sentPerSecond} ${bytes.receivedPerSecond} ${bytes.reporter} ${bytes.emitter}`);
  if (requests) parts.push(`requests ${requests.perSecond} ${requests.failuresPerSecond} ${requests.clientErrorsPerSecond} ${requests.reporter}`);
  if (connections) parts.push(`connections ${connections.openedPerSecond} ${connections.failedPerSecond} ${connections.reporter}`);
  return parts.join("; ");
}

function nodeLine(node) {
  const of = ({ bytesPerSecond, requestsPerSecond }) => `${bytesPerSecond} ${requestsPerSecond}`;
  return `${nameOf(node)} ${node.role} in ${of(node.inbound)} out ${of(node.outbound)}`;
}
