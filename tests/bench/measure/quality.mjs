// How good a drawing is, in numbers.
//
// A drawing is {nodes: [[left, top, right, bottom]], boxes: the same of each namespace or undefined, edges: [{source,
// target, points: [x, y, x, y, …]}]}: nodes in the graph's order; edges as they are drawn, curves as short lines.
import { crossings } from "./crossings.mjs";
import { Grid } from "./grid.mjs";

/** By how much rectangles may touch, in pixels: what is rounded is no fault. */
const SLACK = 0.5;

/**
 * Everything that is measured:
 * - crossings: points where two edges cross that share no end
 * - overlaps: pairs of nodes that cover each other
 * - foreign: nodes in a box of a namespace that is not theirs; a drawing without boxes has those around the nodes
 * - through: for each edge, the nodes that it runs through and does not belong to; their mean
 * - aspect: width by height
 */
export function quality(graph, drawing) {
  const { nodes, edges } = drawing;
  return {
    crossings: crossings(edges),
    overlaps: overlaps(nodes),
    foreign: foreign(graph, drawing),
    through: through(nodes, edges) / Math.max(1, edges.length),
    aspect: aspect(drawing),
  };
}

function overlaps(nodes) {
  const grid = Grid.of(nodes);
  let found = 0;
  nodes.forEach((node, place) => {
    for (const other of grid.near(...node)) if (other > place && covers(node, nodes[other])) found++;
  });
  return found;
}

const covers = (one, other) =>
  Math.min(one[2], other[2]) - Math.max(one[0], other[0]) > SLACK && Math.min(one[3], other[3]) - Math.max(one[1], other[1]) > SLACK;

function foreign(graph, { nodes, boxes }) {
  const { of, count } = namespaces(graph);
  const all = boxes ?? around(nodes, of, count);
  const grid = Grid.of(nodes);
  let found = 0;
  all.forEach((box, place) => {
    for (const node of grid.near(...box)) if (of[node] !== place && covers(box, nodes[node])) found++;
  });
  return found;
}

/** The place of each node's namespace, in the order in which the nodes first name them. */
export function namespaces({ nodes }) {
  const places = new Map();
  const of = nodes.map(({ namespace }) => {
    if (!places.has(namespace)) places.set(namespace, places.size);
    return places.get(namespace);
  });
  return { of, count: places.size, names: [...places.keys()] };
}

function around(nodes, of, count) {
  const boxes = Array.from({ length: count }, () => [Infinity, Infinity, -Infinity, -Infinity]);
  nodes.forEach((node, place) => (boxes[of[place]] = union(boxes[of[place]], node)));
  return boxes;
}

const union = (one, other) => [
  Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3]),
];

/** How often an edge runs through a node that is not its own. */
function through(nodes, edges) {
  const grid = Grid.of(nodes);
  const seen = new Int32Array(nodes.length).fill(-1);
  let found = 0;
  edges.forEach(({ source, target, points }, edge) => {
    for (let at = 3; at < points.length; at += 2) {
      const line = points.slice(at - 3, at + 1);
      const [left, right] = [Math.min(line[0], line[2]), Math.max(line[0], line[2])];
      const [top, bottom] = [Math.min(line[1], line[3]), Math.max(line[1], line[3])];
      for (const node of grid.near(left, top, right, bottom)) {
        if (seen[node] === edge || node === source || node === target || !runsThrough(line, nodes[node])) continue;
        seen[node] = edge;
        found++;
      }
    }
  });
  return found;
}

/** Liang and Barsky's clipping, of the line by the node's inside. */
function runsThrough([fromX, fromY, toX, toY], [left, top, right, bottom]) {
  const [x, y] = [toX - fromX, toY - fromY];
  let [enters, leaves] = [0, 1];
  const sides = [[-x, fromX - left - SLACK], [x, right - SLACK - fromX], [-y, fromY - top - SLACK], [y, bottom - SLACK - fromY]];
  for (const [towards, distance] of sides) {
    if (towards === 0) {
      if (distance < 0) return false;
    } else if (towards < 0) enters = Math.max(enters, distance / towards);
    else leaves = Math.min(leaves, distance / towards);
  }
  return leaves - enters > 1e-9;
}

function aspect({ nodes, boxes = [], edges }) {
  let bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of [...nodes, ...boxes]) bounds = union(bounds, rect);
  for (const { points } of edges) {
    for (let at = 1; at < points.length; at += 2) bounds = union(bounds, [points[at - 1], points[at], points[at - 1], points[at]]);
  }
  return (bounds[2] - bounds[0]) / (bounds[3] - bounds[1]);
}

/**
 * How far nodes that both drawings have were moved, on average, in sizes of a node; a shift of the whole does not count.
 * `pairs`: places in the one and in the other.
 */
export function displacement(before, after, pairs) {
  const centre = ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2];
  const moves = pairs.map(([one, other]) => {
    const [from, to] = [centre(before.nodes[one]), centre(after.nodes[other])];
    return [to[0] - from[0], to[1] - from[1]];
  });
  const middle = (axis) => moves.map((move) => move[axis]).sort((one, other) => one - other)[moves.length >> 1] ?? 0;
  const [x, y] = [middle(0), middle(1)];
  const moved = moves.reduce((sum, move) => sum + Math.hypot(move[0] - x, move[1] - y), 0) / Math.max(1, moves.length);
  const size = before.nodes.reduce((sum, [left, top, right, bottom]) => sum + Math.sqrt((right - left) * (bottom - top)), 0);
  return moved / (size / before.nodes.length);
}
