// The shipped gateway before a real Prometheus: what a page of another origin can ask, and how the page is served.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, until } from "./harness/browser.mjs";
import { startCaddy } from "./harness/caddy.mjs";
import { openMetrics, rising } from "./harness/openmetrics.mjs";
import { startPage } from "./harness/page.mjs";
import { freePort } from "./harness/program.mjs";
import { startPrometheus } from "./harness/prometheus.mjs";

const HOUR = 3600;
const now = Math.floor(Date.now() / 1000);
const history = openMetrics({
  from: now - HOUR,
  to: now + HOUR,
  families: [{ name: "istio_tcp_sent_bytes", type: "counter", series: [{ labels: { reporter: "source" }, value: rising(250) }] }],
});
const QUERY = `api/v1/query?query=${encodeURIComponent("sum(rate(istio_tcp_sent_bytes_total[5m]))")}`;

let prometheus, caddy, browser;
before(async () => {
  prometheus = await startPrometheus({ history });
  caddy = await startCaddy({ prometheus: `127.0.0.1:${prometheus.port}`, jaeger: `127.0.0.1:${await freePort()}` });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await caddy?.close();
  await prometheus?.close();
});

test("a page of another origin reads a query's answer, with credentials in a header", async () => {
  const host = await startPage({ connect: caddy.url });
  const { page, problems } = await openPage(browser, host.url);
  try {
    const ask = (url) => fetch(url, { headers: { Authorization: "Bearer none" } }).then((answer) => answer.json());
    const answer = await page.evaluate(ask, `${caddy.url}/prometheus/${QUERY}`);
    assert.equal(answer.data.result.length, 1);
    assert.ok(Math.abs(Number(answer.data.result[0].value[1]) - 250) < 1, JSON.stringify(answer));
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
    await host.close();
  }
});

test("an answer names its one reader, errors included", async () => {
  const headers = { Origin: "http://localhost:1234" };
  const cases = [
    [`/prometheus/${QUERY}`, 200],
    ["/prometheus/api/v1/query?query=rate(", 400],
    ["/prometheus/api/v1/nothing", 404],
    ["/jaeger/api/services", 502],
  ];
  for (const [path, status] of cases) {
    const answer = await fetch(caddy.url + path, { headers });
    assert.equal(answer.status, status, path);
    assert.equal(answer.headers.get("access-control-allow-origin"), headers.Origin, path);
  }
});

test("a preflight is answered for listed origins alone", async () => {
  const preflight = (origin) =>
    fetch(`${caddy.url}/prometheus/api/v1/query`, {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-scope-orgid" },
    });
  const listed = await preflight("http://127.0.0.1:4321");
  assert.equal(listed.status, 204);
  assert.match(listed.headers.get("access-control-allow-headers"), /x-scope-orgid/i);
  for (const origin of ["https://elsewhere.example", "http://localhost.elsewhere.example"]) {
    assert.equal((await preflight(origin)).headers.get("access-control-allow-origin"), null, origin);
  }
});

test("the gateway serves the page under the same policy", async () => {
  const { page, problems } = await openPage(browser, `${caddy.url}/`);
  await until(page, () => document.querySelector("wayscope-mesh")?.shadowRoot?.childElementCount > 0);
  assert.deepEqual(problems, []);
  await page.close();

  const mine = await startPage();
  const policyAt = async (url) => (await fetch(url)).headers.get("content-security-policy").replaceAll(/\s+;/g, ";");
  assert.equal(await policyAt(`${caddy.url}/`), await policyAt(mine.url));
  await mine.close();

  const { js } = await (await fetch(`${caddy.url}/assets.json`)).json();
  const cachingOf = async (name) => (await fetch(`${caddy.url}/${name}`)).headers.get("cache-control");
  assert.match(await cachingOf(js), /immutable/);
  assert.equal(await cachingOf("wayscope.css"), "no-cache");
  assert.equal((await fetch(`${caddy.url}/nothing.js`)).status, 404);
});
