// How long the page holds the browser's main thread while a large mesh becomes a picture, and when it comes again.
import { setTimeout as sleep } from "node:timers/promises";
import { launchBrowser } from "../e2e/harness/browser.mjs";
import { explore } from "../e2e/harness/explorer.mjs";
import { answering, startFaulty } from "../e2e/harness/faulty.mjs";
import { LOOK_AIM, TASK_AIM } from "./aims.mjs";
import { mesh } from "./graphs/mesh.mjs";
import { requestRows } from "./graphs/series.mjs";
import { median, repeated } from "./measure/repeat.mjs";
import { ms, row, table } from "./measure/tables.mjs";

const SERIES = 10_000;
const NODES = [400, 1_000];
const STEPS = {
  picture: { what: "from the question to the picture", target: TASK_AIM },
  refresh: { what: "the same again by the refresh button", target: TASK_AIM },
  tables: { what: "the pane of tables", target: LOOK_AIM },
  selection: { what: "one row selected", target: LOOK_AIM },
};

/** Browsers tell of tasks of 50 ms and more. */
const watch = (page) =>
  page.evaluateOnNewDocument(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) globalThis.tasks.push({ startTime, duration });
    }).observe({ type: "longtask", buffered: true });
  });

/** {longest, took} since an instant of the page's own clock; 0 where no task was long. */
const told = (page, since) =>
  page.evaluate(async (from) => {
    const took = performance.now() - from;
    // Entries come a little after their tasks.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300)));
    const tasks = globalThis.tasks.filter(({ startTime }) => startTime >= from);
    return { took, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) };
  }, since);

const shownAfter = (shown, time) =>
  shown.until(async (root, before) => {
    const graph = root?.querySelector("[data-part=counts]")?.textContent && document.querySelector("wayscope-mesh").exportJson();
    if (!graph || graph.time === before) return false;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return graph.time;
  }, time);

/** What a page does that is opened, refreshed and looked at: {step: {took, longest}}. */
async function look(browser, options) {
  const found = {};
  await explore(browser, { ...options, prepare: watch }, async (shown) => {
    const { page } = shown;
    const first = await shownAfter(shown);
    const asked = await page.evaluate(() => {
      const questions = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/v1/query"));
      return Math.min(...questions.map(({ startTime }) => startTime));
    });
    found.picture = await told(page, asked);
    const step = async (name, act, done) => {
      const since = await page.evaluate(() => performance.now());
      await act();
      await done();
      found[name] = await told(page, since);
    };
    // The page asks for whole seconds: the next graph is to be told from this one.
    await sleep(1_000);
    await step("refresh", () => shown.click("[data-part=refresh]"), () => shownAfter(shown, first));
    await step("tables", () => shown.click("[data-part=pane-table]"), () => shown.find("[data-part=nodes] tbody tr:last-child"));
    await step("selection", () => shown.click("[data-part=edges] tbody button"), () => shown.flowsSettled());
  });
  return found;
}

async function rowsOf(browser, size, { dist, seed }) {
  const plain = answering({ istio_requests_total: requestRows(mesh(size, seed), SERIES) });
  // Made once: the server shares the machine with the page.
  let large;
  const faulty = await startFaulty((asked) => (asked.metric === "istio_requests_total" ? (large ??= plain(asked)) : plain(asked)));
  try {
    const config = { backends: [{ name: "large", url: faulty.url }], defaults: { refresh: "off" }, scrapeInterval: "15s", language: "en" };
    const found = await repeated(() => look(browser, { dir: dist, config, connect: faulty.url }));
    const print = (value) => (value === 0 ? "under 50 ms" : ms(value));
    return Object.entries(STEPS).map(([name, { what, target }]) => {
      const took = ms(median(found.map(({ [name]: step }) => step.took)));
      return row({ what: `${what} (${took})`, size, ours: median(found.map(({ [name]: step }) => step.longest)), target, print });
    });
  } finally {
    await faulty.close();
  }
}

export default async function* measure(options) {
  const browser = await launchBrowser("chromium");
  try {
    const rows = [];
    for (const size of NODES) rows.push(...(await rowsOf(browser, size, options)));
    yield table(`Longest task of the main thread, ${SERIES} series`, rows);
  } finally {
    await browser.close();
  }
}
