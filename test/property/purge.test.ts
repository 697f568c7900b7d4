import "../support/node-shims.ts";
import { expect, it } from "vitest";
import { holdPurges } from "../support/purge-property.ts";
import { openSite } from "../support/sqlite-site.ts";

it(
  "what an act changed is purged and nothing else, alone and two at once",
  { timeout: 600_000 },
  async () => {
    const findings = await holdPurges(() => openSite({ unlimited: true }), {
      newsrooms: 2,
      steps: 20,
      round: 10,
      seed: 20261125,
    });
    const acts = [...findings.tallies.values()].reduce((sum, tally) => sum + tally.acts, 0);
    expect(acts).toBeGreaterThanOrEqual(60);
  },
);
