// How long the page holds the browser's main thread while a large mesh becomes a picture, and when it comes again.
import { launchBrowser } from "../e2e/harness/browser.mjs";
import { explore } from "../e2e/harness/explorer.mjs";
import { answering, startFaulty } from "../e2e/harness/faulty.mjs";
import { envoy } from "../e2e/harness/mesh.mjs";

const SERIES = 10_000;
/** Two reporters, and two response codes of each. */
const SERIES_PER_EDGE = 4;
const WORKLOADS = 400;
const NAMESPACES = 20;
/** What a reader feels as a page that hangs. */
const LONG_MS = 200;

/** Rows of requests between workloads, each of which calls a few that come after it, mostly of its own namespace. */
function rows() {
  const name = (place) => `team-${place % NAMESPACES}/service-${place}`;
  const found = [];
  for (let edge = 0; edge < SERIES / SERIES_PER_EDGE; edge++) {
    const [source, turn] = [edge % WORKLOADS, Math.floor(edge / WORKLOADS) + 1];
    const target = (source + turn * (turn % 3 === 0 ? 7 : NAMESPACES)) % WORKLOADS;
    for (const reporter of ["source", "destination"]) {
      for (const response_code of ["200", "503"]) {
        found.push([{ ...envoy(reporter, name(source), name(target)), response_code }, response_code === "200" ? 10 + turn : 0.01 * turn]);
      }
    }
  }
  return found;
}

const watch = (page) =>
  page.evaluateOnNewDocument(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) globalThis.tasks.push({ startTime, duration });
    }).observe({ type: "longtask", buffered: true });
  });

/** What happened since an instant of the page's own clock, in a line. */
async function report(page, what, since) {
  // Entries come a little after their tasks.
  const [took, tasks] = await page.evaluate(async (from) => {
    const now = performance.now();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300)));
    return [now - from, globalThis.tasks.filter(({ startTime }) => startTime >= from)];
  }, since);
  const ms = (value) => `${Math.round(value)} ms`;
  const longest = tasks.map(({ duration }) => duration).sort((one, other) => other - one);
  const long = longest.filter((duration) => duration > LONG_MS).length;
  return `${what}: ${ms(took)}; longest task ${ms(longest[0] ?? 0)}, ${long} over ${LONG_MS} ms (${longest.slice(0, 6).map(Math.round).join(", ")})`;
}

const shownAfter = (shown, time) =>
  shown.until(async (root, before) => {
    const graph = root?.querySelector("[data-part=counts]")?.textContent && document.querySelector("wayscope-mesh").exportJson();
    if (!graph || graph.time === before) return false;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return graph.time;
  }, time);

export default async function measure({ dist }) {
  const browser = await launchBrowser("chromium");
  const plain = answering({ istio_requests_total: rows() });
  // Made once: the server shares the machine with the page.
  let large;
  const faulty = await startFaulty((asked) => (asked.metric === "istio_requests_total" ? (large ??= plain(asked)) : plain(asked)));
  const lines = [];
  try {
    const config = { backends: [{ name: "large", url: faulty.url }], defaults: { refresh: "off" }, scrapeInterval: "15s", language: "en" };
    await explore(browser, { dir: dist, config, connect: faulty.url, prepare: watch }, async (shown) => {
      const { page } = shown;
      const first = await shownAfter(shown);
      const { nodes, edges } = await shown.graph();
      lines.push(await report(page, `${SERIES} series as ${nodes.length} nodes and ${edges.length} edges, from navigation to picture`, 0));
      const step = async (what, act, done) => {
        const since = await page.evaluate(() => performance.now());
        await act();
        await done();
        lines.push(await report(page, what, since));
      };
      await step("the same again by the refresh button", () => shown.click("[data-part=refresh]"), () => shownAfter(shown, first));
      await step("the pane of tables", () => shown.click("[data-part=pane-table]"), () => shown.find("[data-part=nodes] tbody tr:last-child"));
      await step("one row selected", () => shown.click("[data-part=edges] tbody button"), () => shown.flowsSettled());
    });
  } finally {
    await browser.close();
    await faulty.close();
  }
  return lines;
}
