import cytoscape from "cytoscape";
import { EDGE, measure, shiftOf } from "./view.js";

const STYLE = [
  {
    selector: "node",
    style: {
      width: "data(width)", height: "data(height)", shape: "round-rectangle", "background-color": "data(colour)",
      label: "data(name)", "text-valign": "center", "font-size": 12, "min-zoomed-font-size": 6,
    },
  },
  {
    selector: "edge",
    style: {
      width: EDGE.width, "line-color": EDGE.colour, "curve-style": "bezier",
      "target-arrow-shape": "triangle", "target-arrow-color": EDGE.colour,
    },
  },
];

let drawing;

measure({
  async mount(container, { nodes, edges }, view) {
    const elements = [
      ...nodes.map(({ id, name, width, height, colour, x, y }) => ({ data: { id, name, width, height, colour }, position: { x, y } })),
      ...edges.map((data) => ({ data })),
    ];
    drawing = cytoscape({
      container, elements, style: STYLE, layout: { name: "preset", fit: false }, minZoom: 1e-3, maxZoom: 10, zoom: view.zoom, pan: shiftOf(view),
    });
    await new Promise((resolve) => {
      drawing.one("render", resolve);
      drawing.forceRender();
    });
  },
  look(view) {
    drawing.viewport({ zoom: view.zoom, pan: shiftOf(view) });
  },
});
