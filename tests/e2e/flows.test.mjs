// The main job, end to end: a mesh in a real Prometheus, asked through the shipped gateway on another origin, drawn,
// and its bytes charted as an independent query of that Prometheus tells them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { openExplorer } from "./harness/explorer.mjs";
import { hole, restart, startWorld } from "./harness/world.mjs";

const TOLERANCE = 0.005;
/** Four times the scrape interval that the server's configuration tells. */
const WINDOW = "1m";
const STORE = "poster to store, TCP";

let browser, world, shown;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), launchBrowser()]);
  // One page for all tests: each selects what it speaks of.
  shown = await openExplorer(browser, { config: world.config, connect: world.gateway.url, query: "?view=table&idleEdges=true" });
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

/** Holds every value of one line of a chart to a query of the test's own. */
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

const rate = (metric, source, target, reporter) =>
  `sum(rate(${metric}{source_workload="${source}",destination_workload="${target}",reporter="${reporter}"}[${WINDOW}]))`;

test("the charts show what Prometheus answers to another wording of the question", async () => {
  await select(STORE);
  const sent = await assertCharted("sent", "reporter: Destination", rate("istio_tcp_received_bytes_total", "poster", "store", "destination"));
  await assertCharted("received", "reporter: Destination", rate("istio_tcp_sent_bytes_total", "poster", "store", "destination"));
  assert.ok(sent.length > 70, `${sent.length} points of 20 minutes`);
  assert.deepEqual(shown.problems, []);
});
