// A real gateway, by the file that is shipped: deploy/caddy/Caddyfile.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "./page.mjs";
import { freePort, programPath, serve, temporaryFolder } from "./program.mjs";

export const CADDYFILE = fileURLToPath(new URL("../../../deploy/caddy/Caddyfile", import.meta.url));

/**
 * @param {object} options prometheus, jaeger: the addresses behind it, as `127.0.0.1:9090`; dist: the page that it
 *   serves; env: further settings of the file.
 * @returns {Promise<{url: string, port: number, close: () => Promise<void>}>}
 */
export async function startCaddy({ prometheus, jaeger, dist = DIST, env = {} } = {}) {
  const folder = temporaryFolder("caddy");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { WAYSCOPE_SITE: url, WAYSCOPE_BIND: "127.0.0.1", WAYSCOPE_DIST: dist, ...env };
  if (prometheus) settings.PROMETHEUS = prometheus;
  if (jaeger) settings.JAEGER = jaeger;
  try {
    const server = await serve(programPath("caddy"), ["run", "--config", CADDYFILE, "--adapter", "caddyfile"], {
      readyUrl: `${url}/healthz`,
      env: { XDG_CONFIG_HOME: join(folder.path, "config"), XDG_DATA_HOME: join(folder.path, "data"), ...settings },
    });
    return { url, port, close: () => server.close().finally(folder.remove) };
  } catch (cause) {
    folder.remove();
    throw cause;
  }
}
