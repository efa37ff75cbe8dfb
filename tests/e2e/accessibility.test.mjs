// The rules of WCAG that a machine can check, on both panes in both themes, and what a keyboard alone can do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const config = (theme) => ({ defaults: { refresh: "off" }, language: "en", theme });

async function assertAccessible(shown, what) {
  const violations = await shown.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => ["serious", "critical"].includes(impact))
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} — ${failureSummary}`).join("\n  ")}`);
  });
  assert.deepEqual(violations, [], what);
}

for (const theme of ["light", "dark"]) {
  test(`nothing serious is found in the ${theme} theme`, () =>
    explore(browser, { config: config(theme) }, async (shown) => {
      await shown.settled();
      await shown.page.evaluate(AXE);
      await assertAccessible(shown, "graph");
      await shown.open("[data-part=legend]");
      for (const menu of ["namespaces", "time", "display", "export", "settings"]) {
        await shown.open(`[data-part=${menu}]`);
        await assertAccessible(shown, menu);
        await shown.page.keyboard.press("Escape");
        await shown.inside((root, part) => root.querySelector(`[data-part=${part}] [aria-expanded=true]`)?.click(), menu);
      }
      await shown.click("[data-part=pane-table]");
      await shown.click("[data-part=edges] tbody button");
      await shown.flowsSettled();
      for (const folded of ["sent] [data-part=values", "queries", "tried"]) await shown.open(`[data-part=${folded}]`);
      await assertAccessible(shown, "tables and byte flows");
    }));
}

test("an edge is selected, its queries reached and let go again, by keys alone", () =>
  explore(browser, { config: config("light"), query: "?view=table" }, async (shown) => {
    await shown.settled();
    const { keyboard } = shown.page;
    const focused = () => shown.inside((root) => {
      const { activeElement } = root;
      return { text: activeElement?.textContent.trim() ?? "", label: activeElement?.getAttribute("aria-label") ?? "", part: activeElement?.dataset.part, outlined: activeElement && getComputedStyle(activeElement).outlineStyle !== "none" };
    });
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 250; presses++) {
        await keyboard.press("Tab");
        const now = await focused();
        if (wanted(now)) return now;
      }
      return assert.fail(`not reached: ${wanted}`);
    };
    const row = await tabTo(({ label }) => / to .*, (TCP|HTTP|gRPC)$/.test(label));
    assert.ok(row.outlined, "what has the focus is seen");
    await keyboard.press("Enter");
    await shown.flowsSettled();
    assert.match(await shown.textOf("[data-part=title]"), / → /);
    await tabTo(({ label }) => label === "Close");
    await keyboard.press("Enter");
    await shown.until((root) => root.querySelector("[data-part=title]") === null);
  }));

test("Escape folds what was unfolded, and leaves the rest", () =>
  explore(browser, { config: config("light"), query: "?operationNodes=true" }, async (shown) => {
    await shown.settled();
    const isOpen = (part) =>
      shown.inside((root, wanted) => {
        const element = root.querySelector(`[data-part=${wanted}]`);
        return element.hasAttribute("open") || element.querySelector("[aria-expanded=true]") !== null;
      }, part);
    await shown.click("[data-part=legend] summary");
    assert.ok(await isOpen("legend"));
    for (const [part, press] of [["notices", "summary"], ["export", "button"]]) {
      await shown.click(`[data-part=${part}] ${press}`);
      assert.ok(await isOpen(part), part);
      if (part === "notices") assert.ok((await shown.textsOf("[data-part=notices] li")).some((text) => text.includes("request_operation")));
      await shown.page.keyboard.press("Escape");
      assert.deepEqual([await isOpen(part), await isOpen("legend")], [false, true], part);
    }
    await shown.click("[data-part=export] button");
    await shown.click("[data-part=export-json]");
    await shown.page.keyboard.press("Escape");
    assert.equal(await isOpen("export"), false, "after a download");
    await shown.inside((root) => root.querySelector("[data-part=legend] summary").focus());
    await shown.page.keyboard.press("Escape");
    assert.equal(await isOpen("legend"), false);
  }));

test("numbers are sorted from the greatest on, and what is not known comes last either way", () =>
  explore(browser, { config: config("light"), query: "?view=table" }, async (shown) => {
    await shown.settled();
    const column = 3;
    const sortBy = (place) => shown.click(`[data-part=edges] thead th:nth-child(${place + 1}) button`);
    const cells = () => shown.textsOf(`[data-part=edges] tbody tr > :nth-child(${column + 1})`);
    const state = () => shown.inside((root, place) => root.querySelectorAll("[data-part=edges] thead th")[place].ariaSort, column);
    await sortBy(column);
    const down = await cells();
    assert.equal(await state(), "descending");
    await sortBy(column);
    const up = await cells();
    assert.equal(await state(), "ascending");
    const known = down.filter((text) => text !== "");
    assert.ok(known.length > 3 && known.length < down.length);
    for (const texts of [down, up]) assert.deepEqual(texts.map((text) => text === ""), down.map((_, place) => place >= known.length));
    assert.deepEqual(up.slice(0, known.length).map(parseFloat), known.map(parseFloat).reverse());
    await sortBy(0);
    const names = await shown.textsOf("[data-part=edges] tbody tr > :first-child");
    assert.deepEqual(names, [...names].sort(), "names from the first on");
  }));
