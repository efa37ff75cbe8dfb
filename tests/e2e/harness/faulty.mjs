// A back end that answers as a test wants it to, and remembers what it was asked.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const CORS = {
  "Access-Control-Allow-Headers": "*, Authorization",
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Expose-Headers": "Date, Retry-After",
};

/** The body of an instant query's answer: rows are [labels, value]. */
export const vector = (rows, time, further = {}) =>
  JSON.stringify({
    status: "success",
    data: { resultType: "vector", result: rows.map(([metric, value]) => ({ metric, value: [time, String(value)] })) },
    ...further,
  });

/** The body of a range query's answer without series. */
export const EMPTY_MATRIX = '{"status":"success","data":{"resultType":"matrix","result":[]}}';

/** The body of a refusal. */
export const refusal = (errorType, error) => JSON.stringify({ status: "error", errorType, error });

/** The first metric of a query: which of the page's questions it is. */
export const metricOf = (query) => /\b(istio_\w+|up)(?=[{[])/.exec(query)?.[1];

/** Answers every question of the page as a Prometheus with these rows would: {metric: rows}. */
export const answering = (rows) => (asked) => {
  if (asked.path.endsWith("/status/config")) {
    return { body: JSON.stringify({ status: "success", data: { yaml: "global:\n  scrape_interval: 15s\n" } }) };
  }
  if (asked.path.endsWith("/query_range")) return { body: EMPTY_MATRIX };
  return { body: vector(rows[asked.metric] ?? [], Number(asked.form.get("time"))) };
};

/**
 * @param {(asked: {path, form, query, metric, headers, count}) => object | Promise<object>} reply gives {status, body,
 *   type, headers, delay_ms, cut, drop, cors}: cut leaves out so many bytes at the end; drop ends
 *   the connection, before an answer or, with cut, within it; `cors: false` leaves out the headers by which a page may
 *   read it. It can be exchanged: `server.reply = …`.
 * @returns {Promise<{url, asked: object[], open: number, most: number, close: Function}>} asked: every request but
 *   preflights, each with `ended`, "answered" or "aborted"; open: those under way; most: the most there were at once.
 */
export async function startFaulty(reply) {
  const faulty = { reply, asked: [], open: 0, most: 0 };
  const server = createServer(async (request, response) => {
    const readable = { "Access-Control-Allow-Origin": request.headers.origin ?? "*", ...CORS };
    if (request.method === "OPTIONS") return response.writeHead(204, readable).end();
    const url = new URL(request.url, "http://faulty");
    let body = "";
    for await (const piece of request) body += piece;
    const form = new URLSearchParams(request.method === "POST" ? body : url.search);
    const query = form.get("query") ?? "";
    const asked = { path: url.pathname, form, query, metric: metricOf(query), headers: request.headers, method: request.method, at_ms: Date.now() };
    asked.count = faulty.asked.push(asked);
    faulty.most = Math.max(faulty.most, ++faulty.open);
    response.once("close", () => {
      faulty.open--;
      asked.ended = response.writableFinished ? "answered" : "aborted";
    });
    const answer = await faulty.reply(asked);
    if (answer.delay_ms) await sleep(answer.delay_ms);
    const cut = answer.cut ?? 0;
    if (answer.drop && !cut) return request.socket.destroy();
    const bytes = Buffer.from(answer.body ?? "");
    response.writeHead(answer.status ?? 200, {
      "Content-Type": answer.type ?? "application/json",
      ...(cut && !answer.drop ? {} : { "Content-Length": bytes.length }),
      ...(answer.cors === false ? {} : readable),
      ...answer.headers,
    });
    const sent = bytes.subarray(0, bytes.length - cut);
    if (answer.drop) response.write(sent, () => request.socket.destroy());
    else response.end(sent);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  faulty.url = `http://127.0.0.1:${server.address().port}`;
  faulty.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return faulty;
}
