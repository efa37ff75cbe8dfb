// Graphviz' dot, with a cluster for each namespace.
import { instance } from "@viz-js/viz";
import { around, groups, SPACING } from "./graph.js";

const INCH = 72;
/** Short lines for each piece of a curve. */
const PIECES = 4;

const inches = (pixels) => (pixels / INCH).toFixed(4);

function written(graph) {
  const lines = [`digraph{rankdir=LR;nodesep=${inches(SPACING.node)};ranksep=${inches(SPACING.layer)};node[shape=box,fixedsize=true,label=""];`];
  for (const [, places] of groups(graph)) {
    lines.push(`subgraph cluster_${places[0]}{`);
    for (const place of places) {
      const { width, height } = graph.nodes[place];
      lines.push(`${place}[width=${inches(width)},height=${inches(height)}];`);
    }
    lines.push("}");
  }
  for (const [source, target] of graph.edges) lines.push(`${source}->${target};`);
  return `${lines.join("\n")}}`;
}

/** Reads the format `plain`: https://graphviz.org/docs/outputs/plain/ */
function read(text, graph) {
  const nodes = [];
  const edges = [];
  for (const line of text.split("\n")) {
    const [kind, name, ...rest] = line.split(" ");
    if (kind === "node") nodes[Number(name)] = around(rest[0] * INCH, -rest[1] * INCH, graph.nodes[Number(name)]);
    else if (kind === "edge") {
      const numbers = rest.slice(2, 2 + 2 * rest[1]).map((value, at) => (at % 2 ? -value : Number(value)) * INCH);
      edges.push({ source: Number(name), target: Number(rest[0]), points: flat(numbers) });
    }
  }
  return { nodes, edges };
}

/** Bézier curves, end to end, as lines. */
function flat(numbers) {
  const points = numbers.slice(0, 2);
  for (let at = 0; at + 7 < numbers.length; at += 6) {
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const u = 1 - t;
      for (const axis of [at, at + 1]) {
        points.push(u * u * u * numbers[axis] + 3 * u * u * t * numbers[axis + 2] + 3 * u * t * t * numbers[axis + 4] + t * t * t * numbers[axis + 6]);
      }
    }
  }
  return points;
}

const viz = await instance();

globalThis.peer = {
  place(graph) {
    const { status, output, errors } = viz.render(written(graph), { engine: "dot", format: "plain", yInvert: false });
    if (status !== "success") throw new Error(errors.map(({ message }) => message).join("; "));
    return read(output, graph);
  },
};
