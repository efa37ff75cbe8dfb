// A real Prometheus with a history of the test's own making.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, programPath, run, serve, temporaryFolder } from "./program.mjs";

/**
 * @param {object} options history: OpenMetrics text (see openmetrics.mjs), which may reach into the future, so that a
 *   test needs no exporter and no waiting; scrapeInterval: what its configuration claims (it scrapes nothing);
 *   corsOrigin: the pattern of origins, any by default; flags: further ones.
 * @returns {Promise<{url: string, port: number, close: () => Promise<void>}>}
 */
export async function startPrometheus({ history, scrapeInterval = "15s", corsOrigin = ".*", flags = [] } = {}) {
  const folder = temporaryFolder("prometheus");
  try {
    const [config, storage] = [join(folder.path, "prometheus.yml"), join(folder.path, "storage")];
    writeFileSync(config, `global: {scrape_interval: ${scrapeInterval}, evaluation_interval: 1h}\n`);
    mkdirSync(storage);
    if (history) {
      const text = join(folder.path, "history.txt");
      writeFileSync(text, history);
      await run(programPath("promtool"), ["tsdb", "create-blocks-from", "openmetrics", "-q", text, storage]);
    }
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = await serve(
      programPath("prometheus"),
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${storage}`,
        "--storage.tsdb.retention.time=30d",
        `--web.listen-address=127.0.0.1:${port}`,
        `--web.cors.origin=${corsOrigin}`,
        ...flags,
      ],
      { readyUrl: `${url}/-/ready` },
    );
    return { url, port, close: () => server.close().finally(folder.remove) };
  } catch (cause) {
    folder.remove();
    throw cause;
  }
}

/** The series that a query has at the given instants (evenly apart): Map of seconds to value, one for each series. */
export async function askRange(url, query, instants) {
  const [start, end] = [instants[0], instants.at(-1)];
  const step = instants.length > 1 ? Math.min(...instants.slice(1).map((at, place) => at - instants[place])) : 1;
  const form = new URLSearchParams({ query, start, end, step });
  const answer = await (await fetch(`${url}/api/v1/query_range?${form}`)).json();
  if (answer.status !== "success") throw new Error(`${query}: ${answer.error}`);
  return answer.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: new Map(values.map(([at, value]) => [at, Number(value)])),
  }));
}
