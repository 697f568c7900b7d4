// npm run screenshots [-- --url http://localhost:8787 --key bs_…]
// Pictures of every kind of page for docs/tour.md, on a phone and on a laptop, by day and by night.
// It runs a paper of its own; with --url it takes one that runs, and puts back the settings that it changed.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { Refusal, run } from "./refusal.ts";
import { openBrowser } from "./screenshots/browser.ts";
import {
  findPages,
  MAGAZINE_PAGES,
  whileGone,
  whileMagazine,
  type PageKind,
} from "./screenshots/pages.ts";
import { openPaper, type Paper } from "./screenshots/paper.ts";

const FOLDER = path.join(import.meta.dirname, "../../docs/screenshots");

/** What is shown, in CSS pixels: a phone and a laptop. A longer page is cut off at `bottom`. */
const SCREENS = [
  { width: 390, height: 844, bottom: 1300, sharpness: 1.25 },
  { width: 1280, height: 900, bottom: 1300, sharpness: 1 },
] as const;

const SCHEMES = ["light", "dark"] as const;

/** Of WebP: the halftones of the drawings make large files, so that all of them are at most 4 MB. */
const QUALITY = 40;

await run(async () => {
  const paper = await openPaper(process.argv.slice(2), "npm run screenshots");
  const browser = await openBrowser();
  try {
    await mkdir(FOLDER, { recursive: true });
    const shoot = (pages: PageKind[]) => shootAll(browser, paper, pages);
    const bytes =
      (await whileGone(paper, async (gone) => shoot([...(await findPages(paper)), gone]))) +
      (await whileMagazine(paper, () => shoot(MAGAZINE_PAGES)));
    console.log(`docs/screenshots/ has ${(bytes / 1e6).toFixed(1)} MB.`);
    return 0;
  } finally {
    await browser.close();
    await paper.close();
  }
});

/** Takes every page on every screen in both schemes; returns the bytes written. */
async function shootAll(browser: Browser, paper: Paper, pages: PageKind[]): Promise<number> {
  let bytes = 0;
  for (const screen of SCREENS) {
    for (const scheme of SCHEMES) {
      const context = await browser.newContext({
        viewport: { width: screen.width, height: screen.height },
        deviceScaleFactor: screen.sharpness,
        colorScheme: scheme,
      });
      const tab = await context.newPage();
      for (const { name, path: address, missing } of pages) {
        const answer = await tab.goto(paper.url + address, { waitUntil: "networkidle" });
        const status = answer?.status() ?? 0;
        if (status !== (missing ?? 200))
          throw new Refusal(
            `${paper.url}${address} answered ${status} instead of ${missing ?? 200}.`,
          );
        // What lies below the screen is in the picture, too, and is fetched only when it is near.
        await tab.setViewportSize({ width: screen.width, height: screen.bottom });
        await tab.waitForLoadState("networkidle");
        const png = await tab.screenshot({ animations: "disabled" });
        const webp = await sharp(png).webp({ quality: QUALITY, effort: 6 }).toBuffer();
        await writeFile(path.join(FOLDER, `${name}-${screen.width}-${scheme}.webp`), webp);
        bytes += webp.byteLength;
      }
      await context.close();
    }
  }
  return bytes;
}
