// What Kiali builds on, with its plain nodes and edges; Kiali's own have badges and labels besides. Names are shown where
// they can be read, as its demonstration and Kiali do.
import {
  DefaultEdge, DefaultNode, EdgeTerminalType, GraphComponent, ModelKind, NodeShape, NodeStatus, observer, Point, ScaleDetailsLevel, Visualization,
  VisualizationProvider, VisualizationSurface, withPanZoom,
} from "@patternfly/react-topology";
import "@patternfly/react-core/dist/styles/base.css";
import "@patternfly/react-topology/dist/esm/css/topology-components.css";
import "@patternfly/react-topology/dist/esm/css/topology-view.css";
import { action } from "mobx";
import { createRoot } from "react-dom/client";
import { frames, measure, shiftOf } from "./view.js";

const STATES = [NodeStatus.success, NodeStatus.success, NodeStatus.success, NodeStatus.warning, NodeStatus.danger];

const Graph = withPanZoom()(GraphComponent);
const Node = observer(({ element }) => <DefaultNode element={element} showLabel={element.getGraph().getDetailsLevel() === ScaleDetailsLevel.high} />);
const Edge = observer(({ element }) => <DefaultEdge element={element} endTerminalType={EdgeTerminalType.directional} />);
const KINDS = { [ModelKind.graph]: Graph, [ModelKind.node]: Node, [ModelKind.edge]: Edge };

const nodeOf = ({ id, name, x, y, width, height }, place) => ({
  id, type: "node", label: name, x: x - width / 2, y: y - height / 2, width, height, shape: NodeShape.rect, status: STATES[place % STATES.length],
});

let drawing;

const look = action((view) => {
  const { x, y } = shiftOf(view);
  drawing.getGraph().setScale(view.zoom);
  drawing.getGraph().setPosition(new Point(x, y));
});

measure({
  async mount(stage, { nodes, edges }, view) {
    drawing = new Visualization();
    drawing.registerComponentFactory((kind) => KINDS[kind]);
    const graph = { id: "graph", type: "graph", scaleExtent: [1e-3, 8], scale: view.zoom, ...shiftOf(view) };
    drawing.fromModel({ graph, nodes: nodes.map(nodeOf), edges: edges.map((edge) => ({ ...edge, type: "edge" })) }, false);
    createRoot(stage).render(
      <VisualizationProvider controller={drawing}>
        <VisualizationSurface />
      </VisualizationProvider>,
    );
    const drawn = (kind) => document.querySelectorAll(`[data-kind=${kind}]`).length;
    await frames(() => drawn("edge") >= edges.length && drawn("node") >= nodes.length);
    look(view);
  },
  look,
});
