// What the custom element hands to the engine: its contract, held to an engine that only writes down what it is told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, until } from "./harness/browser.mjs";
import { startPage } from "./harness/page.mjs";

const RECORDER = `
  globalThis.told = [];
  const note = (what, value) => globalThis.told.push([what, value]);
  export default async () => {};
  export const onStopped = (listener) => (globalThis.stop = listener);
  export const setWorkers = () => {};
  export const setDemo = () => {};
  export class WayscopeMesh {
    constructor(host, root, options) {
      note("new", options);
      if (options.theme === "impossible") throw new Error("no such theme: \`impossible\`");
      root.append(document.createElement("main"));
      this.root = root;
    }
    update(options) {
      if (options.theme === "impossible") throw new Error("no such theme: \`impossible\`");
      note("update", options);
    }
    stoppedWords() { return ["Stopped", "It has ended.", "Again"]; }
    exportJson() { return { version: 1 }; }
    refresh() { note("refresh"); }
    fit() { note("fit"); }
    dispose() { note("dispose"); this.root.replaceChildren(); }
    free() { note("free"); }
  }`;
const BOOT = `
  import { load } from "./engine.js";
  import * as element from "./wayscope-mesh.js";
  load({ js: new URL("recorder.js", import.meta.url).href, wasm: new URL("config.json", import.meta.url).href });
  globalThis.wayscope = element;
  globalThis.errors = [];
  addEventListener("mesh-error", (event) => globalThis.errors.push(event.detail.message));`;
const overrides = {
  "/index.html": '<!doctype html><title>Host</title><link rel="icon" href="data:,"><script type="module" src="host.js"></script>',
  "/host.js": BOOT,
  "/recorder.js": RECORDER,
};

let browser, server, page, problems;
before(async () => {
  browser = await launchBrowser();
  server = await startPage({ config: { version: 1 }, overrides });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A test with a fresh page on which the element is not defined yet. */
const onPage = (name, body) =>
  test(name, async () => {
    ({ page, problems } = await openPage(browser, server.url));
    await until(page, () => globalThis.wayscope);
    try {
      await body();
    } finally {
      await page.close();
    }
  });
/** Puts an element on the page, with attributes, and properties that are set before it knows them. */
const place = (attributes = {}, properties = {}) =>
  page.evaluate(
    (names, values) => {
      globalThis.element = document.createElement("wayscope-mesh");
      for (const [name, value] of Object.entries(names)) globalThis.element.setAttribute(name, value);
      Object.assign(globalThis.element, values);
      document.body.append(globalThis.element);
    },
    attributes,
    properties,
  );
const define = () => page.evaluate(() => void globalThis.wayscope.register());
const told = (count) => until(page, (least) => globalThis.told?.length >= least && globalThis.told, count);
/** Lets everything that is due happen. */
const settle = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));

onPage("attributes become options, the configuration's file its text", async () => {
  await define();
  await place({ config: "config.json", demo: "", "src-prometheus": "/prometheus", theme: "dark", class: "wide" });
  assert.deepEqual(await told(1), [
    ["new", { config: '{"version":1}', demo: true, srcPrometheus: "/prometheus", theme: "dark" }],
  ]);
  assert.deepEqual(problems, []);
});

onPage("properties that were set before the element was defined are kept", async () => {
  await place({}, { config: { version: 2 }, headers: { "X-Scope-OrgID": "one" } });
  await define();
  assert.deepEqual(await told(1), [["new", { config: '{"version":2}', headers: { "X-Scope-OrgID": "one" } }]]);
});

onPage("a configuration that is missing is none; one that cannot be had is told", async () => {
  await define();
  await place({ config: "nowhere.json" });
  assert.deepEqual(await told(1), [["new", {}]]);
  await page.evaluate(() => globalThis.element.setAttribute("config", "https://elsewhere.invalid/config.json"));
  const [, [what, options]] = await told(2);
  assert.equal(what, "update");
  assert.match(options.configError, /^https:\/\/elsewhere\.invalid\/config\.json: /);
});

onPage("changes of one moment are one update", async () => {
  await define();
  await place();
  await told(1);
  await page.evaluate(() => {
    const { element } = globalThis;
    element.setAttribute("range", "1h");
    element.setAttribute("locale", "de");
    element.toggleAttribute("demo", true);
    element.headers = { a: "b" };
  });
  await settle();
  assert.deepEqual((await told(2)).slice(1), [["update", { headers: { a: "b" }, range: "1h", locale: "de", demo: true }]]);
});

onPage("methods reach the engine, and are harmless without it", async () => {
  await define();
  const early = await page.evaluate(() => {
    const element = document.createElement("wayscope-mesh");
    element.refresh();
    element.fit();
    return element.exportJson();
  });
  assert.equal(early, undefined);
  await place();
  await told(1);
  const json = await page.evaluate(() => {
    globalThis.element.refresh();
    globalThis.element.fit();
    return globalThis.element.exportJson();
  });
  assert.deepEqual(json, { version: 1 });
  assert.deepEqual((await told(3)).slice(1).map(([what]) => what), ["refresh", "fit"]);
});

onPage("moving keeps the engine, removing disposes of it once, coming back makes another", async () => {
  await define();
  await place();
  await told(1);
  await page.evaluate(() => document.body.appendChild(document.createElement("section")).append(globalThis.element));
  await settle();
  assert.equal((await told(1)).length, 1);
  await page.evaluate(() => globalThis.element.remove());
  await settle();
  assert.deepEqual((await told(3)).map(([what]) => what), ["new", "dispose", "free"]);
  await page.evaluate(() => document.body.append(globalThis.element));
  assert.deepEqual((await told(4)).map(([what]) => what), ["new", "dispose", "free", "new"]);
});

onPage("an element that leaves before the engine is there is never mounted", async () => {
  await define();
  await place();
  await page.evaluate(() => globalThis.element.remove());
  await settle();
  assert.deepEqual(await page.evaluate(() => globalThis.told ?? []), []);
});

onPage("a bad option is an event, and leaves no uncaught error", async () => {
  await define();
  await place();
  await told(1);
  await page.evaluate(() => globalThis.element.setAttribute("theme", "impossible"));
  assert.deepEqual(await until(page, () => globalThis.errors.length && globalThis.errors), ["no such theme: `impossible`"]);
  assert.deepEqual(problems, []);
});

onPage("an engine that does not start is told on the screen and by an event", async () => {
  await define();
  await place({ theme: "impossible" });
  assert.deepEqual(await until(page, () => globalThis.errors.length && globalThis.errors), ["no such theme: `impossible`"]);
  const text = await page.evaluate(() => globalThis.element.shadowRoot.querySelector("[role=alert]").textContent);
  assert.equal(text, "no such theme: `impossible`");
});

onPage("all elements of a page share one sheet", async () => {
  await define();
  await place();
  await place();
  await told(2);
  const sheets = await page.evaluate(() =>
    [...document.querySelectorAll("wayscope-mesh")].flatMap((one) => [...one.shadowRoot.adoptedStyleSheets]),
  );
  assert.equal(sheets.length, 2);
  const same = await page.evaluate(() => {
    const [one, other] = document.querySelectorAll("wayscope-mesh");
    return one.shadowRoot.adoptedStyleSheets[0] === other.shadowRoot.adoptedStyleSheets[0];
  });
  assert.equal(same, true);
});

onPage("an engine that stops is never called again, and the reader can start another", async () => {
  await define();
  await place();
  await told(1);
  await page.evaluate(() => globalThis.stop("out of order"));
  const notice = await page.evaluate(() => globalThis.element.shadowRoot.querySelector("[role=alert]").textContent);
  assert.equal(notice, "StoppedIt has ended.Again");
  await page.evaluate(() => {
    globalThis.element.refresh();
    globalThis.element.setAttribute("theme", "dark");
  });
  await settle();
  assert.equal((await told(1)).length, 1);
  assert.deepEqual(await page.evaluate(() => globalThis.errors), ["out of order"]);
  await page.evaluate(() => globalThis.element.shadowRoot.querySelector("button").click());
  await until(page, () => globalThis.element.shadowRoot.querySelector("main"));
});
