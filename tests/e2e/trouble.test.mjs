// What the page says and keeps when a back end fails, answers nonsense, or answers things that nobody expects.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { withBackEnd } from "./harness/backend.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering, refusal, vector } from "./harness/faulty.mjs";
import { envoy, ztunnel } from "./harness/mesh.mjs";

const REQUESTS = "istio_requests_total";
const SENT = "istio_tcp_received_bytes_total";
const request = (labels, code = "200") => ({ ...labels, response_code: code });
const GOOD = {
  [REQUESTS]: [
    [request(envoy("destination", "shop/web", "shop/cart")), 8],
    [request(envoy("destination", "shop/cart", "shop/stock")), 2],
  ],
  [SENT]: [[ztunnel("destination", "ledger/poster", "ledger/store"), 1_200]],
};
const healthy = answering(GOOD);

let browser, faulty;
withBackEnd(healthy, (started) => ({ browser, faulty } = started));
beforeEach(() => (faulty.reply = healthy));

const onPage = (use, { query = "", backEnd = {}, ...options } = {}) => {
  const config = {
    backends: [{ name: "test", url: faulty.url, timeout: "1s", ...backEnd }],
    defaults: { range: "10m", refresh: "off" },
    scrapeInterval: "15s",
    language: "en",
  };
  return explore(browser, { config, connect: faulty.url, query, ...options }, use);
};
/** What a browser itself says of failed requests, and nothing else. */
const assertOnlyNetwork = (problems) =>
  assert.deepEqual(problems.filter((text) => !/^(request|answer): |^console: (Failed to load resource|Access to fetch)/.test(text)), []);
const refresh = async (shown) => {
  const before = faulty.asked.length;
  await shown.click("[data-part=refresh]");
  while (faulty.asked.length === before) await sleep(5);
  await shown.settled();
};

const HTML = "<!doctype html><title>Log in</title>";
const FAILURES = [
  ["ends the connection", { drop: true }, /No readable answer from “test”.*Access-Control-Allow-Origin: http:\/\/127\.0\.0\.1:\d+/],
  ["does not share its answers with this page", { body: "{}", cors: false }, /No readable answer from “test”.*Access-Control-Allow-Origin/],
  ["answers a web page", { body: HTML, type: "text/html" }, /web page instead of data \(HTTP 200\).*open it in another tab/],
  ["answers an error page of a gateway", { status: 502, body: HTML, type: "text/html" }, /HTTP 502.*gateway/],
  ["wants a log-in", { status: 401, body: "Unauthorized", type: "text/plain" }, /does not let this page in \(HTTP 401\).*headers/],
  ["breaks off", { body: vector(GOOD[REQUESTS], 1), cut: 40 }, /breaks off after \d+ bytes.*shorter time range/],
  ["breaks off before what it announced", { body: vector(GOOD[REQUESTS], 1), cut: 40, drop: true }, /breaks off after \d+ bytes/],
  ["refuses the query", { status: 400, body: refusal("bad_data", "invalid parameter: too clever") }, /refused \(HTTP 400\): invalid parameter: too clever/],
  ["refuses the query with status 200", { body: refusal("execution", "too many samples") }, /refused \(HTTP 200\): too many samples/],
  ["answers no JSON", { body: "hello", type: "text/plain" }, /not Prometheus data: hello/],
  ["answers other JSON", { body: "[1,2]" }, /not Prometheus data/],
  ["answers another kind of rows", { body: '{"status":"success","data":{"resultType":"matrix","result":[]}}' }, /not Prometheus data: `?matrix/],
  ["answers nothing", { body: "" }, /breaks off after 0 bytes|not Prometheus data/],
  ["does not answer in time", { body: "{}", delay_ms: 3_000 }, /did not answer within 1s.*shorter time range/],
];

test("what failed is told with a way out, and the last good graph stays, marked as old", () =>
  onPage(async (shown) => {
    await shown.settled();
    for (const [what, answer, said] of FAILURES) {
      const [good, counts] = [await shown.graph(), await shown.textOf("[data-part=counts]")];
      assert.equal(good.edges.length, 3, what);
      faulty.reply = () => answer;
      await refresh(shown);
      const problems = await shown.problemTexts();
      assert.equal(problems.length, 1, `${what}: ${problems}`);
      assert.match(problems[0], said, what);
      assert.match(await shown.textOf("[data-part=status]"), /^Old: as of /, what);
      assert.equal(await shown.textOf("[data-part=counts]"), counts, what);
      assert.ok(isDeepStrictEqual(await shown.graph(), good), what);
      faulty.reply = healthy;
      await refresh(shown);
      assert.deepEqual(await shown.problemTexts(), [], what);
      assert.match(await shown.textOf("[data-part=status]"), /^As of /, what);
    }
    assertOnlyNetwork(shown.problems);
  }));

test("a back end that fails from the start is told, without a graph", () => {
  faulty.reply = () => ({ drop: true });
  return onPage(async (shown) => {
    await shown.settled();
    assert.match((await shown.problemTexts()).join(), /No readable answer from “test”/);
    assert.equal(await shown.graph(), null);
    assertOnlyNetwork(shown.problems);
  });
});

test("a question that is not answered costs only its part", () => {
  faulty.reply = (asked) => (asked.metric === SENT ? { status: 400, body: refusal("execution", "too much") } : healthy(asked));
  return onPage(async (shown) => {
    await shown.settled();
    assert.match(await shown.textOf("[data-part=status]"), /^1 of 12 queries failed; the graph is incomplete/);
    assert.match((await shown.problemTexts()).join(), /too much/);
    assert.equal((await shown.graph()).edges.length, 2);
  });
});

test("the bytes of an edge that cannot be asked for are told where the chart would be", () => {
  faulty.reply = (asked) => (asked.path.endsWith("query_range") ? { status: 422, body: refusal("execution", "too many points") } : healthy(asked));
  return onPage(
    async (shown) => {
      await shown.settled();
      await shown.selectRow("poster to store, TCP");
      await shown.flowsSettled();
      assert.match(await shown.textOf("[data-part=why-none]"), /refused \(HTTP 422\): too many points/);
      assert.deepEqual(await shown.problemTexts(), []);
    },
    { query: "?view=table" },
  );
});

test("a chart stays when its back end is away, and goes on when it is back", () => {
  const charted = (asked) => {
    if (!asked.path.endsWith("query_range")) return healthy(asked);
    const [start, end, step] = ["start", "end", "step"].map((name) => Number(asked.form.get(name)));
    const values = Array.from({ length: (end - start) / step + 1 }, (_, place) => [start + place * step, "1200"]);
    return { body: JSON.stringify({ status: "success", data: { resultType: "matrix", result: [{ metric: { reporter: "destination" }, values }] } }) };
  };
  faulty.reply = charted;
  return onPage(
    async (shown) => {
      await shown.settled();
      await shown.selectRow("poster to store, TCP");
      const points = (await shown.values("sent")).rows.length;
      faulty.reply = () => ({ drop: true });
      await refresh(shown);
      await shown.flowsSettled();
      assert.match(await shown.textOf("[data-part=status]"), /^Old: as of /);
      assert.equal((await shown.values("sent")).rows.length, points);
      faulty.reply = charted;
      await refresh(shown);
      assert.match(await shown.textOf("[data-part=status]"), /^As of /);
      assert.equal((await shown.values("sent")).rows.length, points);
    },
    { query: "?view=table" },
  );
});

test("no series at all are explained, not drawn as nothing", () => {
  faulty.reply = answering({});
  return onPage(async (shown) => {
    await shown.settled();
    assert.match(await shown.textOf("[data-part=empty]"), /No mesh traffic in this time range.*longer time range.*scraped/);
    assert.equal((await shown.graph()).edges.length, 0);
    assert.deepEqual(shown.problems, []);
  });
});

test("numbers that are none are not counted", () => {
  const odd = ["NaN", "+Inf", "-Inf", "-3", "1e308"].map((value, place) => [
    request(envoy("destination", "shop/web", "shop/odd", { source_canonical_revision: `v${place}` })), value,
  ]);
  faulty.reply = answering({ ...GOOD, [REQUESTS]: [...GOOD[REQUESTS], ...odd] });
  return onPage(
    async (shown) => {
      await shown.settled();
      const graph = await shown.graph();
      const numbers = [];
      JSON.stringify(graph, (name, value) => (name.endsWith("PerSecond") && numbers.push(value), value));
      assert.ok(numbers.every((value) => Number.isFinite(value) && value >= 0), `${numbers}`);
      assert.doesNotMatch((await shown.textsOf("[data-part=tables]")).join(), /NaN|∞|Infinity/);
      assert.equal(graph.edges.find(({ target }) => target.endsWith("/cart")).requests.perSecond, 8);
      assert.deepEqual(shown.problems, []);
    },
    { query: "?view=table" },
  );
});

test("series without labels, or with labels of any text, are shown as text", () => {
  const hostile = ['<img src=x onerror="document.title=1">', "a>b|c/d:e", "\u202Eright to left", "💥\n\t\u0000", "x".repeat(5_000), " ", "__proto__"];
  const odd = hostile.map((name) => [request({ ...envoy("destination", "shop/web", "shop/odd"), destination_workload: name, source_workload: name }), 1]);
  const bare = [{}, { reporter: "destination" }, { reporter: "nobody" }, { source_workload: "alone" }].map((labels) => [labels, 2]);
  faulty.reply = answering({ [REQUESTS]: [...GOOD[REQUESTS], ...odd, ...bare], [SENT]: bare, up: bare, istio_build: bare });
  return onPage(
    async (shown) => {
      await shown.settled();
      const graph = await shown.graph();
      const names = new Set(graph.nodes.map(({ workload }) => workload));
      for (const name of hostile.filter((one) => one.trim())) assert.ok(names.has(name), JSON.stringify(name.slice(0, 50)));
      assert.equal(await shown.inside((root) => root.querySelectorAll("img, script, iframe").length), 0);
      const rows = await shown.inside((root) => root.querySelectorAll("[data-part=edges] tbody tr").length);
      assert.equal(rows, graph.edges.length);
      // Each can be selected, and its queries asked.
      for (let row = 0; row < rows; row++) {
        await shown.inside((root, at) => root.querySelectorAll("[data-part=edges] tbody button")[at].click(), row);
        await shown.flowsSettled();
      }
      await shown.click("[data-part=pane-graph]");
      await shown.find("canvas[data-part=graph]");
      assert.deepEqual(shown.problems, []);
    },
    { query: "?view=table" },
  );
});

test("what a back end remarks is shown, and does not stop the graph", () => {
  faulty.reply = (asked) =>
    asked.metric === REQUESTS
      ? { body: vector(GOOD[REQUESTS], Number(asked.form.get("time")), { warnings: ["a store is away"], infos: ["not a counter"], isPartial: true }) }
      : healthy(asked);
  return onPage(async (shown) => {
    await shown.settled();
    const notices = (await shown.textsOf("[data-part=notices] li")).join("\n");
    for (const text of [/a store is away/, /not a counter/, /some of its stores did not answer/]) assert.match(notices, text);
    assert.equal((await shown.graph()).edges.length, 3);
  });
});
