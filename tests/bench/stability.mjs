// How much of a drawing stays where it was when the mesh changes a little.
import { mesh } from "./graphs/mesh.mjs";
import { random } from "./graphs/random.mjs";
import { withLayout } from "./measure/layouts.mjs";
import { displacement } from "./measure/quality.mjs";
import { row, table } from "./measure/tables.mjs";
import { fit, LAYOUTS } from "./peers.mjs";

/** Nothing is learned from more. */
const LARGEST = 1_000;
const SHARE = 0.05;
const CHANGES = [
  { what: "one node is gone", keepsNode: (_, place) => place !== 0 },
  { what: "5 % of the nodes are gone", keepsNode: (chance) => chance() >= SHARE },
  { what: "5 % of the edges are gone", keepsEdge: (chance) => chance() >= SHARE },
];

/** What is left of a graph: {graph, pairs: places before and after}. */
function changed(graph, { keepsNode = () => true, keepsEdge = () => true }, seed) {
  const chance = random(seed);
  const kept = [...graph.nodes.keys()].filter((place) => keepsNode(chance, place));
  const places = new Map(kept.map((place, at) => [place, at]));
  const edges = graph.edges.filter((ends) => ends.every((end) => places.has(end)) && keepsEdge(chance));
  const left = { nodes: kept.map((place) => graph.nodes[place]), edges: edges.map((ends) => ends.map((end) => places.get(end))) };
  return { graph: left, pairs: [...places] };
}

/** Each change's displacement; what is added is what is gone, the other way round. */
const moves = (script, graph, dist) =>
  withLayout(script, dist, async ({ place }) => {
    const before = await place(graph);
    const found = [];
    for (const change of CHANGES) {
      const { graph: left, pairs } = changed(graph, change, graph.nodes.length);
      found.push(displacement(before, await place(left), pairs));
    }
    return found;
  });

/** A table of the displacement of nodes that stay. */
export async function stability({ dist, sizes, seed, ours }) {
  const rows = [];
  for (const size of sizes.filter((one) => one <= LARGEST)) {
    const graph = mesh(size, seed);
    const own = await moves(ours, graph, dist);
    const peers = [];
    for (const { name, script } of fit(LAYOUTS, LARGEST)) {
      peers.push({ name, found: await moves(script, graph, dist) });
    }
    CHANGES.forEach(({ what }, place) => {
      const best = peers.map(({ name, found }) => ({ name, value: found[place] })).sort((one, other) => one.value - other.value)[0];
      rows.push(row({ what, size, ours: own[place], best }));
    });
  }
  return table("Stability: how far nodes that stay are moved, on average, in sizes of a node", rows, [
    "Each graph is laid out anew, with nothing known of the layout before; a shift of the whole does not count.",
  ]);
}
