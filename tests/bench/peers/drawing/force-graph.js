// Without arrows of edges that a reader could see, and without the second canvas by which it knows what is pointed at.
import ForceGraph from "force-graph";
import { EDGE, frame, measure, WINDOW } from "./view.js";

/** Names are drawn from this zoom on. */
const READABLE = 0.45;

let drawing;

function paint({ x, y, width, height, colour, name }, context, zoom) {
  context.fillStyle = colour;
  context.fillRect(x - width / 2, y - height / 2, width, height);
  if (zoom <= READABLE) return;
  context.fillStyle = "#000";
  context.font = "12px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, x, y);
}

function look({ x, y, zoom }) {
  drawing.zoom(zoom);
  drawing.centerAt(x, y);
}

measure({
  async mount(stage, { nodes, edges }, view) {
    await new Promise((resolve) => {
      drawing = new ForceGraph(stage)
        .width(WINDOW.width)
        .height(WINDOW.height)
        .minZoom(1e-4)
        .maxZoom(10)
        .cooldownTicks(0)
        .enableNodeDrag(false)
        .enablePointerInteraction(false)
        .linkColor(() => EDGE.colour)
        .linkWidth(EDGE.width)
        .linkDirectionalArrowLength(8)
        .linkDirectionalArrowRelPos(0.9)
        .nodeCanvasObject(paint)
        .onRenderFramePost(resolve)
        .graphData({ nodes: nodes.map((node) => ({ ...node, fx: node.x, fy: node.y })), links: edges.map((edge) => ({ ...edge })) });
      look(view);
    });
    look(view);
    await frame();
  },
  look,
});
