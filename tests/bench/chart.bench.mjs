// A chart of many lines, made and shown with other data, up to the pixels.
import { CHART_AIM } from "./aims.mjs";
import { openBench } from "./measure/bench_page.mjs";
import { leastMedian, REPEATS } from "./measure/repeat.mjs";
import { ms, row, table } from "./measure/tables.mjs";

const LINES = [20, 100];
const POINTS = 1_000;
/** Width of Wayscope's lines; wider ones than uPlot's own of 1 cost a browser without a graphics card much more. */
const WIDTH = 1.5;
const STEPS = { draw: "draw", update: "show other data" };

/** {draw, update}: milliseconds of the median of warm runs. */
async function timed(script, lines, dist, width) {
  const { page, spent, close } = await openBench(script, { dist });
  const step = async (name, seed) => {
    await page.evaluate((...of) => globalThis.peer.prepare(...of), lines, POINTS, seed, width);
    const before = spent.main();
    const wall = await page.evaluate((what) => globalThis.peer[what](), name);
    return { wall, cpu: spent.main() - before };
  };
  const runs = { draw: [], update: [] };
  try {
    // The first is not counted: the compiler is at work.
    for (let turn = 0; turn <= REPEATS; turn++) {
      for (const name of Object.keys(runs)) runs[name].push(await step(name, turn));
      await page.evaluate(() => globalThis.peer.clear());
    }
  } finally {
    await close();
  }
  return Object.fromEntries(Object.entries(runs).map(([name, [, ...warm]]) => [name, leastMedian(warm)]));
}

export default async function* measure({ dist }) {
  const rows = [];
  for (const lines of LINES) {
    const ours = await timed("chart/wayscope.js", lines, dist);
    const [own, alike] = [await timed("chart/uplot.js", lines, dist), await timed("chart/uplot.js", lines, dist, WIDTH)];
    for (const [name, what] of Object.entries(STEPS)) {
      rows.push(
        row({ what, size: lines, ours: ours[name], best: { name: "uPlot", value: own[name] }, target: CHART_AIM, print: ms }),
        row({ what: `${what}, lines alike`, size: lines, ours: ours[name], best: { name: `uPlot, ${WIDTH} px`, value: alike[name] }, print: ms }),
      );
    }
  }
  yield table(`Chart of so many lines of ${POINTS} points`, rows, ["From the numbers to the pixels of 1200 × 600, wall or CPU, the lower."]);
}
