// What a page without a program does: JSON.parse, and one edge for each client, server and protocol.
import { measure } from "./answer.js";

const NAMES = ["source_workload_namespace", "source_workload", "destination_workload_namespace", "destination_workload", "request_protocol"];

function add(edges, { metric, value }) {
  const key = NAMES.map((name) => metric[name]).join("/");
  let edge = edges.get(key);
  if (!edge) edges.set(key, (edge = { requests: 0, failures: 0 }));
  const rate = Number(value[1]);
  edge.requests += rate;
  if (metric.response_code.startsWith("5")) edge.failures += rate;
}

function count(answers, watch) {
  const edges = new Map();
  for (const bytes of answers) {
    const text = new TextDecoder().decode(bytes);
    const { data } = JSON.parse(text);
    watch();
    for (const series of data.result) add(edges, series);
    watch();
  }
  return edges.size;
}

measure({ count, used: () => performance.memory.usedJSHeapSize });
