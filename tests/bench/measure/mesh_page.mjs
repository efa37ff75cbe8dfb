// The explorer itself, in a browser that draws as fast as it can, with a back end that tells of a graph.
import { openExplorer } from "../../e2e/harness/explorer.mjs";
import { answering, startFaulty } from "../../e2e/harness/faulty.mjs";
import { requestRows } from "../graphs/series.mjs";
import { accounts, launch } from "./bench_page.mjs";

/**
 * What the configuration says of how much is drawn: everything, always; and as much as can be seen. The only place where
 * the benchmarks say it.
 */
export const DETAILS = {
  full: { defaults: { refresh: "off", detail: "full" } },
  auto: { defaults: { refresh: "off", detail: "auto" } },
};

const PICTURE = { width: 1280, height: 800 };

/** Notes when a layout comes from a worker, and when what it says has been drawn: two frames later, as for others. */
function watchLayouts() {
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...of) {
      super(...of);
      this.addEventListener("message", () => {
        const start = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.firstDraw ??= performance.now() - start)));
      });
    }
  };
}

/** Moves the picture by pointer and wheel, one step a frame; gives the intervals between frames. */
async function move(views, length_ms) {
  const canvas = document.querySelector("wayscope-mesh").shadowRoot.querySelector("[data-part=graph]");
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const common = { bubbles: true, composed: true, cancelable: true, pointerId: 1, pointerType: "mouse", isPrimary: true };
  const point = (type, by, buttons) =>
    canvas.dispatchEvent(new PointerEvent(type, { ...common, clientX: x + by.x, clientY: y + by.y, button: type === "pointermove" ? -1 : 0, buttons }));
  const doubling = 240; // pixels of the wheel
  let last = views[0];
  let dragged;
  const look = (view) => {
    if (view.zoom !== last.zoom) {
      if (dragged) point("pointerup", dragged, 0);
      dragged = undefined;
      canvas.dispatchEvent(new WheelEvent("wheel", { ...common, clientX: x, clientY: y, deltaY: -doubling * Math.log2(view.zoom / last.zoom) }));
    } else {
      if (!dragged) point("pointerdown", (dragged = { x: 0, y: 0 }), 1);
      dragged = { x: dragged.x + (last.x - view.x) * view.zoom, y: dragged.y + (last.y - view.y) * view.zoom };
      point("pointermove", dragged, 1);
    }
    last = view;
  };
  const intervals = [];
  const start = await frame();
  for (let now = start; now - start < length_ms; ) {
    look(views[Math.floor(((now - start) / length_ms) * views.length)]);
    const next = await frame();
    intervals.push(next - now);
    now = next;
  }
  if (dragged) point("pointerup", dragged, 0);
  return intervals;
}

/** The window in which the picture has the size that all have: what stands around it takes the rest. */
async function windowFor(browser, options) {
  const shown = await openExplorer(browser, { ...options, viewport: PICTURE });
  try {
    const { width, height } = await (await shown.find("[data-part=graph]")).boundingBox();
    return { width: Math.round(2 * PICTURE.width - width), height: Math.round(2 * PICTURE.height - height) };
  } finally {
    await shown.close();
  }
}

/**
 * A browser for pages that show a graph: {open, close}. `open(detail)` gives a page that has drawn it: {firstDraw: the
 * milliseconds from its layout to the picture, or undefined where no worker was asked; move, spent, page, close}.
 */
export async function openMesh(graph, dist) {
  const plain = answering({ istio_requests_total: requestRows(graph) });
  let kept;
  const faulty = await startFaulty((asked) => (asked.metric === "istio_requests_total" ? (kept ??= plain(asked)) : plain(asked)));
  const browser = await launch();
  const close = async () => {
    browser.process().kill("SIGKILL");
    await browser.close().catch(() => {});
    await faulty.close();
  };
  const optionsWith = (detail) => ({
    dir: dist,
    connect: faulty.url,
    config: { backends: [{ name: "mesh", url: faulty.url }], defaults: { refresh: "off" }, scrapeInterval: "15s", language: "en", ...detail },
  });
  try {
    const viewport = await windowFor(browser, { ...optionsWith({}), connect: "", config: { language: "en" } });
    const open = async (detail) => {
      const prepare = (page) => page.evaluateOnNewDocument(watchLayouts);
      const shown = await openExplorer(browser, { ...optionsWith(detail), viewport, prepare });
      await shown.settled();
      const { nodes, edges } = await shown.until(() => document.querySelector("wayscope-mesh").exportJson());
      if (nodes.length !== graph.nodes.length || edges.length !== graph.edges.length) {
        throw new Error(`the page shows ${nodes.length} nodes and ${edges.length} edges of ${graph.nodes.length} and ${graph.edges.length}`);
      }
      const isSmall = nodes.length + edges.length <= 250;
      const firstDraw = isSmall ? undefined : await shown.until(() => globalThis.firstDraw);
      return { firstDraw, page: shown.page, close: shown.close, spent: await accounts(shown.page), move: (...of) => shown.page.evaluate(move, ...of) };
    };
    return { open, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}
