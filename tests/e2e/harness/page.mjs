// The built page, served as `make run` serves it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { start } from "../../../.make/serve.mjs";

/** The built page's folder: dist/, or what WAYSCOPE_DIST names. */
export const DIST = process.env.WAYSCOPE_DIST || fileURLToPath(new URL("../../../dist", import.meta.url));

/**
 * @param {object} options config: what config.json holds, in place of the shipped one; and those of .make/serve.mjs
 *   (connect, csp, base, overrides, …).
 * @returns {Promise<{url: string, port: number, close: () => Promise<void>}>}
 */
export async function startPage({ config, overrides = {}, dir = DIST, ...options } = {}) {
  if (!existsSync(`${dir}/index.html`)) throw new Error(`${dir} holds no page: run \`make dist\``);
  const all = config === undefined ? overrides : { ...overrides, "/config.json": JSON.stringify(config) };
  return start({ dir, overrides: all, ...options });
}
