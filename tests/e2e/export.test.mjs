// The graph as JSON: its documented fields, and its numbers held to independent queries of a real Prometheus.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launchBrowser } from "./harness/browser.mjs";
import { explore, openExplorer } from "./harness/explorer.mjs";
import { temporaryFolder } from "./harness/program.mjs";
import { startWorld } from "./harness/world.mjs";

const TOLERANCE = 0.005;

let browser, world, shown, graph;
before(async () => {
  browser = await launchBrowser();
  world = await startWorld();
  shown = await openExplorer(browser, { config: world.config, connect: world.gateway.url, query: "?paths=all" });
  await shown.settled();
  graph = await shown.graph();
});
after(async () => {
  await shown?.close();
  await browser?.close();
  await world?.close();
});

const id = (path) => `workload:c1/${path}`;
const edgeOf = (source, target, { logical = false } = {}) => {
  const found = graph.edges.filter((edge) => edge.source === id(source) && edge.target === id(target) && edge.logical === logical);
  assert.equal(found.length, 1, `edges from ${source} to ${target}`);
  return found[0];
};
/** The rate that Prometheus has at the graph's instant, over the graph's window. */
const rate = async (metric, matchers) => {
  const [series] = await world.ask(`sum(rate(${metric}{${matchers}}[${graph.rateWindowSeconds}s]))`, [graph.time]);
  return series.points.get(graph.time);
};
const assertClose = (one, other, what) =>
  assert.ok(Math.abs(one - other) <= TOLERANCE * Math.abs(other), `${what}: ${one} is not ${other}`);
const isNumber = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;

test("the head tells format, time, window and back end", () => {
  assert.equal(graph.format, "wayscope-graph/1");
  assert.equal(graph.backEnd, "test");
  assert.equal(graph.to - graph.from, 20 * 60);
  assert.equal(graph.time, graph.to);
  assert.equal(graph.rateWindowSeconds, 20 * 60);
  assert.ok(Math.abs(graph.time - Date.now() / 1_000) < 120);
});

test("every node has its documented fields", () => {
  for (const node of graph.nodes) {
    const { inbound, outbound, ...told } = node;
    for (const name of ["id", "kind", "role", "roleEvidence", "health"]) assert.equal(typeof told[name], "string", `${node.id}: ${name}`);
    for (const traffic of [inbound, outbound]) {
      assert.deepEqual(Object.keys(traffic).sort(), ["bytesPerSecond", "errorsPerSecond", "requestsPerSecond"], node.id);
      assert.ok(Object.values(traffic).every(isNumber), node.id);
    }
  }
  const cart = graph.nodes.find((node) => node.id === id("shop/cart"));
  const { kind, cluster, namespace, workload, app, version } = cart;
  assert.deepEqual({ kind, cluster, namespace, workload, app, version }, {
    kind: "workload", cluster: "c1", namespace: "shop", workload: "cart", app: "cart", version: "v1",
  });
});

test("every edge joins two nodes of the graph and has its documented fields", () => {
  const ids = new Set(graph.nodes.map((node) => node.id));
  assert.equal(ids.size, graph.nodes.length);
  assert.equal(new Set(graph.edges.map((edge) => edge.id)).size, graph.edges.length);
  for (const edge of graph.edges) {
    assert.ok(ids.has(edge.source) && ids.has(edge.target), edge.id);
    assert.ok(["http", "grpc", "tcp"].includes(edge.protocol), edge.id);
    assert.equal(typeof edge.logical, "boolean", edge.id);
    assert.ok(["mutualTls", "plaintext", "mixed", "unknown"].includes(edge.security.state), `${edge.id}: ${edge.security.state}`);
    for (const name of ["identities", "services", "reporters"]) assert.ok(Array.isArray(edge[name]), `${edge.id}: ${name}`);
    assert.ok(edge.requests || edge.bytes || edge.connections, edge.id);
    for (const told of [edge.requests, edge.requests?.measured, edge.bytes, edge.connections].filter(Boolean)) {
      assert.ok(["source", "destination", "waypoint"].includes(told.reporter), edge.id);
      for (const [name, value] of Object.entries(told)) if (name.endsWith("PerSecond")) assert.ok(isNumber(value), `${edge.id}: ${name}`);
    }
  }
});

test("requests are those of the server's reporter, once", async () => {
  const edge = edgeOf("shop/web", "shop/cart");
  const hop = `source_workload="web",destination_workload="cart",reporter="destination"`;
  assert.equal(edge.requests.reporter, "destination");
  assertClose(edge.requests.perSecond, await rate("istio_requests_total", hop), "requests");
  assertClose(edge.requests.failuresPerSecond, await rate("istio_requests_total", `${hop},response_code=~"5.."`), "failures");
  assert.deepEqual(edge.requests.responses.map(({ code }) => code).sort(), ["200", "503"]);
  assert.equal(edge.bytes, undefined);
});

test("a gRPC call fails by its own status", async () => {
  const edge = edgeOf("shop/cart", "shop/stock");
  const hop = `source_workload="cart",destination_workload="stock",reporter="destination"`;
  assert.equal(edge.protocol, "grpc");
  assertClose(edge.requests.perSecond, await rate("istio_requests_total", hop), "calls");
  assertClose(edge.requests.failuresPerSecond, await rate("istio_requests_total", `${hop},grpc_response_status!="0"`), "failures");
});

test("bytes sent are what proxies call received", async () => {
  for (const [source, target, emitter] of [["ledger/poster", "ledger/store", "ztunnel"], ["shop/cart", "shop/cache", "envoy"]]) {
    const { bytes } = edgeOf(source, target);
    const [one, other] = [source, target].map((path) => path.split("/")[1]);
    const hop = `source_workload="${one}",destination_workload="${other}",reporter="destination"`;
    assert.deepEqual([bytes.reporter, bytes.emitter], ["destination", emitter]);
    assertClose(bytes.sentPerSecond, await rate("istio_tcp_received_bytes_total", hop), "sent");
    assertClose(bytes.receivedPerSecond, await rate("istio_tcp_sent_bytes_total", hop), "received");
  }
});

test("a waypoint is two legs and what they carry end to end", async () => {
  assert.equal(graph.nodes.find((node) => node.id === id("ledger/waypoint")).role, "waypoint");
  assert.equal(edgeOf("ledger/poster", "ledger/waypoint").bytes.reporter, "source");
  assert.equal(edgeOf("ledger/waypoint", "ledger/rates").bytes.reporter, "destination");
  const whole = edgeOf("ledger/poster", "ledger/rates", { logical: true });
  assert.equal(whole.via, id("ledger/waypoint"));
  assertClose(whole.requests.perSecond, await rate("istio_requests_total", `destination_workload="rates"`), "requests");
});

test("a node's totals are those of its edges", () => {
  const inbound = graph.edges.filter((edge) => edge.target === id("ledger/store") && edge.bytes);
  const bytes = inbound.map((edge) => edge.bytes.sentPerSecond + edge.bytes.receivedPerSecond).reduce((sum, one) => sum + one);
  const store = graph.nodes.find((node) => node.id === id("ledger/store"));
  assertClose(store.inbound.bytesPerSecond, bytes, "bytes");
  const cart = graph.nodes.find((node) => node.id === id("shop/cart"));
  assertClose(cart.inbound.requestsPerSecond, edgeOf("shop/web", "shop/cart").requests.perSecond, "requests in");
  assertClose(cart.outbound.requestsPerSecond, edgeOf("shop/cart", "shop/stock").requests.perSecond, "requests out");
});

test("the menu saves the same as JSON, and the picture as SVG", async () => {
  const folder = temporaryFolder("downloads");
  try {
    const session = await shown.page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder.path, eventsEnabled: true });
    const saved = async (part) => {
      const done = new Promise((resolve) =>
        session.on("Browser.downloadProgress", ({ state }) => state === "completed" && resolve()),
      );
      const named = new Promise((resolve) => session.once("Browser.downloadWillBegin", ({ suggestedFilename }) => resolve(suggestedFilename)));
      await shown.open("[data-part=export]");
      await shown.click(`[data-part=${part}]`);
      await Promise.race([done, sleep(10_000, undefined, { ref: false })]);
      return readFileSync(join(folder.path, await named), "utf8");
    };
    assert.deepEqual(JSON.parse(await saved("export-json")), await shown.graph());
    const svg = await saved("export-svg");
    // The page's own policy forbids it to parse text.
    const blank = await browser.newPage();
    const texts = await blank.evaluate((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
      return [documentElement.localName, ...[...documentElement.querySelectorAll("text")].map((one) => one.textContent)];
    }, svg);
    await blank.close();
    assert.equal(texts[0], "svg");
    for (const name of ["poster", "store", "cart"]) assert.ok(texts.includes(name), name);
  } finally {
    folder.remove();
  }
});

test("what is not on the screen is not in the export", async () => {
  const options = { config: world.config, connect: world.gateway.url, query: "?namespaces=shop" };
  await explore(browser, options, async (other) => {
    await other.settled();
    const { nodes, edges } = await other.graph();
    assert.deepEqual([...new Set(nodes.map(({ namespace }) => namespace))], ["shop"]);
    assert.ok(edges.length > 0 && edges.every(({ source }) => source.startsWith("workload:c1/shop/")));
  });
});
