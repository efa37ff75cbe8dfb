// Runs the benchmarks, `*.bench.mjs` beside this file, one after the other, and prints what each finds.
//
// A benchmark's default export is a function that yields texts, each of them measured there and then. It is given {dist:
// the built page's folder, sizes: numbers of nodes, seed: of the graphs, or undefined for the one of their size}.
// The environment may say ONLY=layout,chart: which of them; SIZES=100,300; SEED=7; REPEATS=1 for a
// quick look.
import { readdirSync } from "node:fs";
import { DIST } from "../e2e/harness/page.mjs";
import { SIZES } from "./aims.mjs";

const { ONLY = "", SIZES: asked = "", SEED } = process.env;
const END = ".bench.mjs";
const names = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(END)).map((name) => name.slice(0, -END.length)).sort();
const chosen = ONLY === "" ? names : ONLY.split(",");
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length) throw new Error(`there is no benchmark \`${unknown}\`: ONLY takes ${names}`);

const options = {
  dist: DIST,
  sizes: asked === "" ? SIZES : asked.split(",").map(Number),
  seed: SEED === undefined ? undefined : Number(SEED),
};
const start = performance.now();
const texts = [];
for (const name of chosen) {
  const { default: measure } = await import(new URL(name + END, import.meta.url));
  for await (const text of measure(options)) {
    texts.push(text);
    console.log(`\n${text}`);
  }
}
const count = (sign) => texts.join("").split(sign).length - 1;
console.log(`\n${count("✓")} of ${count("✓") + count("✗")} aims are met; ${Math.round((performance.now() - start) / 60_000)} minutes`);
