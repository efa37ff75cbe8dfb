// The chain from end to end: the built page, under its strict policy, in a real browser.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, until } from "./harness/browser.mjs";
import { DIST, startPage } from "./harness/page.mjs";

const shown = () => document.querySelector("wayscope-mesh")?.shadowRoot?.childElementCount > 0;

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

/** Opens what a page server gives, and closes both afterwards. */
async function visit(options, use) {
  const server = await startPage(options);
  const { page, problems } = await openPage(browser, server.url);
  try {
    await use(page, problems, server);
  } finally {
    await page.close();
    await server.close();
  }
}

test("the page mounts under the strict policy without an error", () =>
  visit({}, async (page, problems) => {
    await until(page, shown);
    assert.deepEqual(problems, []);
  }));

test("the page works below any path", () =>
  visit({ base: "/some/where/" }, async (page, problems) => {
    await until(page, shown);
    assert.deepEqual(problems, []);
  }));

test("each wasm travels once", () =>
  visit({}, async (page) => {
    await until(page, () => document.querySelector("wayscope-mesh")?.exportJson?.()?.nodes.length > 0);
    const names = await page.evaluate(() => {
      // One that comes out of the cache has no size.
      const travelled = performance.getEntriesByType("resource").filter(({ transferSize }) => transferSize > 0);
      return travelled.map(({ name }) => new URL(name).pathname).filter((name) => name.endsWith(".wasm"));
    });
    assert.equal(names.length, 2, names.join());
    assert.equal(new Set(names).size, 2, names.join());
  }));

test("the element mounts again after it was removed", () =>
  visit({}, async (page, problems) => {
    await until(page, shown);
    await page.evaluate(() => {
      globalThis.element = document.querySelector("wayscope-mesh");
      globalThis.ready = 0;
      globalThis.element.addEventListener("mesh-ready", () => globalThis.ready++);
      globalThis.element.remove();
    });
    await until(page, () => globalThis.element.shadowRoot.childElementCount === 0);
    await page.evaluate(() => document.body.append(globalThis.element));
    await until(page, shown);
    assert.equal(await page.evaluate(() => globalThis.ready), 1);
    assert.deepEqual(problems, []);
  }));

test("an element that is moved keeps what it shows", () =>
  visit({}, async (page, problems) => {
    await until(page, shown);
    const kept = await page.evaluate(async () => {
      const element = document.querySelector("wayscope-mesh");
      const before = element.shadowRoot.firstElementChild;
      document.body.append(document.createElement("main"));
      document.querySelector("main").append(element);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return before.isConnected && element.shadowRoot.firstElementChild === before;
    });
    assert.equal(kept, true);
    assert.deepEqual(problems, []);
  }));

test("two elements share one engine and do not disturb each other", () =>
  visit({}, async (page, problems) => {
    await until(page, shown);
    await page.evaluate(() => document.body.append(document.createElement("wayscope-mesh")));
    await until(page, () => [...document.querySelectorAll("wayscope-mesh")].every((one) => one.shadowRoot.childElementCount > 0));
    await page.evaluate(() => document.querySelector("wayscope-mesh").remove());
    await until(page, shown);
    assert.deepEqual(problems, []);
  }));

test("a policy that forbids WebAssembly is named to the reader", () =>
  visit({ csp: "default-src 'self'" }, async (page) => {
    const text = await until(page, () => document.querySelector("wayscope-mesh")?.shadowRoot?.querySelector("[role=alert]")?.textContent);
    assert.match(text, /wasm-unsafe-eval/);
  }));

test("markup and script made from strings are refused, and the program needs none", () =>
  visit({}, async (page) => {
    await until(page, shown);
    const outcome = (markup) =>
      page.evaluate((text) => {
        try {
          document.createElement("template").innerHTML = text;
          return "taken";
        } catch (cause) {
          return cause.name;
        }
      }, markup);
    const hostile = [
      "<img src=x onerror=alert(1)>", '<img src="x" onerror="alert(1)">', '<img/onerror="alert(1)">', "<script>alert(1)</script>",
      '<p title="a"onclick="alert(1)">', '<iframe srcdoc="x"></iframe>', '<base href="https://elsewhere.example">', "<p", "<!-- -->",
      "<p>\n<SCRIPT >1</SCRIPT>", "<p>plain</p>",
    ];
    for (const markup of hostile) assert.equal(await outcome(markup), "TypeError", markup);
    const script = await page.evaluate(() => {
      try {
        document.createElement("script").text = "1";
        return "taken";
      } catch (cause) {
        return cause.name;
      }
    });
    assert.equal(script, "TypeError");
  }));

const EMPTY_PROGRAM = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);
const alertOf = () => document.querySelector("wayscope-mesh")?.shadowRoot?.querySelector("[role=alert]")?.textContent;

test("a changed wasm is refused", async () => {
  const name = readdirSync(DIST).find((one) => one.startsWith("wayscope-") && one.endsWith(".wasm"));
  await visit({ overrides: { [`/${name}`]: EMPTY_PROGRAM } }, async (page) => {
    assert.match(await until(page, alertOf), /not the file that was released/);
  });
});

test("a demonstration mesh that cannot be loaded is told, and loaded by the next refresh", async () => {
  const overrides = { "/demo_bg.wasm": EMPTY_PROGRAM };
  await visit({ overrides }, async (page) => {
    assert.match(await until(page, alertOf), /simulated mesh “demo” could not be loaded.*not the file that was released/);
    delete overrides["/demo_bg.wasm"];
    await page.evaluate(() => document.querySelector("wayscope-mesh").refresh());
    await until(page, () => document.querySelector("wayscope-mesh").exportJson()?.nodes.length > 0);
  });
});

test("a page with a back end of its own never loads the demonstration mesh", () =>
  visit({ config: { backends: [{ url: "/prometheus" }] } }, async (page) => {
    await until(page, alertOf);
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
    assert.ok(loaded.some((path) => path.startsWith("/prometheus/")), loaded.join());
    assert.deepEqual(loaded.filter((path) => path.startsWith("/demo")), []);
  }));
