// How the page asks: at one instant, a few at a time, no more than it needs, and not while nobody looks.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withBackEnd } from "./harness/backend.mjs";
import { until } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering } from "./harness/faulty.mjs";
import { envoy } from "./harness/mesh.mjs";

const row = (rate) => [{ ...envoy("destination", "shop/web", "shop/cart"), response_code: "200" }, rate];
const healthy = answering({ istio_requests_total: [row(8)] });

let browser, faulty;
withBackEnd(healthy, (started) => ({ browser, faulty } = started));
beforeEach(() => {
  faulty.reply = healthy;
  faulty.asked.length = 0;
  faulty.most = 0;
});

const onPage = (query, use, { url = faulty.url } = {}) => {
  const config = { backends: [{ name: "test", url }], scrapeInterval: "15s", language: "en" };
  return explore(browser, { config, connect: faulty.url, query }, use);
};
const questions = () => faulty.asked.filter(({ path }) => path.endsWith("/query"));
const times = () => [...new Set(questions().map(({ form }) => form.get("time")))];
/** Waits for something outside the page. */
const eventually = async (what, test) => {
  for (let tries = 0; tries < 400; tries++) {
    if (test()) return;
    await sleep(25);
  }
  assert.fail(what);
};

test("a whole mesh is twelve questions at one instant, four at once at most", () => {
  faulty.reply = (asked) => ({ ...healthy(asked), delay_ms: 60 });
  return onPage("?refresh=off", async (shown) => {
    await shown.settled();
    assert.equal(questions().length, 12);
    assert.equal(times().length, 1);
    assert.equal(faulty.most, 4);
  });
});

test("the scrape interval is learned from the back end, and rates look back over four of them", () => {
  faulty.reply = (asked) =>
    asked.path.endsWith("/status/config")
      ? { body: JSON.stringify({ status: "success", data: { yaml: "global:\n  scrape_interval: 1m\n" } }) }
      : healthy(asked);
  const config = { backends: [{ name: "test", url: faulty.url }], language: "en" };
  return explore(browser, { config, connect: faulty.url, query: "?refresh=off&range=1m" }, async (shown) => {
    await shown.until(() => document.querySelector("wayscope-mesh").exportJson()?.rateWindowSeconds === 240);
    assert.ok(questions().at(-1).query.includes("[4m]"));
  });
});

test("a back end that does not tell its scrape interval has it assumed, and the page says so", () => {
  faulty.reply = (asked) => (asked.path.endsWith("/status/config") ? { status: 404, body: "no" } : healthy(asked));
  const config = { backends: [{ name: "test", url: faulty.url }], language: "en" };
  return explore(browser, { config, connect: faulty.url, query: "?refresh=off" }, async (shown) => {
    await shown.settled();
    assert.match((await shown.textsOf("[data-part=notices] li")).join(), /15s is assumed/);
    assert.deepEqual(await shown.problemTexts(), []);
  });
});

test("a refresh that is superseded is aborted, and its answers are not mixed in", () => {
  faulty.reply = async (asked) => {
    const slow = asked.form.get("query")?.includes("[10m]");
    if (slow) await sleep(400);
    return answering({ istio_requests_total: [row(slow ? 1 : 2)] })(asked);
  };
  return onPage("?refresh=off&range=10m", async (shown) => {
    await eventually("requests of the first range", () => questions().length >= 4);
    await shown.open("[data-part=time]");
    await shown.click("[data-part=time] .chip:nth-child(6)");
    await shown.until(() => document.querySelector("wayscope-mesh").exportJson()?.rateWindowSeconds === 3_600);
    await eventually("the ends of all requests", () => faulty.open === 0);
    const first = questions().filter(({ query }) => query.includes("[10m]"));
    assert.ok(first.length <= 4, `${first.length} requests of the first range`);
    assert.deepEqual(first.map(({ ended }) => ended), first.map(() => "aborted"));
    await sleep(500);
    assert.equal((await shown.graph()).edges[0].requests.perSecond, 2);
    assert.deepEqual(shown.problems, []);
  });
});

test("the page asks again by itself, and not while it is hidden", () =>
  onPage("?refresh=1s", async (shown) => {
    await eventually("two refreshes", () => times().length >= 2);
    const hiding = await browser.newPage();
    await hiding.bringToFront();
    await until(shown.page, () => document.hidden);
    // They go out a few at a time: in between, none may be open.
    await eventually("the end of a refresh", () => faulty.open === 0 && questions().length % 12 === 0);
    const seen = questions().length;
    await sleep(1_600);
    assert.equal(questions().length, seen);
    await hiding.close();
    await shown.page.bringToFront();
    // To its end: nothing of it shall be counted by the next test.
    await eventually("another refresh", () => questions().length > seen && faulty.open === 0 && questions().length % 12 === 0);
    assert.deepEqual(shown.problems, []);
  }));

test("refresh off asks once, and the button asks again", () =>
  onPage("?refresh=off", async (shown) => {
    await shown.settled();
    await sleep(1_500);
    assert.equal(questions().length, 12);
    await shown.click("[data-part=refresh]");
    await eventually("a second refresh", () => questions().length === 24 && faulty.open === 0);
    assert.equal(times().length, 2);
  }));

test("a busy back end is asked again when it said it could be, and the reader need not know", () => {
  const refused = new Map();
  faulty.reply = (asked) => {
    if (asked.path.endsWith("/query") && !refused.has(asked.query)) {
      refused.set(asked.query, asked.at_ms);
      return { status: 429, body: "slow down", type: "text/plain", headers: { "Retry-After": "1" } };
    }
    return healthy(asked);
  };
  return onPage("?refresh=off", async (shown) => {
    await shown.settled();
    assert.equal((await shown.graph()).edges.length, 1);
    assert.deepEqual(await shown.problemTexts(), []);
    for (const { query, at_ms } of questions().slice(-7)) {
      const waited = at_ms - refused.get(query);
      assert.ok(waited >= 950, `${waited} ms`);
    }
  });
});

test("a long question goes as a form, which needs no preflight and no longer address", () =>
  onPage(
    "?refresh=off",
    async (shown) => {
      await shown.settled();
      assert.ok(questions().every(({ method }) => method === "POST"), questions().map(({ method }) => method).join());
      assert.ok(questions().every(({ form }) => form.get("query") && form.get("time")));
    },
    { url: `${faulty.url}/${"long".repeat(2_000)}` },
  ));
