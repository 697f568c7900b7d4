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
import { ROOMS, setScene, signedIn, type PictureOfDesk } from "./screenshots/desk.ts";
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

const ALL = [...KINDS, GONE, ...MAGAZINE_PAGES, ...ROOMS];

const USAGE = `Usage: npm run screenshots -- [names] [options]

Takes pictures of every kind of page for docs/tour.md, and of the desk for docs/desk.md, into docs/screenshots/. Names take only those pages, as in
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
  const chosen = <Kind extends { name: string }>(kinds: readonly Kind[]) =>
    kinds.filter(({ name }) => names.length === 0 || names.includes(name));
  await mkdir(FOLDER, { recursive: true });
  const browser = await openBrowser();
  try {
    const bytes =
      (await shootReaders(browser, asked, chosen)) +
      (await shootDesk(browser, asked, chosen(ROOMS)));
    console.log(`Wrote ${(bytes / 1e6).toFixed(1)} MB to docs/screenshots/.`);
    return 0;
  } finally {
    await browser.close();
  }
});

/** Those of a list that were asked for. */
type Chosen = <Kind extends { name: string }>(kinds: readonly Kind[]) => Kind[];
type Asked = NonNullable<ReturnType<typeof readOptions>>;

/** Takes the pages of readers; returns the bytes written. */
async function shootReaders(browser: Browser, asked: Asked, chosen: Chosen): Promise<number> {
  if (chosen([...KINDS, GONE, ...MAGAZINE_PAGES]).length === 0) return 0;
  const paper = await openPaper(asked);
  try {
    const shoot = (pages: PictureOfPage[]) => shootAll(browser, paper, pages);
    const found = await findPages(paper, chosen(KINDS));
    const bytes =
      (await whileGone(paper, () => shoot([...found, ...chosen([GONE])]))) +
      (await whileMagazine(paper, () => shoot(chosen(MAGAZINE_PAGES))));
    return bytes;
  } finally {
    await paper.close();
  }
}

/** Takes the rooms of the desk, in a newsroom of its own; returns the bytes written. */
async function shootDesk(
  browser: Browser,
  asked: Asked,
  rooms: readonly PictureOfDesk[],
): Promise<number> {
  if (rooms.length === 0) return 0;
  const paper = await openPaper(asked, { named: true });
  try {
    const scene = await setScene(paper.newsroom);
    const storageState = await signedIn(browser, paper);
    let bytes = 0;
    for (const screen of SCREENS) {
      for (const colorScheme of SCHEMES) {
        const context = await browser.newContext({
          storageState,
          viewport: { width: screen.width, height: screen.height },
          deviceScaleFactor: screen.sharpness,
          colorScheme,
          locale: "en-GB",
        });
        for (const { name, place, before } of rooms) {
          const tab = await context.newPage();
          await tab.goto(`${paper.url}/desk/#/${place(scene)}`, { waitUntil: "networkidle" });
          await before?.(tab);
          bytes += await keep(await tab.screenshot({ animations: "disabled" }), {
            name: `${name}-${screen.width}-${colorScheme}`,
          });
          await tab.close();
        }
        await context.close();
      }
    }
    return bytes;
  } finally {
    await paper.close();
  }
}

/** Writes a picture into docs/screenshots/; returns its bytes. */
async function keep(png: Buffer, { name }: { name: string }): Promise<number> {
  const webp = await sharp(png).webp({ quality: QUALITY, effort: 6 }).toBuffer();
  await writeFile(path.join(FOLDER, `${name}.webp`), webp);
  return webp.byteLength;
}

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
        bytes += await keep(png, { name: `${name}-${screen.width}-${scheme}` });
      }
      await context.close();
    }
  }
  return bytes;
}
