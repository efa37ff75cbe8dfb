// What a configuration may say, what the page says of a wrong one, and what never leaves it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, until } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering, startFaulty } from "./harness/faulty.mjs";
import { envoy } from "./harness/mesh.mjs";

const ROWS = [
  [{ ...envoy("destination", "shop/web", "shop/cart"), response_code: "200" }, 8],
  [{ ...envoy("destination", "shop/cart", "shop/stock"), response_code: "503" }, 2],
];
const healthy = answering({ istio_requests_total: ROWS });
const SECRET = "s3cret-t0ken";

let browser, faulty, other;
before(async () => {
  browser = await launchBrowser();
  [faulty, other] = await Promise.all([startFaulty(healthy), startFaulty(healthy)]);
});
after(async () => {
  await browser?.close();
  await faulty?.close();
  await other?.close();
});
beforeEach(() => [faulty, other].forEach((one) => (one.asked.length = 0)));

const configured = (changes = {}) => ({
  backends: [{ name: "one", url: `${faulty.url}/one` }, { name: "two", url: `${faulty.url}/two` }],
  defaults: { range: "10m", refresh: "off" },
  language: "en",
  ...changes,
});
const onPage = (options, use) => explore(browser, { config: configured(), connect: `${faulty.url} ${other.url}`, ...options }, use);

test("each wrong field is named with what was found and expected, and the rest works", () => {
  const config = configured({
    scrapeInterval: "often",
    gatewayNames: "gw-(",
    tolerances: { failures: { degradedPercent: 101 } },
    colour: "red",
    backends: [
      { name: "one", url: `${faulty.url}/one`, timeout: 5, headers: { Cookie: SECRET } },
      { name: "elsewhere", url: "javascript:alert(1)" },
      { name: "one", url: `${faulty.url}/two` },
    ],
  });
  config.defaults.range = "10 minutes";
  return onPage({ config }, async (shown) => {
    await shown.settled();
    const problems = await shown.problemTexts();
    for (const [field, found, expected] of [
      ["scrapeInterval", '"often"', "a duration"],
      ["gatewayNames", '"gw-("', "a regular expression"],
      ["tolerances.failures.degradedPercent", "101", "a number from 0 to 100"],
      ["colour", '"red"', "one of the fields backends"],
      ["backends[0].timeout", "5", "a duration"],
      ["backends[0].headers.Cookie", "…", "the name of a header that pages may set"],
      ["backends[1].url", '"javascript:alert(1)"', "a URL with http or https"],
      ["backends[2].name", '"one"', "a name that no other back end has"],
      ["defaults.range", '"10 minutes"', "a duration"],
    ]) {
      assert.ok(problems.some((text) => text.startsWith(`Configuration: ${field} is ${found}, expected ${expected}`)), `${field} in\n${problems.join("\n")}`);
    }
    assert.equal(problems.length, 9);
    assert.ok(!problems.join().includes(SECRET));
    assert.equal((await shown.graph()).edges.length, 2);
    assert.deepEqual(shown.problems, []);
  });
});

test("a configuration that is no JSON is told, and the demonstration works", () =>
  onPage({ config: undefined, overrides: { "/config.json": "{ backends: [] }" } }, async (shown) => {
    await shown.settled();
    assert.match((await shown.problemTexts()).join(), /configuration could not be read.*line 1/i);
    assert.equal((await shown.graph()).backEnd, "demo");
  }));

test("a link chooses among configured back ends and names no other", async () => {
  const foreign = encodeURIComponent(other.url);
  for (const [query, asked, wrong] of [
    ["?backend=two", "/two/", undefined],
    ["?backend=unknown", "/one/", "backend=unknown"],
    [`?backend=${foreign}`, "/one/", `backend=${other.url}`],
    [`?url=${foreign}&src-prometheus=${foreign}&config=${foreign}`, "/one/", undefined],
  ]) {
    faulty.asked.length = 0;
    await onPage({ query }, async (shown) => {
      await shown.settled();
      assert.ok(faulty.asked.length > 0 && faulty.asked.every(({ path }) => path.startsWith(asked)), query);
      const problems = await shown.problemTexts();
      if (wrong) assert.ok(problems.length === 1 && problems[0].includes(wrong) && problems[0].includes("one, two"), `${problems}`);
      else assert.deepEqual(problems, [], query);
      assert.equal((await shown.graph()).edges.length, 2);
    });
    assert.deepEqual(other.asked, [], query);
  }
});

test("the reader chooses another back end, and comes back with the browser's button", () =>
  onPage({}, async (shown) => {
    await shown.settled();
    await (await shown.find("[data-part=back-end] select")).select("two");
    await shown.until(() => new URLSearchParams(location.search).get("backend") === "two");
    await shown.settled();
    assert.equal((await shown.graph()).backEnd, "two");
    await shown.page.goBack();
    await until(shown.page, () => document.querySelector("wayscope-mesh").exportJson()?.backEnd === "one");
  }));

test("headers are sent with every request, and stay out of sight", () => {
  const config = configured({
    backends: [{ name: "one", url: `${faulty.url}/one`, headers: { Authorization: `Bearer ${SECRET}` }, tenant: "team-a" }],
  });
  return onPage({ config, query: "?view=table" }, async (shown) => {
    await shown.settled();
    await shown.selectRow("web to cart, HTTP");
    await shown.flowsSettled();
    assert.ok(faulty.asked.some(({ path }) => path.endsWith("query_range")));
    for (const { headers, path, form } of faulty.asked) {
      assert.equal(headers.authorization, `Bearer ${SECRET}`, path);
      assert.equal(headers["x-scope-orgid"], "team-a", path);
      assert.ok(!String(form).includes(SECRET), path);
    }
    const kept = await shown.page.evaluate(() => {
      const { shadowRoot } = document.querySelector("wayscope-mesh");
      const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
      return [location.href, document.cookie, JSON.stringify(history.state), document.documentElement.outerHTML, shadowRoot.innerHTML, ...stores].join("\n");
    });
    assert.ok(!kept.includes(SECRET));
    assert.ok(!JSON.stringify(await shown.graph()).includes(SECRET));
    assert.deepEqual(shown.problems, []);
  });
});

test("parameters and the scope narrow every query", () => {
  const config = configured({
    backends: [{ name: "one", url: `${faulty.url}/one`, params: { dedup: "true" } }],
    scope: { mesh_id: "east" },
  });
  return onPage({ config, query: "?view=table" }, async (shown) => {
    await shown.settled();
    await shown.selectRow("web to cart, HTTP");
    await shown.flowsSettled();
    const queries = faulty.asked.filter(({ query }) => query);
    assert.ok(queries.length > 7);
    for (const { form, query } of queries) {
      assert.equal(form.get("dedup"), "true");
      assert.ok(query.includes('mesh_id="east"'), query);
    }
  });
});

test("attributes and properties of an element override its file", async () => {
  const host = `
    import { load } from "./engine.js";
    import { register } from "./wayscope-mesh.js";
    register();
    const element = document.createElement("wayscope-mesh");
    element.setAttribute("config", "config.json");
    element.setAttribute("src-prometheus", "${other.url}/attribute");
    element.setAttribute("tenant", "team-b");
    element.setAttribute("range", "30m");
    element.setAttribute("refresh-every", "off");
    element.headers = { "X-Who": "host" };
    document.body.append(element);`;
  const overrides = {
    "/index.html": '<!doctype html><title>Host</title><link rel="icon" href="data:,"><body><script type="module" src="host.js"></script>',
    "/host.js": host,
  };
  await onPage({ overrides }, async (shown) => {
    await shown.settled();
    assert.deepEqual(faulty.asked, []);
    assert.ok(other.asked.length > 0);
    for (const { path, headers } of other.asked) {
      assert.ok(path.startsWith("/attribute/"), path);
      assert.equal(headers["x-scope-orgid"], "team-b");
      assert.equal(headers["x-who"], "host");
    }
    const { from, to } = await shown.graph();
    assert.equal(to - from, 30 * 60);
    assert.equal(await shown.page.evaluate(() => location.search), "");

    // What changes while it runs takes effect.
    await shown.page.evaluate((url) => {
      document.querySelector("wayscope-mesh").setAttribute("src-prometheus", url);
    }, `${faulty.url}/changed`);
    await shown.until(() => document.querySelector("wayscope-mesh").exportJson() !== null);
    await shown.settled();
    assert.ok(faulty.asked.length > 0 && faulty.asked.every(({ path }) => path.startsWith("/changed/")));
    assert.deepEqual(shown.problems, []);
  });
});
