// npm run test:browser -- [checks] [options]; --help lists them.
// Looks at every kind of page as readers and their tools do: in a real browser from a small phone to a wall, by axe,
// Lighthouse, the Nu HTML checker, a reader view and a browser of text alone. Prints a table and what is wrong, and ends with 1.
import { liveADay } from "./day/live.ts";
import { axe } from "./checks/axe.ts";
import type { Bench, Check, Finding } from "./checks/check.ts";
import { HOSTILE_PAGES, publishHostile } from "./checks/hostile.ts";
import { layout } from "./checks/layout.ts";
import { lighthouse } from "./checks/lighthouse.ts";
import { markup } from "./checks/markup.ts";
import { readerMode } from "./checks/reader-mode.ts";
import { textBrowser } from "./checks/text-browser.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { openBrowser } from "./screenshots/browser.ts";
import { GONE, type PictureOfPage } from "./screenshots/kinds.ts";
import { readOptions } from "./screenshots/options.ts";
import { publishOdd } from "./screenshots/odd.ts";
import { findPages, MAGAZINE_PAGES, whileGone, whileMagazine } from "./screenshots/pages.ts";
import { openPaper, type Paper } from "./screenshots/paper.ts";
import { freePort } from "./start/port.ts";
import process from "node:process";

const CHECKS: readonly Check[] = [layout, axe, markup, readerMode, textBrowser, lighthouse];

/** A day at the desk, which is no check of readers' pages. */
const DESK = "desk";

const NAMES = [...CHECKS.map(({ name }) => name), DESK];

const USAGE = `Usage: npm run test:browser -- [checks] [options]

Looks at every kind of page in a real browser, and prints what is wrong. It runs two papers of its own: one with the stories
of content/ and some odd ones, and one in which every field is hostile; unless --url names one. "${DESK}" lives a day at the editors'
desk, in as many browsers as there are people, in a paper of its own.

  ${NAMES.join(", ")}: these checks alone.

  --url <address>  A site that runs; its settings are put back afterwards.
  --key <key>      A key of an admin there. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help           Print this.`;

await run(async () => {
  const asked = readOptions(process.argv.slice(2), USAGE, NAMES);
  if (!asked) {
    console.log(USAGE);
    return 0;
  }
  const isAsked = (name: string) => asked.names.length === 0 || asked.names.includes(name);
  const chosen = CHECKS.filter(({ name }) => isAsked(name));
  const checks = chosen.length > 0 ? await availableOf(chosen) : [];
  const port = await freePort();
  const browser = await openBrowser(port);
  try {
    // It changes what it finds: only a paper that is gone afterwards.
    const { failed } =
      isAsked(DESK) && asked.url === undefined ? await liveADay(browser, {}) : { failed: 0 };
    if (checks.length === 0) return failed === 0 ? 0 : 1;
    const sample = await openPaper(asked, { named: true });
    const faults = await whileOpen(sample, async (paper) =>
      lookAtSample({ browser, port, paper }, checks),
    );
    if (!sample.own) return faults + failed === 0 ? 0 : 1;
    const hostile = await openPaper({}, { named: true, fill: publishHostile });
    const more = await whileOpen(hostile, async (paper) =>
      report("A hostile paper", { browser, port, paper }, checks, HOSTILE_PAGES),
    );
    return faults + more + failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
});

async function whileOpen<T>(paper: Paper, during: (paper: Paper) => Promise<T>): Promise<T> {
  try {
    return await during(paper);
  } finally {
    await paper.close();
  }
}

/** Those that this machine can make; of the others it says what is missing. */
async function availableOf(checks: Check[]): Promise<Check[]> {
  const missing = await Promise.all(checks.map(async (check) => (await check.missing?.()) ?? null));
  missing.forEach((what, index) => {
    if (what !== null) console.error(`Without ${checks[index]?.name}: ${what}`);
  });
  const available = checks.filter((_, index) => missing[index] === null);
  if (available.length === 0) throw new Refusal("None of these checks can be made here.");
  return available;
}

async function lookAtSample(bench: Bench, checks: Check[]): Promise<number> {
  const { paper } = bench;
  // Only onto a paper that is gone afterwards.
  const odd = paper.own ? await publishOdd(paper) : [];
  const pages = [...(await findPages(paper)), ...odd];
  const first = await whileGone(paper, () =>
    report("The sample paper", bench, checks, [...pages, GONE]),
  );
  const second = await whileMagazine(paper, () =>
    report("The same as a magazine", bench, checks, MAGAZINE_PAGES),
  );
  return first + second;
}

/** Makes the checks on pages, prints a table of them and every fault, and returns how many there are. */
async function report(
  title: string,
  bench: Bench,
  checks: Check[],
  pages: PictureOfPage[],
): Promise<number> {
  const found: Map<PictureOfPage, Finding>[] = [];
  for (const check of checks) {
    console.error(`${title}: ${check.name} …`);
    found.push(await check.look(bench, pages));
  }
  const header = ["Page", ...checks.map((check) => check.title)];
  const rows = pages.map((page) => [
    page.name,
    ...found.map((findings) => findings.get(page)?.figure ?? "–"),
  ]);
  const table = [header, header.map(() => "---"), ...rows];
  console.log(`\n${title}\n\n${table.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`);
  const faults = checks.flatMap(({ name }, index) =>
    [...(found[index] ?? [])].flatMap(([page, finding]) =>
      finding.faults.map((fault) => `${name}: ${page.path}: ${fault}`),
    ),
  );
  for (const fault of faults) console.error(fault);
  console.log(
    faults.length === 0 ? "Nothing is wrong." : `${faults.length} things are wrong, see above.`,
  );
  return faults.length;
}
