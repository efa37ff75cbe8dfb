// A static file server for dist/: for `make run`, and the page's host in tests.
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
// What trunk names by its content never changes; every other file is asked for anew, by its ETag.
const HASHED = /-[0-9a-f]{8,}(_bg)?\.(js|css|wasm|svg)$/;
const ENCODINGS = { br: ".br", gzip: ".gz" };

/** The policy that the page is made for. `connect`: the origins of the back ends besides the page's own. */
export const policy = ({ connect = "", frameAncestors = "'none'" } = {}) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connect}`.trim(),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
    "require-trusted-types-for 'script'",
    "trusted-types wayscope",
  ].join("; ");

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  // Addresses carry the names of services.
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
};
// Other pages may embed the program; they may not read its configuration.
const PUBLIC = { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" };
const isPublic = (name) => /\.(js|css|wasm|svg)$|^\/assets\.json$/.test(name);

/** The file that a name stands for, or undefined: nothing outside `root`, nothing hidden, no folder. */
async function locate(root, name) {
  if (name.includes("\0") || name.split(/[/\\]/).some((part) => part.startsWith("."))) return undefined;
  const path = await realpath(join(root, name)).catch(() => undefined);
  if (!path?.startsWith(root + sep)) return undefined;
  const found = await stat(path);
  return found.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/** The smallest copy of a file that the client takes. */
async function copyFor(file, accepted) {
  const taken = accepted.split(",").map((one) => one.trim().split(/\s*;\s*q=/)).filter(([, q]) => Number(q ?? 1) > 0);
  for (const [encoding, suffix] of Object.entries(ENCODINGS)) {
    if (!taken.some(([name]) => name === encoding)) continue;
    const copy = await stat(file.path + suffix).catch(() => undefined);
    if (copy) return { path: file.path + suffix, size: copy.size, mtimeMs: copy.mtimeMs, encoding };
  }
  return file;
}

async function answer(request, response, { root, base, csp, overrides }) {
  const send = (status, headers = {}, body = "") => {
    response.writeHead(status, { ...HEADERS, "Content-Security-Policy": csp, ...headers });
    response.end(request.method === "HEAD" ? "" : body);
  };
  const plain = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  if (!["GET", "HEAD"].includes(request.method)) return send(405, { ...plain, Allow: "GET, HEAD" }, "method not allowed\n");

  let name;
  try {
    name = decodeURIComponent(request.url.split(/[?#]/, 1)[0]);
  } catch {
    return send(400, plain, "not an address\n");
  }
  if (!name.startsWith(base)) return send(404, plain, "not found\n");
  name = name.slice(base.length - 1);
  if (name.endsWith("/")) name += "index.html";

  const headers = {
    "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
    "Cache-Control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
    ...(isPublic(name) ? PUBLIC : {}),
  };
  if (Object.hasOwn(overrides, name)) return send(200, headers, overrides[name]);
  const file = await locate(root, name);
  if (!file) return send(404, plain, "not found\n");

  const copy = await copyFor(file, request.headers["accept-encoding"] ?? "");
  headers.Vary = "Accept-Encoding";
  headers.ETag = `"${copy.size.toString(36)}-${Math.trunc(copy.mtimeMs).toString(36)}-${copy.encoding ?? "plain"}"`;
  const known = (request.headers["if-none-match"] ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(headers.ETag)) return send(304, headers);
  headers["Content-Length"] = copy.size;
  if (copy.encoding) headers["Content-Encoding"] = copy.encoding;
  if (request.method === "HEAD") return send(200, headers);
  response.writeHead(200, { ...HEADERS, "Content-Security-Policy": csp, ...headers });
  await pipeline(createReadStream(copy.path), response).catch(() => response.destroy());
}

/**
 * Serves a folder.
 * @param {object} options dir: the folder; port: 0 for any free one; base: the path it lies below, as `/mesh/`;
 *   csp: the whole policy, or else connect and frameAncestors for `policy`; overrides: {"/config.json": text}, sent
 *   in place of files.
 * @returns {Promise<{port: number, url: string, close: () => Promise<void>}>}
 */
export async function start({ dir, port = 0, host = "127.0.0.1", base = "/", csp, connect, frameAncestors, overrides = {} }) {
  const options = { root: await realpath(dir), base, csp: csp ?? policy({ connect, frameAncestors }), overrides };
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { port: server.address().port, url: `http://${host}:${server.address().port}${base}`, close };
}

async function main() {
  const { values } = parseArgs({ options: { dir: { type: "string" }, port: { type: "string" }, connect: { type: "string" } } });
  const port = Number(values.port ?? 8080);
  try {
    const { url } = await start({ dir: values.dir ?? "dist", port, connect: values.connect });
    console.log(`Wayscope is at ${url} (stop it with Ctrl-C)`);
  } catch (cause) {
    console.error(cause.code === "EADDRINUSE" ? `port ${port} is taken: try PORT=${port + 1} make run` : cause.message);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
