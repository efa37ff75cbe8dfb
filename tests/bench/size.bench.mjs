// What the program weighs.
import { BUDGET_BYTES, sizes, table as weights, weight } from "../../.make/sizes.mjs";
import { row, table } from "./measure/tables.mjs";

const kilobytes = (value) => `${(value / 1_000).toFixed(1)} kB`;

export default async function* measure({ dist }) {
  const files = sizes(dist);
  yield weights(files);
  yield table("Size", [row({ what: "wasm, JavaScript and CSS, with brotli", ours: weight(files), target: { most: BUDGET_BYTES }, print: kilobytes })]);
}
