// What drawings of graphs have in common: all draw the same nodes at the same places, look at them through a window of
// 1280 × 800 pixels, and are moved alike.
//
// A drawing is made by mount(stage, graph, view), which resolves when it is there, and moved by look(view); a view is
// {x, y, zoom}: the place in the middle of the window, and pixels for a unit. A graph is {nodes: [{id, name, x, y, width,
// height, colour}], edges: [{id, source, target}]}, places by the middle of nodes.

export const WINDOW = { width: 1280, height: 800 };
/** Widths and colours are the same for all. */
export const EDGE = { width: 2, colour: "#aaa" };
const COLOURS = ["#2b9348", "#2b9348", "#2b9348", "#f0ab00", "#c9190b"];

export const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Waits until `test` gives true, frame by frame. */
export async function frames(test) {
  while (!test()) await frame();
}

/** Where the upper left corner of the drawing's own space lies in the window. */
export const shiftOf = ({ x, y, zoom }) => ({ x: WINDOW.width / 2 - x * zoom, y: WINDOW.height / 2 - y * zoom });

/** A graph and a layout of it as drawings take them. */
function placed({ nodes, edges }, rects) {
  return {
    nodes: nodes.map(({ name, width, height }, place) => {
      const [left, top, right, bottom] = rects[place];
      return { id: `n${place}`, name, width, height, x: (left + right) / 2, y: (top + bottom) / 2, colour: COLOURS[place % COLOURS.length] };
    }),
    edges: edges.map(([source, target], place) => ({ id: `e${place}`, source: `n${source}`, target: `n${target}` })),
  };
}

/**
 * Makes a drawing measurable: `peer.draw` gives how long the first one took, up to the second frame after it, and
 * `peer.move` the intervals between frames while it is moved, one step a frame. For `views` see views.mjs.
 */
export function measure({ mount, look }) {
  globalThis.peer = {
    async draw(graph, rects, view) {
      const given = placed(graph, rects);
      await frame();
      const start = performance.now();
      await mount(document.getElementById("stage"), given, view);
      await frame();
      await frame();
      return performance.now() - start;
    },
    async move(views, length_ms) {
      const intervals = [];
      const start = await frame();
      for (let now = start; now - start < length_ms; ) {
        look(views[Math.floor(((now - start) / length_ms) * views.length)]);
        const next = await frame();
        intervals.push(next - now);
        now = next;
      }
      return intervals;
    },
  };
}
