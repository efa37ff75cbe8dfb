// A page of the benchmarks' own, in a browser of its own, for a script from tests/bench/peers.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { launchBrowser, until } from "../../e2e/harness/browser.mjs";
import { allThreads, familyOf, mainThreadMs, rendererOf } from "./cpu.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));
const BUILT = `${HERE}built`;
const TYPES = { ".json": "application/json", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const SIZE = { width: 1280, height: 800 };
/** Longer than anything that is measured. */
const PROTOCOL_TIMEOUT_MS = 300_000;
/** Without them a frame takes 16.7 ms or more, whatever it costs. */
const UNBOUND = ["--disable-frame-rate-limit", "--disable-gpu-vsync", "--enable-unsafe-swiftshader"];
/** Every page has the same chance, and the same clock for all: isolated pages have the finer one. */
const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const html = (name) => `<!doctype html><meta charset="utf-8"><title>${name}</title>
<style>html,body{margin:0;overflow:hidden;background:#fff}#stage{width:${SIZE.width}px;height:${SIZE.height}px;position:relative;overflow:hidden}</style>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/script/${name}.css"><div id="stage"></div>
<script>{let s=42;Math.random=()=>(s=(Math.imul(s,1664525)+1013904223)>>>0)/4294967296}</script>
<script type="module" src="/script/${name}.js"></script>`;

/** Node's own modules, which some bundles mention and none uses in a browser. */
const WITHOUT_NODE = {
  name: "without-node",
  setup(build) {
    build.onResolve({ filter: /^(fs|path|url|crypto|module|web-worker|node:.*)$/ }, ({ path }) => ({ path, namespace: "none" }));
    build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
  },
};

const bundles = new Map();

/** A script of tests/bench/peers with what it imports: {".js": text, ".css": text}. */
async function bundle(name) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `import "./peers/${name}";`, resolveDir: HERE },
    bundle: true, minify: true, write: false, outdir: BUILT, format: "esm", target: "es2022", jsx: "automatic", logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "empty", ".woff2": "empty", ".ttf": "empty", ".eot": "empty" },
    external: ["/built/*", "/dist/*"],
    plugins: [WITHOUT_NODE],
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [extname(path), text]));
}

function serve({ dist, given }) {
  const folders = { "/dist/": dist, "/built/": BUILT };
  const server = createServer(async ({ url }, response) => {
    const [, folder, name] = /^(\/\w+\/)([\w./-]+)$/.exec(url) ?? [];
    const end = extname(name ?? "");
    const send = (type, body) => response.writeHead(200, { ...HEADERS, "Content-Type": type, "Cache-Control": "no-store" }).end(body);
    try {
      if (folder === "/page/") return send("text/html", html(name));
      if (folder === "/script/") {
        const script = name.slice(0, -end.length);
        if (!bundles.has(script)) bundles.set(script, bundle(script));
        return send(TYPES[end], (await bundles.get(script))[end] ?? "");
      }
      if (folder === "/given/") return send("application/octet-stream", given[name]);
      send(TYPES[end], readFileSync(`${folders[folder]}/${name}`));
    } catch (cause) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end(String(cause));
    }
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
      }),
    ),
  );
}

/** What a browser's processes have spent on `page` from now on: {main(), all()} in milliseconds, and {contention}. */
export async function accounts(page) {
  const browser = page.browser().process().pid;
  const { pid, contention } = await rendererOf(page, browser);
  const all = allThreads(familyOf(browser));
  const [mainBefore, allBefore] = [mainThreadMs(pid), all()];
  return { contention, main: () => mainThreadMs(pid) - mainBefore, all: () => all() - allBefore };
}

/** Starts a browser that draws as fast as it can. */
export const launch = (args = []) =>
  launchBrowser("chromium", { args: [...UNBOUND, "--enable-precise-memory-info", ...args], protocolTimeout: PROTOCOL_TIMEOUT_MS });

/**
 * Opens a page with a script of tests/bench/peers, as `layout/elk.js`; gives {page, spent, close}: see `accounts`. The
 * script says that it is ready by setting `globalThis.peer`. `given`: bytes that it may fetch, by name, from /given/.
 */
export async function openBench(script, { dist, given = {}, args }) {
  const server = await serve({ dist, given });
  const browser = await launch(args);
  const close = async () => {
    // A page that is busy for ever does not close.
    browser.process().kill("SIGKILL");
    await browser.close().catch(() => {});
    await server.close();
  };
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    await page.setViewport(SIZE);
    await page.goto(`${server.url}/page/${script}`, { waitUntil: "load" });
    await until(page, () => globalThis.peer !== undefined).catch((cause) => {
      throw new Error(`${script} did not start: ${problems}`, { cause });
    });
    return { page, spent: await accounts(page), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}
