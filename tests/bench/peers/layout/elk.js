// ELK's layered layout, with a node for each namespace that holds the others. Without an address of a worker it works on
// the main thread, as the others here do.
import ELK from "elkjs/lib/elk.bundled.js";
import { around, groups, SPACING } from "./graph.js";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.spacing.nodeNode": String(SPACING.node),
  "elk.layered.spacing.nodeNodeBetweenLayers": String(SPACING.layer),
};

const elk = new ELK();
await elk.layout({ id: "first", children: [{ id: "one", width: 1, height: 1 }] });

globalThis.peer = {
  async place(graph) {
    const leaf = (place) => ({ id: String(place), width: graph.nodes[place].width, height: graph.nodes[place].height });
    const root = await elk.layout({
      id: "root",
      layoutOptions: OPTIONS,
      children: [...groups(graph)].map(([name, places]) => ({ id: `box ${name}`, children: places.map(leaf) })),
      edges: graph.edges.map(([source, target], place) => ({ id: `edge ${place}`, sources: [String(source)], targets: [String(target)] })),
    });
    const nodes = [];
    const shifts = new Map([["root", [0, 0]]]);
    for (const box of root.children) {
      shifts.set(box.id, [box.x, box.y]);
      for (const { id, x, y, width, height } of box.children) {
        nodes[Number(id)] = around(box.x + x + width / 2, box.y + y + height / 2, { width, height });
      }
    }
    const edges = root.edges.map(({ container, sections: [section] = [] }, place) => {
      const [source, target] = graph.edges[place];
      const [left, top] = shifts.get(container) ?? [0, 0];
      const corners = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
      return { source, target, points: corners.flatMap(({ x, y }) => [x + left, y + top]) };
    });
    return { nodes, edges };
  },
};
