// How drawings are moved: a second of panning the whole, a second of zooming in, a second of panning what is seen then.

/** How long it takes, in milliseconds. */
export const LENGTH_MS = 3_000;
const WINDOW = { width: 1280, height: 800 };
const STEPS = 600;
/** Names can be read at that zoom. */
const READABLE = 0.8;
/** How much of the window the whole takes. */
const FILLED = 0.95;
/** How far it is panned: a share of the whole's width, and then in pixels. */
const SWING = 0.15;
const STROLL = { x: 300, y: 200 };

/** The view of the whole of a layout, {x, y, zoom}; nodes are [left, top, right, bottom]. */
export function whole(rects) {
  const least = (at) => rects.reduce((found, rect) => Math.min(found, rect[at]), Infinity);
  const most = (at) => rects.reduce((found, rect) => Math.max(found, rect[at]), -Infinity);
  const [left, top, right, bottom] = [least(0), least(1), most(2), most(3)];
  const zoom = FILLED * Math.min(WINDOW.width / (right - left), WINDOW.height / (bottom - top));
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom, width: right - left };
}

/** All views in turn, each as long as the others. */
export function views(rects) {
  const { x, y, zoom, width } = whole(rects);
  const near = Math.max(READABLE, zoom);
  const at = (share) => {
    const turn = 2 * Math.PI * (share % 1);
    if (share < 1) return { x: x + SWING * width * Math.sin(turn), y, zoom };
    if (share < 2) return { x, y, zoom: zoom * (near / zoom) ** (share - 1) };
    return { x: x + (STROLL.x / near) * Math.sin(turn), y: y + (STROLL.y / near) * (1 - Math.cos(turn)), zoom: near };
  };
  return Array.from({ length: STEPS }, (_, step) => at((3 * step) / STEPS));
}
