// The first drawing of a graph, and moving it: time on all processors of all of the browser's processes for a frame.
import { setTimeout as sleep } from "node:timers/promises";
import { AIMS, aimAt } from "./aims.mjs";
import { mesh } from "./graphs/mesh.mjs";
import { openBench } from "./measure/bench_page.mjs";
import { withLayout } from "./measure/layouts.mjs";
import { DETAILS, openMesh } from "./measure/mesh_page.mjs";
import { median, repeated } from "./measure/repeat.mjs";
import { ms, row, share, table } from "./measure/tables.mjs";
import { LENGTH_MS, views, whole } from "./measure/views.mjs";
import { DRAWINGS, fit, leftOut } from "./peers.mjs";

/** What a reader sees as a jerk. */
const LATE_MS = 33;
/** A peer that needs that much more than the best at first is measured no further. */
const HOPELESS = 1.25;
/** How long a page rests between its first drawing and what comes then. */
const REST_MS = 300;

/** {cpu: of a frame, late: share of frames} of a page that is moved. */
async function moved({ move, spent }, path) {
  await sleep(REST_MS);
  const before = spent.all();
  const intervals = await move(path, LENGTH_MS);
  const late = intervals.filter((interval) => interval > LATE_MS).length;
  return { cpu: (spent.all() - before) / intervals.length, late: late / intervals.length };
}

/** The medians of what was measured several times. */
const medians = (found) =>
  Object.fromEntries(Object.keys(found[0]).map((name) => [name, found[0][name] === undefined ? undefined : median(found.map((one) => one[name]))]));

async function peerOnce(script, graph, rects, dist) {
  const { page, spent, close } = await openBench(script, { dist });
  try {
    const first = await page.evaluate((...of) => globalThis.peer.draw(...of), graph, rects, whole(rects));
    const move = (...of) => page.evaluate((...given) => globalThis.peer.move(...given), ...of);
    return { first, ...(await moved({ move, spent }, views(rects))) };
  } finally {
    await close();
  }
}

/** Each peer once, and those that may be the best in something as often as ourselves. */
async function peersAt(graph, rects, dist) {
  const once = [];
  for (const peer of fit(DRAWINGS, graph.nodes.length)) once.push({ ...peer, runs: [await peerOnce(peer.script, graph, rects, dist)] });
  const least = (what) => Math.min(...once.map(({ runs: [run] }) => run[what]));
  const hopes = ["first", "cpu"].map((what) => [what, HOPELESS * least(what)]);
  for (const { script, runs } of once.filter(({ runs: [run] }) => hopes.some(([what, most]) => run[what] <= most))) {
    runs.push(...(await repeated(() => peerOnce(script, graph, rects, dist))).slice(0, -1));
  }
  return once.map(({ name, runs }) => ({ name, ...medians(runs) }));
}

async function oursAt(graph, rects, dist) {
  const mesh = await openMesh(graph, dist);
  const once = async (detail) => {
    const page = await mesh.open(detail);
    try {
      return { first: page.firstDraw, ...(await moved(page, views(rects))) };
    } finally {
      await page.close();
    }
  };
  try {
    const full = medians(await repeated(() => once(DETAILS.full)));
    const isSame = JSON.stringify(DETAILS.full) === JSON.stringify(DETAILS.auto);
    return { full, auto: isSame ? full : medians(await repeated(() => once(DETAILS.auto))) };
  } finally {
    await mesh.close();
  }
}

function rowsOf(size, { full, auto }, peers) {
  const best = (what) => peers.map((peer) => ({ name: peer.name, value: peer[what] })).sort((one, other) => one.value - other.value)[0];
  return [
    row({ what: "CPU of a frame, all drawn", size, ours: full.cpu, best: best("cpu"), target: aimAt(AIMS.frameCpu, size), print: ms }),
    row({ what: `frames over ${LATE_MS} ms, levels of detail`, size, ours: auto.late, best: best("late"), target: aimAt(AIMS.lateFrames, size), print: share }),
    row({ what: "first drawing", size, ours: full.first, best: best("first"), target: aimAt(AIMS.firstDraw, size), print: ms }),
  ];
}

/** What each peer needs, in a line. */
const told = (size, peers) =>
  `At ${size}, CPU of a frame and first drawing: ${peers.map(({ name, cpu, first }) => `${name} ${ms(cpu)}, ${ms(first)}`).join("; ")}.`;

export default async function* measure({ dist, sizes, seed }) {
  const [rows, others] = [[], []];
  for (const size of sizes) {
    const graph = mesh(size, seed);
    const { nodes } = await withLayout("layout/wayscope.js", dist, ({ place }) => place(graph));
    const [ours, peers] = [await oursAt(graph, nodes, dist), await peersAt(graph, nodes, dist)];
    rows.push(...rowsOf(size, ours, peers));
    others.push(told(size, peers));
  }
  yield table("Drawing a mesh: a second each of panning the whole, zooming in and panning, one step a frame", rows, [
    "CPU: of all of the browser's processes. Frames come as fast as they are made; there is no graphics card.",
    "First drawing: from the nodes' places to the second frame after it; ours with boxes and labels, which others have not.",
    "Ours is the explorer itself, moved by pointer and wheel; others draw the same nodes at the same places.",
    ...(JSON.stringify(DETAILS.full) === JSON.stringify(DETAILS.auto) ? ["The page has one way of drawing: with levels of detail."] : []),
    ...others,
    ...leftOut(DRAWINGS, sizes),
  ]);
}
