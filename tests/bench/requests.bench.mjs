// How many requests a refresh costs the back end: as many for hundreds of namespaces as for one.
import { launchBrowser } from "../e2e/harness/browser.mjs";
import { explore } from "../e2e/harness/explorer.mjs";
import { answering, startFaulty } from "../e2e/harness/faulty.mjs";
import { envoy } from "../e2e/harness/mesh.mjs";
import { row, table } from "./measure/tables.mjs";

const NAMESPACES = [1, 50, 500];
const MOST = 12;

/** Every namespace has two workloads, and calls its own and the next one's. */
const rows = (namespaces) =>
  Array.from({ length: namespaces }, (_, place) => {
    const next = (place + 1) % namespaces;
    return [`team-${place}/api`, ...(next === place ? [] : [`team-${next}/web`])].map((target) => [
      { ...envoy("destination", `team-${place}/web`, target), response_code: "200" },
      5,
    ]);
  }).flat();

async function countRequests(browser, dir, namespaces) {
  const reply = answering({ istio_requests_total: rows(namespaces) });
  const faulty = await startFaulty(reply);
  try {
    const config = { backends: [{ name: "test", url: faulty.url }], defaults: { refresh: "off" }, language: "en" };
    let counted;
    await explore(browser, { dir, config, connect: faulty.url }, async (shown) => {
      await shown.settled();
      const first = faulty.asked.length;
      const { nodes } = await shown.graph();
      const drawn = new Set(nodes.map(({ namespace }) => namespace)).size;
      if (drawn !== namespaces) throw new Error(`${drawn} of ${namespaces} namespaces are drawn`);
      const isAskedAgain = new Promise((resolve) => {
        faulty.reply = (asked) => (resolve(), reply(asked));
      });
      await shown.click("[data-part=refresh]");
      await isAskedAgain;
      await shown.settled();
      counted = { namespaces, first, refresh: faulty.asked.length - first };
    });
    return counted;
  } finally {
    await faulty.close();
  }
}

export default async function* measure({ dist }) {
  const browser = await launchBrowser("chromium");
  try {
    const counted = [];
    for (const namespaces of NAMESPACES) counted.push(await countRequests(browser, dist, namespaces));
    const rows = counted.map(({ namespaces, refresh }) => row({ what: "of a refresh", size: namespaces, ours: refresh, target: { most: Math.min(MOST, counted[0].refresh) } }));
    const first = counted.map(({ namespaces, first: requests }) => row({ what: "of the first load, with what is asked once", size: namespaces, ours: requests }));
    yield table("Requests to the back end, by the number of namespaces", [...rows, ...first]);
  } finally {
    await browser.close();
  }
}
