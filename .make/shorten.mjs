// The names by which a program and its JavaScript know each other, made short: they say much of the same twice, once in
// each, with hashes that no compression shortens.

/** Reads numbers and names of a WebAssembly module (https://webassembly.github.io/spec/core/binary/modules.html). */
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let [value, shift, byte] = [0, 1];
    do {
      byte = this.byte();
      value += (byte & 0x7f) * shift;
      shift *= 128;
    } while (byte & 0x80);
    return value;
  }
  slice(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }
  name() {
    return Buffer.from(this.slice(this.number())).toString();
  }
}

function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

const name = (text) => Buffer.concat([number(Buffer.byteLength(text)), Buffer.from(text)]);

/** Past what follows the kind of an import. */
const SKIP = {
  0: (reader) => reader.number(), // a function's type
  1: (reader) => (reader.byte(), limits(reader)), // a table
  2: (reader) => limits(reader), // a memory
  3: (reader) => reader.slice(2), // a global
  4: (reader) => (reader.byte(), reader.number()), // a tag
};

function limits(reader) {
  const flags = reader.byte();
  reader.number();
  if (flags & 1) reader.number();
}

/** The section with each name replaced by what `shorter` says. */
function imports(body, shorter) {
  const reader = new Reader(body);
  const count = reader.number();
  const rows = [number(count)];
  for (let row = 0; row < count; row++) {
    rows.push(name(reader.name()), name(shorter(reader.name())));
    const start = reader.at;
    SKIP[reader.byte()](reader);
    rows.push(body.subarray(start, reader.at));
  }
  return Buffer.concat(rows);
}

function exports(body, shorter, unwanted) {
  const reader = new Reader(body);
  const rows = [];
  for (let left = reader.number(); left > 0; left--) {
    const [long, kind, index] = [reader.name(), reader.byte(), reader.number()];
    if (!unwanted.test(long)) rows.push(Buffer.concat([name(shorter(long)), Buffer.from([kind]), number(index)]));
  }
  return Buffer.concat([number(rows.length), ...rows]);
}

/**
 * The program and its JavaScript, as wasm-bindgen made them, with short names between them.
 * @param {Buffer} wasm
 * @param {string} js
 * @param {RegExp} unwanted names of exports that nobody asks for: what only they need can go.
 */
export function shorten(wasm, js, unwanted) {
  const short = new Map();
  const shorter = (long) => {
    if (!short.has(long)) short.set(long, `_${short.size.toString(36)}`);
    return short.get(long);
  };
  const reader = new Reader(wasm, 8);
  const sections = [wasm.subarray(0, 8)];
  while (reader.at < wasm.length) {
    const kind = reader.byte();
    let body = reader.slice(reader.number());
    if (kind === 2) body = imports(body, shorter);
    if (kind === 7) body = exports(body, shorter, unwanted);
    sections.push(Buffer.from([kind]), number(body.length), body);
  }
  // Imports are keys of an object, exports are asked of `wasm` and of `instance.exports`.
  const renamed = js.replace(/(?<=[{,]\s*)(__wb\w+)(?=:\s)|(?<=\bwasm\.)(\w+)/g, (long) => short.get(long) ?? long);
  for (const [long] of short) {
    if (/^__wbg_/.test(long) && renamed.includes(long)) throw new Error(`\`${long}\` is still there`);
  }
  return { wasm: Buffer.concat(sections), js: renamed };
}
