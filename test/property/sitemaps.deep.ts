import "../support/node-shims.ts";
import { describe, it, vi } from "vitest";
import { holdManyNamed } from "../support/sitemaps.ts";
import { openSite } from "../support/sqlite-site.ts";

// As many stories as an old newspaper has, most of them in one month.

const NOON = Date.UTC(2026, 10, 25, 12);

describe("a sitemap of 200,000 stories", () => {
  it(
    "names each of them once, in files that hold 5,000 at most",
    { timeout: 600_000 },
    async () => {
      for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
      const paper = await openSite({ unlimited: true });
      const body = { name: "City", position: 1, listed: true };
      await paper.call("PUT", "/sections/city", body, { "If-Match": "*" });
      await holdManyNamed(paper, { count: 200_000, inOneMonth: 120_000, now: NOON });
    },
  );
});
