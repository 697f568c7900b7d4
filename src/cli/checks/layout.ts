import type { Page as Tab } from "playwright-core";
import { focusFaults, pageFaults } from "../screenshots/faults.ts";
import type { PictureOfPage } from "../screenshots/kinds.ts";
import type { Paper } from "../screenshots/paper.ts";
import { faultsAlone, type Check, type Finding } from "./check.ts";

/** In CSS pixels: the narrowest that WCAG 2.2 1.4.10 asks for, a phone, a laptop at double text size, a laptop, a wall. */
const WIDTHS = [320, 390, 640, 1280, 3840];

/** How many stops of the Tab key are looked at. */
const STOPS = 40;

/** From a small phone to a wall: nothing overflows, fails or is fetched from elsewhere, and the Tab key gets everywhere. */
export const layout: Check = {
  name: "layout",
  title: "Layout and keys, faults",
  async look({ browser, paper }, pages) {
    const faults = new Map<PictureOfPage, string[]>(pages.map((page) => [page, []]));
    for (const width of WIDTHS) {
      const context = await browser.newContext({
        viewport: { width, height: Math.max(700, Math.round(width * 0.56)) },
        reducedMotion: "reduce",
      });
      const tab = await context.newPage();
      for (const page of pages) {
        const seen = await lookAt(tab, paper, page);
        for (const fault of new Set(seen)) faults.get(page)?.push(`at ${width} px it ${fault}`);
      }
      await context.close();
    }
    return new Map<PictureOfPage, Finding>(
      [...faults].map(([page, its]) => [page, faultsAlone(its)]),
    );
  },
};

async function lookAt(tab: Tab, paper: Paper, { path, missing }: PictureOfPage): Promise<string[]> {
  const faults: string[] = [];
  tab.removeAllListeners();
  tab.on("console", (message) => {
    // A page that is missing says so.
    const { pathname } = new URL(message.location().url, paper.url);
    const isExpected = missing !== undefined && pathname === path;
    if (message.type() === "error" && !isExpected)
      faults.push(`makes the console say "${message.text()}"`);
  });
  tab.on("pageerror", (error) => faults.push(`runs a script, which failed: ${error.message}`));
  tab.on("dialog", (dialog) => {
    faults.push(`runs a script, which says "${dialog.message()}"`);
    void dialog.dismiss();
  });
  tab.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== paper.url && !request.url().startsWith("data:"))
      faults.push(`asks ${origin} for something`);
  });
  await tab.goto(paper.url + path, { waitUntil: "networkidle" });
  faults.push(...(await tab.evaluate(pageFaults)));
  for (let stop = 0; stop < STOPS; stop += 1) {
    await tab.keyboard.press("Tab");
    const fault = await tab.evaluate(focusFaults, stop);
    if (fault === "end") break;
    if (fault !== null) faults.push(fault);
  }
  return faults;
}
