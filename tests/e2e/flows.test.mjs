// The main job, end to end: a mesh in a real Prometheus, asked through the shipped gateway on another origin, drawn,
// and its bytes charted as an independent query of that Prometheus tells them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { explore, openExplorer } from "./harness/explorer.mjs";
import { hole, startWorld } from "./harness/world.mjs";

const TOLERANCE = 0.005;
/** Four times the scrape interval that the server's configuration tells. */
const WINDOW = "1m";
const DESTINATION = "reporter: Destination";
const SOURCE = "reporter: Source";

let browser, world, shown;
before(async () => {
  browser = await launchBrowser();
  world = await startWorld();
  // One page for most tests: each selects what it speaks of.
  shown = await openExplorer(browser, { config: world.config, connect: world.gateway.url, query: "?view=table&idleEdges=true&paths=all" });
  await shown.settled();
});
after(async () => {
  await shown?.close();
  await browser?.close();
  await world?.close();
});

const select = async (name) => {
  await shown.selectRow(name);
  await shown.flowsSettled();
};
const close = (one, other) => Math.abs(one - other) <= TOLERANCE * Math.abs(other) + 1e-9;
const rate = (metric, labels) => {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `sum(rate(${metric}{${matchers.join(",")}}[${WINDOW}]))`;
};
const hop = (source, target, reporter) => ({ source_workload: source, destination_workload: target, reporter });

/** Holds every value of one line of a chart to a query; gives the rows of the chart. */
async function assertCharted(way, line, query) {
  const { names, rows } = await shown.values(way);
  const place = names.indexOf(line);
  assert.notEqual(place, -1, `a line \`${line}\` among ${names}`);
  const [truth] = await world.ask(query, rows.map(({ at }) => at));
  for (const { at, values } of rows) {
    assert.ok(close(values[place], truth.points.get(at)), `${way} at ${at}: ${values[place]} is not ${truth.points.get(at)}`);
  }
  return rows;
}

test("the graph of a mesh on another origin appears, with what it holds", async () => {
  const { nodes, edges } = await shown.graph();
  assert.equal(await shown.textOf("[data-part=counts]"), `${nodes.length} nodes, ${edges.length} edges`);
  assert.match(await shown.textOf("[data-part=status]"), /^As of /);
  const titles = new Set(nodes.map(({ workload }) => workload));
  for (const name of ["web", "cart", "poster", "store", "waypoint", "productpage-v1"]) assert.ok(titles.has(name), name);
  assert.deepEqual(shown.problems, []);
});

test("charted is what Prometheus answers to another wording of the question", async () => {
  await select("poster to store, TCP");
  // What the client sends is what every proxy calls received.
  const rows = await assertCharted("sent", DESTINATION, rate("istio_tcp_received_bytes_total", hop("poster", "store", "destination")));
  await assertCharted("received", DESTINATION, rate("istio_tcp_sent_bytes_total", hop("poster", "store", "destination")));
  assert.ok(rows.length > 70, `${rows.length} points of 20 minutes`);
  const values = rows.map(({ values: [value] }) => value);
  assert.ok(Math.max(...values) > 2 * Math.min(...values), "a flow that changes");
});

test("each reporter is a line of its own, the server's first", async () => {
  await select("poster to store, TCP");
  assert.deepEqual((await shown.values("sent")).names, [DESTINATION, SOURCE]);
  await assertCharted("sent", SOURCE, rate("istio_tcp_received_bytes_total", hop("poster", "store", "source")));
  await assertCharted("received", SOURCE, rate("istio_tcp_sent_bytes_total", hop("poster", "store", "source")));
});

test("captions say from whom to whom", async () => {
  await select("poster to store, TCP");
  assert.match(await shown.textOf("[data-part=sent] figcaption"), /^Sent\s+poster → store$/);
  assert.match(await shown.textOf("[data-part=received] figcaption"), /^Received\s+store → poster$/);
  assert.match((await shown.textsOf("[data-part=notes] li")).join(), /every 15s, rates over 1m/);
});

test("the queries shown give the same numbers when they are asked as they stand", async () => {
  await select("poster to store, TCP");
  const queries = await shown.textsOf("[data-part=promql]");
  assert.equal(queries.length, 2);
  for (const [way, query] of [["sent", queries[0]], ["received", queries[1]]]) {
    const { names, rows } = await shown.values(way);
    const series = await world.ask(query, rows.map(({ at }) => at));
    assert.equal(series.length, 2, query);
    for (const { labels, points } of series) {
      const place = names.indexOf(labels.reporter === "destination" ? DESTINATION : SOURCE);
      for (const { at, values } of rows) assert.ok(close(values[place], points.get(at)), `${query} at ${at}`);
    }
  }
});

test("a query is copied by its button, or selected where copying is not allowed", async () => {
  await select("poster to store, TCP");
  const [query] = await shown.textsOf("[data-part=promql]");
  const origin = new URL(shown.host.url).origin;
  const context = browser.defaultBrowserContext();
  const said = (words) => shown.until((root, text) => root.querySelector("[data-part=copy]").textContent.includes(text), words);
  await shown.page.bringToFront();
  await shown.open("[data-part=queries]");

  await context.overridePermissions(origin, []);
  await shown.click("[data-part=queries] [data-part=copy]");
  await said("does not allow copying");
  assert.equal(await shown.page.evaluate(() => getSelection().toString()), query);

  await context.overridePermissions(origin, ["clipboard-read", "clipboard-sanitized-write"]);
  await shown.click("[data-part=queries] [data-part=copy]");
  await said("Copied");
  assert.equal(await shown.page.evaluate(() => navigator.clipboard.readText()), query);
});

test("what was not scraped is a gap, not a line", async () => {
  await select("nightly to store, TCP");
  const { rows } = await shown.values("sent");
  const { from, to } = hole(world.now);
  // A rate needs two samples in the minute that it looks back.
  assert.deepEqual(rows.filter(({ at }) => at > from + 60 && at < to), []);
  assert.ok(rows.some(({ at }) => at <= from) && rows.some(({ at }) => at > to + 30), "samples on both sides");
});

test("a counter that starts again makes no spike and no dive", async () => {
  await select("restarter to store, TCP");
  const rows = await assertCharted("sent", DESTINATION, rate("istio_tcp_received_bytes_total", hop("restarter", "store", "destination")));
  for (const { at, values } of rows) assert.ok(values[0] > 300 && values[0] < 660, `${values[0]} at ${at}`);
});

test("a node's charts sum over its peers, and its answers are what it sends", async () => {
  await shown.click("[data-part=tables] [data-part=nodes] button[aria-label=store]");
  await shown.flowsSettled();
  const from = { destination_workload: "store", reporter: "destination" };
  const line = "as server of 3 clients, reporter: Destination";
  await assertCharted("received", line, rate("istio_tcp_received_bytes_total", from));
  await assertCharted("sent", line, rate("istio_tcp_sent_bytes_total", from));
});

test("what real ztunnels write is charted", async () => {
  await select("reviews-v1 to ratings-v1, TCP");
  await assertCharted("sent", DESTINATION, rate("istio_tcp_received_bytes_total", hop("reviews-v1", "ratings-v1", "destination")));
  const [{ values }] = await assertCharted("received", DESTINATION, rate("istio_tcp_sent_bytes_total", hop("reviews-v1", "ratings-v1", "destination")));
  assert.ok(close(values[0], 40), `${values[0]} B/s`);
});

test("a leg to a waypoint is told by its client's ztunnel alone", async () => {
  await select("poster to waypoint, TCP");
  assert.deepEqual((await shown.values("sent")).names, [SOURCE]);
  await assertCharted("sent", SOURCE, rate("istio_tcp_received_bytes_total", hop("poster", "waypoint", "source")));
});

test("without TCP bytes the sizes of HTTP messages are charted, and said to be that", async () => {
  await select("web to images, HTTP");
  await assertCharted("sent", DESTINATION, rate("istio_request_bytes_sum", hop("web", "images", "destination")));
  await assertCharted("received", DESTINATION, rate("istio_response_bytes_sum", hop("web", "images", "destination")));
  assert.match((await shown.textsOf("[data-part=notes] li")).join(), /sizes of HTTP requests and responses/);
});

test("a chart that is empty says why, and where it was looked", async () => {
  for (const [name, why] of [
    ["web to cart, HTTP", /^Only HTTP here \(8\.5\/s requests\)/],
    ["stray to store, TCP", /^Connections are opened, but no byte was counted/],
    ["web to mute, HTTP", /“Destination” should count these bytes and is silent, though “Source”/],
    ["web to retired, HTTP", /^No proxy has any byte series/],
  ]) {
    await select(name);
    assert.match(await shown.textOf("[data-part=why-none]"), why, name);
    assert.equal(await shown.textOf("[data-part=sent]"), undefined, name);
    const tried = (await shown.textsOf("[data-part=tried] li")).join("\n");
    assert.match(tried, /HTTP message sizes: none/, name);
  }
  assert.deepEqual(shown.problems, []);
});

/** Where the pointer becomes a hand on a canvas: the middle of each such stretch of some columns. */
async function clickableSpots(canvas) {
  // A panel that has opened or closed moves the picture.
  await canvas.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return canvas.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const found = [];
    for (let column = 1; column < 12; column++) {
      const clientX = left + (width * column) / 12;
      let stretch = [];
      for (let clientY = top; clientY < top + height; clientY += 2) {
        element.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, pointerId: 1, pointerType: "mouse", isPrimary: true }));
        if (element.style.cursor === "pointer") stretch.push(clientY);
        else if (stretch.length > 0) found.push([clientX, stretch[stretch.length >> 1]]) && (stretch = []);
      }
    }
    return found;
  });
}

test("a click on the picture selects what lies there, edges and nodes", () =>
  explore(browser, { config: world.config, connect: world.gateway.url }, async (other) => {
    await other.settled();
    const canvas = await other.find("canvas[data-part=graph]");
    const { nodes, edges } = await other.graph();
    const known = new Map([...nodes, ...edges].map((one) => [one.id, one]));
    const seen = new Set();
    for (let tries = 0; tries < 20 && seen.size < 2; tries++) {
      const spots = await clickableSpots(canvas);
      const [x, y] = spots[(tries * 5) % spots.length];
      await other.page.mouse.click(x, y);
      const id = await other.page.evaluate(() =>
        ["node", "edge"].map((name) => new URLSearchParams(location.search).get(name)).find(Boolean),
      );
      const one = known.get(id);
      assert.ok(one, `\`${id}\` at ${x},${y} is in the graph`);
      await other.flowsSettled();
      const names = (one.source ? [one.source, one.target] : [id]).map((end) => known.get(end).workload);
      if (names.every(Boolean)) assert.equal(await other.textOf("[data-part=title]"), names.join(" → "));
      seen.add(one.source ? "edge" : "node");
    }
    assert.deepEqual([...seen].sort(), ["edge", "node"]);
    assert.deepEqual(other.problems, []);
  }));
