// From the bytes of an answer to the edges of the mesh.
import { DECODING_AIM, MEMORY_AIM } from "./aims.mjs";
import { requestsAnswers } from "./graphs/series.mjs";
import { openBench } from "./measure/bench_page.mjs";
import { median, repeated } from "./measure/repeat.mjs";
import { bytes, ms, row, table } from "./measure/tables.mjs";

const SERIES = [1_000, 10_000, 100_000];
/** Few series are read many times: what takes less than some milliseconds cannot be told from what surrounds it. */
const turnsFor = (series) => Math.max(1, Math.round(20_000 / series));

/** {cpu, memory}: milliseconds of the median of warm runs, and bytes of a fresh page. */
async function read(script, answers, turns, dist) {
  const given = Object.fromEntries(answers.map((bytes, place) => [`answer-${place}`, bytes]));
  const { page, spent, close } = await openBench(script, { dist, given, args: ["--js-flags=--expose-gc"] });
  try {
    await page.evaluate((names) => globalThis.peer.load(names), Object.keys(given));
    const { memory, edges } = await page.evaluate(() => globalThis.peer.peak());
    if (!(edges > 0)) throw new Error(`${script} found no edges`);
    const cpu = await repeated(async () => {
      const before = spent.main();
      await page.evaluate((count) => globalThis.peer.count(count), turns);
      return (spent.main() - before) / turns;
    });
    return { cpu: median(cpu), memory };
  } finally {
    await close();
  }
}

export default async function* measure({ dist, seed = 4_242 }) {
  const rows = [];
  for (const series of SERIES) {
    const answers = requestsAnswers(series, seed);
    const [ours, peer] = [
      await read("data/wayscope.js", answers, turnsFor(series), dist),
      await read("data/json.js", answers, turnsFor(series), dist),
    ];
    const best = (what) => ({ name: "JavaScript", value: peer[what] });
    rows.push(
      row({ what: "CPU of the main thread", size: series, ours: ours.cpu, best: best("cpu"), target: DECODING_AIM, print: ms }),
      row({ what: "memory at most", size: series, ours: ours.memory, best: best("memory"), target: MEMORY_AIM, print: bytes }),
    );
  }
  yield table("So many series of istio_requests_total, from bytes to edges", rows, [
    "Against JSON.parse and one edge for each client, server and protocol; ours tells hops, roles and reporters apart too.",
    "Memory: above that before, without the bytes that came; of wasm what was taken from the browser, of JavaScript its heap.",
    "More than 50,000 series come in more than one answer.",
  ]);
}
