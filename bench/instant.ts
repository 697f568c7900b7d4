import { parseArgs } from "node:util";
import type { Browser, Locator, Page } from "playwright-core";
import { openBrowser } from "../src/cli/screenshots/browser.ts";
import { openSlowLine, SLOW_4G } from "./slow-line.ts";

// How long after a click a story is there, with and without pages being fetched ahead: `npm run bench:instant`, against a paper that
// `npm start` serves.

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:8787" },
    runs: { type: "string", default: "20" },
  },
});
const RUNS = Number(values.runs);

/** How a reader opens a story: where the pointer rests before it presses, and how long a press takes, in milliseconds. */
const WAYS = {
  "a pointer that rests 300 ms": { rest: 300, press: 80 },
  "a pointer that presses at once": { rest: 0, press: 80 },
};
type Way = keyof typeof WAYS;

/** What one click took, in milliseconds, and how the page came. */
interface Click {
  first: number;
  largest: number;
  delivered: string;
}

/** In the page: when it was painted, in epoch milliseconds, and how it came. */
const PAINTS = `new Promise((resolve) => {
  const { timeOrigin } = performance;
  const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const { deliveryType: delivered } = performance.getEntriesByType("navigation")[0];
  new PerformanceObserver((list) => {
    const largest = list.getEntries().at(-1).startTime;
    resolve({ first: timeOrigin + first, largest: timeOrigin + largest, delivered });
  }).observe({ type: "largest-contentful-paint", buffered: true });
})`;

const line = await openSlowLine(new URL(values.url), SLOW_4G);
const browser = await openBrowser();
try {
  await warm(new URL(values.url));
  console.log(`Chromium ${browser.version()}, ${RUNS} stories each, median (quartiles) in ms.\n`);
  console.log("| opened by | fetched ahead | first paint | largest paint | came ahead |");
  console.log("| --- | --- | --: | --: | --: |");
  for (const way of Object.keys(WAYS) as Way[]) {
    const clicks: Record<"yes" | "no", Click[]> = { no: [], yes: [] };
    // By turns, so that whatever else the machine does falls on both.
    for (let run = 0; run < RUNS; run += 1)
      for (const ahead of ["no", "yes"] as const)
        clicks[ahead].push(await openStory(browser, { way, ahead, story: run }));
    for (const ahead of ["no", "yes"] as const) console.log(rowOf(way, ahead, clicks[ahead]));
  }
  console.log(`\n${await crossed(browser)}`);
} finally {
  await browser.close();
  line.close();
}

function rowOf(way: Way, ahead: string, clicks: Click[]): string {
  const came = clicks.filter(({ delivered }) => delivered === "navigational-prefetch").length;
  const cells = [
    way,
    ahead,
    quartiles(clicks.map(({ first }) => first)),
    quartiles(clicks.map(({ largest }) => largest)),
    `${came} of ${clicks.length}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function quartiles(numbers: number[]): string {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return Math.round(low + (high - low) * (place % 1));
  };
  return `${at(0.5)} (${at(0.25)}–${at(0.75)})`;
}

/** Has the cache in front of the Worker know every page and picture that is measured: what is slow is then the line. */
async function warm(site: URL): Promise<void> {
  const front = await (await fetch(site)).text();
  const paths = [...front.matchAll(/<h[23] class="headline[^"]*"[^>]*><a href="([^"]+)"/g)];
  for (const [, path = ""] of paths) {
    const story = await (await fetch(new URL(path, site))).text();
    const pictures = /<source type="image\/avif" srcset="([^"]+)"/.exec(story)?.[1] ?? "";
    for (const [picture] of pictures.matchAll(/\/media\/\S+/g))
      await (await fetch(new URL(picture, site))).arrayBuffer();
  }
}

/** Opens the front page as a reader does who was never there, and then one of its stories. */
async function openStory(
  on: Browser,
  { way, ahead, story }: { way: Way; ahead: "yes" | "no"; story: number },
): Promise<Click> {
  const page = await openFront(on, ahead);
  const link = await storyOf(page, story);
  const { rest, press } = WAYS[way];
  await link.scrollIntoViewIfNeeded();
  // What came into sight with it is there before anyone reads so far.
  await page.waitForLoadState("networkidle");
  const box = await link.boundingBox();
  if (!box) throw new Error("The story's headline is not on the page");
  await page.mouse.move(box.x + Math.min(20, box.width / 2), box.y + Math.min(10, box.height / 2));
  await page.waitForTimeout(rest);
  await page.mouse.down();
  await page.waitForTimeout(press);
  const clicked = Date.now();
  await Promise.all([page.waitForEvent("load", { timeout: 60_000 }), page.mouse.up()]);
  await page.waitForTimeout(500);
  const painted = await page.evaluate<Click>(PAINTS);
  await page.context().close();
  return {
    first: painted.first - clicked,
    largest: painted.largest - clicked,
    delivered: painted.delivered,
  };
}

async function openFront(on: Browser, ahead: "yes" | "no"): Promise<Page> {
  const context = await on.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  if (ahead === "no") {
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setBlockedURLs", { urls: ["*/speculation-rules.json"] });
  }
  await page.goto(line.url.href, { waitUntil: "networkidle", timeout: 60_000 });
  return page;
}

/** A story with a picture that is not on the front page already in the size of its own: not the lead's. */
async function storyOf(page: Page, n: number): Promise<Locator> {
  const links = page.locator(".card:not(.lead):has(img) .headline a");
  const count = await links.count();
  if (count === 0) throw new Error(`The front page has no story with a picture: ${page.url()}`);
  return links.nth(n % count);
}

/** What a pointer costs that rests on nothing: it goes down the front page, over every headline on its way. */
async function crossed(on: Browser): Promise<string> {
  const page = await openFront(on, "yes");
  let ahead = 0;
  page.on("request", (request) => {
    if (request.headers()["sec-purpose"]?.startsWith("prefetch")) ahead += 1;
  });
  const links = page.locator(".headline a");
  const count = await links.count();
  for (let n = 0; n < count; n += 1) {
    await links.nth(n).scrollIntoViewIfNeeded();
    const box = await links.nth(n).boundingBox();
    if (box) await page.mouse.move(box.x + 10, box.y + 8, { steps: 5 });
    await page.waitForTimeout(100);
  }
  const passing = ahead;
  for (let n = 0; n < count; n += 1) {
    const box = await links.nth(n).boundingBox();
    await links.nth(n).scrollIntoViewIfNeeded();
    if (box) await links.nth(n).hover();
    await page.waitForTimeout(400);
  }
  await page.context().close();
  return `A pointer that passes over ${count} headlines of the front page, 100 ms on each, has ${passing} fetched; one that rests 400 ms on each, ${ahead - passing}.`;
}
