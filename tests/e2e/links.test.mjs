// The address reproduces the view, and the browser's buttons walk through what was looked at.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { withBackEnd } from "./harness/backend.mjs";
import { until } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering } from "./harness/faulty.mjs";
import { envoy, ztunnel } from "./harness/mesh.mjs";

const STORE = "workload:c1/ledger/poster>workload:c1/ledger/store>tcp";
const CART = "workload:c1/shop/cart";
const healthy = answering({
  istio_requests_total: [
    [{ ...envoy("destination", "shop/web", "shop/cart"), response_code: "200" }, 8],
    [{ ...envoy("destination", "shop/cart", "shop/stock"), response_code: "200" }, 0],
  ],
  istio_tcp_received_bytes_total: [[ztunnel("destination", "ledger/poster", "ledger/store"), 1_200]],
});

let browser, faulty;
withBackEnd(healthy, (started) => ({ browser, faulty } = started));
beforeEach(() => (faulty.asked.length = 0));

const onPage = (query, use) => {
  const config = { backends: [{ name: "test", url: faulty.url }], scrapeInterval: "15s", language: "en" };
  return explore(browser, { config, connect: faulty.url, query }, use);
};
const parameters = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
const waitForParameter = (page, name, value) =>
  until(page, (key, wanted) => new URLSearchParams(location.search).get(key) === wanted, name, value);

/** What a reader sees that a link has to bring back. */
const view = async (shown) => {
  await shown.settled();
  const { from, to, edges } = await shown.graph();
  return {
    length_secs: to - from,
    edges: edges.map(({ id }) => id),
    title: await shown.textOf("[data-part=title]"),
    pane: (await shown.inside((root) => root.querySelector("[data-part=tables]") !== null)) ? "table" : "graph",
    time: await shown.textOf("[data-part=time]"),
    namespaces: await shown.textOf("[data-part=namespaces] button"),
  };
};

test("what a reader chooses is in the address, and a link to it shows the same", () =>
  onPage("", async (shown) => {
    await shown.settled();
    await shown.click("[data-part=pane-table]");
    await shown.open("[data-part=time]");
    const hour = await shown.page.$("wayscope-mesh >>> [data-part=time] .chip:nth-child(6)");
    await hour.click();
    await (await shown.find("[data-part=refresh-every] select")).select("off");
    await shown.page.keyboard.press("Escape");
    await shown.open("[data-part=display]");
    await shown.click("[data-part=idle] input");
    await shown.page.keyboard.press("Escape");
    await shown.selectRow("poster to store, TCP");
    await waitForParameter(shown.page, "edge", STORE);
    assert.deepEqual(await parameters(shown.page), { view: "table", range: "1h", refresh: "off", idleEdges: "true", edge: STORE });

    const before = await view(shown);
    assert.deepEqual([before.length_secs, before.pane, before.title, before.edges.length], [3_600, "table", "poster → store", 3]);
    faulty.asked.length = 0;
    await shown.page.reload();
    assert.deepEqual(await view(shown), before);
    const address = shown.page.url();
    await shown.flowsSettled();
    assert.ok(faulty.asked.some(({ path }) => path.endsWith("query_range")), "the flows of what the link selects");
    assert.equal(shown.page.url(), address);
    assert.deepEqual(shown.problems, []);
  }));

test("a link may fix both ends of the time, which then are asked for exactly", () =>
  onPage("?from=1700000000&to=1700003600", async (shown) => {
    await shown.settled();
    const { from, to } = await shown.graph();
    assert.deepEqual([from, to], [1_700_000_000, 1_700_003_600]);
    const times = faulty.asked.filter(({ path }) => path.endsWith("/query")).map(({ form }) => form.get("time"));
    assert.deepEqual([...new Set(times)], ["1700003600"]);
  }));

test("a reader sets both ends of the time by hand", () =>
  onPage("?refresh=off", async (shown) => {
    await shown.settled();
    await shown.open("[data-part=time]");
    await shown.inside((root) => {
      const [from, to] = root.querySelectorAll("[data-part=time] input[type=datetime-local]");
      [from.value, to.value] = ["2026-01-02T03:04:05", "2026-01-02T04:04:05"];
    });
    await shown.click("[data-part=time] button[type=submit]");
    // The browser's zone is the reader's.
    const secs = (text) => shown.page.evaluate((local) => new Date(local).getTime() / 1_000, text);
    const [from, to] = [await secs("2026-01-02T03:04:05"), await secs("2026-01-02T04:04:05")];
    await waitForParameter(shown.page, "to", String(to));
    assert.deepEqual(await parameters(shown.page), { from: String(from), to: String(to), refresh: "off" });
    await shown.settled();
    assert.equal((await shown.graph()).to, to);
  }));

test("the back button leads back, the forward button forth", () =>
  onPage("?refresh=off&view=table", async (shown) => {
    const title = (text) => shown.until((root, wanted) => root.querySelector("[data-part=title]")?.textContent === wanted, text);
    await shown.settled();
    await shown.selectRow("poster to store, TCP");
    await title("poster → store");
    await shown.selectRow("web to cart, HTTP");
    await title("web → cart");
    await shown.page.goBack();
    await title("poster → store");
    await shown.page.goBack();
    await shown.until((root) => root.querySelector("[data-part=title]") === null);
    await shown.page.goForward();
    await title("poster → store");
    assert.deepEqual(await parameters(shown.page), { refresh: "off", view: "table", edge: STORE });
    assert.deepEqual(shown.problems, []);
  }));

test("a link to a node selects it, and what is not ours in the address stays", () =>
  onPage(`?node=${encodeURIComponent(CART)}&kiosk=yes#top`, async (shown) => {
    await shown.settled();
    assert.equal(await shown.textOf("[data-part=title]"), "cart");
    await shown.click("[data-part=pane-table]");
    await waitForParameter(shown.page, "view", "table");
    const { search, hash } = await shown.page.evaluate(() => ({ search: location.search, hash: location.hash }));
    assert.ok(search.includes("kiosk=yes"), search);
    assert.equal(hash, "#top");
  }));

test("a parameter that is not understood costs only itself", () =>
  onPage("?range=soon&view=hologram&idleEdges=true", async (shown) => {
    await shown.settled();
    const problems = await shown.problemTexts();
    assert.ok(problems.some((text) => text.includes("range=soon")) && problems.some((text) => text.includes("view=hologram")), `${problems}`);
    assert.equal((await shown.graph()).edges.length, 3);
  }));
