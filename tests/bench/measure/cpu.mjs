// Time that processes spent on a processor, from Linux's /proc: on a machine that does other things too, a clock tells
// mostly of those.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds in a tick of the kernel's accounts: USER_HZ is 100 wherever Chromium runs. */
const TICK_MS = 10;
const SPINS = 6e7;
const TRIES = 20;
const BETWEEN_TRIES_MS = 200;

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended.
    return "";
  }
}

/** The fields of /proc/PID/stat behind the name, which may hold anything. */
const fieldsOf = (pid) => {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/** A process and all that come from it. */
export function familyOf(pid) {
  const children = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(fieldsOf(name)[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const one of family) family.push(...(children.get(one) ?? []));
  return family;
}

/** What a process' first thread has spent, in milliseconds. */
export const mainThreadMs = (pid) => Number(read(`/proc/${pid}/task/${pid}/schedstat`).split(" ")[0]) / 1e6;

/** Tells what all threads of some processes have spent, in milliseconds, in steps of a tick. One that ends keeps what it had. */
export function allThreads(pids) {
  const spent = new Map();
  return () => {
    for (const pid of pids) {
      const [user, system] = fieldsOf(pid).slice(11, 13).map(Number);
      if (user + system > 0) spent.set(pid, (user + system) * TICK_MS);
    }
    return [...spent.values()].reduce((sum, ms) => sum + ms, 0);
  };
}

/** The process whose first thread is busy while the page is: {pid, contention}, wall time by CPU time of that work. */
export async function rendererOf(page, browserPid) {
  const spin = (count) => {
    const start = performance.now();
    let value = 1;
    for (let turn = 0; turn < count; turn++) value = (Math.imul(value, 1664525) + 1013904223) | 0;
    globalThis.spun = value;
    return performance.now() - start;
  };
  for (let turn = 0; turn < TRIES; turn++) {
    const renderers = familyOf(browserPid).filter((pid) => read(`/proc/${pid}/cmdline`).includes("--type=renderer"));
    const before = renderers.map(mainThreadMs);
    const wall = await page.evaluate(spin, SPINS);
    const spent = renderers.map((pid, place) => mainThreadMs(pid) - before[place]);
    const most = Math.max(...spent);
    // A tab that has just been opened is busy for a moment too.
    const others = spent.filter((ms) => ms > most / 3).length - 1;
    if (most > 20 && others === 0) return { pid: renderers[spent.indexOf(most)], contention: wall / most };
    await sleep(BETWEEN_TRIES_MS);
  }
  throw new Error("no process of the browser was busy with the page");
}
