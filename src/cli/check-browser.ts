// npm run check:browser -- [options]; --help lists them.
// Looks at every kind of page in a real browser, from a small phone to a wall: nothing overflows, nothing is fetched from
// elsewhere, nothing fails, and who has no mouse and no eyes gets everywhere. Prints what is wrong and ends with 1.
import process from "node:process";
import type { Browser, Page as Tab } from "playwright-core";
import { run } from "./run.ts";
import { openBrowser } from "./screenshots/browser.ts";
import { focusFaults, pageFaults } from "./screenshots/faults.ts";
import { findPages, MAGAZINE_PAGES, whileGone, whileMagazine } from "./screenshots/pages.ts";
import { GONE, type PictureOfPage } from "./screenshots/kinds.ts";
import { readOptions } from "./screenshots/options.ts";
import { publishOdd } from "./screenshots/odd.ts";
import { openPaper, type Paper } from "./screenshots/paper.ts";

/** In CSS pixels: the narrowest that WCAG 2.2 1.4.10 asks for, a phone, a laptop at double text size, a laptop, a wall. */
const WIDTHS = [320, 390, 640, 1280, 3840];

/** How many stops of the Tab key are looked at. */
const STOPS = 40;

const USAGE = `Usage: npm run check:browser -- [options]

Looks at every kind of page in a real browser at ${WIDTHS.join(", ")} px, and prints what is wrong. It runs a paper of its
own with the stories of content/ and some odd ones, unless --url names one.

  --url <address>  A site that runs; its settings are put back afterwards.
  --key <key>      A key of an admin there. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help           Print this.`;

await run(async () => {
  const asked = readOptions(process.argv.slice(2), USAGE, []);
  if (asked) return check(await openPaper(asked));
  console.log(USAGE);
  return 0;
});

async function check(paper: Paper): Promise<number> {
  const browser = await openBrowser();
  try {
    const look = (pages: PictureOfPage[]) => lookAtAll(browser, paper, pages);
    // Only onto a paper that is gone afterwards.
    const odd = paper.own ? await publishOdd(paper) : [];
    const pages = [...(await findPages(paper)), ...odd];
    const faults = [
      ...(await whileGone(paper, () => look([...pages, GONE]))),
      ...(await whileMagazine(paper, () => look(MAGAZINE_PAGES))),
    ];
    for (const fault of faults) console.error(fault);
    console.log(
      `${pages.length + 1 + MAGAZINE_PAGES.length} pages at ${WIDTHS.length} widths: ${faults.length === 0 ? "nothing wrong" : `${faults.length} faults`}.`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await paper.close();
  }
}

async function lookAtAll(
  browser: Browser,
  paper: Paper,
  pages: PictureOfPage[],
): Promise<string[]> {
  const faults = new Set<string>();
  for (const width of WIDTHS) {
    const context = await browser.newContext({
      viewport: { width, height: Math.max(700, Math.round(width * 0.56)) },
      reducedMotion: "reduce",
    });
    const tab = await context.newPage();
    for (const page of pages) {
      const where = `${page.path} at ${width}`;
      const seen = await lookAt(tab, paper, page);
      for (const fault of seen) faults.add(`${where}: ${fault}`);
    }
    await context.close();
  }
  return [...faults];
}

async function lookAt(tab: Tab, paper: Paper, { path, missing }: PictureOfPage): Promise<string[]> {
  const faults: string[] = [];
  tab.removeAllListeners();
  tab.on("console", (message) => {
    // A page that is missing says so; and browsers ask for an icon that no page names.
    if (message.type() === "error" && !isExpected(message.location().url, path, missing))
      faults.push(`the console says "${message.text()}"`);
  });
  tab.on("pageerror", (error) => faults.push(`a script failed: ${error.message}`));
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

function isExpected(address: string, path: string, missing: number | undefined): boolean {
  const { pathname } = new URL(address, "http://localhost");
  return pathname === "/favicon.ico" || (missing !== undefined && pathname === path);
}
