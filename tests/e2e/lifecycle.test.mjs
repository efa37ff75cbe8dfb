// Elements that come and go, several on one page, and an engine that ends by an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withBackEnd } from "./harness/backend.mjs";
import { until } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering } from "./harness/faulty.mjs";
import { envoy } from "./harness/mesh.mjs";

const ROUNDS = 30;
const to = (name) => answering({ istio_requests_total: [[{ ...envoy("destination", "shop/web", `shop/${name}`), response_code: "200" }, 8]] });

let browser, faulty;
withBackEnd((asked) => to(asked.path.split("/")[1])(asked), (started) => ({ browser, faulty } = started));

const config = (name, more = {}) => ({
  backends: [{ name, url: `${faulty.url}/${name}` }],
  defaults: { range: "10m", refresh: "1s" },
  scrapeInterval: "15s",
  language: "en",
  ...more,
});
/** A page that starts with one element, and the means of hosts: the module that defines it. */
const HOST = {
  "/index.html": '<!doctype html><title>Host</title><link rel="icon" href="data:,"><body><script type="module" src="host.js"></script>',
  "/host.js": `
    import { load } from "./engine.js";
    import { register } from "./wayscope-mesh.js";
    register();
    globalThis.load = load;
    globalThis.events = [];
    for (const type of ["mesh-ready", "mesh-error"]) addEventListener(type, (event) => globalThis.events.push([type, event.detail.message]));
    globalThis.place = (config) => {
      const element = document.createElement("wayscope-mesh");
      element.config = config;
      document.body.append(element);
      return element;
    };`,
};
const onHost = (use) => explore(browser, { overrides: HOST, connect: faulty.url }, async (shown) => {
  await until(shown.page, () => globalThis.place);
  await use(shown);
});
const graphs = (page) =>
  page.evaluate(() => [...document.querySelectorAll("wayscope-mesh")].map((one) => one.exportJson()?.nodes.map(({ workload }) => workload).sort()));

test("mounting and unmounting again and again leaves nothing behind", () =>
  onHost(async ({ page, problems }) => {
    const session = await page.createCDPSession();
    await session.send("Performance.enable");
    const listenersOf = async (expression) => {
      const { result } = await session.send("Runtime.evaluate", { expression, objectGroup: "listeners" });
      const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
      return listeners.map(({ type }) => type).sort();
    };
    const count = async () => {
      // What the last task let go of may take more than one collection to go.
      const collected = async () => {
        await session.send("HeapProfiler.collectGarbage");
        const { metrics } = await session.send("Performance.getMetrics");
        return (wanted) => metrics.find(({ name }) => name === wanted).value;
      };
      let of = await collected();
      for (let nodes = Infinity; of("Nodes") < nodes; of = await collected()) {
        nodes = of("Nodes");
        await sleep(50);
      }
      return {
        nodes: of("Nodes"),
        listeners: of("JSEventListeners"),
        onWindow: await listenersOf("window"),
        onDocument: await listenersOf("document"),
        body: await page.evaluate(() => document.body.childElementCount),
        head: await page.evaluate(() => document.head.childElementCount),
      };
    };
    const round = () =>
      page.evaluate(async (given) => {
        const element = globalThis.place(given);
        while (!element.exportJson?.()) await new Promise((resolve) => setTimeout(resolve, 5));
        element.remove();
        await new Promise((resolve) => setTimeout(resolve, 0));
        return element.shadowRoot.childElementCount;
      }, config("cart"));
    const whole = async () => {
      await page.evaluate((given) => void globalThis.place(given), config("cart"));
      await until(page, () => document.querySelector("wayscope-mesh").exportJson?.());
      const counted = await count();
      await page.evaluate(() => document.querySelector("wayscope-mesh").remove());
      return counted;
    };
    // The first rounds fill what is kept for good: the engine, its sheet, compiled code.
    for (let at = 0; at < 3; at++) assert.equal(await round(), 0);
    const before = await count();
    const mounted = await whole();
    for (let at = 0; at < ROUNDS; at++) await round();
    const after = await count();
    assert.deepEqual([after.onWindow, after.onDocument], [before.onWindow, before.onDocument]);
    assert.deepEqual([after.body, after.head], [before.body, before.head]);
    // The browser may still hold the last one.
    for (const kind of ["nodes", "listeners"]) {
      const [one, left] = [mounted[kind] - before[kind], after[kind] - before[kind]];
      assert.ok(one > 0 && left <= 2 * one, `an element has ${one} ${kind}, and ${ROUNDS} left ${left}`);
    }
    assert.deepEqual(problems, []);
  }));

test("an element that is gone asks nothing any more", () =>
  onHost(async ({ page, settled }) => {
    await page.evaluate((given) => void globalThis.place(given), config("cart"));
    await settled();
    await page.evaluate(() => document.querySelector("wayscope-mesh").remove());
    await sleep(100);
    const asked = faulty.asked.length;
    await sleep(1_500);
    assert.equal(faulty.asked.length, asked);
    assert.equal(faulty.open, 0);
  }));

test("requests under way end with their element", () =>
  onHost(async ({ page, problems }) => {
    const healthy = faulty.reply;
    faulty.reply = async (asked) => ({ ...(await healthy(asked)), delay_ms: 1_000 });
    try {
      const first = faulty.asked.length;
      await page.evaluate((given) => void globalThis.place(given), config("cart"));
      while (faulty.asked.length < first + 4) await sleep(10);
      await page.evaluate(() => document.querySelector("wayscope-mesh").remove());
      for (let tries = 0; tries < 40 && faulty.open > 0; tries++) await sleep(10);
      assert.deepEqual(faulty.asked.slice(first).map(({ ended }) => ended), Array(4).fill("aborted"));
      assert.deepEqual(problems, []);
    } finally {
      faulty.reply = healthy;
    }
  }));

test("two elements of one page show two meshes, and one goes without the other", () =>
  onHost(async ({ page, problems }) => {
    await page.evaluate((one, other) => [one, other].forEach(globalThis.place), config("cart"), config("stock"));
    await until(page, () => [...document.querySelectorAll("wayscope-mesh")].every((one) => one.exportJson?.()));
    assert.deepEqual(await graphs(page), [["cart", "web"], ["stock", "web"]]);
    // Neither is the page's own: its address is not theirs to change.
    assert.equal(await page.evaluate(() => location.search), "");
    await page.evaluate(() => document.querySelector("wayscope-mesh").remove());
    const asked = faulty.asked.length;
    for (let tries = 0; tries < 120 && faulty.asked.length < asked + 7; tries++) await sleep(25);
    assert.ok(faulty.asked.slice(asked).length >= 7);
    assert.ok(faulty.asked.slice(asked + 4).every(({ path }) => path.startsWith("/stock/")));
    assert.deepEqual(await graphs(page), [["stock", "web"]]);
    assert.deepEqual(problems, []);
  }));

test("a host may act on a selection at once", () =>
  onHost(async ({ page, problems, settled, click }) => {
    await page.evaluate((given) => {
      globalThis.chosen = [];
      addEventListener("mesh-select", ({ target, detail }) => {
        globalThis.chosen.push(detail.id);
        target.refresh();
        target.fit();
        target.setAttribute("range", "30m");
      });
      globalThis.place(given);
    }, config("cart"));
    await settled();
    await click("[data-part=pane-table]");
    await click("[data-part=edges] tbody button");
    await until(page, () => document.querySelector("wayscope-mesh").exportJson()?.rateWindowSeconds === 1_800);
    const { edges } = await page.evaluate(() => document.querySelector("wayscope-mesh").exportJson());
    assert.deepEqual(await page.evaluate(() => globalThis.chosen), [edges[0].id]);
    assert.deepEqual(problems, []);
  }));

test("an engine that ends by an error says so on every element, and starts again by a button", () =>
  onHost(async ({ page, problems }) => {
    await page.evaluate((one, other) => [one, other].forEach(globalThis.place), config("cart"), config("stock"));
    await until(page, () => [...document.querySelectorAll("wayscope-mesh")].every((one) => one.exportJson?.()));
    await page.evaluate(async () => {
      const engine = await globalThis.load();
      const element = document.createElement("div");
      const mesh = new engine.WayscopeMesh(element, element.attachShadow({ mode: "open" }), {});
      try {
        mesh.crash();
      } catch {
        // The error comes back to the caller too.
      }
    });
    const notices = () => page.evaluate(() =>
      [...document.querySelectorAll("wayscope-mesh")].map((one) => one.shadowRoot.querySelector("[role=alert]")?.innerText));
    assert.equal((await notices()).length, 2);
    for (const text of await notices()) assert.match(text, /Wayscope has stopped[^]*console[^]*Start again/);
    assert.ok(problems.some((text) => /^console: [^]*panicked at [^]*ended on request/.test(text)), `${problems}`);
    assert.ok((await page.evaluate(() => globalThis.events)).some(([type, message]) => type === "mesh-error" && message.includes("ended on request")));

    // What the dead engine left running neither asks nor fails.
    await sleep(100);
    const asked = faulty.asked.length;
    await sleep(1_300);
    assert.equal(faulty.asked.length, asked);

    for (const place of [0, 1]) {
      const button = await page.evaluateHandle((at) => document.querySelectorAll("wayscope-mesh")[at].shadowRoot.querySelector("[role=alert] button"), place);
      // Not by the mouse: the first element grows while it starts, and moves the second one's button.
      await button.evaluate((one) => one.click());
    }
    await until(page, () => [...document.querySelectorAll("wayscope-mesh")].every((one) => one.exportJson()));
    assert.deepEqual(await graphs(page), [["cart", "web"], ["stock", "web"]]);
    assert.deepEqual(problems.filter((text) => !/ended on request/.test(text)), []);
  }));
