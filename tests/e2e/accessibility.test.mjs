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
