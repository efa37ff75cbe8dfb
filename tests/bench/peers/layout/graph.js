// What layouts have in common. A layout takes {nodes: [{namespace, width, height}], edges: [[source, target]]} and gives
// {nodes: [[left, top, right, bottom]], edges: [{source, target, points: [x, y, …]}]}; making an engine's own graph from
// the one and reading the other is part of its work.

/** Free room in pixels, the same for all. */
export const SPACING = { node: 25, layer: 60 };

/** Where a node stands by its centre. */
export const around = (x, y, { width, height }) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/** Places of nodes by namespace. */
export function groups({ nodes }) {
  const found = new Map();
  nodes.forEach(({ namespace }, place) => {
    if (!found.has(namespace)) found.set(namespace, []);
    found.get(namespace).push(place);
  });
  return found;
}
