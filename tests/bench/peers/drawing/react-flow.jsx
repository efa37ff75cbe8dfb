import { ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { createRoot } from "react-dom/client";
import { frames, measure, shiftOf } from "./view.js";

const nodeOf = ({ id, name, x, y, width, height, colour }) => ({
  id, width, height, position: { x: x - width / 2, y: y - height / 2 }, data: { label: name }, sourcePosition: "right", targetPosition: "left",
  style: { width, height, background: colour, fontSize: 11, padding: 4 },
});

let drawing;

const look = (view) => drawing.setViewport({ ...shiftOf(view), zoom: view.zoom });

measure({
  async mount(stage, { nodes, edges }, view) {
    await new Promise((resolve) =>
      createRoot(stage).render(
        <ReactFlow
          defaultNodes={nodes.map(nodeOf)}
          defaultEdges={edges.map((edge) => ({ ...edge, markerEnd: { type: "arrowclosed" } }))}
          defaultViewport={{ ...shiftOf(view), zoom: view.zoom }}
          minZoom={0.001}
          maxZoom={4}
          nodesDraggable={false}
          onInit={(made) => {
            drawing = made;
            resolve();
          }}
        />,
      ),
    );
    // Edges come when nodes have been measured.
    await frames(() => document.getElementsByClassName("react-flow__edge").length >= edges.length);
  },
  look,
});
