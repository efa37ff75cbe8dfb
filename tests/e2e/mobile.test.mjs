// A narrow touch screen: the panel comes over the picture and goes again, and nothing runs out of the screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";

const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const onPhone = (query, use) =>
  explore(browser, { config: { defaults: { refresh: "off" }, language: "en" }, viewport: PHONE, query }, use);
const assertFits = async (shown, what) => {
  const overflow = await shown.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${what}: ${overflow} pixels too wide`);
  const cut = await shown.inside((root) =>
    [...root.querySelectorAll("button, summary, select, input")]
      .filter((one) => one.checkVisibility() && !one.closest(".scroll, .scrollable"))
      .map((one) => ({ name: one.getAttribute("aria-label") || one.textContent.trim(), ...one.getBoundingClientRect().toJSON() }))
      .filter(({ left, right }) => left < -1 || right > innerWidth + 1)
      .map(({ name, left, right }) => `${name} ${left}…${right}`),
  );
  assert.deepEqual(cut, [], what);
};
const sideIsSeen = (shown) =>
  shown.inside((root) => {
    const side = root.querySelector("[data-part=side]");
    const { left, right, top, bottom } = side.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    return side.checkVisibility() && right > left && top < innerHeight && side.contains(root.elementFromPoint(x, y));
  });

test("the panel opens with a selection, shows the charts, and closes by its button", () =>
  onPhone("?view=table", async (shown) => {
    await shown.settled();
    await assertFits(shown, "tables");
    assert.equal(await sideIsSeen(shown), false);
    await (await shown.find("[data-part=edges] tbody button")).tap();
    await shown.flowsSettled();
    assert.equal(await sideIsSeen(shown), true);
    await assertFits(shown, "panel");
    await (await shown.find("[data-part=side] .side-head button")).tap();
    await shown.until((root) => root.querySelector("[data-part=title]") === null);
    assert.equal(await sideIsSeen(shown), false);
    assert.deepEqual(shown.problems, []);
  }));

test("menus open inside the screen", () =>
  onPhone("", async (shown) => {
    await shown.settled();
    await assertFits(shown, "graph");
    for (const menu of ["namespaces", "time", "display", "export", "settings"]) {
      await (await shown.find(`[data-part=${menu}] button`)).tap();
      const box = await shown.inside((root, part) => root.querySelector(`[data-part=${part}] .popover`)?.getBoundingClientRect().toJSON(), menu);
      assert.ok(box && box.left >= 0 && box.right <= PHONE.width && box.bottom <= PHONE.height, `${menu}: ${JSON.stringify(box)}`);
      await shown.page.keyboard.press("Escape");
      await shown.inside((root, part) => root.querySelector(`[data-part=${part}] [aria-expanded=true]`)?.click(), menu);
    }
  }));
