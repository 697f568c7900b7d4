import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Bindings } from "../src/store/open.ts";
import { emptyStores } from "./support/emptied.ts";
import { openPaper } from "./support/paper.ts";
import { holdPurges } from "./support/purge-property.ts";

it("what an act changed is purged with D1, R2 and KV, too", { timeout: 300_000 }, async () => {
  const open = async () => {
    await emptyStores();
    const bindings: Bindings = { ...env, COPIES_A_DAY: "0" };
    // Smaller forms of pictures are made elsewhere (test/media/), and slowly.
    delete bindings.IMAGES;
    return openPaper(bindings, { unlimited: true });
  };
  const { tallies } = await holdPurges(open, {
    newsrooms: 1,
    steps: 22,
    round: 22,
    seed: 120,
    narrow: true,
  });
  const acts = [...tallies.values()].reduce((sum, tally) => sum + tally.acts, 0);
  expect(acts).toBeGreaterThanOrEqual(30);
});
