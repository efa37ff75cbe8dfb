// A page with the explorer on it, and what a reader sees and does there.
import { openPage, until } from "./browser.mjs";
import { startPage } from "./page.mjs";

const rootOf = (page) => page.evaluateHandle(() => document.querySelector("wayscope-mesh")?.shadowRoot ?? null);

/**
 * Serves the page and opens it.
 * @param {object} options query: the address' query string; viewport, prepare: see browser.mjs; the rest: see page.mjs.
 */
export async function openExplorer(browser, { query = "", viewport, prepare, ...served } = {}) {
  const host = await startPage(served);
  try {
    const { page, problems } = await openPage(browser, host.url + query, { viewport, prepare });
    return { ...explorer(page), problems, host, close: () => page.close().finally(host.close) };
  } catch (cause) {
    await host.close();
    throw cause;
  }
}

/** Opens it for one test. */
export async function explore(browser, options, use) {
  const opened = await openExplorer(browser, options);
  try {
    await use(opened);
  } finally {
    await opened.close();
  }
}

/** The explorer on a page that is open: the first one, where there are several. */
export function explorer(page) {
  /** Gives what a function of the shadow root gives; of null where there is none yet. */
  const inside = async (look, ...args) => {
    const root = await rootOf(page);
    try {
      return await root.evaluate(look, ...args);
    } finally {
      await root.dispose();
    }
  };
  const wait = (look, ...args) => until({ evaluate: inside }, look, ...args);
  /** The element that a reader would point at, once it is there. */
  const find = async (selector) => {
    await wait((root, wanted) => root?.querySelector(wanted) !== null, selector);
    return page.$(`wayscope-mesh >>> ${selector}`);
  };
  const click = async (selector) => (await find(selector)).click();
  const textOf = (selector) => inside((root, wanted) => root?.querySelector(wanted)?.textContent.trim(), selector);
  const textsOf = (selector) =>
    inside((root, wanted) => [...root.querySelectorAll(wanted)].map((one) => one.textContent.trim()), selector);

  return {
    page,
    inside,
    until: wait,
    find,
    click,
    textOf,
    textsOf,
    /** Waits until no answer for the graph is awaited any more. */
    settled: () =>
      wait((root) => {
        const status = root?.querySelector("[data-part=status]");
        return status?.dataset.loading === "false" && (status.textContent !== "" || root.querySelector("[data-part=problem]"));
      }),
    /** Waits for the charts of what is selected, or the sentence why there are none. */
    flowsSettled: () => wait((root) => root?.querySelector("[data-part=flows]")?.dataset.loading === "false"),
    problemTexts: () => textsOf("[data-part=problem]"),
    /** What the element itself says of the graph. */
    graph: () => page.evaluate(() => document.querySelector("wayscope-mesh").exportJson()),
    /** Selects a row of a table, as a reader with a keyboard does; the pane of tables has to be there. */
    selectRow: (name) => click(`[data-part=tables] button[aria-label="${name}"]`),
    /** Opens a `details` or a menu, which may be open already. */
    open: (selector) =>
      find(selector).then((one) =>
        one.evaluate((element) => {
          if (element.tagName === "DETAILS") element.open = true;
          else if (element.querySelector("[aria-expanded=false]")) element.querySelector("[aria-expanded]").click();
        }),
      ),
    /** The table of one chart's values: [{name of line: value, at: seconds}], and the names in order. */
    async values(way) {
      await this.open(`[data-part=${way}] [data-part=values]`);
      await wait((root, part) => root.querySelector(`[data-part=${part}] [data-part=values] tbody tr`), way);
      return inside((root, part) => {
        const table = root.querySelector(`[data-part=${part}] [data-part=values] table`);
        const [, ...names] = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
        const rows = [...table.querySelectorAll("tbody tr")].map((row) => {
          const cells = [...row.querySelectorAll("td")].map((cell) => cell.dataset.value);
          return { at: Number(row.dataset.time), values: cells.map((value) => (value === undefined ? undefined : Number(value))) };
        });
        return { names, rows };
      }, way);
    },
  };
}
