// What charts have in common: lines over the same times, on the same room, up to the pixels.

export const SIZE = { width: 1200, height: 600 };
const FIRST_SECS = 1_760_000_000;
const STEP_SECS = 15;

/** {times: seconds, lines: rows of numbers}: walks that keep above zero, and jump now and then. */
function walks(lines, points, seed) {
  let state = seed;
  const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const walk = () => {
    let value = 100 + chance() * 300;
    return Array.from({ length: points }, () => {
      value += (chance() - 0.5) * 20 + (chance() < 0.005 ? 80 * (chance() - 0.5) : 0);
      return Math.max(0, value);
    });
  };
  return { times: Array.from({ length: points }, (_, place) => FIRST_SECS + place * STEP_SECS), lines: Array.from({ length: lines }, walk) };
}

/** Makes what was said to canvases be done. */
function settle() {
  for (const canvas of document.querySelectorAll("canvas")) canvas.getContext("2d").getImageData(0, 0, 1, 1);
}

/**
 * Makes a chart measurable; `data` is {times, lines, width: of a line, where it is not the chart's own}. draw(stage, data) makes it, update(data) shows other data on it, remove() ends it; the first
 * two may give a promise.
 */
export function measure({ draw, update, remove }) {
  const stage = document.getElementById("stage");
  let data;
  const timed = async (act) => {
    const start = performance.now();
    await act();
    settle();
    return performance.now() - start;
  };
  globalThis.peer = {
    /** Not measured: the data, with which the next step begins. */
    prepare(lines, points, seed, width) {
      data = { ...walks(lines, points, seed), width };
    },
    draw: () => timed(() => draw(stage, data)),
    update: () => timed(() => update(data)),
    clear() {
      remove();
      stage.replaceChildren();
    },
  };
}
