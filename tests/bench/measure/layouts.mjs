// Layouts, timed on the main thread of a page of their own.
import { openBench } from "./bench_page.mjs";
import { leastMedian, repeated, within } from "./repeat.mjs";

/** A peer that takes longer at one size is left out at the next by peers.mjs. */
const LIMIT_MS = 120_000;
/** Of a layout that takes so long, the first is as good as a later one. */
const SLOW_MS = 4_000;
/** How long a page that has made one layout waits for the next: its compiler may be at work. */
const PAUSE_MS = 30;

const take = (graph) => {
  globalThis.graph = graph;
};
const timed = async () => {
  const start = performance.now();
  globalThis.drawn = await globalThis.peer.place(globalThis.graph);
  return performance.now() - start;
};

/** A page that lays graphs out: {place(graph), time(graph), close()}. */
export async function openLayout(script, dist) {
  const { page, spent, close } = await openBench(script, { dist });
  const run = async () => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const before = spent.main();
    const wall = await within(LIMIT_MS, "a layout", page.evaluate(timed));
    return { wall, cpu: spent.main() - before };
  };
  const drawing = () => page.evaluate(() => globalThis.drawn);
  return {
    close,
    async place(graph) {
      await page.evaluate(take, graph);
      await run();
      return drawing();
    },
    /** {ms, drawing}: from the graph to places of nodes and edges, when the page is warm. */
    async time(graph) {
      await page.evaluate(take, graph);
      const first = await run();
      const runs = first.cpu > SLOW_MS ? [first] : await repeated(run);
      return { ms: leastMedian(runs), drawing: await drawing() };
    },
  };
}

/** Opens such a page for one use. */
export async function withLayout(script, dist, use) {
  const opened = await openLayout(script, dist);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}
