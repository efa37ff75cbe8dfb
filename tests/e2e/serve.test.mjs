// The static server of `make run`: what it gives away and what it does not.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { start } from "../../.make/serve.mjs";
import { temporaryFolder } from "./harness/program.mjs";

const HASHED = "page-0123456789abcdef.js";

let folder, server;
before(async () => {
  folder = temporaryFolder("serve");
  const dist = join(folder.path, "dist");
  mkdirSync(join(dist, "inner"), { recursive: true });
  writeFileSync(join(folder.path, "secret.txt"), "secret");
  writeFileSync(join(dist, "index.html"), "<p>page</p>");
  writeFileSync(join(dist, HASHED), "let a;");
  writeFileSync(join(dist, `${HASHED}.br`), brotliCompressSync("let a;"));
  writeFileSync(join(dist, "engine_bg.wasm"), "wasm");
  writeFileSync(join(dist, "config.json"), "{}");
  writeFileSync(join(dist, ".hidden"), "hidden");
  symlinkSync(join(folder.path, "secret.txt"), join(dist, "link.txt"));
  server = await start({ dir: dist });
});
after(async () => {
  await server?.close();
  folder?.remove();
});

/** One raw exchange: nothing tidies the path or unpacks the answer. */
const ask = (path, { method = "GET", headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: server.port, path, method, headers }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    });
    sent.once("error", reject).end();
  });

test("nothing outside the folder, hidden or missing is given away", async () => {
  const cases = [
    ["/../secret.txt", 404], ["/%2e%2e/secret.txt", 404], ["/inner/..%2f..%2fsecret.txt", 404], ["/..%5csecret.txt", 404],
    ["//secret.txt", 404], ["/link.txt", 404], ["/.hidden", 404], ["/index.html%00.js", 404], ["/inner", 404], ["/inner/", 404],
    ["/nothing.js", 404], ["/%ff", 400], ["/", 200], ["/?view=graph", 200], ["/config.json", 200],
  ];
  for (const [path, status] of cases) assert.equal((await ask(path)).status, status, path);
});

test("only GET and HEAD are answered", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, headers } = await ask("/", { method });
    assert.deepEqual([status, headers.allow], [405, "GET, HEAD"], method);
  }
  const head = await ask("/", { method: "HEAD" });
  assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, "11"]);
});

test("files have their types, and a lifetime by their name", async () => {
  const cases = [
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/config.json", "application/json", "no-cache"],
    ["/engine_bg.wasm", "application/wasm", "no-cache"],
    [`/${HASHED}`, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
  ];
  for (const [path, type, cache] of cases) {
    const { headers } = await ask(path);
    assert.deepEqual([headers["content-type"], headers["cache-control"]], [type, cache], path);
  }
});

test("a compressed copy goes to those who take it, under a tag of its own", async () => {
  const plain = await ask(`/${HASHED}`);
  const packed = await ask(`/${HASHED}`, { headers: { "Accept-Encoding": "gzip, br" } });
  const refused = await ask(`/${HASHED}`, { headers: { "Accept-Encoding": "br;q=0, gzip" } });
  assert.deepEqual([plain, packed, refused].map(({ headers }) => headers["content-encoding"]), [undefined, "br", undefined]);
  assert.equal(plain.body.toString(), "let a;");
  assert.notEqual(plain.headers.etag, packed.headers.etag);
  assert.equal(packed.headers.vary, "Accept-Encoding");
  const again = await ask(`/${HASHED}`, { headers: { "If-None-Match": plain.headers.etag } });
  assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test("other pages may load the program, and not the configuration", async () => {
  assert.equal((await ask(`/${HASHED}`)).headers["access-control-allow-origin"], "*");
  assert.equal((await ask("/config.json")).headers["access-control-allow-origin"], undefined);
});

test("every answer carries the policy", async () => {
  for (const path of ["/", `/${HASHED}`, "/nothing.js"]) {
    const { headers } = await ask(path);
    assert.match(headers["content-security-policy"], /^default-src 'none'; .*require-trusted-types-for 'script'; trusted-types wayscope$/, path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
  }
});
