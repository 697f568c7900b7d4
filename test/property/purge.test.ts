import "../support/node-shims.ts";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { ACTS, openStage, WIDE } from "../support/acts.ts";
import {
  chanceOf,
  newFindings,
  performAll,
  tableOf,
  type Findings,
  type Step,
} from "../support/purge-property.ts";
import { openSite } from "../support/sqlite-site.ts";

const findings = newFindings();

describe("what an act purges", () => {
  it("is what it changed, alone and two at once", { timeout: 180_000 }, async () => {
    await hold(findings, { runs: 5, steps: 42, seed: 20261125 });
    vi.restoreAllMocks();
    console.log(tableOf(findings), findings.families, findings.clauses);
    expect(true).toBe(true);
  });
});
afterAll(() => vi.useRealTimers());

async function hold(
  findings: Findings,
  { runs, steps, seed }: { runs: number; steps: number; seed: number },
) {
  // What changes every page takes longest to look at, and is soonest understood.
  const one = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...Object.keys(ACTS).filter((name) => !WIDE.has(name))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...WIDE) },
  );
  const step: fc.Arbitrary<Step> = fc.record({
    first: one,
    second: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: one }),
    after: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(step, { minLength: steps, maxLength: steps }),
      async (newsroom, all) => {
        for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
        vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 25, 12) });
        const paper = await openSite({ unlimited: true });
        const clock = {
          now: () => Date.now(),
          pass: (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds),
        };
        const stage = await openStage(paper, chanceOf(newsroom), clock);
        // What opening it left to be done is no act's doing.
        for (let ticks = 0; ticks < 2; ticks += 1) {
          clock.pass(60 * 60_000);
          await paper.tick();
        }
        await performAll(stage, all, { findings, round: Number(process.env["ROUND"] ?? 5) });
      },
    ),
    {
      numRuns: runs,
      seed,
      endOnFailure: true,
      ...(process.env["FCPATH"] ? { path: process.env["FCPATH"] } : {}),
    },
  );
}
