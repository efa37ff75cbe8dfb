// The facts of Istio's telemetry through the page: each case in a real Prometheus, drawn, and the bytes of each edge
// charted as an independent query tells them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { startCaddy } from "./harness/caddy.mjs";
import { explore } from "./harness/explorer.mjs";
import { CASE, FACTS, edgeOf, historyOf, isAlike, isClose, labelsOf, pictureOf } from "./harness/facts.mjs";
import { openMetrics } from "./harness/openmetrics.mjs";
import { freePort } from "./harness/program.mjs";
import { askRange, startPrometheus } from "./harness/prometheus.mjs";

const TOLERANCE = 0.005;
/** Of a mean over a range that begins and ends amid a swing of the rates. */
const TOLERANCE_OF_MEANS = 0.01;
const MINUTE = 60;
/** Four times the scrape interval that the server's configuration tells. */
const WINDOW = "1m";
const REPORTERS = { "reporter: Source": "source", "reporter: Destination": "destination", "reporter: Waypoint": "waypoint" };

let browser, prometheus, gateway;
before(async () => {
  const now = Math.floor(Date.now() / 1_000);
  const history = openMetrics({ from: now - 30 * MINUTE, to: now + 10 * MINUTE, families: historyOf(FACTS) });
  [browser, prometheus] = await Promise.all([launchBrowser(), startPrometheus({ history })]);
  gateway = await startCaddy({ prometheus: `127.0.0.1:${prometheus.port}`, jaeger: `127.0.0.1:${await freePort()}` });
});
after(async () => {
  await browser?.close();
  await gateway?.close();
  await prometheus?.close();
});

/** The page with one case alone. */
const onCase = (name, use) => {
  const config = {
    backends: [{ name: "test", url: `${gateway.url}/prometheus` }],
    scope: { [CASE]: name },
    defaults: { range: "20m", refresh: "off" },
    language: "en",
  };
  const query = "?view=table&paths=all&idleEdges=true&infrastructure=true";
  return explore(browser, { config, connect: gateway.url, query }, async (shown) => {
    await shown.settled();
    await use(shown);
    assert.deepEqual(shown.problems, []);
  });
};

const rate = (metric, labels) => {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `sum(rate(${metric}{${matchers.join(",")}}[${WINDOW}]))`;
};

/** Holds every value of every line of the charts of what is selected to a query; `edge` is what the case says of it. */
async function assertCharted(shown, { name, series }, edge) {
  const hop = labelsOf(edge);
  for (const [way, metric, mean] of [
    // What the client sends is what every proxy calls received.
    ["sent", "istio_tcp_received_bytes_total", edge.bytes.sent],
    ["received", "istio_tcp_sent_bytes_total", edge.bytes.received],
  ]) {
    const what = `${edge.source} > ${edge.target} ${way}`;
    const ofHop = series.filter((one) => one.metric === metric && Object.entries(hop).every(([label, value]) => one.labels[label] === value));
    const reporters = [...new Set(ofHop.map(({ labels }) => labels.reporter))].sort();
    const lines = (await shown.textsOf(`[data-part=${way}] .reading-name`)).map((line) => REPORTERS[line]);
    assert.deepEqual([...lines].sort(), reporters, what);
    if (reporters.length === 0) continue;
    assert.equal(lines[0], edge.bytes.reporter, what);

    const { rows } = await shown.values(way);
    const instants = rows.map(({ at }) => at);
    assert.ok(rows.length > 70, `${what}: ${rows.length} points of 20 minutes`);
    for (const [place, reporter] of lines.entries()) {
      const [truth] = await askRange(prometheus.url, rate(metric, { ...hop, reporter, [CASE]: name }), instants);
      for (const { at, values } of rows) {
        const [seen, told] = [values[place], truth.points.get(at)];
        assert.ok(isClose(seen, told, TOLERANCE), `${what}, reporter ${reporter}, at ${at}: ${seen} is not ${told}`);
      }
    }
    const values = rows.map(({ values: [value] }) => value);
    assert.ok(mean === 0 || (Math.max(...values) > 1.2 * mean && Math.min(...values) < 0.8 * mean), `${what}: swings about ${mean}`);
  }
}

/** Selects one row of the edges after the other, as a click does; gives the id of what is selected then. */
async function* eachEdge(shown) {
  const rows = await shown.textsOf("[data-part=tables] [data-part=edges] tbody tr");
  for (let row = 1; row <= rows.length; row++) {
    await shown.click(`[data-part=tables] [data-part=edges] tbody tr:nth-child(${row}) button`);
    await shown.flowsSettled();
    yield shown.page.evaluate(() => new URLSearchParams(location.search).get("edge"));
  }
}

for (const fact of FACTS) {
  test(`${fact.name.replaceAll("_", " ")}, in the page`, () =>
    onCase(fact.name, async (shown) => {
      const graph = await shown.graph();
      const [lines, picture] = [pictureOf(graph), fact.picture];
      const alike = lines.length === picture.length && lines.every((line, place) => isAlike(line, picture[place], TOLERANCE_OF_MEANS));
      assert.ok(alike, `expected:\n${picture.join("\n")}\n\nseen:\n${lines.join("\n")}`);

      const expected = new Map(graph.edges.map(({ id }, place) => [id, edgeOf(picture[place])]));
      const selected = [];
      for await (const id of eachEdge(shown)) {
        selected.push(id);
        const edge = expected.get(id);
        if (edge.bytes) await assertCharted(shown, fact, edge);
        else assert.ok(await shown.textOf("[data-part=why-none]"), `${id} has no bytes`);
      }
      assert.deepEqual(selected.sort(), [...expected.keys()].sort());
    }));
}
