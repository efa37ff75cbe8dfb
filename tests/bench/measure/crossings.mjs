// How often edges cross, counted and not estimated.
//
// Lines are sorted into the cells of a grid; a crossing of two lines counts in the one cell where it lies.

/** Lines that a cell holds about, where they are spread evenly. */
const PER_CELL = 2;

/** Points where two edges, [{source, target, points}], cross that share no end. */
export function crossings(edges) {
  const lines = split(edges);
  const cells = sort(lines);
  let found = 0;
  for (let cell = 0; cell + 1 < cells.starts.length; cell++) {
    const end = cells.starts[cell + 1];
    for (let one = cells.starts[cell]; one < end; one++) {
      for (let other = one + 1; other < end; other++) {
        if (crossesIn(lines, cells, cells.places[one], cells.places[other], cell)) found++;
      }
    }
  }
  return found;
}

/** All lines of all edges, by coordinate, with the ends of their edges. */
function split(edges) {
  const count = edges.reduce((sum, { points }) => sum + Math.max(0, points.length / 2 - 1), 0);
  const [fromX, fromY, toX, toY] = Array.from({ length: 4 }, () => new Float64Array(count));
  const [sources, targets] = [new Int32Array(count), new Int32Array(count)];
  let line = 0;
  for (const { source, target, points } of edges) {
    for (let at = 3; at < points.length; at += 2, line++) {
      [fromX[line], fromY[line], toX[line], toY[line]] = [points[at - 3], points[at - 2], points[at - 1], points[at]];
      [sources[line], targets[line]] = [source, target];
    }
  }
  return { count, fromX, fromY, toX, toY, sources, targets };
}

/** {starts, places, …}: the lines of each cell. */
function sort(lines) {
  const side = Math.max(1, Math.ceil(Math.sqrt(lines.count / PER_CELL)));
  const range = (one, other) => {
    let [least, most] = [Infinity, -Infinity];
    for (const list of [one, other]) for (const at of list) [least, most] = [Math.min(least, at), Math.max(most, at)];
    return [least, (most - least) / side || 1];
  };
  const [left, width] = range(lines.fromX, lines.toX);
  const [top, height] = range(lines.fromY, lines.toY);
  const frame = { side, left, top, width, height };
  const starts = new Int32Array(side * side + 1);
  for (let line = 0; line < lines.count; line++) visit(lines, frame, line, (cell) => starts[cell + 1]++);
  for (let cell = 0; cell < side * side; cell++) starts[cell + 1] += starts[cell];
  const next = starts.slice();
  const places = new Int32Array(starts[side * side]);
  for (let line = 0; line < lines.count; line++) visit(lines, frame, line, (cell) => (places[next[cell]++] = line));
  return { ...frame, starts, places };
}

const within = (cell, side) => Math.min(side - 1, Math.max(0, Math.floor(cell)));

/** Calls with each cell that a line touches, row by row. */
function visit({ fromX, fromY, toX, toY }, { side, left, top, width, height }, line, call) {
  const [x, y] = [(fromX[line] - left) / width, (fromY[line] - top) / height];
  const [endX, endY] = [(toX[line] - left) / width, (toY[line] - top) / height];
  const slope = endY === y ? 0 : (endX - x) / (endY - y);
  const [least, most] = [Math.min(x, endX), Math.max(x, endX)];
  for (let row = within(Math.min(y, endY), side); row <= within(Math.max(y, endY), side); row++) {
    let [from, to] = [least, most];
    if (endY !== y) {
      const [above, below] = [x + (row - y) * slope, x + (row + 1 - y) * slope];
      from = Math.max(least, Math.min(above, below));
      to = Math.min(most, Math.max(above, below));
    }
    // A hair more on both sides: what is rounded must not fall between two cells.
    for (let column = within(from - 1e-6, side); column <= within(to + 1e-6, side); column++) call(row * side + column);
  }
}

function crossesIn({ fromX, fromY, toX, toY, sources, targets }, { side, left, top, width, height }, one, other, cell) {
  const [source, target] = [sources[one], targets[one]];
  if (source === sources[other] || source === targets[other] || target === sources[other] || target === targets[other]) return false;
  const [x, y] = [toX[one] - fromX[one], toY[one] - fromY[one]];
  const before = x * (fromY[other] - fromY[one]) - y * (fromX[other] - fromX[one]);
  const after = x * (toY[other] - fromY[one]) - y * (toX[other] - fromX[one]);
  if (before * after >= 0) return false;
  const [otherX, otherY] = [toX[other] - fromX[other], toY[other] - fromY[other]];
  const first = otherX * (fromY[one] - fromY[other]) - otherY * (fromX[one] - fromX[other]);
  const last = otherX * (toY[one] - fromY[other]) - otherY * (toX[one] - fromX[other]);
  if (first * last >= 0) return false;
  const share = before / (before - after);
  const column = within((fromX[other] + share * otherX - left) / width, side);
  const row = within((fromY[other] + share * otherY - top) / height, side);
  return row * side + column === cell;
}
