// After trunk: shortens, minifies and compresses what dist/ holds, and writes assets.json, by which other pages find the
// hashed names.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { shorten } from "./shorten.mjs";

const COMPRESSIBLE = /\.(html|js|css|wasm|json|svg|txt|webmanifest)$/;
const TOO_SMALL_BYTES = 256;

const dist = process.argv[2] ?? "dist";

const only = (pattern) => {
  const found = readdirSync(dist).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${dist} holds ${found.length} files like \`${pattern.source}\`, not 1`);
  return found[0];
};

const hash = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

// The page holds the hashes of the files that trunk has named; minified, they are others.
const page = join(dist, "index.html");
let html = readFileSync(page, "utf8");
const program = only(/-[0-9a-f]+_bg\.wasm$/);
const parts = [program, program.replace("_bg.wasm", ".js")].map((name) => join(dist, name));
const untouched = parts.map((name) => hash(readFileSync(name)));
// Streams that leptos can hand to a server are exported whether one asks for them or not.
const short = shorten(readFileSync(parts[0]), readFileSync(parts[1], "utf8"), /^intounderlying/);
writeFileSync(parts[0], short.wasm);
writeFileSync(parts[1], short.js);
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
const enabled = FEATURES.map((feature) => `--enable-${feature}`);
execFileSync("wasm-opt", [...enabled, "-Os", parts[0], "-o", parts[0]], { stdio: "inherit" });
parts.forEach((name, place) => (html = html.replace(untouched[place], hash(readFileSync(name)))));

const scripts = readdirSync(dist).filter((name) => /\.(js|css)$/.test(name)).map((name) => join(dist, name));
const before = scripts.map((name) => hash(readFileSync(name)));
execFileSync("esbuild", [...scripts, "--minify", "--allow-overwrite", `--outdir=${dist}`, "--log-level=warning"], { stdio: "inherit" });
scripts.forEach((name, place) => (html = html.replace(before[place], hash(readFileSync(name)))));

// Browsers do not check a preload of this kind, and say so on the console: boot.js hands the hash to its own fetch.
const preload = /<link\b[^>]*_bg\.wasm"[^>]*>/;
const marked = html.replace(preload, (tag) => tag.replace(' integrity="', ' data-integrity="'));
if (marked === html) throw new Error(`${page} preloads no wasm with a hash`);
writeFileSync(page, marked);

const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  // Node 20 calls the folder `path`, later versions `parentPath`.
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

for (const name of names) {
  // Operators edit the configuration in place: a compressed copy would outlive it.
  if (!COMPRESSIBLE.test(name) || basename(name) === "config.json") continue;
  const bytes = readFileSync(name);
  if (bytes.length < TOO_SMALL_BYTES) continue;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${name}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${name}.gz`, gzipSync(bytes, { level: 9 }));
}

const entry = (js, wasm) => ({ js, wasm, integrity: hash(readFileSync(join(dist, wasm))) });
const list = {
  ...entry(basename(parts[1]), program),
  // Loaded when the demonstration mesh is asked.
  demo: entry("demo.js", "demo_bg.wasm"),
};
// Last, because make takes this file for the sign that dist/ is whole.
writeFileSync(join(dist, "assets.json"), `${JSON.stringify(list, null, 2)}\n`);
