// History as OpenMetrics text, for `promtool tsdb create-blocks-from openmetrics`.

/**
 * @param {object} history from, to: seconds since 1970; step_secs; families: [{name, type, series}], where name has no
 *   `_total`, type is "counter", "gauge" or "unknown", and a series is {labels, value} with value(secs) a number, or undefined
 *   where the series has no sample.
 * @returns {string} samples grouped by series, as the format wants
 */
export function openMetrics({ from, to, step_secs = 15, families }) {
  const lines = [];
  for (const { name: family, type, series } of families) {
    lines.push(`# TYPE ${family} ${type}`);
    const metric = type === "counter" ? `${family}_total` : family;
    for (const { labels, value } of series) {
      const name = `${metric}{${pairs(labels)}}`;
      for (let at = Math.ceil(from / step_secs) * step_secs; at <= to; at += step_secs) {
        const sample = value(at);
        if (sample !== undefined) lines.push(`${name} ${sample} ${at}`);
      }
    }
  }
  lines.push("# EOF\n");
  return lines.join("\n");
}

/** A counter that rises by `per_sec` since a fixed instant, so that no window sees a reset. */
export const rising = (per_sec, since = 1_700_000_000) => (secs) => Math.round(per_sec * (secs - since) * 1_000) / 1_000;

function pairs(labels) {
  const escaped = (text) => String(text).replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
  return Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`).join(",");
}
