// A headless browser, and pages that remember what went wrong in them.
import puppeteer from "puppeteer-core";
import { setTimeout as sleep } from "node:timers/promises";
import { programPath } from "./program.mjs";

const WAIT_TIMEOUT_MS = 45_000;
// A page that is busy for ever answers nothing: say so before the whole run is over.
const ANSWER_TIMEOUT_MS = 60_000;

// Without the background switches Chromium asks hosts of its maker at every start. Its sandbox needs rights that root
// and containers do not have; the only pages it opens here are our own.
const CHROMIUM_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
];

/** @param {"chromium" | "firefox"} name by default what WAYSCOPE_BROWSER says */
export async function launchBrowser(name = process.env.WAYSCOPE_BROWSER || "chromium", { args = [], ...options } = {}) {
  const which =
    name === "firefox"
      ? { browser: "firefox", executablePath: programPath("firefox", "firefox-esr"), args }
      : {
          browser: "chrome",
          executablePath: programPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
          args: [...CHROMIUM_FLAGS, ...args],
        };
  return puppeteer.launch({ protocolTimeout: ANSWER_TIMEOUT_MS, ...which, ...options });
}

/**
 * A new tab at an address. `problems` collects errors of the console, uncaught exceptions, requests that failed
 * (not those that the page gave up) and answers of 400 and more: a good page leaves it empty.
 */
export async function openPage(browser, url, { viewport = { width: 1280, height: 800 }, prepare } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (!/ABORTED/.test(reason)) problems.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (answer) => answer.status() >= 400 && problems.push(`answer: ${answer.url()} ${answer.status()}`));
  await page.setViewport(viewport);
  await prepare?.(page);
  await page.goto(url, { waitUntil: "load" });
  return { page, problems };
}

/**
 * Waits until a function of the page gives something true, and gives that. (Puppeteer's own waiting compiles text
 * in the page, which its policy forbids.)
 */
export async function until(page, test, ...args) {
  const giveUpAt = Date.now() + WAIT_TIMEOUT_MS;
  for (;;) {
    const value = await page.evaluate(test, ...args);
    if (value) return value;
    if (Date.now() > giveUpAt) throw new Error(`waited in vain for ${test}`);
    await sleep(50);
  }
}
