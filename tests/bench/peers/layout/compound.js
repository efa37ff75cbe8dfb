// dagre, with a node for each namespace that is the parent of the others.
import { around, groups, SPACING } from "./graph.js";

/** Lays a graph out with some version of dagre; `root`: one parent of all. */
export function place({ graphlib, layout }, graph, options, root) {
  const own = new graphlib.Graph({ compound: true });
  own.setGraph({ rankdir: "LR", nodesep: SPACING.node, ...options });
  own.setDefaultEdgeLabel(() => ({}));
  graph.nodes.forEach(({ width, height }, place) => own.setNode(String(place), { width, height }));
  if (root) own.setNode("root", {});
  for (const [name, places] of groups(graph)) {
    own.setNode(`box ${name}`, {});
    if (root) own.setParent(`box ${name}`, "root");
    for (const place of places) own.setParent(String(place), `box ${name}`);
  }
  for (const [source, target] of graph.edges) own.setEdge(String(source), String(target), {});
  layout(own);
  const nodes = graph.nodes.map((node, place) => {
    const { x, y } = own.node(String(place));
    return around(x, y, node);
  });
  const edges = graph.edges.map(([source, target]) => {
    const { points = [] } = own.edge(String(source), String(target));
    return { source, target, points: points.flatMap(({ x, y }) => [x, y]) };
  });
  return { nodes, edges };
}
