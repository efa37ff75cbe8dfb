// Prints what the files of dist/ weigh on the wire, and fails when the program weighs more than it may.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What the wasm, JavaScript and CSS of a page that asks a Prometheus may weigh together, with brotli. */
export const BUDGET_BYTES = 350_000;
/** What the demonstration mesh may weigh besides, which such a page never loads. */
export const DEMO_BUDGET_BYTES = 53_000;

/** Every file as {name, raw, gzip, brotli} in bytes, heaviest first; uncompressed where there is no compressed copy. */
export function sizes(dist) {
  return readdirSync(dist, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(dist, name)).isFile() && !/\.(br|gz)$/.test(name))
    .map((name) => {
      const path = join(dist, name);
      const raw = statSync(path).size;
      const of = (suffix) => (existsSync(path + suffix) ? statSync(path + suffix).size : raw);
      return { name, raw, gzip: of(".gz"), brotli: of(".br") };
    })
    .sort((a, b) => b.brotli - a.brotli);
}

const isOfDemo = ({ name }) => /^demo(_bg)?\./.test(name);
const sum = (files) => files.filter(({ name }) => /\.(wasm|js|css)$/.test(name)).reduce((sum, { brotli }) => sum + brotli, 0);

/** The page's weight in bytes with brotli, without the demonstration mesh. */
export const weight = (files) => sum(files.filter((file) => !isOfDemo(file)));
/** The weight of the demonstration mesh. */
export const demoWeight = (files) => sum(files.filter(isOfDemo));

/** The same as lines of text. */
export function table(files) {
  const row = (cells) => cells.map((cell, at) => (at ? String(cell).padStart(10) : String(cell).padEnd(38))).join("");
  return [
    row(["file", "bytes", "gzip", "brotli"]),
    ...files.map(({ name, raw, gzip, brotli }) => row([name, raw, gzip, brotli])),
    row(["wasm + JavaScript + CSS of the page", "", "", weight(files)]),
    row(["demonstration mesh, where it is asked", "", "", demoWeight(files)]),
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = sizes(process.argv[2] ?? "dist");
  console.log(table(files));
  const budgets = [["page", weight(files), BUDGET_BYTES], ["demonstration mesh", demoWeight(files), DEMO_BUDGET_BYTES]];
  for (const [what, weight, budget] of budgets.filter(([, weight, budget]) => weight > budget)) {
    console.error(`the ${what} is ${weight - budget} bytes over its budget of ${budget}`);
    process.exitCode = 1;
  }
}
