// What is aimed at, by the number of nodes: at most such a share of what the best peer needs ({ratio}), or at most and at
// least so much ({most, least}). Other sizes have the aim of the next smaller one that is named here, or of the least.

export const SIZES = [100, 300, 1_000, 3_000, 10_000];

const bySize = (...aims) => new Map(SIZES.map((size, place) => [size, aims[place] ?? {}]));
const everywhere = (aim) => bySize(...SIZES.map(() => aim));
const ratios = (...values) => bySize(...values.map((ratio) => ({ ratio })));
const most = (...values) => bySize(...values.map((value) => ({ most: value })));

export const AIMS = {
  layoutTime: bySize({ ratio: 0.5 }, { ratio: 0.25 }, { ratio: 0.1 }, { ratio: 0.03 }, { most: 2_000 }),
  crossings: ratios(0.9, 0.9, 0.8, 0.8),
  overlaps: everywhere({ most: 0 }),
  foreign: everywhere({ most: 0 }),
  /** Nodes that an edge runs through, on average. */
  through: most(0.2, 0.5, 1, 2),
  aspect: everywhere({ least: 0.5, most: 2 }),
  frameCpu: ratios(0.6, 0.6, 0.6, 0.5, 0.4),
  /** Share of frames over 33 ms, with levels of detail. */
  lateFrames: most(0, 0, 0, 0.05, 0.05),
  firstDraw: ratios(1, 0.8, 0.6, 0.6, 0.6),
};

export const CHART_AIM = { ratio: 0.7 };
export const DECODING_AIM = { ratio: 0.8 };
export const MEMORY_AIM = { ratio: 0.5 };
/** Of one task of the main thread, in milliseconds, from the answer to the drawn graph. */
export const TASK_AIM = { most: 50 };
/** The same when a reader looks elsewhere: more is felt as a page that hangs. */
export const LOOK_AIM = { most: 200 };

/** The aim of a size. */
export function aimAt(aims, size) {
  const known = SIZES.filter((one) => one <= size).at(-1) ?? SIZES[0];
  return aims.get(known);
}

/** How long a layout of so many nodes and edges may take, in milliseconds, by what was allowed at other numbers: [count, ms]. */
export function allowedAt(count, allowed) {
  const [first, ...rest] = [...allowed].sort(([one], [other]) => one - other);
  if (!first) return undefined;
  if (count <= first[0] || !rest.length) return (first[1] * count) / first[0];
  let before = first;
  let after = rest.find(([size]) => size >= count) ?? rest.at(-1);
  before = [first, ...rest].filter(([size]) => size < after[0]).at(-1);
  // Between two, and beyond the last, it grows as between those two.
  const slope = Math.log(after[1] / before[1]) / Math.log(after[0] / before[0]);
  return before[1] * (count / before[0]) ** slope;
}
