// A mesh that is too large to be laid out between two frames: in a worker under the shipped policy, and all the same where
// the page may have none, or where it ends. And its tables, which are too long to be shown at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBackEnd } from "./harness/backend.mjs";
import { explore } from "./harness/explorer.mjs";
import { answering } from "./harness/faulty.mjs";
import { envoy } from "./harness/mesh.mjs";

const WORKLOADS = 200;

/** Each workload calls the next and the one ten further on. */
const rows = [1, 10].flatMap((step) =>
  Array.from({ length: WORKLOADS }, (_, place) => {
    const name = (number) => `team-${number % 8}/service-${number}`;
    return [{ ...envoy("destination", name(place), name((place + step) % WORKLOADS)), response_code: "200" }, 1 + place];
  }),
);

let browser, faulty;
withBackEnd(answering({ istio_requests_total: rows }), (started) => ({ browser, faulty } = started));

const onPage = (use, prepare, query = "") => {
  const config = { backends: [{ name: "large", url: faulty.url }], defaults: { refresh: "off" }, scrapeInterval: "15s", language: "en" };
  return explore(browser, { config, connect: faulty.url, prepare, query }, use);
};

/** How many different colours the picture has: one, as long as nothing is drawn. */
const colours = (shown) =>
  shown.inside((root) => {
    const canvas = root?.querySelector(".graph");
    if (!canvas?.width) return 0;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

async function assertDrawn(shown) {
  await shown.settled();
  const { nodes, edges } = await shown.graph();
  assert.deepEqual([nodes.length, edges.length], [WORKLOADS, 2 * WORKLOADS]);
  const until = Date.now() + 30_000;
  while ((await colours(shown)) < 20) {
    assert.ok(Date.now() < until, "the picture stays empty");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a large graph is laid out in a worker, under the shipped policy", () =>
  onPage(async (shown) => {
    await assertDrawn(shown);
    assert.deepEqual(shown.page.workers().map((worker) => new URL(worker.url()).pathname), ["/worker.js"]);
    assert.deepEqual(shown.problems, []);
  }));

test("a page that may have no worker draws it all the same", () =>
  onPage(
    async (shown) => {
      await assertDrawn(shown);
      assert.deepEqual(shown.page.workers(), []);
      assert.deepEqual(shown.problems, []);
    },
    (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.Worker = class {
          constructor() {
            throw new TypeError("refused");
          }
        };
      }),
  ));

test("what a worker that fails has not done, the page does", () =>
  onPage(
    async (shown) => {
      await assertDrawn(shown);
      assert.deepEqual(shown.problems, []);
    },
    (page) =>
      page.evaluateOnNewDocument(() => {
        const { postMessage } = Worker.prototype;
        // Answers that there is no layout.
        Worker.prototype.postMessage = function (message) {
          if (message.id === undefined) postMessage.call(this, message);
          else setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { id: message.id } })));
        };
      }),
  ));

test("long tables are read page by page", () =>
  onPage(
    async (shown) => {
      await shown.settled();
      const first = () => shown.textOf("[data-part=edges] tbody tr:first-child");
      const said = () => shown.textOf("[data-part=pages] [role=status]");
      const turn = (button) => shown.click(`[data-part=pages] button:${button}-of-type`);
      const begin = await first();
      assert.equal((await shown.textsOf("[data-part=edges] tbody tr")).length, 200);
      assert.equal(await said(), "1–200 of 400");
      await turn("last");
      assert.equal(await said(), "201–400 of 400");
      assert.notEqual(await first(), begin);
      assert.deepEqual(await shown.inside((root) => [...root.querySelectorAll("[data-part=pages] button")].map((one) => one.disabled)), [false, true]);
      await turn("first");
      assert.equal(await first(), begin);
      assert.deepEqual(shown.problems, []);
    },
    undefined,
    "?view=table",
  ));
