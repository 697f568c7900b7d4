import type { Browser } from "playwright-core";
import { openPaper } from "../screenshots/paper.ts";
import { STEPS, type Day } from "./day.ts";

/** How often the cron's part is done, in milliseconds. */
const TICK = 5000;

/**
 * Lives a day at the desk of a paper of its own, in as many browsers as there are people. Prints each step, and returns how many went
 * well and how many did not: what follows a step that fails is not tried, since it goes on from there.
 */
export async function liveADay(
  browser: Browser,
  asked: { url?: string; key?: string },
): Promise<{ passed: number; failed: number }> {
  const paper = await openPaper(asked, { named: true });
  const day = { browser, paper, people: {}, story: { id: "", path: "" } } as unknown as Day;
  let passed = 0;
  let failed = 0;
  // Wrangler fires no cron by itself, and what the edge did not take at once is the cron's.
  const ticking = setInterval(
    () => void fetch(`${paper.url}/cdn-cgi/local/scheduled`).catch(() => null),
    TICK,
  );
  try {
    for (const [name, run] of STEPS) {
      const began = performance.now();
      try {
        await run(day);
        const complaints = Object.values(day.people).flatMap((person) =>
          person.complaints.splice(0),
        );
        if (complaints.length > 0) throw new Error(complaints.join("\n"));
        passed += 1;
        console.log(`  ✓ ${name} (${Math.round(performance.now() - began)} ms)`);
      } catch (error) {
        failed += 1;
        console.error(`  ✗ ${name}\n${error instanceof Error ? error.message : String(error)}`);
        await showScreens(day);
        break;
      }
    }
  } finally {
    clearInterval(ticking);
    for (const person of Object.values(day.people)) await person.close();
    await paper.close();
  }
  console.log(`The desk: ${passed} of ${STEPS.length} steps passed, ${failed} failed.`);
  return { passed, failed };
}

/** Where somebody was when a step failed: DESK_SHOTS names a folder for pictures of it. */
async function showScreens(day: Day): Promise<void> {
  const folder = process.env["DESK_SHOTS"];
  for (const [role, { page }] of Object.entries(day.people)) {
    console.error(`    ${role} was at ${page.url()}`);
    if (folder) await page.screenshot({ path: `${folder}/${role}.png` }).catch(() => null);
  }
}
