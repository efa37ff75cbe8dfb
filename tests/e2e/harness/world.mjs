// A small mesh in a real Prometheus, behind the shipped gateway, on another origin than the page.
import { startCaddy } from "./caddy.mjs";
import { envoy, families, refused, requests, service, sizes, stream, waving, waypoint, ztunnel } from "./mesh.mjs";
import { openMetrics } from "./openmetrics.mjs";
import { freePort } from "./program.mjs";
import { askRange, startPrometheus } from "./prometheus.mjs";
import { recorded } from "./recorded.mjs";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** How far the history reaches back and ahead. */
const REACH = 30 * MINUTE;

/** Seconds since 1970 at which `nightly` was not scraped: samples are missing from 12 to 6 minutes before `now`. */
export const hole = (now) => ({ from: now - 12 * MINUTE, to: now - 6 * MINUTE });

/** The restart of the counters of `restarter`, a little before `now`. */
export const restart = (now) => now - 9 * MINUTE;

/** B/s of the flow with the most to tell: both ends count it, the client's a little less, as a late scrape would. */
export const STORE = {
  sent: waving(1_200, 0.5, 20 * MINUTE),
  received: waving(5_000, 0.4, 14 * MINUTE),
};

/** Every series of the mesh. */
export function mesh(now) {
  const both = (of, source, target, make) => ["source", "destination"].map((one) => make(of(one, source, target), one));
  const without = ({ from, to }, counted) => (secs) => (secs > from && secs < to ? undefined : counted(secs));
  const restarted = (per_sec) => (secs) => per_sec * (secs - (secs < restart(now) ? now - 10 * HOUR : restart(now)));
  const grpc = (labels, status, per_sec) =>
    requests({ ...labels, request_protocol: "grpc", grpc_response_status: status }, per_sec);
  const less = (counted) => (secs) => 0.97 * counted(secs);
  return [
    both(envoy, "shop/web", "shop/cart", (one) => [requests(one, 8), requests(one, 0.5, "503")]),
    both(envoy, "shop/cart", "shop/stock", (one) => [grpc(one, "0", 3), grpc(one, "14", 1)]),
    both(envoy, "shop/cart", "shop/cache", (one) => stream(one, { sent: 700, received: 2_500 })),
    both(envoy, "shop/web", "shop/images", (one) => [
      requests(one, 2),
      sizes({ ...one, response_code: "200" }, { sent: 900, received: 64_000 }),
    ]),
    both(ztunnel, "ledger/poster", "ledger/store", (one, reporter) => {
      const seen = reporter === "source" ? less : (counted) => counted;
      return stream(one, { sent: seen(STORE.sent), received: seen(STORE.received) });
    }),
    stream(ztunnel("source", "ledger/poster", "ledger/waypoint", service("rates", "ledger")), { sent: 300, received: 4_000 }),
    requests(waypoint("ledger/waypoint", "ledger/poster", "ledger/rates"), 5),
    stream(ztunnel("destination", "ledger/waypoint", "ledger/rates"), { sent: 310, received: 4_100 }),
    both(ztunnel, "ledger/nightly", "ledger/store", (one) =>
      stream(one, { sent: without(hole(now), waving(400, 0, MINUTE)), received: without(hole(now), waving(80, 0, MINUTE)) }),
    ),
    both(ztunnel, "ledger/restarter", "ledger/store", (one) => stream(one, { sent: restarted(600), received: restarted(60) })),
    // A client whose connections are refused: its own ztunnel tells, and counts no byte.
    refused(ztunnel("source", "ledger/stray", "ledger/store"), 0.1),
    // Requests that have stopped; of the second server no proxy is scraped.
    both(envoy, "shop/web", "shop/retired", (one) => requests(one, () => 1_000)),
    requests(envoy("source", "shop/web", "shop/mute"), () => 1_000),
    recorded(),
  ].flat(Infinity);
}

/**
 * Starts it, with a history from half an hour ago to half an hour ahead.
 * @returns {Promise<{now: number, prometheus: object, gateway: object, config: object, ask: Function, close: Function}>}
 *   config: what the page is to be told; ask: an independent range query.
 */
export async function startWorld() {
  const now = Math.floor(Date.now() / 1_000);
  const history = openMetrics({ from: now - REACH, to: now + REACH, families: families(mesh(now)) });
  const prometheus = await startPrometheus({ history });
  try {
    const gateway = await startCaddy({ prometheus: `127.0.0.1:${prometheus.port}`, jaeger: `127.0.0.1:${await freePort()}` });
    const config = {
      backends: [{ name: "test", url: `${gateway.url}/prometheus` }],
      defaults: { range: "20m", refresh: "off" },
      language: "en",
    };
    const close = () => gateway.close().finally(prometheus.close);
    return { now, prometheus, gateway, config, ask: (...query) => askRange(prometheus.url, ...query), close };
  } catch (cause) {
    await prometheus.close();
    throw cause;
  }
}
