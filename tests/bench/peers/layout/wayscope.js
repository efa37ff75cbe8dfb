// Wayscope's layout: the page's own program, as a worker of the page calls it. The numbers that cross are written and read
// by the program's own code (tests/bench/instruments).
import startInstruments, { Drawing, layoutRequest } from "/built/instruments.js";
import { groups } from "./graph.js";

/** Width of a letter of a box's title, in pixels. */
const LETTER = 8;

const { js, wasm } = await (await fetch("/dist/assets.json")).json();
const program = await import(`/dist/${js}`);
await Promise.all([program.default({ module_or_path: `/dist/${wasm}` }), startInstruments()]);

function request({ nodes, edges }) {
  const boxes = [...groups({ nodes })];
  const box = new Map(boxes.map(([name], place) => [name, place]));
  const sizes = Float64Array.from(nodes.flatMap(({ namespace, width, height }) => [width, height, box.get(namespace)]));
  return layoutRequest(sizes, Float64Array.from(boxes, ([name]) => LETTER * name.length), Uint32Array.from(edges.flat()));
}

function rects(row) {
  const found = [];
  for (let at = 0; at < row.length; at += 4) found.push([row[at], row[at + 1], row[at + 2], row[at + 3]]);
  return found;
}

function lines(row, { edges }) {
  let at = 0;
  return edges.map(([source, target]) => {
    const end = at + 1 + 2 * row[at];
    const points = Array.from(row.subarray(at + 1, end));
    at = end;
    return { source, target, points };
  });
}

globalThis.peer = {
  place(graph) {
    const drawing = Drawing.read(program.placeGraph(request(graph)));
    const found = { nodes: rects(drawing.nodes()), boxes: rects(drawing.boxes()), edges: lines(drawing.edges(), graph) };
    drawing.free();
    return found;
  },
};
