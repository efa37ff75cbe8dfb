// The recorded scrape of real ztunnels (tests/data) as series over time.
import { readFileSync } from "node:fs";
import { rising } from "./openmetrics.mjs";

const SCRAPE = new URL("../../data/ztunnel-metrics.txt", import.meta.url);

/**
 * Every counter of traffic of the scrape as a series that rises by a thousandth of what it had counted, each second;
 * the same series as mesh.mjs makes.
 */
export function recorded() {
  const text = readFileSync(SCRAPE, "utf8");
  const lines = text.matchAll(/^(istio_tcp_\w+)_total\{(.*)\} (\d+)$/gm);
  return [...lines].map(([, family, pairs, count]) => ({
    family,
    type: "counter",
    labels: Object.fromEntries([...pairs.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
    value: rising(Number(count) / 1_000),
  }));
}
