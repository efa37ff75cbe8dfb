// Measuring again and again.

/** How often each thing is measured, unless REPEATS says otherwise, and how long that may take in all. */
export const REPEATS = Number(process.env.REPEATS ?? 5);
const PATIENCE_MS = 20_000;

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of runs, [{wall, cpu}]: each is too high where others use the machine; the lower median is nearer to the truth. */
export const leastMedian = (runs) => Math.min(median(runs.map(({ wall }) => wall)), median(runs.map(({ cpu }) => cpu)));

/** What `measure` gives, so many times; less often, but once at least, where that takes long. */
export async function repeated(measure, times = REPEATS) {
  const start = performance.now();
  const found = [];
  while (found.length < times && (found.length === 0 || performance.now() - start < PATIENCE_MS)) found.push(await measure());
  return found;
}

/** A promise's value, or an error that says what took too long. */
export function within(limit_ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} took more than ${limit_ms / 1_000} s`)), limit_ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
