// English and Chinese, light and dark: every text and the picture's own colours.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./harness/browser.mjs";
import { explore } from "./harness/explorer.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const config = (more = {}) => ({ defaults: { refresh: "off" }, ...more });
const speaking = (languages) => (page) =>
  page.evaluateOnNewDocument((tags) => {
    Object.defineProperty(navigator, "languages", { get: () => tags });
    Object.defineProperty(navigator, "language", { get: () => tags[0] });
  }, languages);
const attribute = (shown, name) => shown.inside((root, wanted) => root.querySelector(".wayscope").getAttribute(wanted), name);
/** Every text on the page and every text for a screen reader, but the mesh's own names, which are the reader's. */
const texts = (shown) =>
  shown.inside((root) => {
    const said = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!parentElement.closest("code, tbody th, tbody td, .facts dd, .peers, [data-part=title], [data-part=caption], figcaption, .brand, [data-part=namespace], select, .chip")) {
        said.push(textContent.trim());
      }
    }
    for (const element of root.querySelectorAll("[aria-label], [title], [placeholder]")) {
      if (!element.closest("tbody, .peers")) for (const name of ["aria-label", "title", "placeholder"]) said.push(element.getAttribute(name) ?? "");
    }
    return [...new Set(said.filter(Boolean))];
  });
/** Opens everything that is folded, with an edge selected, and gathers the texts. */
async function allTexts(shown) {
  await shown.settled();
  const found = new Set();
  await shown.click("[data-part=pane-graph]");
  const gather = async () => (await texts(shown)).forEach((text) => found.add(text));
  await gather();
  await shown.open("[data-part=legend]");
  for (const menu of ["namespaces", "time", "display", "export", "settings"]) {
    await shown.open(`[data-part=${menu}]`);
    await gather();
    await shown.inside((root, part) => root.querySelector(`[data-part=${part}] [aria-expanded]`).click(), menu);
  }
  await shown.click("[data-part=pane-table]");
  for (const table of ["edges", "nodes"]) {
    await shown.click(`[data-part=${table}] tbody button`);
    await shown.flowsSettled();
    for (const folded of ["queries", "tried", "notices"]) await shown.open(`[data-part=${folded}]`).catch(() => {});
    await gather();
  }
  return [...found];
}

test("the browser's languages choose among those there are", async () => {
  for (const [languages, expected] of [
    [["zh-CN", "en"], "zh-Hans"],
    [["fr", "zh-SG"], "zh-Hans"],
    [["de", "en-GB"], "en"],
    [["fr"], "en"],
  ]) {
    await explore(browser, { config: config(), prepare: speaking(languages) }, async (shown) => {
      await shown.settled();
      assert.equal(await attribute(shown, "lang"), expected, languages.join());
    });
  }
});

test("a reader changes the language, which stays after a reload, and nothing of the other is left", () =>
  explore(browser, { config: config() }, async (shown) => {
    const english = await allTexts(shown);
    assert.equal(await attribute(shown, "lang"), "en");
    await shown.open("[data-part=settings]");
    await (await shown.find("[data-part=language] select")).select("zh-Hans");
    await shown.until((root) => root.querySelector(".wayscope").lang === "zh-Hans");
    await shown.page.reload();
    const chinese = await allTexts(shown);
    assert.equal(await attribute(shown, "lang"), "zh-Hans");
    const quantity = /^[\d.,]+\s?[KMG]?i?B?\/s$/;
    const words = (all) => all.filter((text) => /\p{L}{2}/u.test(text.replace(/Wayscope/g, "")) && !quantity.test(text));
    assert.deepEqual(words(english).filter((text) => /\p{Script=Han}/u.test(text)), []);
    // Names of protocols, and Istio's own terms, which its Chinese documentation keeps.
    const known = /^(HTTP|gRPC|TCP|Sidecar|Ambient|Waypoint|Ztunnel)$/;
    assert.deepEqual(words(chinese).filter((text) => !/\p{Script=Han}/u.test(text) && !known.test(text)), []);
    assert.deepEqual(words(chinese).filter((text) => english.includes(text) && !known.test(text)), []);
    assert.ok(words(chinese).length > 60, `${words(chinese).length} texts`);
    assert.deepEqual(shown.problems, []);
  }));

test("numbers and times are written as the language writes them", async () => {
  const status = async (language) => {
    let text;
    await explore(browser, { config: config({ language }), query: "?from=1700000000&to=1700003600" }, async (shown) => {
      await shown.settled();
      text = await shown.textOf("[data-part=status]");
    });
    return text;
  };
  assert.match(await status("en"), /Nov 1[45], 2023/);
  assert.match(await status("zh-Hans"), /2023年11月1[45]日/);
});

/** The brightness of the picture's ground, and how many colours it has. */
const picture = (shown) =>
  shown.inside((root) => {
    const { width, height } = root.querySelector("canvas[data-part=graph]");
    const { data } = root.querySelector("canvas[data-part=graph]").getContext("2d").getImageData(0, 0, width, height);
    const colours = new Map();
    for (let at = 0; at < data.length; at += 4 * 7) {
      const key = data.slice(at, at + 4).join();
      colours.set(key, (colours.get(key) ?? 0) + 1);
    }
    const text = getComputedStyle(root.querySelector(".wayscope")).color.match(/\d+/g).map(Number);
    const ground = getComputedStyle(root.querySelector(".wayscope")).backgroundColor.match(/\d+/g).map(Number);
    return { colours: [...colours.keys()], text: text[0] + text[1] + text[2], ground: ground[0] + ground[1] + ground[2] };
  });
const drawn = async (shown) => {
  await shown.settled();
  await shown.until((root) => {
    const canvas = root.querySelector("canvas[data-part=graph]");
    if (!canvas?.width) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
  });
  // The next two frames have the page's settled styles.
  await shown.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return picture(shown);
};

test("the theme follows the system, and repaints the picture when the system changes", () =>
  explore(browser, { config: config(), prepare: (page) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]) }, async (shown) => {
    const light = await drawn(shown);
    assert.ok(light.ground > 600 && light.text < 250, JSON.stringify([light.ground, light.text]));
    await shown.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    const dark = await drawn(shown);
    assert.ok(dark.ground < 200 && dark.text > 500, JSON.stringify([dark.ground, dark.text]));
    const same = light.colours.filter((colour) => dark.colours.includes(colour));
    assert.ok(same.length < light.colours.length / 4, `${same.length} of ${light.colours.length} colours are in both`);
  }));

test("a reader's theme goes before the system's, and stays after a reload", () =>
  explore(browser, { config: config(), prepare: (page) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]) }, async (shown) => {
    await shown.settled();
    await shown.open("[data-part=settings]");
    await (await shown.find("[data-part=theme] select")).select("dark");
    await shown.until((root) => root.querySelector(".wayscope").dataset.theme === "dark");
    await shown.page.reload();
    const { ground, text } = await drawn(shown);
    assert.ok(ground < 200 && text > 500);
    assert.deepEqual(await shown.page.evaluate(() => ({ ...localStorage })), { "wayscope:theme": "dark" });
  }));
