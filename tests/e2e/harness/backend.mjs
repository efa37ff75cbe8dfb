// A browser and a back end for the tests of one file.
import { after, before } from "node:test";
import { launchBrowser } from "./browser.mjs";
import { startFaulty } from "./faulty.mjs";

/** Starts both before the first test, gives them to `started`, and ends them after the last. For `reply` see faulty.mjs. */
export function withBackEnd(reply, started) {
  let browser, faulty;
  before(async () => {
    browser = await launchBrowser();
    faulty = await startFaulty(reply);
    started({ browser, faulty });
  });
  after(async () => {
    await browser?.close();
    await faulty?.close();
  });
}
