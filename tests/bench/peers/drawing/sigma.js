// Nodes are discs: it has no others of its own.
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EDGE, frame, measure } from "./view.js";

const RADIUS = 18;

let drawing;
let scale;

/** Its own space has y upwards. */
function look({ x, y, zoom }) {
  const middle = drawing.viewportToFramedGraph(drawing.graphToViewport({ x, y: -y }));
  drawing.getCamera().setState({ x: middle.x, y: middle.y, ratio: scale / zoom, angle: 0 });
}

measure({
  async mount(stage, { nodes, edges }, view) {
    const graph = new MultiDirectedGraph();
    for (const { id, name, x, y, colour } of nodes) graph.addNode(id, { x, y: -y, size: RADIUS, color: colour, label: name });
    for (const { source, target } of edges) graph.addEdge(source, target, { size: EDGE.width, color: EDGE.colour, type: "arrow" });
    drawing = new Sigma(graph, stage, {
      itemSizesReference: "positions", zoomToSizeRatioFunction: (ratio) => ratio, allowInvalidContainer: true, minCameraRatio: null, maxCameraRatio: null,
    });
    const [from, to] = [0, 1_000].map((x) => drawing.graphToViewport({ x, y: 0 }));
    scale = (Math.hypot(to.x - from.x, to.y - from.y) / 1_000) * drawing.getCamera().ratio;
    look(view);
    await new Promise((resolve) => {
      drawing.once("afterRender", resolve);
      drawing.refresh();
    });
    await frame();
  },
  look,
});
