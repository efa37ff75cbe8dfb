// Tables of what was found, and whether it is what was aimed at.

const MISSING = "–";

/** A number with three digits that count. */
export function digits(value) {
  if (value === undefined || Number.isNaN(value)) return MISSING;
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? String(Math.round(value)) : size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toFixed(3);
}

/** Milliseconds, or seconds where there are many. */
export const ms = (value) => (value === undefined ? MISSING : value >= 10_000 ? `${(value / 1_000).toFixed(1)} s` : `${digits(value)} ms`);
export const bytes = (value) => (value === undefined ? MISSING : `${digits(value / 1e6)} MB`);
export const share = (value) => (value === undefined ? MISSING : `${digits(100 * value)} %`);

/**
 * A row of a table: what, at which size; ours, and the least that a peer needs: {name, value}.
 * @param {object} target at most so much: {ratio} of the peer's, or {most}, and {least}, of the thing itself; none: it is
 *   only told.
 */
export function row({ what, size = "", ours, best, target = {}, print = digits }) {
  const ratio = best && ours !== undefined ? ours / best.value : undefined;
  const { ratio: most, ...bounds } = target;
  const aimed = [
    most === undefined ? "" : `ratio ≤ ${most}`,
    bounds.least === undefined ? "" : `≥ ${print(bounds.least)}`,
    bounds.most === undefined ? "" : `≤ ${print(bounds.most)}`,
  ].filter(Boolean);
  const isMet = () =>
    (most === undefined || ratio <= most) && (bounds.least === undefined || ours >= bounds.least) && (bounds.most === undefined || ours <= bounds.most);
  // Where no peer came to an end there is nothing to be compared with; where ours did not, the aim is missed.
  const isOpen = aimed.length === 0 || (ours !== undefined && most !== undefined && ratio === undefined);
  return {
    verdict: isOpen ? undefined : ours !== undefined && isMet(),
    cells: [what, String(size), print(ours), best ? `${print(best.value)} (${best.name})` : MISSING, digits(ratio), aimed.join(", ")],
  };
}

const HEAD = ["", "size", "ours", "best peer", "ratio", "aim"];

/** Rows as lines of text, each with its verdict; remarks below. */
export function table(title, rows, remarks = []) {
  const lines = [HEAD, ...rows.map(({ cells }) => cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => [...cells[column]].length)));
  const line = (cells, verdict) => `  ${cells.map((cell, column) => cell + " ".repeat(widths[column] - [...cell].length)).join("  ")}  ${verdict}`.trimEnd();
  const verdict = (met) => (met === undefined ? "" : met ? "✓" : "✗");
  return [
    title,
    line(HEAD, ""),
    ...rows.map((one) => line(one.cells, verdict(one.verdict))),
    ...remarks.map((remark) => `  ${remark}`),
  ].join("\n");
}
