// npm run screenshots -- [names] [options]; --help lists them.
// Pictures of every kind of page for docs/tour.md, on a phone and on a laptop, by day and by night.
// It runs a paper of its own; with --url it takes one that runs, and puts back the settings that it changed.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { openBrowser } from "./screenshots/browser.ts";
import { picturesShown } from "./screenshots/faults.ts";
import { readOptions } from "./screenshots/options.ts";
import { findPages, MAGAZINE_PAGES, whileGone, whileMagazine } from "./screenshots/pages.ts";
import { GONE, KINDS, type PictureOfPage } from "./screenshots/kinds.ts";
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

const ALL = [...KINDS, GONE, ...MAGAZINE_PAGES];

const USAGE = `Usage: npm run screenshots -- [names] [options]

Takes pictures of every kind of page for docs/tour.md, into docs/screenshots/. Names take only those pages, as in
npm run screenshots -- front story. It runs a paper of its own with the stories of content/, unless --url names one.

  ${ALL.map(({ name }) => name).join(", ")}

  --url <address>  A site that runs; its settings are put back afterwards.
  --key <key>      A key of an admin there. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help           Print this.`;

await run(async () => {
  const asked = readOptions(
    process.argv.slice(2),
    USAGE,
    ALL.map(({ name }) => name),
  );
  if (!asked) {
    console.log(USAGE);
    return 0;
  }
  const { names } = asked;
  const chosen = (kinds: PictureOfPage[]) =>
    kinds.filter(({ name }) => names.length === 0 || names.includes(name));
  const paper = await openPaper(asked);
  const browser = await openBrowser();
  try {
    await mkdir(FOLDER, { recursive: true });
    const shoot = (pages: PictureOfPage[]) => shootAll(browser, paper, pages);
    const found = await findPages(paper, chosen(KINDS));
    const bytes =
      (await whileGone(paper, () => shoot([...found, ...chosen([GONE])]))) +
      (await whileMagazine(paper, () => shoot(chosen(MAGAZINE_PAGES))));
    console.log(`Wrote ${(bytes / 1e6).toFixed(1)} MB to docs/screenshots/.`);
    return 0;
  } finally {
    await browser.close();
    await paper.close();
  }
});

/** Takes every page on every screen in both schemes; returns the bytes written. */
async function shootAll(browser: Browser, paper: Paper, pages: PictureOfPage[]): Promise<number> {
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
        const response = await tab.goto(paper.url + address, { waitUntil: "networkidle" });
        const status = response?.status() ?? 0;
        if (status !== (missing ?? 200))
          throw new Refusal(
            `${paper.url}${address} answered ${status} instead of ${missing ?? 200}.`,
          );
        // What lies below the screen is in the picture, too, and is fetched only when it is near.
        await tab.setViewportSize({ width: screen.width, height: screen.bottom });
        await tab.waitForLoadState("networkidle");
        await tab.evaluate(picturesShown);
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
