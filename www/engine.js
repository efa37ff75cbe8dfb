// The one wasm instance of a page: every element shares it.

let started;
let starts = 0;
let released; // the files named by the first call
let policy; // Trusted Types
let demo; // the demonstration mesh

const listeners = new Set();

/**
 * Calls `stopped(exports, message)` when an engine ends by an error inside it. The next `load()` starts a new one.
 * @returns {() => void} ends the calls.
 */
export function onStop(stopped) {
  listeners.add(stopped);
  return () => listeners.delete(stopped);
}

/**
 * Starts the engine once, and gives its exports. Later calls give the first one's answer, whatever they ask for.
 * @param {{js: string, wasm: string, integrity?: string}} [files] absolute addresses, and the wasm's `sha384-…`;
 *   without, those of the release that lies beside this file.
 * @returns {Promise<object>} rejected with an Error whose message can be shown to a reader.
 */
export function load(files) {
  released ??= files;
  started ??= start(released).catch((cause) => {
    started = undefined;
    throw cause;
  });
  return started;
}

async function start(files) {
  if (typeof WebAssembly !== "object") {
    throw new Error("Wayscope needs WebAssembly, and this browser does not have it, or its policy turned it off.");
  }
  const { module, glue } = await instance(files ?? (await beside()));
  glue.setWorkers(() => startWorker(module));
  glue.setDemo(askDemo);
  glue.onStopped((message) => {
    started = undefined;
    for (const stopped of listeners) stopped(glue, message);
  });
  return glue;
}

/** A program, started: the address of its module, and what that exports. */
async function instance({ js, wasm, integrity = "" }) {
  // Another fragment is another module, with memory of its own; and what failed once is not tried again under the same.
  const module = starts++ === 0 ? js : `${js}#${starts}`;
  const [glue, response] = await Promise.all([
    import(module).catch((cause) => fail(`The program could not be loaded from ${js}.`, cause)),
    fetch(wasm, { integrity }).catch((cause) =>
      fail(`The program could not be loaded from ${wasm}, or it is not the file that was released.`, cause),
    ),
  ]);
  if (!response.ok) fail(`The program could not be loaded from ${wasm}: the server answered ${response.status}.`);
  await glue.default({ module_or_path: response }).catch((cause) => fail(refusal(cause), cause));
  return { module, glue };
}

/**
 * Asks the demonstration mesh, a program of its own that is loaded when it is first asked.
 * @returns {Promise<[number, Uint8Array]>} status and body of the answer to a request's path and form.
 */
async function askDemo(path, form) {
  try {
    return (await (demo ??= beside().then((files) => instance(files.demo)))).glue.answer(path, form);
  } catch (cause) {
    demo = undefined;
    throw cause;
  }
}

/** A worker with the same program. Throws where the page may have none; everything is done on the page then. */
function startWorker(js) {
  const address = new URL("worker.js", import.meta.url).href;
  // Whatever is asked for, this is the one script that it gives.
  policy ??= globalThis.trustedTypes?.createPolicy("wayscope", { createScriptURL: () => address });
  const worker = new Worker(policy?.createScriptURL("") ?? address, { type: "module", name: "wayscope" });
  worker.postMessage({ js });
  return worker;
}

/** The files of the release beside this file, by the list that the build writes. */
async function beside() {
  const list = new URL("assets.json", import.meta.url);
  const response = await fetch(list, { cache: "no-cache" }).catch((cause) =>
    fail(`The list of the program's files could not be loaded from ${list}.`, cause),
  );
  if (!response.ok) fail(`The list of the program's files could not be loaded: the server answered ${response.status}.`);
  const { demo, ...page } = await response.json();
  const absolute = ({ js, wasm, integrity }) => ({ js: new URL(js, list).href, wasm: new URL(wasm, list).href, integrity });
  return { ...absolute(page), demo: absolute(demo) };
}

function refusal(cause) {
  if (/content security policy|unsafe-eval|call to WebAssembly/i.test(cause?.message ?? "")) {
    return "This page's Content-Security-Policy does not let WebAssembly run.\nAdd 'wasm-unsafe-eval' to its script-src.";
  }
  return `The program could not be started: ${cause?.message ?? cause}`;
}

function fail(message, cause) {
  throw new Error(message, { cause });
}
