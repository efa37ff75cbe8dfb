// Layouts with a box for each namespace: how fast they are made, and how good they are.
import { AIMS, aimAt, allowedAt } from "./aims.mjs";
import { mesh } from "./graphs/mesh.mjs";
import { shapes } from "./graphs/shapes.mjs";
import { withLayout } from "./measure/layouts.mjs";
import { quality } from "./measure/quality.mjs";
import { digits, ms, row, table } from "./measure/tables.mjs";
import { FASTEST_LAYOUT, fit, LAYOUTS, leftOut } from "./peers.mjs";
import { stability } from "./stability.mjs";

const OURS = "layout/wayscope.js";
/** What is counted as a fault, and what it is called. */
const FAULTS = [
  ["overlaps", "nodes that overlap"],
  ["foreign", "foreign nodes in boxes"],
  ["through", "foreign nodes an edge runs through"],
  ["aspect", "width by height"],
];

/** {ms, …quality} of one graph, on a page that lays graphs out. */
async function judge({ time }, graph) {
  const { ms: took, drawing } = await time(graph);
  return { ms: took, ...quality(graph, drawing) };
}

/** The same on a fresh page. */
const judged = (script, graph, dist) => withLayout(script, dist, (page) => judge(page, graph));

/** The same, or {failed: why}. */
const tried = (...of) => judged(...of).catch((cause) => ({ failed: cause.message.split("\n")[0] }));

/** What each needed, in a line: who is not the best is told of there. */
const allOf = (compared, what, print) =>
  compared.map(({ size, peers }) => {
    const told = peers.filter(({ failed }) => !failed).map((peer) => `${peer.name} ${print(peer[what])}`);
    return `at ${size}: ${told.join(", ") || "nobody"}`;
  }).join("; ");

async function compare(graph, size, dist) {
  const peers = [];
  for (const { name, script } of fit(LAYOUTS, size)) peers.push({ name, ...(await tried(script, graph, dist)) });
  return { size, graph, ours: await tried(OURS, graph, dist), peers };
}

const best = (list, what) =>
  list.map((peer) => ({ name: peer.name, value: peer[what] })).sort((one, other) => one.value - other.value)[0];

function rowsOf({ size, ours, peers }) {
  const done = peers.filter(({ failed }) => !failed);
  const clean = done.filter(({ foreign, overlaps }) => foreign === 0 && overlaps === 0);
  const fastest = done.filter(({ name }) => name === FASTEST_LAYOUT);
  return [
    row({ what: "time", size, ours: ours.ms, best: best(fastest, "ms"), target: aimAt(AIMS.layoutTime, size), print: ms }),
    row({ what: "crossings of edges", size, ours: ours.crossings, best: best(clean, "crossings"), target: aimAt(AIMS.crossings, size) }),
    ...FAULTS.map(([name, what]) => row({ what, size, ours: ours[name], target: aimAt(AIMS[name], size) })),
  ];
}

/** How long so many nodes and edges may take: [count, ms], by what was compared. */
const allowances = (compared) =>
  compared.flatMap(({ size, graph, peers }) => {
    const { ratio, most } = aimAt(AIMS.layoutTime, size);
    const peer = peers.find(({ name, failed }) => name === FASTEST_LAYOUT && !failed);
    const allowed = ratio === undefined ? most : peer && ratio * peer.ms;
    return allowed === undefined ? [] : [[graph.nodes.length + graph.edges.length, allowed]];
  });

async function shapeRows(page, compared, seed) {
  const rows = [];
  for (const graph of shapes(seed)) {
    const found = await judge(page, graph);
    const [what, size, count] = [graph.name, graph.nodes.length, graph.nodes.length + graph.edges.length];
    const allowed = allowedAt(count, allowances(compared));
    const named = (which, target) => row({ what: `${what}, ${which}`, size, ours: found[which], target });
    rows.push(
      row({ what: `${what}, time`, size, ours: found.ms, target: allowed === undefined ? {} : { most: allowed }, print: ms }),
      ...FAULTS.map(([name]) => named(name, name === "aspect" ? {} : aimAt(AIMS[name], size))),
    );
  }
  return rows;
}

const failures = (compared) =>
  compared.flatMap(({ size, ours, peers }) => [{ name: "Wayscope", ...ours }, ...peers].filter(({ failed }) => failed).map(({ name, failed }) => `${name} failed at ${size}: ${failed}`));

export default async function* measure({ dist, sizes, seed }) {
  const compared = [];
  for (const size of sizes) compared.push(await compare(mesh(size, seed), size, dist));
  yield table("Layout of a mesh, with a box for each namespace", compared.flatMap(rowsOf), [
    `Time: of the median of warm runs, wall or CPU, the lower; against ${FASTEST_LAYOUT} with clusters.`,
    "Crossings: against the peer with the fewest whose boxes hold nothing foreign.",
    `Time of the others ${allOf(compared, "ms", ms)}.`,
    `Crossings of the others ${allOf(compared, "crossings", digits)}.`,
    ...leftOut(LAYOUTS, sizes),
    ...failures(compared),
  ]);
  yield table("Layout of other shapes", await withLayout(OURS, dist, (page) => shapeRows(page, compared, seed)), [
    "Time: against what the table above allows a mesh of as many nodes and edges.",
  ]);
  yield await stability({ dist, sizes, seed, ours: OURS });
}
