// Starting programs of this machine: found by an environment variable or on the PATH, ready before they are used, and
// ended by their own process id.
import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

/** The path of the first of some programs; WAYSCOPE_<the first one's name> goes before all. */
export function programPath(...names) {
  const variable = `WAYSCOPE_${names[0].toUpperCase()}`;
  if (process.env[variable]) return process.env[variable];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // The next folder.
      }
    }
  }
  throw new Error(`\`${names[0]}\` is missing: run \`make test-e2e\`, which installs it, or set ${variable}`);
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A folder of one's own, and what removes it. */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `wayscope-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a program to its end; what it says is in the error when it fails. */
export async function run(program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said = record(child);
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${said()}`);
}

/**
 * Starts a server and waits until `readyUrl` answers.
 * @returns {Promise<{pid: number, close: () => Promise<void>}>}
 */
export async function serve(program, args, { readyUrl, env = {} }) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  const said = record(child);
  let ended;
  const end = new Promise((resolve) => child.once("error", resolve).once("close", resolve)).then((how) => (ended = how ?? "a signal"));
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);

  const close = async () => {
    process.off("exit", endWithUs);
    child.kill("SIGTERM");
    await Promise.race([end, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    if (ended === undefined) child.kill("SIGKILL");
    await end;
  };
  const giveUpAt = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    if (ended !== undefined) throw new Error(`${program} ended with ${ended}:\n${said()}`);
    if (await answers(readyUrl)) return { pid: child.pid, close };
    if (Date.now() > giveUpAt) {
      await close();
      throw new Error(`${program} did not answer at ${readyUrl}:\n${said()}`);
    }
    await sleep(50);
  }
}

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    (answer) => answer.body?.cancel().then(() => answer.ok),
    () => false,
  );

/** Keeps the last of what a process says. */
function record(child) {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (text = (text + piece).slice(-8_000)));
  return () => text;
}
