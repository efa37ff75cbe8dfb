// Whom the benchmarks compare with, and whom they leave out where nothing would come of it.

/** Layouts that draw a box for each namespace: by name, the script and the size from which on they are left out. */
export const LAYOUTS = [
  { name: "Graphviz dot", script: "layout/graphviz.js", upTo: 3_000, why: "takes more than 60 s" },
  { name: "ELK layered", script: "layout/elk.js", upTo: 3_000, why: "takes more than 60 s" },
  { name: "dagre", script: "layout/dagre.js", upTo: 300, why: "takes more than 60 s: its network simplex" },
  { name: "dagre as in Kiali", script: "layout/kiali.js", upTo: 300, why: "takes more than 60 s: its network simplex" },
];

/** The one against which time is measured. */
export const FASTEST_LAYOUT = "Graphviz dot";

/** Drawings of graphs. Those that are left out were never the best there, by far. */
export const DRAWINGS = [
  { name: "cytoscape", script: "drawing/cytoscape.js", upTo: Infinity },
  { name: "force-graph", script: "drawing/force-graph.js", upTo: Infinity },
  { name: "React Flow", script: "drawing/react-flow.jsx", upTo: Infinity },
  { name: "sigma", script: "drawing/sigma.js", upTo: 1_000, why: "draws by WebGL, which without a graphics card takes seconds a frame" },
  { name: "PatternFly topology", script: "drawing/patternfly.jsx", upTo: 1_000, why: "takes a second and more for a frame, and 10 s and more for the first" },
];

/** Those of a list that can come to an end at a size. */
export const fit = (list, size) => list.filter(({ upTo }) => size <= upTo);

/** Who is left out from which of some sizes on, and why, as lines. */
export const leftOut = (list, sizes) =>
  list
    .map(({ name, upTo, why }) => ({ name, why, out: sizes.filter((size) => size > upTo) }))
    .filter(({ out }) => out.length)
    .map(({ name, why, out }) => `${name} is left out at ${out.join(", ")}: ${why}`);
