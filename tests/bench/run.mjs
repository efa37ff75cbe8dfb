// Prints what the program weighs, then what each `*.bench.mjs` beside this file reports.
// A benchmark's default export is an async function that gives lines of text, each of them measured there and then.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sizes, table } from "../../.make/sizes.mjs";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
console.log(table(sizes(dist)));

for (const name of readdirSync(new URL(".", import.meta.url)).filter((one) => one.endsWith(".bench.mjs")).sort()) {
  const { default: measure } = await import(new URL(name, import.meta.url));
  console.log(`\n${name}`);
  for (const line of await measure({ dist })) console.log(`  ${line}`);
}
